"""What every peer is asked for."""

from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from descartes_flow.geo import AOI, Tile

Scene = dict[str, Any]
"""A STAC item."""


class Values(NamedTuple):
    """Pixels of one band."""

    data: npt.NDArray[np.floating[Any]]
    hidden: npt.NDArray[np.bool_]


class Peer(Protocol):
    """Draws the tiles of scenes; ``warp`` is bilinear or nearest, classes are nearest always."""

    name: str

    def rgb(self, tile: Tile) -> bytes:
        """Red, green and blue of the first scene."""

    def index(self, tile: Tile) -> bytes:
        """NDVI of the first scene in colours."""

    def median(self, tile: Tile, warp: str) -> bytes:
        """Median of red, green and blue of all scenes, without clouds and shadows."""

    def forget(self) -> None:
        """Forget all pixels; files that are kept open are opened again."""


class Compositor(Protocol):
    """Computes large composites."""

    name: str

    def index_median(self, area: AOI) -> Values:
        """Median of the NDVI of all scenes, without clouds and shadows."""
