"""`from_graft`: a program in its text form as a proxy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue
from typing import TypeVar

from ..graph import read_graft
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
