"""Every public name is described, with an example that runs."""

from __future__ import annotations

import doctest
import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

import descartes_flow as wf
from descartes_flow.numpy.function import NumpyFunction
from descartes_flow.numpy.methods import NAMES
from descartes_flow.ops.registry import METHODS, Overload
from descartes_flow.types.proxytype import ProxyMeta
from tests.test_public_names import modules_with_all

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

NOT_MADE = {
    "Function",
    "ImageCollectionGroupby",
    "KnownDict",
    "Number",
    "Primitive",
    "Proxytype",
    "result_types.ImageCollectionResult",
    "result_types.ImageResult",
}
NOT_CALLED = {"JobComputeError", "JobTimeoutError", "ProxyTypeError", "Function.trace"}
TYPE_PARAMETERS = {
    "Dict.key_type",
    "Dict.value_type",
    "FeatureCollection.element_type",
    "GeometryCollection.element_type",
    "ImageCollection.element_type",
    "KnownDict.known_types",
    "List.element_type",
}
OF_NUMPY = {f"Arraylike.{name}" for name in (*NAMES, "__rmatmul__")}
NEEDS_NONE = NOT_MADE | NOT_CALLED | TYPE_PARAMETERS | OF_NUMPY
"""Classes that users meet but do not make; errors; what operations ask of a class; a table of numpy's."""

WITHOUT_EXAMPLE: set[str] = {
    "catalog.AddReport",
    "catalog.Band",
    "catalog.Item",
    "catalog.Product",
    "catalog.clear",
    "catalog.demo",
}
"""What the catalog returns, and what would throw away or make all imagery of the tests."""


def public() -> Iterator[tuple[str, Any]]:
    """Public functions, classes and methods, by the name that users write."""
    for name in wf.__all__:
        value = getattr(wf, name)
        if isinstance(value, (Overload, type)) or inspect.isfunction(value):
            yield name, value
        elif inspect.ismodule(value) and value is not wf.exceptions:
            yield from members(name, value)
    for method in METHODS:
        owner: Any = method.options.constructs or method.options.on
        yield f"{owner.__name__}.{method.public_name}", method
    for cls in [value for value in vars(wf.types).values() if isinstance(value, ProxyMeta)]:
        for name, value in vars(cls).items():
            if not name.startswith("_") and isinstance(value, (classmethod, staticmethod)):
                yield f"{cls.__name__}.{name}", value.__func__


def members(name: str, module: ModuleType) -> Iterator[tuple[str, Any]]:
    """What a module promises; functions of numpy are a table, and tested as one."""
    for each in module.__all__:
        value = getattr(module, each)
        if inspect.ismodule(value):
            yield from members(f"{name}.{each}", value)
        elif not isinstance(value, NumpyFunction):
            yield f"{name}.{each}", value


PUBLIC = dict(public())


def examples(name: str) -> doctest.DocTest:
    """The examples of a public name."""
    module = module_of(PUBLIC[name])
    text = inspect.cleandoc(PUBLIC[name].__doc__ or "")
    return doctest.DocTestParser().get_doctest(text, dict(vars(module)), name, module.__file__, 0)


def module_of(value: Any) -> ModuleType:
    """Where a public name is declared."""
    return importlib.import_module(inspect.unwrap(value).__module__)


def has_example(name: str) -> bool:
    return bool(examples(name).examples)


def test_every_promised_name_is_described():
    values = {
        f"{module}.{name}": getattr(importlib.import_module(module), name)
        for module, names in modules_with_all()
        for name in names
    }
    undescribed = {name for name, value in values.items() if _is_code(value) and not inspect.getdoc(value)}

    assert undescribed | {name for name, value in PUBLIC.items() if not inspect.getdoc(value)} == set()


def _is_code(value: Any) -> bool:
    return isinstance(value, (type, Overload)) or inspect.isroutine(value) or inspect.ismodule(value)


def test_every_public_name_has_an_example():
    without = {name for name in PUBLIC if not has_example(name)}

    assert without - NEEDS_NONE == WITHOUT_EXAMPLE


def texts_found_by_pytest() -> set[str]:
    """Documentation whose examples ``--doctest-modules`` runs, of the modules that declare public names."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    modules = {module.__name__: module for module in map(module_of, PUBLIC.values())}
    return {test.docstring for module in modules.values() for test in finder.find(module)}


FOUND = texts_found_by_pytest()
OTHERS = [name for name, value in PUBLIC.items() if has_example(name) and value.__doc__ not in FOUND]


@pytest.mark.parametrize("name", OTHERS)
def test_an_example_that_pytest_does_not_find_runs(name):
    """Those of declarations that a function makes, or that several classes share."""
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    report: list[str] = []

    runner.run(examples(name), out=report.append)
    assert not runner.failures, "".join(report)


def test_pytest_finds_the_examples_of_declarations():
    """An `Overload` of a module is no function; doctest looks through it."""
    declared = [name for name, value in PUBLIC.items() if isinstance(value, Overload) and has_example(name)]

    assert len(declared) > 100
    assert len(set(declared) - set(OTHERS)) > 50
    assert {"Imagery.pick_bands", "ifelse", "Imagery.mean"}.isdisjoint(OTHERS)
