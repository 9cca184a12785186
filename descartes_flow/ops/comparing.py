"""Which values can be compared: what ``<``, ``==`` and so on give for two proxies of a type."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import Any as AnyValue

from ..errors import ProxyTypeError
from ..graph import literal
from ..types import Any, Bool, List
from ..types.proxytype import Proxytype


@functools.cache
def comparison_type(name: str, kind: type[Proxytype]) -> type[Proxytype] | None:
    """The type of ``x <name> y`` for two proxies of `kind`; None where they cannot be compared.

    Examples
    --------
    >>> from descartes_flow import Image, Int, NoneType
    >>> [comparison_type("lt", kind) for kind in (Int, Image, NoneType)]
    [<class '...Bool'>, <class '...Image'>, None]
    """
    some = kind._from_node(literal(None))
    try:
        compared = getattr(operator, name)(some, some)
    except TypeError:
        return None
    return type(compared) if isinstance(compared, Proxytype) else None


def comparable(name: str, symbol: str) -> Callable[[AnyValue, AnyValue], type[Proxytype]]:
    """The result of comparing containers: Bool, if their items can be compared."""

    def result(left: AnyValue, right: AnyValue) -> type[Proxytype]:
        of = type(left)
        for kind in of.parameters:
            if comparison_type(name, kind) not in (Bool, Any):
                inside = (
                    f"{of.__name__}" if of.origin is List else f"element {kind.__name__} in {of.__name__}"
                )
                raise ProxyTypeError(f"Operator `{symbol}` invalid for {inside}")
        return Bool

    return result
