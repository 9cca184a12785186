"""Tiles of layers against `compute` of the same area, over a real socket."""

import io
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import mercantile
import numpy as np
import pyproj
import pytest
from PIL import Image as Pillow

import descartes_flow as wf
from descartes_flow.colour import Style
from descartes_flow.engine import bindings, compute
from descartes_flow.engine.run import VALUES
from descartes_flow.errors import JobDeadlineExceeded, JobInvalid, JobOOM, ReadError, TileTooCostly
from descartes_flow.geo import Tile, XYZTile, tile_grid
from descartes_flow.render import layers
from descartes_flow.render.drawing import Drawing, known_bands
from descartes_flow.render.layers import LayerTiles, TileNote
from descartes_flow.render.paint import paint
from tests.scenes import LEFT, TOP, UTM
from tests.scenes import scenes as scenes
from tileserver import TileServer
from tileserver.source import TILE_STATUS

SCENE = "landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1"
SANTA_FE = mercantile.tile(-105.94, 35.69, 11)
EDGE = mercantile.tile(-105.0, 36.4, 8)
RGB = Style(scales=((0, 0.4),) * 3)
GREY = Style(scales=((-1, 1),))


def scene() -> wf.Image:
    return wf.Image.from_id(SCENE)


def summer() -> wf.ImageCollection:
    return wf.ImageCollection.from_id("sentinel-2:L1C", "2018-06-01", "2018-09-01")


def ndvi(imagery):
    nir, red = imagery.unpack_bands("nir red")
    return wf.normalized_difference(nir, red)


PROGRAMS: dict[str, tuple[Callable[[], wf.Image], Style]] = {
    "rgb": (lambda: scene().pick_bands("red green blue"), RGB),
    "bilinear": (lambda: wf.Image.from_id(SCENE, resampler="bilinear").pick_bands("red green blue"), RGB),
    "cubic": (lambda: wf.Image.from_id(SCENE, resampler="cubic").pick_bands("nir"), GREY),
    "ndvi": (lambda: ndvi(scene()), Style(scales=((0, 1),), colormap="RdYlGn")),
    "two bands": (lambda: scene().pick_bands("red nir"), Style(scales=((0, 0.4), (0, 0.6)))),
    "comparison": (lambda: ndvi(scene()) > 0.2, Style(scales=((0, 1),))),
    "masked": (lambda: scene().pick_bands("red green blue").mask(ndvi(scene()) < 0.1), RGB),
    "getmask": (lambda: scene().pick_bands("red").getmask(), Style(scales=((0, 1),))),
    "clipped": (lambda: scene().pick_bands("red").clip_values(0.1, 0.2), GREY),
    "scaled": (lambda: scene().pick_bands("red").scale_values(0, 1, 0, 0.4), GREY),
    "scaled to itself": (lambda: scene().pick_bands("red").scale_values(0, 1), GREY),
    "colormap operation": (lambda: ndvi(scene()).colormap("magma", 0, 1), Style(scales=((0, 1),) * 3)),
    "logarithm": (lambda: wf.log(scene().pick_bands("red")), Style(scales=((-4, 0),))),
    "image arithmetic": (lambda: scene().pick_bands("red") - scene().mean(axis=None), GREY),
    "band mean": (lambda: scene().pick_bands("red green blue").mean(axis="bands"), GREY),
    "median": (lambda: summer().pick_bands("red green blue").median(axis="images"), RGB),
    "mosaic": (lambda: summer().pick_bands("red green blue").mosaic(), RGB),
    "mapped": (lambda: summer().map(ndvi).max(axis="images"), GREY),
    "filtered": (
        lambda: summer().filter(lambda i: i.properties["cloud_fraction"] < 0.3).pick_bands("nir").mosaic(),
        GREY,
    ),
    "cloud masked": (
        lambda: summer().pick_bands("red").mask(summer().pick_bands("cloud-mask")).mean(axis="images"),
        GREY,
    ),
    "empty": (lambda: wf.ImageCollection.from_id("sentinel-2:L1C", "2010-01-01", "2011-01-01").mosaic(), RGB),
}


