"""The cases and refusals of all modules beside this one."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Any

from tests.operations.case import Case, Refusal


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


def has_pixels(case: Case) -> bool:
    """Whether the expected value is imagery that is not empty."""
    images = case.expected if isinstance(case.expected, list) else [case.expected]
    return bool(images) and all(_is_image(image) for image in images)


def _is_image(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(map(_is_rows, value.values()))


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, list) for row in value)


WITH_PIXELS = [case for case in CASES if has_pixels(case)]
LOCAL = [case for case in WITH_PIXELS if case.local]


def case_id(case: Case) -> str:
    """What a test of the case is called."""
    return f"{case.operation}: {case.expression}"


def refusal_id(refusal: Refusal) -> str:
    """What a test of the refusal is called."""
    return f"{refusal.call}: {refusal.expression}"
