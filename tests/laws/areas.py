"""Where the arrays of the oracle lie: the area of a run, and pixels around it that neighbourhoods reach."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from pyproj import Transformer

from tests.laws.oracle import Col, Img
from tests.scenes import LEFT, TOP, UTM

PIXEL = 10


@dataclass(frozen=True)
class Box:
    """Pixels from a row and column up to, but without, others; counted from the corner of the area."""

    row: int
    col: int
    end_row: int
    end_col: int

    def ring(self) -> list[list[float]]:
        """The corners of its outline along the edges of pixels, in degrees; the last is the first again."""
        to_degrees = Transformer.from_crs(UTM, "EPSG:4326", always_xy=True)
        corners = [
            (self.row, self.col),
            (self.end_row, self.col),
            (self.end_row, self.end_col),
            (self.row, self.end_col),
            (self.row, self.col),
        ]
        places = (to_degrees.transform(LEFT + col * PIXEL, TOP - row * PIXEL) for row, col in corners)
        return [[float(degrees) for degrees in place] for place in places]

    def geojson(self) -> dict[str, Any]:
        """Its outline as a geometry."""
        return {"type": "Polygon", "coordinates": [self.ring()]}


@dataclass(frozen=True)
class Area:
    """The pixels of arrays.

    Attributes
    ----------
    rows, cols : int
        Of the area of the run.
    margin : int
        How many pixels arrays hold beyond each edge of it.
    cutline : Box or None
        What the geometry of the context leaves.
    """

    rows: int
    cols: int
    margin: int = 0
    cutline: Box | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Of arrays."""
        return self.rows + 2 * self.margin, self.cols + 2 * self.margin

    @property
    def outside(self) -> Any:
        """Pixels that the cutline excludes."""
        return np.zeros(self.shape, bool) if self.cutline is None else ~self.inside(self.cutline)

    def inside(self, box: Box) -> Any:
        """Pixels of a box."""
        rows, cols = (np.arange(size) - self.margin for size in self.shape)
        down, across = (rows >= box.row) & (rows < box.end_row), (cols >= box.col) & (cols < box.end_col)
        return down[:, None] & across

    def cropped(self, obj: Any) -> Any:
        """Imagery without the margin; anything else as it is."""
        if isinstance(obj, Col):
            return Col([self.cropped(image) for image in obj.images])
        if not isinstance(obj, Img) or obj.empty or not self.margin:
            return obj
        part = np.s_[..., self.margin : -self.margin, self.margin : -self.margin]
        return replace(obj, data=obj.data[part], mask=obj.mask[part])