class Served:
    """A server over fresh layers."""

    def __init__(self, server: TileServer, layers: LayerTiles) -> None:
        self.server = server
        self.layers = layers
        self.notes: list[TileNote] = []

    def show(self, image: wf.Image, style: Style) -> Drawing:
        drawing = Drawing.of(image._node, style)
        self.layers.show("layer", drawing)
        self.layers.listen("layer", self.notes.append)
        return drawing

    def get(self, drawing: Drawing, tile: mercantile.Tile) -> tuple[int, dict[str, str], np.ndarray | None]:
        url = self.server.url_template("layer", drawing.version).format(x=tile.x, y=tile.y, z=tile.z)
        try:
            with urllib.request.urlopen(url) as answer:
                picture = np.asarray(Pillow.open(io.BytesIO(answer.read())).convert("RGBA"))
                return answer.status, dict(answer.headers), picture
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), None


@pytest.fixture
def served() -> Iterator[Served]:
    tiles = LayerTiles()
    with TileServer(tiles) as server:
        yield Served(server, tiles)


@pytest.mark.parametrize("tile", [SANTA_FE, EDGE], ids=["inside", "at the edge"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_tile_shows_what_compute_gives_for_its_context(served, name, tile):
    program, style = PROGRAMS[name]
    image = program()

    result = image.compute(wf.GeoContext.from_xyz_tile(tile.x, tile.y, tile.z))
    status, _, picture = served.get(served.show(image, style), tile)

    data = np.zeros((0, 256, 256)) if result.ndarray is None else result.ndarray.data
    mask = None if result.ndarray is None else result.ndarray.mask
    assert (status, [note for note in served.notes if note.kind != "extent"]) == (200, [])
    assert np.array_equal(picture, paint(data, mask, style).rgba())


def test_a_tile_may_be_kept_for_good_and_is_recognised(served):
    drawing = served.show(scene().pick_bands("red green blue"), RGB)

    _, headers, _ = served.get(drawing, SANTA_FE)

    assert "immutable" in headers["Cache-Control"]
    assert headers["Etag"].strip('"')


def test_the_version_follows_from_program_and_looks():
    image = scene().pick_bands("red")

    drawing = Drawing.of(image._node, GREY)

    assert drawing == Drawing.of(scene().pick_bands("red")._node, GREY)
    assert drawing.version != Drawing.of(image._node, Style(scales=((0, 1),))).version
    assert drawing.version != Drawing.of((image + 1)._node, GREY).version


def test_a_superseded_version_is_gone(served):
    old = served.show(scene().pick_bands("red"), GREY)
    new = served.show(scene().pick_bands("nir"), GREY)

    assert served.get(old, SANTA_FE)[0] == 410
    assert served.get(new, SANTA_FE)[0] == 200


def counted(monkeypatch, module, name: str) -> list[object]:
    """Calls of a function that a module uses, from now on."""
    calls: list[object] = []
    function = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *args: calls.append(args) or function(*args))
    return calls


def test_new_looks_paint_and_encode_and_nothing_else(served, monkeypatch):
    image = summer().pick_bands("red").median(axis="images")
    served.get(served.show(image, GREY), SANTA_FE)
    bound, run, painted, encoded = (
        counted(monkeypatch, module, name)
        for module, name in (
            (bindings, "bind_in"),
            (compute, "run_plan"),
            (layers, "paint"),
            (layers, "encode_png"),
        )
    )
    served.get(served.show(image, Style(scales=((0, 0.5),), colormap="magma")), SANTA_FE)
    served.get(served.show(image, GREY), SANTA_FE)

    assert [len(calls) for calls in (bound, run, painted, encoded)] == [0, 0, 1, 1]


def test_a_moved_threshold_reads_and_reduces_nothing_again(served):
    image = summer().pick_bands("red").median(axis="images")
    served.get(served.show(image.mask(image < 0.1), GREY), SANTA_FE)
    made = VALUES.computed
    _, _, picture = served.get(served.show(image.mask(image < 0.2), GREY), SANTA_FE)

    assert VALUES.computed == made
    assert (picture[..., :3] == picture[..., :1]).all()


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_is_bound_for_one_tile_serves_those_with_the_same_scenes(name):
    program, _ = PROGRAMS[name]
    node, kept = program()._node, bindings.Bindings()
    tiles = [Tile(x=SANTA_FE.x + x, y=SANTA_FE.y + y, z=11) for x in range(-12, 9, 4) for y in (-8, 0, 1)]

    for grid in map(tile_grid, tiles):
        bound = kept.get(node, grid, compute.default_runner())

        assert bound.key == compute.bind_program(node, grid, compute.default_runner()).key
    assert 1 <= kept.bound < len(tiles)
    assert kept.bound + kept.hits == len(tiles)


def test_a_tile_without_some_scenes_is_kept_in_no_form(served, scenes):
    identity = scenes.add("one", {"a": np.ones((60, 60))}, pixel=100)
    tile = mercantile.tile(
        *pyproj.Transformer.from_crs(UTM, 4326, always_xy=True).transform(LEFT + 3000, TOP - 3000), 12
    )
    path = scenes.files[identity, "a"]
    path.rename(path.with_suffix(".away"))
    image = wf.Image.from_id(identity)

    _, broken, _ = served.get(served.show(image, GREY), tile)
    path.with_suffix(".away").rename(path)
    _, whole, _ = served.get(served.show(image, GREY), tile)

    assert (broken.get(TILE_STATUS), whole.get(TILE_STATUS)) == ("degraded", None)


def test_an_error_is_a_readable_tile_and_a_note_with_the_users_line(served):
    broken = scene().pick_bands("ultraviolet")

    status, headers, picture = served.get(served.show(broken, GREY), SANTA_FE)

    assert (status, headers[TILE_STATUS], headers["Cache-Control"]) == (200, "failed", "no-store")
    assert picture is not None
    (note,) = served.notes
    assert note.tile == Tile(x=SANTA_FE.x, y=SANTA_FE.y, z=SANTA_FE.z)
    assert note.message.startswith("pick_bands (test_layers.py:")
    assert "'ultraviolet'" in note.message


def test_too_many_scenes_are_refused_with_the_way_out(served, monkeypatch):
    monkeypatch.setattr(wf.settings, "max_scenes_per_tile", 2)

    _, headers, _ = served.get(served.show(summer().pick_bands("red").mosaic(), GREY), SANTA_FE)

    assert headers[TILE_STATUS] == "failed"
    assert served.notes[0].message.startswith("mosaic (test_layers.py:")
    assert "): tiles are not drawn: settings.max_scenes_per_tile is 2; zoom in" in served.notes[0].message


def test_the_log_hears_the_same_of_every_tile_that_costs_too_much(served, monkeypatch):
    monkeypatch.setattr(wf.settings, "max_scenes_per_tile", 0.5)
    drawing = served.show(summer().pick_bands("red").mosaic(), GREY)
    served.get(drawing, SANTA_FE)
    served.get(drawing, mercantile.parent(SANTA_FE))

    first, second = served.notes
    assert first.message == second.message


def test_a_tile_that_takes_too_long_is_a_readable_picture_and_a_note(scenes, monkeypatch):
    go_on = threading.Event()
    monkeypatch.setattr(layers, "draw", lambda *_: go_on.wait(20))
    tiles = LayerTiles()
    try:
        with TileServer(tiles, tile_seconds=0.1, threads=1) as server:
            served = Served(server, tiles)
            image = scenes.image("one", {"a": np.ones((4, 4))})
            drawing = served.show(image, GREY)
            status, headers, picture = served.get(drawing, SANTA_FE)
            behind = served.get(drawing, mercantile.parent(SANTA_FE))
            go_on.set()
    finally:
        go_on.set()

    assert (status, headers[TILE_STATUS], headers["Cache-Control"]) == (200, "failed", "no-store")
    assert picture is not None
    assert "it takes longer than settings.tile_seconds (0.1 s)" in served.notes[0].message
    assert (behind[0], behind[1][TILE_STATUS]) == (200, "failed")
    assert "all settings.threads are held up by tiles" in served.notes[1].message


def test_that_values_depend_on_the_extent_is_said_once_of_a_version(served):
    image = scene().pick_bands("red")
    drawing = served.show(image - image.mean(axis=None), GREY)
    for tile in (SANTA_FE, mercantile.parent(SANTA_FE)):
        served.get(drawing, tile)

    (note,) = served.notes
    assert note.kind == "extent"
    assert "mean (test_layers.py:" in note.message


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (TileTooCostly("too much"), "Zoom in"),
        (JobOOM("too much"), "Out of memory"),
        (JobDeadlineExceeded("too long"), "Too slow"),
        (ReadError("a:b", "red", "gone"), "Cannot be read"),
        (JobInvalid("no such band"), "Cannot be drawn"),
        (MemoryError(), "Out of memory"),
    ],
)
def test_the_title_of_a_message_tells_the_kind_of_error(served, monkeypatch, error, title):
    titles = []
    message = layers.message_tile
    monkeypatch.setattr(layers, "message_tile", lambda *said: titles.append(said) or message(*said))

    def fail(*_):
        raise error

    monkeypatch.setattr(layers, "_picture", fail)
    served.get(served.show(scene().pick_bands("red"), GREY), SANTA_FE)

    assert [title for title, text in titles] == [title]
    assert titles[0][1]


