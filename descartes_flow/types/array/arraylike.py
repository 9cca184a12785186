"""The base that Array and MaskedArray share."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import NamedTuple, NoReturn, Self

import numpy as np

from ...errors import ProxyTypeError
from ...graph import Kind, Node
from ..methods import ArraylikeMethods
from ..names import TYPES, article
from ..proxytype import Proxytype, describe
from . import literals
from .dispatch import NumpyOperand


class Hint(NamedTuple):
    """What is known of an array before it is computed.

    Attributes
    ----------
    rank : int or None
        Number of axes.
    kind : str or None
        Kind of the dtype: ``b``, ``i``, ``u`` or ``f``.
    """

    rank: int | None = None
    kind: str | None = None


UNKNOWN = Hint()


class Arraylike(ArraylikeMethods, NumpyOperand, Proxytype):
    """Array or MaskedArray: numbers along any number of axes, known after compute. Abstract."""

    __slots__ = ("_hint",)
    _written = "Array, MaskedArray"

    _hint: Hint

    @classmethod
    def _from_node(cls, node: Node, hint: Hint = UNKNOWN) -> Self:
        proxy = super()._from_node(node)
        object.__setattr__(proxy, "_hint", hint)
        return proxy

    @classmethod
    def _promote(cls, value: AnyValue) -> AnyValue:
        if isinstance(value, Arraylike):
            return value
        if isinstance(value, np.ndarray):
            return TYPES["MaskedArray" if isinstance(value, np.ma.MaskedArray) else "Array"]._promote(value)
        raise ProxyTypeError(f"cannot promote {describe(value)} to an array")

    @property
    def literal_value(self) -> literals.NdArray | None:
        """The numpy array this proxy was built from, or None when it is known only after compute."""
        return literal_data(self._node)

    def __array__(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError(f"{describe(self)} is no numpy array until it is computed; call `.compute` first")

    def __reduce__(self) -> tuple[AnyValue, ...]:
        return _restore, (type(self).__name__, self._node, self._hint)

    def _unsupported(self, what: str, method: str, instead: str) -> str:
        hint = "; its lengths are .shape and .size" if method == "length" else ""
        name = article(type(self).__name__)
        return f"{what} does not work on {name}: it is known only after .compute(){hint}"


def literal_data(node: Node) -> literals.NdArray | None:
    """The array that a program makes of data alone, or None."""
    if node.kind is not Kind.APPLICATION or node.callee != "array.create":
        return None
    (data,) = node.args
    return literals.read(data.value) if data.kind is Kind.LITERAL else None


def _restore(name: str, node: Node, hint: Hint) -> Proxytype:
    proxy: Proxytype = TYPES[name]._from_node(node, hint)
    return proxy
