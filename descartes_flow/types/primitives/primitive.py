"""The base of proxies that have a Python equivalent."""

from __future__ import annotations

from typing import Any, ClassVar

from ...errors import ProxyTypeError
from ...graph import Kind
from ..proxytype import Proxytype, describe


class Primitive(Proxytype):
    """A value with an equivalent in Python: a number, a truth value, a text or None. Abstract."""

    __slots__ = ()
    __array_ufunc__: ClassVar[Any] = None  # numpy scalars then leave `scalar + proxy` to the proxy

    def __init__(self, value: object) -> None:
        if type(self) is Primitive:
            raise TypeError("a Primitive cannot be built; use Int, Float, Bool, Str or NoneType")
        self._node = self._promote(value)._node

    @property
    def literal_value(self) -> object:
        """The Python value this proxy was built from, or None when it is known only after compute."""
        return self._node.value if self._node.kind is Kind.LITERAL else None


def refusal(value: object, cls: type, hint: str = "") -> ProxyTypeError:
    """The error for a value that a primitive does not accept."""
    return ProxyTypeError(
        f"cannot promote {describe(value)} to {cls.__name__}" + (f"; {hint}" if hint else "")
    )
