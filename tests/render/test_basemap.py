"""Tiles of the basemap, over a real socket."""

import io
import urllib.error
import urllib.request

import mercantile
import numpy as np
import pytest
from PIL import Image as Pillow

from descartes_flow.render.basemap import (
    BASEMAP,
    LAND,
    LINE,
    MAIN_LINE,
    PAPER,
    SEA,
    VERSION,
    BasemapTiles,
)
from descartes_flow.render.layers import LayerTiles
from descartes_flow.render.sources import NamedSources
from tileserver import TileServer


@pytest.fixture(scope="module")
def server():
    with TileServer(NamedSources({BASEMAP: BasemapTiles()}, LayerTiles())) as server:
        yield server


def ask(server, x, y, z, version=VERSION, **headers):
    url = server.url_template(BASEMAP, version).format(x=x, y=y, z=z)
    return urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30)


def tile(server, x, y, z):
    """Colours ``(y, x, 3)``."""
    with ask(server, x, y, z) as response:
        return np.asarray(Pillow.open(io.BytesIO(response.read())).convert("RGB"))


def colour_at(server, lon, lat, zoom):
    address = mercantile.tile(lon, lat, zoom)
    bounds, (x, y) = mercantile.xy_bounds(address), mercantile.xy(lon, lat)
    row = int((bounds.top - y) / (bounds.top - bounds.bottom) * 256)
    column = int((x - bounds.left) / (bounds.right - bounds.left) * 256)
    return tuple(tile(server, address.x, address.y, zoom)[row, column].tolist())


def test_lines_of_a_tile_at_zoom_5_are_where_they_must_be(server):
    # The world is 8192 pixels wide, 22.7556 for a degree: 0, 5 and 10 degrees east of Greenwich, which is
    # column 4096 = 16 x 256, are columns 0, 113 and 227 of tile 16. The equator is row 4096 = 16 x 256.
    found = tile(server, 16, 16, 5)

    assert (found[200:250, 0] == MAIN_LINE).all(axis=-1).all()
    assert [tuple(found[205, column].tolist()) for column in (113, 227)] == [LINE, LINE]
    assert tuple(found[0, 80].tolist()) == MAIN_LINE
    assert tuple(found[205, 112].tolist()) not in (LINE, MAIN_LINE)


def test_lines_run_on_in_the_next_tile(server):
    upper, lower = tile(server, 12, 50, 7), tile(server, 12, 51, 7)
    lines = [set(np.flatnonzero((part == LINE).all(axis=-1).all(axis=0))) for part in (upper, lower)]

    assert lines[0] == lines[1] != set()


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [(-101.3, 41.3, LAND), (-40.7, 31.3, SEA), (23.1, 1.3, LAND), (50.7, 41.7, SEA)],
)
def test_land_and_sea_have_colours_of_their_own(server, lon, lat, expected):
    assert colour_at(server, lon, lat, 4) == expected


def test_close_by_there_is_neither_land_nor_sea(server):
    assert colour_at(server, -40.77, 31.33, 9) == colour_at(server, -101.33, 41.33, 9) == PAPER


def test_labels_are_written_beside_the_lines(server):
    found = tile(server, 16, 16, 5).astype(int)
    beside = found[4:14, 4:40]  # below the equator, right of Greenwich

    assert beside.sum(axis=-1).min() < sum(LINE) - 150


def test_tiles_are_kept_by_the_browser(server):
    with ask(server, 16, 16, 5) as response:
        etag, cache = response.headers["ETag"], response.headers["Cache-Control"]
    with pytest.raises(urllib.error.HTTPError) as again:
        ask(server, 16, 16, 5, **{"If-None-Match": etag})
    again.value.close()

    assert "immutable" in cache
    assert again.value.code == 304


def test_an_older_drawing_is_superseded(server):
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(server, 16, 16, 5, version="0")
    refused.value.close()

    assert refused.value.code == 410


def test_layers_behind_the_same_server_answer_for_themselves(server):
    url = server.url_template("nobody", "1").format(x=16, y=16, z=5)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(url, timeout=30)
    refused.value.close()

    assert refused.value.code == 404