def test_an_error_that_knows_no_line_is_told_with_that_of_the_imagery(served):
    two_scales = Style(((0.0, 1.0), (0.0, 1.0)))
    served.get(served.show(summer().pick_bands("red").mosaic(), two_scales), SANTA_FE)

    (note,) = served.notes
    assert note.message.startswith("mosaic (test_layers.py:")
    assert note.message.endswith("): expected one scale per band, got 2 for 1 bands ['red']")


def test_a_file_of_features_that_cannot_be_read_is_named(served, monkeypatch, tmp_path):
    told = []
    message = layers.message_tile
    monkeypatch.setattr(layers, "message_tile", lambda *said: told.append(said) or message(*said))
    fields = wf.FeatureCollection.from_vector_id(str(tmp_path / "fields.geojson"))
    served.get(served.show(scene().pick_bands("red").mask(fields), GREY), SANTA_FE)

    ((title, text),) = told
    assert title == "Cannot be read"
    assert text.endswith("fields.geojson'; the log below the map says why")
    assert served.notes[0].message.startswith("mask (test_layers.py:")


def test_a_forgotten_layer_is_unknown(served):
    drawing = served.show(scene().pick_bands("red"), GREY)
    served.layers.forget("layer")

    assert served.get(drawing, SANTA_FE)[0] == 404


