"""Dict[K, V]: values by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue
from typing import ClassVar, Generic, Self, TypeVar

from ...errors import ProxyTypeError
from ...graph import Node, apply, literal
from ..generics import GenericProxy
from ..methods import DictMethods
from ..names import TYPES
from ..proxytype import Proxytype, describe

K = TypeVar("K", bound=Proxytype, covariant=True)
V = TypeVar("V", bound=Proxytype, covariant=True)


class Dict(DictMethods, GenericProxy, Generic[K, V]):
    """Values by key, in the order of insertion.

    Parameters
    ----------
    values : mapping, optional
        Keys and values are promoted to the two type parameters.
    **more
        Further values by name; they win over `values`.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Dict[wf.Str, wf.Int](a=1, b=2)["a"].compute()
    1
    """

    __slots__ = ()
    arity: ClassVar[int | None] = 2

    def __init__(self, *values: AnyValue, **more: AnyValue) -> None:
        self._require_concrete("the key and value types must be specified (like `Dict[Str, Int]`)")
        if len(values) > 1:
            raise TypeError(
                f"{type(self).__name__}() takes at most one positional argument, got {len(values)}"
            )
        given = values[0] if values else {}
        if isinstance(given, Dict):
            self._node = self._copied(given, more)
            return
        if not isinstance(given, Mapping):
            raise ProxyTypeError(f"{type(self).__name__}: expected a mapping, got {describe(given)}")
        self._node = self._built({**given, **more})

    @classmethod
    def key_type(cls) -> type[Proxytype]:
        """Type of the keys."""
        return cls.parameters[-2]  # type: ignore[no-any-return]

    @classmethod
    def value_type(cls) -> type[Proxytype]:
        """Type of the values."""
        return cls.parameters[-1]  # type: ignore[no-any-return]

    def _copied(self, given: Dict[AnyValue, AnyValue], more: dict[str, AnyValue]) -> Node:
        if more:
            raise NotImplementedError(
                f"{type(self).__name__}: a Dict proxy cannot be extended by keyword arguments"
            )
        if not (
            issubclass(given.key_type(), self.key_type())
            and issubclass(given.value_type(), self.value_type())
        ):
            raise ProxyTypeError(f"cannot build a {type(self).__name__} from {describe(given)}")
        return given._node

    def _built(self, given: Mapping[AnyValue, AnyValue]) -> Node:
        pairs: list[tuple[AnyValue, Node]] = []
        for key, value in given.items():
            try:
                pairs.append((key, self.value_type()._promote(value)._node))
                self.key_type()._promote(key)
            except ProxyTypeError as error:
                raise ProxyTypeError(f"{type(self).__name__}: item {key!r}: {error}") from error
        flat = [node for key, value in pairs for node in (literal(key), value)]
        return apply("dict.create", *flat)

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        if not isinstance(value, (Mapping, Dict)):
            raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}")
        return cls(value)
