"""Checks of single fields of a context; each returns the field in its plain form or says what is wrong."""

import math
import warnings
from collections.abc import Iterable
from numbers import Integral, Real
from typing import Any

import descartes_flow.geo as geo
from descartes_flow.errors import ContextError
from descartes_flow.geo.bounds import Bounds


def flag(where: str, value: Any) -> bool:
    """`value` if it is a bool."""
    if value is True or value is False:
        return value
    raise ContextError(f"{where}: expected True or False, got {value!r}")


def whole(where: str, value: Any, low: int, high: int) -> int:
    """`value` if it is a whole number in ``low .. high``."""
    if isinstance(value, Integral) and not isinstance(value, bool) and low <= int(value) <= high:
        return int(value)
    raise ContextError(f"{where}: expected a whole number in {low} .. {high}, got {value!r}")


def finite(where: str, value: Any, expected: str = "a finite number") -> float:
    """`value` as a float if it is a finite number."""
    if isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise ContextError(f"{where}: expected {expected}, got {value!r}")


def positive(where: str, value: Any, meaning: str) -> float:
    """`value` as a float if it is a finite number above 0."""
    expected = f"a number above 0 ({meaning})"
    number = finite(where, value, expected)
    if number > 0:
        return number
    raise ContextError(f"{where}: expected {expected}, got {value!r}")


def extent(where: str, value: Any) -> Bounds:
    """`value` as bounds if it is four finite numbers in order."""
    expected = "(min_x, min_y, max_x, max_y), four finite numbers"
    if not isinstance(value, Iterable) or len(numbers := tuple(value)) != 4:
        raise ContextError(f"{where}: expected {expected}, got {value!r}")
    bounds = Bounds(*(finite(where, number, expected) for number in numbers))
    if bounds.left < bounds.right and bounds.bottom < bounds.top:
        return bounds
    raise ContextError(
        f"{where}: expected (min_x, min_y, max_x, max_y) with min < max, got {tuple(bounds)}; an area across "
        "the antimeridian needs two contexts, one for either side, or bounds in a CRS that is not torn "
        "there, such as UTM"
    )


def rows_and_cols(where: str, value: Any, most: int) -> tuple[int, int]:
    """`value` as ``(rows, cols)`` if it is two whole numbers above 0."""
    if not isinstance(value, Iterable) or len(numbers := tuple(value)) != 2:
        raise ContextError(f"{where}: expected (rows, cols), two whole numbers, got {value!r}")
    return whole(where, numbers[0], 1, most), whole(where, numbers[1], 1, most)


def check_degrees(where: str, bounds: Bounds, crs: str) -> None:
    """Geographic bounds are on the globe; projected ones that could be degrees probably are, so say that."""
    could_be_degrees = max(map(abs, bounds[::2])) <= 180 and max(map(abs, bounds[1::2])) <= 90
    if geo.crs.is_geographic(crs) and not could_be_degrees:
        raise ContextError(
            f"{where}: expected longitudes in -180 .. 180 and latitudes in -90 .. 90 "
            f"({geo.crs.crs_name(crs)}), got {tuple(bounds)}; name the CRS of projected coordinates with "
            "bounds_crs"
        )
    if could_be_degrees and not geo.crs.is_geographic(crs):
        warnings.warn(
            f"{where}: {tuple(bounds)} look like degrees, but bounds_crs is {geo.crs.crs_name(crs)}; "
            "for longitudes and latitudes use bounds_crs='EPSG:4326'",
            stacklevel=4,  # over __post_init__ and __init__ to the user's line
        )
