"""From pixels to a coloured, encoded tile: no HTTP, no widgets."""

from descartes_flow.render.message import message_tile
from descartes_flow.render.paint import paint
from descartes_flow.render.picture import Picture, blank
from descartes_flow.render.png import encode_png
from descartes_flow.render.stretch import stretch

__all__ = ["Picture", "blank", "encode_png", "message_tile", "paint", "stretch"]
