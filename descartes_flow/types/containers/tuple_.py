"""Tuple[T1, T2, ...]: a fixed number of values, each of its own type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any as AnyValue
from typing import Generic, Self, TypeVarTuple

from ...errors import ProxyTypeError
from ...graph import apply, literal
from ..generics import GenericProxy
from ..methods import TupleMethods
from ..names import TYPES
from ..proxify import proxify
from ..proxytype import Proxytype, describe

Items = TypeVarTuple("Items")


class Tuple(TupleMethods, GenericProxy, Generic[*Items]):
    """A fixed number of values, each of its own type; iterable, with a real length.

    Parameters
    ----------
    values : iterable
        As many as there are type parameters; each is promoted to its type.

    Raises
    ------
    ProxyTypeError
        If there are more or fewer items, or one does not fit its type; the message names its position.

    Examples
    --------
    >>> from descartes_flow import Int, Str
    >>> number, text = Tuple[Int, Str]((1, "a"))
    >>> (number + 1).compute(), text.compute()
    (2, 'a')
    """

    __slots__ = ()

    def __init__(self, values: AnyValue) -> None:
        self._require_concrete("the item types must be specified (like `Tuple[Int, Str]`)")
        try:
            items: list[AnyValue] = list(values)
        except TypeError as error:
            raise ProxyTypeError(
                f"Expected an iterable for {type(self).__name__}, got {describe(values)}"
            ) from error
        kinds = self.parameters
        if len(items) != len(kinds):
            raise ProxyTypeError(
                f"To construct {type(self).__name__}, expected an iterable of {len(kinds)} items, "
                f"but got {len(items)} items"
            )
        self._node = apply("tuple", *(self._item(i, item)._node for i, item in enumerate(items)))

    @classmethod
    def _item(cls, index: int, item: object) -> Proxytype:
        try:
            return cls.parameters[index]._promote(item)  # type: ignore[no-any-return]
        except ProxyTypeError as error:
            raise ProxyTypeError(f"{cls.__name__}: item {index}: {error}") from error

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if cls.origin is None:
            if isinstance(value, tuple):
                return proxify(value)  # type: ignore[return-value]  # a Tuple of whatever the items are
            raise ProxyTypeError(
                f"cannot promote {describe(value)} to Tuple: the types of its items are unknown"
            )
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        if isinstance(value, (str, bytes, dict)) or (
            isinstance(value, Proxytype) and not isinstance(value, Tuple)
        ):
            raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}")
        return cls(value)

    def __len__(self) -> int:
        return len(self.parameters)

    def __iter__(self) -> Iterator[Proxytype]:  # type: ignore[override]
        return (self._at(i) for i in range(len(self)))

    def _at(self, index: int) -> Proxytype:
        """The item at a position known now."""
        kind: type[Proxytype] = self.parameters[index]
        return kind._from_node(apply("get", self._node, literal(index)))
