"""Maps of their own, imagery with one value everywhere, and tiles over a real socket."""

import io
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import mercantile
import numpy as np
import pytest
from PIL import Image as Pillow

import descartes_flow as wf
from descartes_flow.interactive.layer import WorkflowsLayer
from descartes_flow.interactive.map import Map
from tests.scenes import Scenes
from tests.scenes import scenes as scenes

SIDE = 40
PIXEL = 5_000.0
"""Metres; a scene of 40 x 40 such pixels spans 200 km, east of longitude 15 and south of latitude 45.15."""

INSIDE = mercantile.tile(16.2, 44.2, 11)
"""A tile that lies within such a scene as a whole."""

OUTSIDE = mercantile.tile(-105.9, 35.7, 11)


@pytest.fixture
def flat(scenes: Scenes) -> Callable[..., wf.Image]:
    """Makes an Image whose bands have one value everywhere: ``flat(a=0.5, b=1.0)``."""

    def make(**values: float) -> wf.Image:
        bands = {band: np.full((SIDE, SIDE), value) for band, value in values.items()}
        return scenes.image("-".join([*values, *map(str, values.values())]), bands, pixel=PIXEL)

    return make


@pytest.fixture
def croatia() -> Iterator[Map]:
    """A map that shows a part of such a scene."""
    map = Map(center=(44.2, 16.2), zoom=9)
    yield map
    map.close()


def fetch(url: str, tile: mercantile.Tile = INSIDE) -> np.ndarray:
    """Colours ``(y, x, 4)`` of one tile of a layer."""
    with urllib.request.urlopen(url.format(z=tile.z, x=tile.x, y=tile.y), timeout=30) as response:
        return np.asarray(Pillow.open(io.BytesIO(response.read())).convert("RGBA"))


def colour(layer: WorkflowsLayer) -> tuple[int, ...]:
    """The one colour that a tile of `layer` has everywhere."""
    colours = np.unique(fetch(layer.url).reshape(-1, 4), axis=0)
    assert len(colours) == 1, colours
    return tuple(colours[0].tolist())


def shows(layer: WorkflowsLayer, expected: tuple[int, ...]) -> bool:
    """Whether a tile of `layer` has this colour; not while the layer changes its address meanwhile."""
    try:
        return bool(layer.url) and colour(layer) == expected
    except urllib.error.HTTPError as error:
        with error:
            if error.code != 410:
                raise
        return False


def eventually(holds: Callable[[], object], seconds: float = 20) -> None:
    """Wait until `holds` does; AssertionError if it never does."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)
