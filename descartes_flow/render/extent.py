"""Where the data of a program lie."""

from __future__ import annotations

from .. import catalog
from ..errors import NotFound
from ..geo import Bounds
from ..graph import Kind, Node, postorder


def data_bounds(program: Node) -> Bounds | None:
    """Around the scenes and products that a program names, in degrees; None where it names none."""
    found = [bounds for node in postorder(program) if (bounds := _source_bounds(node)) is not None]
    if not found:
        return None
    left, bottom, right, top = zip(*found, strict=True)
    return Bounds(min(left), min(bottom), max(right), max(top))


def _source_bounds(node: Node) -> Bounds | None:
    if node.kind is not Kind.APPLICATION or not node.args or node.args[0].kind is not Kind.LITERAL:
        return None
    name = node.args[0].value
    if node.callee == "Image.load":
        scene = catalog.item(name)
        bounds = None if scene is None else scene.bounds
    elif node.callee == "ImageCollection.from_id":
        try:
            bounds = catalog.product(name).bounds
        except NotFound:
            return None
    else:
        return None
    return None if bounds is None or bounds.left > bounds.right else bounds
