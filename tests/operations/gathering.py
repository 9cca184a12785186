"""The cases and refusals of all modules beside this one."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Any

from descartes_flow.ops.registry import FUNCTIONS, METHODS
from descartes_flow.ops.rows import BINARY, UNARY
from descartes_flow.types.names import TYPES
from tests.operations.case import Case, Refusal

VERBS = ("compute", "inspect", "visualize", "parameter", "proxify")


def _all(prefix: str, name: str) -> list[Any]:
    package = importlib.import_module("tests.operations")
    modules = [found.name for found in pkgutil.iter_modules([str(Path(str(package.__file__)).parent)])]
    return [
        item
        for module in sorted(modules)
        if module.startswith(prefix)
        for item in getattr(importlib.import_module(f"tests.operations.{module}"), name)
    ]


CASES: list[Case] = _all("cases_", "CASES")
REFUSALS: list[Refusal] = _all("refusals_", "REFUSALS")


def case_id(case: Case) -> str:
    """What a test of the case is called."""
    return f"{case.operation}: {case.expression}"


def refusal_id(refusal: Refusal) -> str:
    """What a test of the refusal is called."""
    return f"{refusal.call}: {refusal.expression}"


def public_calls() -> set[str]:
    """Every public call as refusals name it: functions, methods, operators, constructors and verbs."""
    methods = {f"{owner.__name__}.{m.public_name}" for m in METHODS if (owner := _owner(m))}
    functions = {f"wf.{name}" for name in (*FUNCTIONS, *VERBS)}
    binary = {
        f"{cls.__name__}.__{operator.method}__" for operator in BINARY.values() for cls in operator.classes
    }
    unary = {
        f"{cls.__name__}.__{operator.method}__" for operator in UNARY.values() for cls in operator.results
    }
    return methods | functions | binary | unary | constructors() | {"from_graft"}


def _owner(method: Any) -> Any:
    return method.options.constructs or method.options.on


def constructors() -> set[str]:
    """Names of the proxy classes that can be called to make a proxy."""
    return {name for name, cls in TYPES.items() if "__init__" in vars(cls) or "__new__" in vars(cls)}
