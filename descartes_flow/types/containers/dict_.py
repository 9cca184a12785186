"""Dict[K, V]: values by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue
from typing import ClassVar, Generic, NoReturn, Self, TypeVar

from ...errors import ProxyTypeError
from ...graph import Node, apply
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

    Attributes
    ----------
    key_type, value_type : type
        The type parameters.

    Raises
    ------
    ProxyTypeError
        If a key or a value does not fit; the message names the key.

    Examples
    --------
    >>> from descartes_flow import Int, Str
    >>> numbers = Dict[Str, Int]({"a": 1}, b=2)
    >>> numbers["b"].compute(), numbers.get("c", 0).compute(), numbers.keys().compute()
    (2, 0, ['a', 'b'])
    """

    __slots__ = ()
    _elsewhere = '; an item is x["{name}"]'
    arity: ClassVar[int | None] = 2
    key_type: ClassVar[type[Proxytype]] = Proxytype
    value_type: ClassVar[type[Proxytype]] = Proxytype

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.parameters:
            cls.key_type, cls.value_type = cls.parameters[-2:]

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

    def _copied(self, given: Dict[AnyValue, AnyValue], more: dict[str, AnyValue]) -> Node:
        if more:
            raise NotImplementedError(
                f"{type(self).__name__}: a Dict proxy cannot be extended by keyword arguments"
            )
        if not (issubclass(given.key_type, self.key_type) and issubclass(given.value_type, self.value_type)):
            raise ProxyTypeError(f"cannot build a {type(self).__name__} from {describe(given)}")
        return given._node

    def _built(self, given: Mapping[AnyValue, AnyValue]) -> Node:
        pairs: list[tuple[AnyValue, Node, Node]] = []
        for key, value in given.items():
            try:
                nodes = self.key_type._promote(key)._node, self.value_type._promote(value)._node
            except ProxyTypeError as error:
                raise ProxyTypeError(f"{type(self).__name__}: item {key!r}: {error}") from error
            pairs.append((key, *nodes))
        if all(isinstance(key, str) for key, _, _ in pairs):
            return apply("dict.create", **{key: value for key, _, value in pairs})
        return apply("dict.create", *(node for _, *nodes in pairs for node in nodes))

    @classmethod
    def from_pairs(cls, pairs: AnyValue) -> Dict[K, V]:
        """A Dict of pairs of key and value; of equal keys the last one counts.

        Parameters
        ----------
        pairs : List[Tuple[K, V]], or iterable of pairs
            The keys may be proxies, which no Python dict can have.

        Raises
        ------
        ProxyTypeError
            If a key or a value does not fit.

        Examples
        --------
        >>> from descartes_flow import Int, Str
        >>> Dict[Str, Int].from_pairs([(Str("a") + "b", 1)]).compute()
        {'ab': 1}
        """
        cls._require_concrete("the key and value types must be specified (like `Dict[Str, Int]`)")
        kind = TYPES["List"].of(TYPES["Tuple"].of(cls.key_type, cls.value_type))
        try:
            node = kind._promote(pairs)._node
        except ProxyTypeError as error:
            raise ProxyTypeError(f"{cls.__name__}.from_pairs(): {error}") from error
        return Dict.of(cls.key_type, cls.value_type)._from_node(apply("dict.from_pairs", node))

    def __iter__(self) -> NoReturn:
        raise TypeError(self._unsupported("iteration", "keys", ".keys().map(...)"))

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        if not isinstance(value, (Mapping, Dict)):
            raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}")
        return cls(value)
