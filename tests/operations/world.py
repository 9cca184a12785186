"""The images that cases and refusals speak of, made once for each module of tests; how results differ."""

from __future__ import annotations

import datetime
import math
import symtable
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.result_types import ImageCollectionResult, ImageResult
from tests.operations.case import RED, SCENES
from tests.scenes import NAN, Scenes, area, catalog_in

HERE = area(len(RED), len(RED[0]))
"""The context of all cases."""

DIGITS = 1e-12
Rows = list[list[Any]]


def floats(rows: Rows) -> Any:
    """Rows of pixels as an array, NaN for None."""
    return np.array([[NAN if value is None else value for value in row] for row in rows], float)


Bands = dict[str, Any]


class World:
    """The names that expressions may use; see `tests.operations.case`.

    Parameters
    ----------
    scenes : Scenes
        The catalog that the images go to.
    changed : callable, optional
        Bands of a scene to those that it gets instead: a world for laws on what changes in results then.
    """

    def __init__(self, scenes: Scenes, changed: Callable[[Bands], Bands] = dict) -> None:
        bands = [{name: floats(rows) for name, rows in scene.items()} for scene in SCENES]
        col = scenes.collection(*map(changed, bands), product="col")
        nothing = wf.ImageCollection([])
        self.scenes = scenes
        self.names: dict[str, Any] = {
            "img": wf.Image.from_id("col:s00"),
            "col": col,
            "nothing": nothing,
            "none": nothing[0],
            "wf": wf,
            "np": np,
            "datetime": datetime,
            "math": math,
        }

    def value(self, expression: str, **names: Any) -> Any:
        """What an expression gives: a proxy, or a list, tuple or dict of those; `names` go before ours."""
        return eval(expression, self.names | names)

    @staticmethod
    def uses(expression: str, *names: str) -> bool:
        """Whether an expression speaks of any of these names; the arguments of its lambdas are others."""
        return not _names(symtable.symtable(expression, "", "eval")).isdisjoint(names)

    def proxy(self, expression: str, **names: Any) -> wf.Proxytype:
        """The proxy that an expression gives."""
        return wf.proxify(self.value(expression, **names))


def _names(scope: symtable.SymbolTable) -> set[str]:
    """Names that a scope and those within it look up outside of themselves."""
    whole = scope.get_type() == "module"
    own = {name.get_name() for name in scope.get_symbols() if name.is_global() or whole}
    return own.union(*map(_names, scope.get_children()))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[World]:
    """The images, in a catalog of their own; changed by the module's function ``changed`` if there is one."""
    with catalog_in(tmp_path_factory.mktemp("world")) as scenes:
        yield World(scenes, getattr(request.module, "changed", dict))


def difference(found: Any, expected: Any) -> str:
    """How a computed value differs from the expected one of a case, in words; "" where it does not."""
    if isinstance(found, ImageResult):
        return _image(found, expected)
    if isinstance(found, ImageCollectionResult):
        return _collection(found, expected)
    if isinstance(found, np.ndarray) or isinstance(expected, np.ndarray):
        return _array(found, expected)
    if isinstance(expected, dict):
        same = isinstance(found, dict) and list(found) == list(expected)
        pairs = [(found[key], expected[key]) for key in expected] if same else []
    elif isinstance(expected, (list, tuple)):
        same = isinstance(found, (list, tuple)) and len(found) == len(expected)
        pairs = list(zip(found, expected, strict=True)) if same else []
    else:
        same, pairs = _same_scalar(found, expected), []
    if not same:
        return f"{found!r}, not {expected!r}"
    return next((text for pair in pairs if (text := difference(*pair))), "")


def _same_scalar(found: Any, expected: Any) -> bool:
    if isinstance(expected, float) or isinstance(found, float):
        numbers = all(isinstance(value, (int, float)) and value is not True for value in (found, expected))
        return numbers and bool(np.isclose(found, expected, rtol=DIGITS, atol=DIGITS, equal_nan=True))
    return type(found) is type(expected) and bool(found == expected)


def _image(found: ImageResult, expected: Any) -> str:
    if expected is None or found.ndarray is None:
        return "" if found.ndarray is expected else f"{found!r}, not {expected!r}"
    if not isinstance(expected, dict) or list(found.bandinfo) != list(expected):
        return f"bands {list(found.bandinfo)} of {found.ndarray.tolist()}, not {expected!r}"
    return _array(found.ndarray, expected_array(expected))


def _collection(found: ImageCollectionResult, expected: Any) -> str:
    if not expected or found.ndarray is None:
        return "" if found.ndarray is None and not expected else f"{found!r}, not {expected!r}"
    if not all(list(found.bandinfo) == list(image) for image in expected):
        return f"bands {list(found.bandinfo)} of {found.ndarray.tolist()}, not {expected!r}"
    return _array(found.ndarray, expected_array(expected))


def expected_array(expected: Any) -> Any:
    """The pixels that a case expects, None masked; of truth values if they all are."""
    images = expected if isinstance(expected, list) else [expected]
    stack = np.array([list(image.values()) for image in images], object)
    known = stack if isinstance(expected, list) else stack[0]
    hidden = np.equal(known, None)
    truths = all(isinstance(value, bool) for value in known[~hidden]) and not hidden.all()
    return np.ma.array(np.where(hidden, 0, known).astype(bool if truths else float), mask=hidden)


def _array(found: Any, expected: Any) -> str:
    if not isinstance(found, np.ndarray) or not isinstance(expected, np.ndarray):
        return f"{found!r}, not {expected!r}"
    if isinstance(found, np.ma.MaskedArray) != isinstance(expected, np.ma.MaskedArray):
        return f"a {type(found).__name__}, not a {type(expected).__name__}"
    if found.shape != expected.shape:
        return f"shape {found.shape}, not {expected.shape}"
    hidden = np.ma.getmaskarray(expected)
    if found.dtype.kind != expected.dtype.kind and not hidden.all():
        return f"{found.dtype}, not {expected.dtype}"
    if not np.array_equal(np.ma.getmaskarray(found), hidden) or not _same_values(found, expected, hidden):
        return f"{found.tolist()}, not {expected.tolist()}"
    return ""


def _same_values(found: Any, expected: Any, hidden: Any) -> bool:
    left, right = np.ma.getdata(found)[~hidden], np.ma.getdata(expected)[~hidden]
    if left.dtype.kind in "fc":
        return bool(np.allclose(left, right, rtol=DIGITS, atol=DIGITS, equal_nan=True))
    return bool(np.array_equal(left, right))
