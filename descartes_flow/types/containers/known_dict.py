"""KnownDict[{name: T, ...}, K, V]: a Dict some of whose keys have a type of their own."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import ClassVar, Self

from ...errors import ProxyTypeError
from ..names import TYPES
from ..proxytype import Proxytype, describe
from .dict_ import Dict


class KnownDict(Dict):  # type: ignore[type-arg]  # checkers cannot know types that depend on the key
    """Values by key; listed keys have a type of their own: ``img.properties["date"]`` is a Datetime.

    A key that is itself a proxy gives the general type. Comes from metadata or a cast; cannot be constructed.

    Examples
    --------
    >>> from descartes_flow import Any, Int, Str
    >>> known = Any({"a": 1}).cast(KnownDict[{"a": Int}, Str, Any])
    >>> type(known["a"]).__name__, type(known[Str("a")]).__name__
    ('Int', 'Any')
    >>> known.get("b", "none").compute()
    'none'
    """

    __slots__ = ()
    arity: ClassVar[int | None] = 3

    def __init__(self, *values: AnyValue, **more: AnyValue) -> None:
        raise NotImplementedError(
            f"{type(self).__name__} cannot be constructed; it comes from metadata or a cast"
        )

    @classmethod
    def _normalise_parameters(cls, given: tuple[AnyValue, ...]) -> tuple[AnyValue, ...]:
        return super()._normalise_parameters(({}, *given) if len(given) == 2 else given)

    @classmethod
    def known_types(cls) -> dict[str, type[Proxytype]]:
        """Types of the listed keys."""
        return cls.parameters[0]  # type: ignore[no-any-return]

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        if isinstance(value, dict) and not value:
            return cls._from_node(Dict.of(cls.key_type, cls.value_type)({})._node)
        raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}")