def test_bands_are_known_without_a_view_where_no_view_decides_them():
    assert known_bands(scene().pick_bands("red nir")._node) == ("red", "nir")
    assert known_bands(summer().mosaic()._node) is None


def test_neighbouring_tiles_join_without_a_seam():
    image = wf.Image.from_id(SCENE, resampler="bilinear").pick_bands("red")
    left, below = SANTA_FE, mercantile.Tile(SANTA_FE.x, SANTA_FE.y + 1, SANTA_FE.z)
    parent = mercantile.parent(left)
    whole = image.compute(
        wf.GeoContext(
            crs="EPSG:3857",
            bounds=tuple(mercantile.xy_bounds(parent)),
            bounds_crs="EPSG:3857",
            shape=(512, 512),
            align_pixels=False,
        )
    ).ndarray
    for tile in (left, below):
        if mercantile.parent(tile) != parent:
            continue
        part = image.compute(XYZTile(tile.x, tile.y, tile.z)).ndarray
        row, col = (tile.y - 2 * parent.y) * 256, (tile.x - 2 * parent.x) * 256
        assert np.allclose(part, whole[:, row : row + 256, col : col + 256], atol=1e-6)


@pytest.mark.parametrize("band", ["x", "y"])
def test_pixels_of_a_tile_lie_where_they_say(served, scenes, band):
    """Pixels that hold their own coordinates, through PNG tiles: one grey is half a source pixel."""
    side, pixel = 400, 10.0
    held = {"x": LEFT + (np.arange(side) + 0.5) * pixel, "y": TOP - (np.arange(side) + 0.5) * pixel}
    x, y = np.meshgrid(held["x"], held["y"])
    identity = scenes.add("positions", {"x": x, "y": y}, pixel=pixel)
    to_lonlat = pyproj.Transformer.from_crs(UTM, 4326, always_xy=True)
    tile = mercantile.tile(*to_lonlat.transform(LEFT + side * pixel / 2, TOP - side * pixel / 2), 14)
    grid = tile_grid(Tile(x=tile.x, y=tile.y, z=tile.z))
    centres = np.meshgrid(grid.centre_x(), grid.centre_y())
    true = dict(
        zip("xy", pyproj.Transformer.from_crs(3857, UTM, always_xy=True).transform(*centres), strict=True)
    )
    low = held[band].mean() - 127.5 * pixel / 2
    style = Style(scales=((low, low + 255 * pixel / 2),), checkerboard=False)

    image = wf.Image.from_id(identity, resampler="bilinear").pick_bands(band)
    _, _, picture = served.get(served.show(image, style), tile)

    greys = (true[band] - low) / (pixel / 2)
    inside = (picture[..., 3] == 255) & (greys > 1) & (greys < 254)
    error = picture[..., 0][inside] - greys[inside]
    assert inside.sum() > 5_000
    assert np.abs(error).max() <= 0.6  # half a grey of rounding, and the coordinates' own error
    assert abs(error.mean()) < 0.05  # 1 would be half a pixel
