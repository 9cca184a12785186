"""List[T]: any number of values of one type."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import ClassVar, Generic, Self

from ...errors import ProxyTypeError
from ...graph import apply
from ..generics import GenericProxy, T
from ..methods import ListMethods
from ..names import TYPES, article
from ..proxytype import Proxytype, describe
from .tuple_ import Tuple


class List(ListMethods, GenericProxy, Generic[T]):
    """Values of one type whose number may be known only after compute.

    Parameters
    ----------
    values : iterable
        Each item is promoted to the type parameter; another List of the same type is copied.

    Raises
    ------
    ProxyTypeError
        If `values` is no iterable, or an item does not fit; the message names its position.

    Examples
    --------
    >>> from descartes_flow import Int
    >>> (List[Int]([1, 2]) + [3]).map(lambda n: n * n).compute()
    [1, 4, 9]
    >>> List[Int]([1, 2])[0]
    <descartes_flow.types.primitives.number.Int at 0x...>
    """

    __slots__ = ()
    arity: ClassVar[int | None] = 1

    def __init__(self, values: AnyValue) -> None:
        self._require_concrete("the item type must be specified (like `List[Int]`)")
        if isinstance(values, type(self)):
            self._node = apply("list.copy", values._node)
            return
        if isinstance(values, Proxytype) and not isinstance(values, Tuple):
            raise ProxyTypeError(f"cannot build {article(type(self).__name__)} from {describe(values)}")
        try:
            items = list(values)
        except TypeError as error:
            raise ProxyTypeError(
                f"Expected an iterable for {type(self).__name__}, got {describe(values)}"
            ) from error
        self._node = apply("list", *(self._item(i, item)._node for i, item in enumerate(items)))

    @classmethod
    def _item(cls, index: int, item: object) -> Proxytype:
        try:
            return cls.element_type()._promote(item)
        except ProxyTypeError as error:
            raise ProxyTypeError(f"{cls.__name__}: item {index}: {error}") from error

    @classmethod
    def element_type(cls) -> type[Proxytype]:
        """Type of the items."""
        return cls.parameters[0]  # type: ignore[no-any-return]

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        if isinstance(value, (str, bytes, dict)) or (
            isinstance(value, Proxytype) and not isinstance(value, Tuple)
        ):
            raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}")
        return cls(value)
