import io

import numpy as np
import pytest
from PIL import Image

from descartes_flow.colour import Style
from descartes_flow.render import Picture, blank, encode_png, paint

RANDOM = np.random.default_rng(7)


def opened(png):
    return Image.open(io.BytesIO(png))


def decoded(png):
    return np.asarray(opened(png).convert("RGBA"))


def colours_of(*shape):
    return RANDOM.integers(0, 256, shape, dtype=np.uint8)


@pytest.mark.parametrize(
    ("picture", "mode"),
    [
        (Picture(colours_of(20, 30, 3)), "RGB"),
        (Picture(colours_of(20, 30, 4)), "RGBA"),
        (Picture(colours_of(20, 30), palette=colours_of(256, 4)), "P"),
        (Picture(colours_of(20, 30) % 2, palette=np.array([[9, 8, 7, 255], [1, 2, 3, 0]], np.uint8)), "P"),
        (blank(16, 24, checks=True), "P"),
        (blank(16, 24, checks=False), "P"),
    ],
    ids=["rgb", "rgba", "palette", "two colours", "checks", "transparent"],
)
def test_a_file_holds_the_colours_of_the_picture(picture, mode):
    png = encode_png(picture)

    assert opened(png).mode == mode
    assert (decoded(png) == picture.rgba()).all()


def test_equal_pictures_give_equal_bytes():
    pixels = colours_of(64, 64, 3)

    assert encode_png(Picture(pixels)) == encode_png(Picture(pixels.copy()))


def test_opacities_are_written_only_where_a_colour_needs_one():
    palette = np.full((2, 4), 255, dtype=np.uint8)

    assert b"tRNS" not in encode_png(Picture(np.zeros((4, 4), np.uint8), palette=palette))
    assert b"tRNS" in encode_png(blank(4, 4, checks=False))


def test_one_band_of_a_scene_makes_a_smaller_file_than_its_colours(imagery):
    rasterio = pytest.importorskip("rasterio")
    scene = imagery / "core/s2_l1c_18S_virginia/S2A_L1C_T18S_virginia_B08_10m.tif"
    with rasterio.open(scene) as dataset:
        data = dataset.read(1, window=((0, 256), (0, 256)))[np.newaxis]

    picture = paint(data, None, Style(scales=[164, 7464], colormap="viridis"))
    png = encode_png(picture)

    assert (decoded(png) == picture.rgba()).all()
    assert len(png) < len(encode_png(Picture(picture.rgba())))
