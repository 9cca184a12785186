"""Any: a value whose type is known only when it is computed."""

from __future__ import annotations

import datetime
from typing import Any as AnyValue
from typing import NoReturn, Self

import numpy as np

from ...errors import ProxyTypeError
from ...graph import Kind, apply, literal
from ..methods import AnyMethods
from ..proxify import proxify
from ..proxytype import Promoted, Proxytype, describe


class Any(AnyMethods, Promoted):
    """A value of unknown type, such as ``img.properties["cloud_fraction"]``.

    Every operator and attribute works and gives Any (comparisons give Bool); whether the value has them shows
    when it is computed. It may be passed wherever another type is expected; ``.cast(T)`` says what it is.

    Parameters
    ----------
    value : proxy or JSON-like value
        Also a datetime, date, timedelta or numpy scalar.

    Examples
    --------
    >>> (Any({"clouds": [10, 30]})["clouds"][1] / 2).compute()
    15.0
    """

    __slots__ = ()
    __array_ufunc__ = None  # numpy scalars then leave `scalar + proxy` to the proxy

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, Proxytype):
            return cls._from_node(value._node)
        if isinstance(value, (datetime.date, datetime.timedelta, np.generic)):
            return cls._from_node(proxify(value)._node)
        try:
            return cls._from_node(literal(value))
        except TypeError as error:
            raise ProxyTypeError(f"cannot promote {describe(value)} to Any: not a JSON-like value") from error

    def cast(self, cls: type[Proxytype]) -> AnyValue:
        """The same value, known to be a `cls`; a wrong cast shows only when something is computed.

        Raises
        ------
        TypeError
            If `cls` is no proxy type, or a generic without its type parameters.
        """
        if not (isinstance(cls, type) and issubclass(cls, Proxytype)):
            raise TypeError(f"cast(): expected a proxy type, got {describe(cls)}")
        if cls.is_generic:
            raise TypeError(f"cast(): {cls.__name__} lacks its type parameters; write for example List[Int]")
        return cls._from_node(self._node)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return Any._from_node(apply("getattr", self._node, literal(name)))

    def __iter__(self) -> NoReturn:
        raise TypeError("an Any cannot be iterated over; cast it first, like x.cast(List[Int]).map(...)")

    def __call__(self, *args: object, **kwargs: object) -> NoReturn:
        """Never: whether the value is a function shows only when it is computed."""
        node = self._node
        if node.callee == "getattr" and node.args[1].kind is Kind.LITERAL:  # x.upper()
            name = node.args[1].value
            raise TypeError(
                f"an Any has no methods: to call .{name}() say first what the value is, like "
                f"x.cast(wf.Str).{name}()"
            )
        raise TypeError("an Any cannot be called; cast it to a Function first, like x.cast(Function[...])")
