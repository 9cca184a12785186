"""The tile server that is measured, in its own process: that it serves at all."""

import io
import urllib.request

import numpy as np
from PIL import Image

from benchmarks import serving
from benchmarks.place import CRS, LEFT, PIXEL, TOP, Place, tile_at
from tests.benchmarks.conftest import SIDE


def test_it_serves_tiles_and_does_what_it_is_told(in_catalog, tmp_path, monkeypatch):
    monkeypatch.setenv("DESCARTES_FLOW_HOME", str(tmp_path))
    half = PIXEL * SIDE / 2
    tile = tile_at(Place(LEFT + half, TOP - half, CRS), 14)
    with serving.server() as server:
        for layer in ("rgb", "median"):
            bodies = []
            for command in ("warm", "cold"):
                server.tell(command)
                with urllib.request.urlopen(server.url(layer, tile), timeout=60) as answer:
                    assert answer.status == 200
                    assert "X-Tile-Status" not in answer.headers
                    bodies.append(answer.read())

            assert bodies[0] == bodies[1]
            assert np.asarray(Image.open(io.BytesIO(bodies[0])).convert("RGB")).std() > 1
