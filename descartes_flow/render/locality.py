"""What of a program has another value for every extent, so that neighbouring tiles need not fit together."""

from __future__ import annotations

import functools

from ..engine.bind import where
from ..engine.plan import Plan
from ..graph import Kind, Node, postorder
from ..steps.pixelreduce import ReducePixels

CATALOG = "ImageCollection.from_id"

PLACES = frozenset(f"ImageCollection.{name}" for name in ("head", "tail", "map_window", "map_window_ic"))
PICKS = PLACES | {"length"}
"""Operations that choose images by their place in a collection, or count them: others where others lie."""

SAME_IMAGES = frozenset(
    {"filter", "sorted", "reversed", "concat", "pick_bands", "clip_values", "map_imagery", "mask"}
)
"""Operations that leave a collection a collection."""


@functools.lru_cache(maxsize=64)
def extent_note(program: Node, plan: Plan) -> str | None:
    """What to say of a layer whose values depend on the extent they are computed over; None for others.

    Parameters
    ----------
    program : Node
    plan : Plan
        The program bound to one of the tiles. What binding itself has made of pixels is not in it.

    Returns
    -------
    str or None
        Names the operations and the user's lines.
    """
    reductions = [step.origin for step in plan.steps if isinstance(step, ReducePixels) and step.origin]
    picks = [where(node) for node in postorder(program) if _picks(node)]
    found = list(dict.fromkeys([*(f"{origin} over pixels" for origin in reductions), *picks]))
    if not found:
        return None
    return (
        f"the values of this layer depend on the extent they are computed over: {', '.join(found)}. "
        "Each tile has its own; compute(...) over one area to get one"
    )


def _picks(node: Node) -> bool:
    """Whether images of a search in the catalog are chosen by their place, or counted."""
    if node.kind is not Kind.APPLICATION:
        return False
    if node.callee == CATALOG:
        limit = dict(node.kwargs).get("limit")
        return limit is not None and not (limit.kind is Kind.LITERAL and limit.value is None)
    if node.callee in PICKS:
        return _is_search(node.args[0])
    if node.callee != "get" or not _is_search(node.args[0]):
        return False
    place = node.args[1]
    by_number = place.kind is Kind.LITERAL and isinstance(place.value, int)
    return by_number or place.callee == "Slice.create"


def _is_search(node: Node) -> bool:
    """Whether a collection holds what the catalog has for the extent."""
    while node.kind is Kind.APPLICATION and node.callee in SAME_IMAGES | PLACES:
        node = node.args[0]
    return node.callee == CATALOG
