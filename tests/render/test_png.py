import io
import struct
import zlib

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from descartes_flow.colour import Style
from descartes_flow.render import Picture, blank, encode_png, paint, png

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


SIZES = [(1, 1), (1, 300), (300, 1), (3, 5), (7, 8), (9, 17), (255, 257), (512, 512)]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("channels", [3, 4])
def test_colours_of_any_size_come_back(size, channels):
    picture = Picture(colours_of(*size, channels))

    assert (decoded(encode_png(picture)) == picture.rgba()).all()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(
    ("count", "depth"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 4), (16, 4), (17, 8), (256, 8)]
)
def test_palettes_of_any_size_come_back_with_as_few_bits_as_their_colours_need(size, count, depth):
    picture = Picture(RANDOM.integers(0, count, size, dtype=np.uint8), palette=colours_of(count, 4))
    file = encode_png(picture)

    assert file[24] == depth
    assert (decoded(file) == picture.rgba()).all()


def test_another_decoder_agrees():
    for picture in (Picture(colours_of(40, 33, 3)), Picture(colours_of(40, 33, 4))):
        assert (imagecodecs.png_decode(encode_png(picture)) == picture.pixels).all()
    checks = imagecodecs.png_decode(encode_png(blank(40, 33, checks=True)))
    assert (checks == blank(40, 33, checks=True).rgba()[..., :3]).all()


@pytest.mark.parametrize(
    "view",
    [lambda a: a[::-1], lambda a: a[:, ::-1], lambda a: a[::2, ::3], np.asfortranarray],
    ids=["upside down", "mirrored", "thinned", "Fortran"],
)
def test_views_are_written_as_they_look(view):
    colours, chosen = view(colours_of(24, 24, 4)), view(colours_of(24, 24) % 3)
    palette = colours_of(3, 4)

    assert (decoded(encode_png(Picture(colours))) == colours).all()
    assert (decoded(encode_png(Picture(chosen, palette=palette))) == palette[chosen]).all()


def test_every_piece_of_a_file_has_its_length_and_checksum():
    content = encode_png(Picture(colours_of(30, 20) % 5, palette=colours_of(5, 4) // 2))
    place, kinds = 8, []
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        named = content[place + 4 : place + 8 + length]
        (checksum,) = struct.unpack_from(">I", content, place + 8 + length)
        kinds.append(named[:4])
        place += length + 12
        assert zlib.crc32(named) == checksum

    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert kinds == [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"]
    assert place == len(content)


@pytest.mark.parametrize("shape", [(0, 0, 3), (0, 5, 4), (5, 0), (0, 5)])
def test_a_picture_without_pixels_is_refused(shape):
    palette = colours_of(2, 4) if len(shape) == 2 else None

    with pytest.raises(ValueError, match=r"expected a pixel at least, got \d x \d"):
        encode_png(Picture(np.zeros(shape, np.uint8), palette=palette))


def test_equal_pictures_give_equal_bytes():
    pixels, palette = colours_of(64, 64, 3), colours_of(7, 4)

    assert encode_png(Picture(pixels)) == encode_png(Picture(pixels.copy()))
    assert encode_png(Picture(pixels[..., 0] % 7, palette=palette)) == encode_png(
        Picture((pixels % 7)[..., 0].copy(), palette=palette.copy())
    )


@pytest.mark.parametrize("checks", [True, False])
def test_a_blank_tile_is_encoded_once_and_small(checks, monkeypatch):
    png._kept.cache_clear()
    compress, calls = png.isal_zlib.compress, []
    monkeypatch.setattr(
        png.isal_zlib, "compress", lambda *args: calls.append(len(args[0])) or compress(*args)
    )
    style = Style(checkerboard=checks)
    first = encode_png(paint(np.zeros((3, 256, 256)), np.array(True), style))
    for _ in range(3):
        assert encode_png(blank(256, 256, checks=checks)) is first
    encode_png(blank(512, 512, checks=checks))

    assert calls == [256, 512]
    assert len(first) < 300


def test_a_picture_that_changes_is_encoded_anew():
    pixels = colours_of(8, 8, 3)
    picture = Picture(pixels)
    encode_png(picture)
    pixels[0, 0] ^= 255

    assert (decoded(encode_png(picture))[..., :3] == pixels).all()


def test_opacities_are_written_only_where_a_colour_needs_one():
    palette = np.full((2, 4), 255, dtype=np.uint8)

    assert b"tRNS" not in encode_png(Picture(np.zeros((4, 4), np.uint8), palette=palette))
    assert b"tRNS" in encode_png(blank(4, 4, checks=False))


def test_opacities_end_with_the_last_colour_that_needs_one():
    palette = np.full((200, 4), 255, dtype=np.uint8)
    palette[2, 3] = 0
    content = encode_png(Picture(np.full((4, 4), 199, np.uint8), palette=palette))

    assert content[content.index(b"tRNS") - 4 :][:11] == b"\0\0\0\x03tRNS\xff\xff\0"
    assert (decoded(content) == 255).all()


def test_one_band_of_a_scene_makes_a_smaller_file_than_its_colours(imagery):
    rasterio = pytest.importorskip("rasterio")
    scene = imagery / "core/s2_l1c_18S_virginia/S2A_L1C_T18S_virginia_B08_10m.tif"
    with rasterio.open(scene) as dataset:
        data = dataset.read(1, window=((0, 256), (0, 256)))[np.newaxis]

    picture = paint(data, None, Style(scales=[164, 7464], colormap="viridis"))
    png = encode_png(picture)

    assert (decoded(png) == picture.rgba()).all()
    assert len(png) < len(encode_png(Picture(picture.rgba())))
