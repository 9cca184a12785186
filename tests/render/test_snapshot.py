"""Pictures of maps, put together of tiles of one colour each."""

import io
import threading

import mercantile
import numpy as np
import pytest
from PIL import Image

from descartes_flow.geo import Tile
from descartes_flow.render.snapshot import BACKGROUND, Sheet, Window, small_png, snapshot


def png(*colour: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGBA", (256, 256), colour).save(file, "PNG")
    return file.getvalue()


def sheet(*colour: int, opacity: float = 1.0, name: str = "sheet") -> Sheet:
    return Sheet(name, opacity, lambda tile, cancelled: png(*colour))


def by_address(tile: Tile, cancelled: object) -> bytes:
    """A tile whose red and green are its column and row."""
    return png(tile.x, tile.y, 0, 255)


def pixels(*sheets: Sheet, window: Window) -> np.ndarray:
    return np.asarray(snapshot(window, sheets).image)


def test_a_window_lies_around_its_middle():
    window = Window.around((44.2, 16.2), 9, 300, 201)
    x, y = mercantile.xy(16.2, 44.2)
    edge = 2 * 20037508.342789244 / (256 * 2**9)

    assert (window.zoom, window.width, window.height) == (9, 300, 201)
    assert abs((20037508.342789244 + x) / edge - (window.left + 150)) <= 0.5
    assert abs((20037508.342789244 - y) / edge - (window.top + 100.5)) <= 0.5


def test_every_pixel_is_that_of_its_tile():
    window = Window(3, 500, 250, 30, 10)
    seen = pixels(Sheet("a", 1.0, by_address), window=window)

    assert seen.shape == (10, 30, 3)
    assert seen[:, :12].reshape(-1, 3).min(axis=0).tolist() == [1, 0, 0]  # columns 500 .. 511 are tile 1
    assert seen[:6, 11].tolist() == [[1, 0, 0]] * 6  # rows 250 .. 255 are tile 0
    assert seen[6:, 12].tolist() == [[2, 1, 0]] * 4


def test_the_world_repeats_itself_in_the_east_and_ends_in_the_north():
    seen = pixels(Sheet("a", 1.0, by_address), window=Window(1, 510, -2, 4, 4))

    assert seen[2].tolist() == [[1, 0, 0]] * 2 + [[0, 0, 0]] * 2
    assert seen[0].tolist() == [list(BACKGROUND)] * 4


def test_layers_cover_each_other_by_their_opacities():
    window = Window(0, 0, 0, 8, 8)
    half = pixels(sheet(200, 0, 0, 255), sheet(0, 100, 0, 255, opacity=0.5), window=window)
    hole = pixels(sheet(200, 0, 0, 255), sheet(0, 0, 0, 0), window=window)

    np.testing.assert_allclose(half[0, 0], [100, 50, 0], atol=1)
    assert hole[0, 0].tolist() == [200, 0, 0]
    assert pixels(window=window)[0, 0].tolist() == list(BACKGROUND)


def test_what_is_not_there_in_time_is_left_out_and_told_to_stop():
    told = threading.Event()

    def slow(tile: Tile, cancelled) -> bytes | None:
        while not cancelled():
            pass
        told.set()
        return None

    found = snapshot(Window(0, 0, 0, 8, 8), [sheet(9, 9, 9, 255), Sheet("slow", 1.0, slow)], seconds=0.5)

    assert found.left_out == ("slow",)
    assert np.unique(np.asarray(found.image)).tolist() == [9]
    assert told.wait(20)


def test_a_layer_that_fails_is_left_out(caplog):
    def broken(tile: Tile, cancelled: object) -> bytes:
        raise ZeroDivisionError

    found = snapshot(Window(0, 0, 0, 8, 8), [Sheet("broken", 1.0, broken)])

    assert found.left_out == ("broken",)
    assert "a tile of a picture failed" in caplog.text


@pytest.mark.parametrize(
    ("most", "largest"), [(10**9, (480, 320)), (60_000, (480, 320)), (5_000, (200, 200))]
)
def test_a_picture_is_made_to_fit(most, largest):
    noise = np.random.default_rng(1).integers(0, 255, (320, 480, 3), dtype=np.uint8)
    file = small_png(Image.fromarray(noise), most)
    size = Image.open(io.BytesIO(file)).size

    assert len(file) <= most
    assert size <= largest


def test_a_picture_that_fits_keeps_its_pixels():
    image = Image.new("RGB", (300, 200), (1, 2, 3))

    assert np.array_equal(np.asarray(Image.open(io.BytesIO(small_png(image, 10_000)))), np.asarray(image))
