"""Programs in their text forms: `from_graft` makes a proxy of one, `dump` shows one to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue
from typing import TypeVar

from ..errors import ProxyTypeError
from ..graph import read_graft, write_text
from ..types.proxytype import ProxyMeta, Proxytype, describe
from .registry import operation_name

P = TypeVar("P", bound=Proxytype)


def from_graft(
    graft: Mapping[str, AnyValue], type_: type[P], parameters: Mapping[str, type[Proxytype]] | None = None
) -> P:
    """The proxy whose program is `graft`.

    Parameters
    ----------
    graft : mapping
        As `Proxytype.graft` gives it. It is data: nothing of it is executed, and only known operations may
        occur.
    type_ : type
        Proxy type of what the program gives; it is believed.
    parameters : mapping, optional
        Types of the program's parameters, by name; those left out are Any.

    Raises
    ------
    GraftError
        If the graft is not well formed, calls an unknown operation, or is too large (1 MiB, 20,000 nodes).
    TypeError
        If `type_` is no proxy type.

    Examples
    --------
    >>> from descartes_flow import Int
    >>> from_graft({'1': 1, '2': 1, '3': ['add', '1', '2'], 'returns': '3'}, Int).compute()
    2
    """
    if not isinstance(type_, ProxyMeta):
        raise TypeError(f"from_graft(type_=): expected a proxy type such as wf.Int, got {describe(type_)}")
    names = {name: kind.__name__ for name, kind in (parameters or {}).items()}
    return type_._from_node(read_graft(graft, parameters=names, operation=operation_name))


def dump(obj: Proxytype) -> str:
    """The program of a proxy as text, one line per expression.

    Parameters
    ----------
    obj : Proxytype

    Returns
    -------
    str
        Reads like Python; long literals are cut. What `from_graft` reads is ``obj.graft``.

    Raises
    ------
    ProxyTypeError
        If `obj` is no proxy.

    Examples
    --------
    >>> from descartes_flow import Int, List
    >>> print(dump(List[Int]([1, 2]).map(lambda n: n * 2)))
    _3 = list(1, 2)
    _6 = function(n):
        _5 = mul(n, 2)
        return _5
    _7 = map(_3, _6)
    return _7
    """
    if not isinstance(obj, Proxytype):
        raise ProxyTypeError(f"dump(obj=): expected a proxy, got {describe(obj)}")
    return write_text(obj._node)
