"""`Drawing`: what a layer shows, and what of it is known before any pixel is computed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from .. import catalog
from ..catalog.scenery import make_available
from ..colour import Style
from ..engine.compute import bind_program, default_runner
from ..errors import NeedsContext
from ..graph import Kind, Node, postorder
from ..ops import OP_SET
from ..steps.raster import Raster
from .locality import CATALOG


@dataclass(frozen=True, slots=True)
class Drawing:
    """An Image program and its looks; made by `Drawing.of`."""

    node: Node
    """A program without parameters that gives an Image."""

    style: Style

    version: str
    """Hash of all that decides the colours: program, style, revision of the catalog, set of operations."""

    @classmethod
    def of(cls, node: Node, style: Style) -> Drawing:
        """The drawing of a program, as the catalog is now."""
        digest = hashlib.blake2b(node.key + style.key, digest_size=16)
        digest.update(f"{catalog.revision()}/{OP_SET}".encode())
        return cls(node, style, digest.hexdigest())


def get_ready(node: Node) -> None:
    """Make the demo imagery now if an Image program takes scenes from it and it is missing.

    That takes longer than a tile may take, and says so in the notebook where it is called.
    """
    searches = (each for each in postorder(node) if each.callee == CATALOG)
    products = (search.args[0] for search in searches)
    make_available([product.value for product in products if product.kind is Kind.LITERAL])


def known_bands(node: Node) -> tuple[str, ...] | None:
    """Names of the bands of an Image program; None where only a view, or pixels, decide them.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> known_bands(ImageCollection.from_id("sentinel-2:L1C").mosaic()._node) is None
    True
    """
    try:
        value = bind_program(node, None, default_runner()).value
    except NeedsContext:
        return None
    return value.bands if isinstance(value, Raster) and not value.is_empty else None
