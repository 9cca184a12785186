"""Folding and sorting: ``reduce`` and ``sorted``.

Both names serve every kind of collection. The rules here are those of plain lists; for another bound value,
such as a raster, `REDUCERS` and `SORTERS` hold the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any as AnyValue

from ..errors import JobInvalid, ProxyTypeError
from ..graph import apply
from ..types import Any, Bool, Callback, Element, Function, List, Same
from ..types.proxytype import Proxytype, describe
from .comparing import comparison_type
from .registry import BUILD, operation

REDUCERS: dict[type, Callable[..., AnyValue]] = {}
"""By class of a bound value that is no list: ``(bind, value, func[, initial]) -> bound value``."""

SORTERS: dict[type, Callable[..., AnyValue]] = {}
"""By class of a bound value that is no list: ``(bind, value, key, reverse) -> bound value``."""

MISSING = object()


@operation("reduce", on=List, method="reduce")
def reduce_list(self: List, func: Callable[..., object], initial: object = None) -> AnyValue:
    """One value from all items: ``func(func(func(initial, a), b), c)``.

    Parameters
    ----------
    func : callable
        Takes what it gave last and the next item, returns a value of the type of the former. It is called
        once, while the graph is built.
    initial : proxy, optional
        What it starts with; a proxy already, as it decides the type of the result. Left out: the first item.

    Returns
    -------
    proxy
        Of the type of `initial`, else of the items.

    Raises
    ------
    ProxyTypeError
        If `initial` is no proxy.
    TypeError
        If the function takes other arguments or returns another type.
    JobInvalid
        When computed, if the list is empty and there is no `initial`.

    Examples
    --------
    >>> from descartes_flow import Float, Int, List
    >>> List[Int]([1, 2, 3]).reduce(lambda total, n: total + n).compute()
    6
    >>> List[Int]([1, 2]).reduce(lambda total, n: total / n, initial=Float(1)).compute()
    0.5
    """
    return folded(self, func, initial)


def folded(self: AnyValue, func: AnyValue, initial: object) -> Proxytype:
    """The proxy of ``self.reduce(func, initial)`` for any collection that has an ``element_type``."""
    if initial is not None and not isinstance(initial, Proxytype):
        raise ProxyTypeError(
            "reduce(initial=): expected a proxy, as it decides the type of the result, "
            f"got {describe(initial)}; wrap it, like wf.Int(0)"
        )
    kind = self.element_type() if initial is None else type(initial)
    traced = Function.trace(Callback((kind, Element), kind), func, type(self))
    named = {} if initial is None else {"initial": initial._node}
    return kind._from_node(apply("reduce", self._node, traced._node, **named))


@reduce_list.rule
def _reduce(bind: AnyValue, value: AnyValue, func: AnyValue, initial: AnyValue = MISSING) -> AnyValue:
    if type(value) in REDUCERS:
        given = () if initial is MISSING else (initial,)
        return REDUCERS[type(value)](bind, value, func, *given)
    items = iter(bind.items(value))
    result = next(items, MISSING) if initial is MISSING else initial
    if result is MISSING:
        raise JobInvalid("reduce of an empty list needs an initial value, like reduce(f, initial=wf.Int(0))")
    for item in items:
        result = bind.call(func, result, item)
    return result


@operation("sorted", on=List, method="sorted", named=("key", "reverse"))
def sorted_list(
    self: List,
    key: Callback((Element,)) | None = None,  # type: ignore[valid-type]
    reverse: Bool = False,  # type: ignore[assignment]
) -> Same:
    """The items in order; equal ones keep theirs.

    Parameters
    ----------
    key : callable, optional
        Takes the proxy of an item, returns what is compared in its place. It is called once, while the graph
        is built.
    reverse : bool
        Largest first. NaN comes last in both directions.

    Raises
    ------
    TypeError
        If the items, or what `key` returns, have no order.

    Examples
    --------
    >>> from descartes_flow import Int, List
    >>> List[Int]([2, -3, 1]).sorted().compute()
    [-3, 1, 2]
    >>> List[Int]([2, -3, 1]).sorted(key=abs, reverse=True).compute()
    [-3, 2, 1]
    """
    require_order(key.return_type if isinstance(key, Function) else self.element_type(), key)
    return BUILD


def require_order(kind: type[Proxytype], key: object) -> None:
    """Refuse a type of sort keys whose ``<`` gives no truth value."""
    if comparison_type("lt", kind) not in (Bool, Any):
        what = "what key returns has" if isinstance(key, Function) else "the items have"
        raise ProxyTypeError(f"sorted(key=): {what} no order: `<` of two {kind.__name__} gives no Bool")


@sorted_list.rule
def sort(bind: AnyValue, value: AnyValue, key: AnyValue = None, reverse: AnyValue = False) -> AnyValue:
    """The items of a bound value in the order of their keys."""
    if type(value) in SORTERS:
        return SORTERS[type(value)](bind, value, key, reverse)
    items = bind.items(value)
    keys = items if key is None else [bind.call(key, item) for item in items]
    return [items[i] for i in in_order(bind.decided(list(keys)), bind.decided(reverse))]


def in_order(keys: Sequence[AnyValue], reverse: bool) -> list[int]:
    """Positions of sort keys from the smallest to the largest, or the other way; stable, NaN last.

    Examples
    --------
    >>> in_order([2, float("nan"), 3, 2], reverse=True)
    [2, 0, 3, 1]
    """
    known = [i for i, key in enumerate(keys) if key == key]
    rest = [i for i, key in enumerate(keys) if key != key]
    return sorted(known, key=lambda i: keys[i], reverse=reverse) + rest
