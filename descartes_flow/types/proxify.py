"""`proxify`: any Python value as the proxy that stands for it."""

from __future__ import annotations

import datetime
import numbers

import numpy as np

from ..errors import ProxyTypeError
from ..geo.gridded import Gridded
from .names import TYPES
from .proxytype import Proxytype, describe


def proxify(value: object) -> Proxytype:
    """The proxy of a Python value.

    Parameters
    ----------
    value : object
        A proxy stays itself. bool, int, float, str, None, datetime, date, timedelta, slice and plain
        contexts become their proxies, numpy's scalars those of Python's, its arrays and dtypes Array,
        MaskedArray and DType. A non-empty list whose items have one type becomes a List, other lists and
        all tuples a Tuple; a dict of plain values becomes Any; a Python function a Function, its types read
        from its annotations.

    Returns
    -------
    Proxytype

    Raises
    ------
    NotImplementedError
        If no proxy stands for the value; build the container by hand then.

    Examples
    --------
    >>> proxify([1, 2])
    <descartes_flow.types.containers.list_.List[Int] at 0x...>
    >>> proxify((1, "a"))
    <descartes_flow.types.containers.tuple_.Tuple[Int, Str] at 0x...>
    """
    if isinstance(value, Proxytype):
        return value
    for kinds, name in STANDS_FOR:
        if isinstance(value, kinds) and name in TYPES:
            return TYPES[name]._promote(value)  # type: ignore[no-any-return]
    if isinstance(value, (list, tuple)):
        return _sequence(value)
    if callable(value):
        return TYPES["Function"].from_callable(value)  # type: ignore[no-any-return]
    if isinstance(value, dict):
        try:
            return TYPES["Any"](value)  # type: ignore[no-any-return]
        except (ProxyTypeError, ValueError) as error:
            raise NotImplementedError(
                f"{error}; build the container by hand, like Dict[Str, Int]({{...}})"
            ) from error
    raise NotImplementedError(
        f"no proxy stands for {describe(value)}; build the container by hand, like List[Int]([...])"
    )


STANDS_FOR: tuple[tuple[type | tuple[type, ...], str], ...] = (
    ((bool, np.bool_), "Bool"),
    ((datetime.timedelta, np.timedelta64), "Timedelta"),  # which numpy counts among the integers
    (numbers.Integral, "Int"),
    (numbers.Real, "Float"),
    (str, "Str"),
    (type(None), "NoneType"),
    ((datetime.date, np.datetime64), "Datetime"),
    (slice, "Slice"),
    (Gridded, "GeoContext"),
    (np.ndarray, "Arraylike"),  # an Array or a MaskedArray
    (np.dtype, "DType"),
)
"""Python types, and the proxy class of their values; of several that fit the first counts."""


def _sequence(values: list[object] | tuple[object, ...]) -> Proxytype:
    items = [proxify(value) for value in values]
    kinds = [type(item) for item in items]
    if isinstance(values, list) and items and all(kind is kinds[0] for kind in kinds):
        return TYPES["List"].of(kinds[0])(items)  # type: ignore[no-any-return]
    return TYPES["Tuple"].of(*kinds)(items)  # type: ignore[no-any-return]
