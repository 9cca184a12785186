import warnings
from pathlib import Path

import numpy as np
import pytest
import rasterio

from descartes_flow._settings import settings
from descartes_flow.errors import ReadError, StaleSourceError
from descartes_flow.io import read_band
from descartes_flow.io.blocks import BLOCKS
from descartes_flow.io.datasets import Layout
from descartes_flow.io.decoding import Level, group_blocks
from descartes_flow.io.windows import Region, read_window
from tests.io.rasters import native_grid, source_of, utm_grid, write, write_cog

NUMBERS = ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64")


@pytest.mark.parametrize("dtype", NUMBERS)
def test_every_type_of_number_is_read_with_its_nodata(tmp_path: Path, dtype: str):
    lowest = np.finfo(dtype).min if np.dtype(dtype).kind == "f" else np.iinfo(dtype).min
    lowest = -9999 if dtype == "int64" else lowest  # rasterio writes the lowest int64 as -9.0
    data = np.array([[1, 2, lowest], [100, lowest, 5]], dtype)
    source = source_of(write(tmp_path / "a.tif", data, nodata=lowest))
    pixels = read_band(source, native_grid(source))

    assert pixels.data.dtype == np.float64
    assert pixels.data.tolist() == [[1, 2, 0], [100, 0, 5]]
    assert pixels.mask.tolist() == [[False, False, True], [False, True, False]]


def test_complex_pixels_are_refused(tmp_path: Path):
    source = source_of(write(tmp_path / "a.tif", np.ones((3, 3), "complex64")))

    with pytest.raises(ReadError, match="complex64"):
        read_band(source, native_grid(source))


def test_nan_is_masked_whatever_nodata_is(tmp_path: Path):
    data = np.array([[np.nan, -1.0, 3.0]], "float32")
    source = source_of(write(tmp_path / "a.tif", data), nodata=-1.0)

    assert read_band(source, native_grid(source)).mask.tolist() == [[True, True, False]]


@pytest.mark.parametrize("nodata", [-1.0, 256.0, 0.5, float("nan"), None])
def test_nodata_that_the_type_cannot_hold_hides_nothing(tmp_path: Path, nodata: float | None):
    source = source_of(write(tmp_path / "a.tif", np.array([[0, 1, 255]], "uint8")), nodata=nodata)

    assert read_band(source, native_grid(source)).mask is None


def test_nodata_is_compared_in_the_precision_of_the_file(tmp_path: Path):
    data = np.array([[0.1, 0.2]], "float32")
    source = source_of(write(tmp_path / "a.tif", data), nodata=0.1)  # float32(0.1) is not 0.1

    assert read_band(source, native_grid(source)).mask.tolist() == [[True, False]]


def test_infinity_is_a_value(tmp_path: Path):
    source = source_of(write(tmp_path / "a.tif", np.array([[np.inf, 1.0, -np.inf]])))
    pixels = read_band(source, native_grid(source), "bilinear")

    assert pixels.mask is None
    assert pixels.data.tolist() == [[np.inf, 1.0, -np.inf]]


def test_alpha_hides_where_it_is_zero(tmp_path: Path):
    red, alpha = [[10, 20, 30]], [[255, 0, 1]]
    data = np.array([red, red, red, alpha], "uint8")
    source = source_of(write(tmp_path / "a.tif", data, photometric="RGB", alpha="yes"))
    pixels = read_band(source, native_grid(source))

    assert pixels.mask.tolist() == [[False, True, False]]
    assert pixels.data.tolist() == [[10.0, 0.0, 30.0]]


@pytest.mark.parametrize("res", [10, 20], ids=["full", "overview"])
def test_a_mask_inside_the_file_hides_at_every_level(tmp_path: Path, res: int):
    path = tmp_path / "a.tif"
    valid = np.zeros((200, 300), bool)
    valid[:, 100:] = True
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        write(path, np.full((200, 300), 7, "uint8"), tiled=True, blockxsize=64, blockysize=64)
        with rasterio.open(path, "r+") as file:
            file.write_mask(valid)
            file.build_overviews([2])
    source = source_of(path)
    pixels = read_band(source, utm_grid(0, 0, res, 2000 // res, 3000 // res))

    assert source.internal_mask and source.overviews == (2,)
    assert pixels.mask.tolist() == (~valid[:: res // 10, :: res // 10]).tolist()
    assert np.unique(pixels.data[~pixels.mask]).tolist() == [7.0]


def test_strips_are_read_in_groups(tmp_path: Path):
    data = np.arange(1000 * 40).reshape(1000, 40).astype("int32")
    source = source_of(write(tmp_path / "a.tif", data, blockysize=3))
    pixels = read_band(source, utm_grid(0, 0, 10, 500, 40))

    assert source.block == (3, 40)
    assert pixels.data.tolist() == data[:500].tolist()
    # strips of 3 x 40 make blocks of 255 x 240: two of them hold 500 rows and the next one
    assert (BLOCKS.decodes, BLOCKS.reads) == (2, 1)


@pytest.mark.parametrize(
    ("block", "grouped"),
    [((512, 512), (512, 512)), ((16, 16), (256, 256)), ((1, 9000), (256, 9000)), ((300, 300), (300, 300))],
)
def test_small_blocks_are_grouped(block: tuple[int, int], grouped: tuple[int, int]):
    assert group_blocks(Layout(9000, 9000, block)) == grouped


def test_only_the_blocks_under_the_grid_are_decoded(tmp_path: Path):
    data = np.random.default_rng(0).integers(0, 99, (1024, 1024)).astype("uint8")
    source = source_of(write(tmp_path / "a.tif", data, tiled=True, blockxsize=256, blockysize=256))
    pixels = read_band(source, utm_grid(left=2400, top=2400, res=10, rows=50, cols=50))

    assert pixels.data.tolist() == data[240:290, 240:290].tolist()
    assert (BLOCKS.decodes, BLOCKS.reads, BLOCKS.hits) == (4, 1, 0)


def test_a_window_beyond_the_image_is_hidden_there(tmp_path: Path):
    source = source_of(write(tmp_path / "a.tif", np.ones((2, 2), "uint8")))
    window = read_window(Level.of(source, None), Region(top=-1, left=1, bottom=3, right=4))

    assert window.data.tolist() == [[0, 0, 0], [1, 0, 0], [1, 0, 0], [0, 0, 0]]
    assert window.hidden.tolist() == [[True] * 3, [False, True, True], [False, True, True], [True] * 3]


def test_a_read_that_would_decode_too_much_is_refused_with_the_way_out(tmp_path: Path, monkeypatch):
    source = source_of(write_cog(tmp_path / "a.tif", np.ones((512, 512), "uint8")), overviews=())
    monkeypatch.setattr(settings, "max_read_pixels", 200_000)

    with pytest.raises(ReadError, match=r"262,144 source pixels .* zoom in"):
        read_band(source, native_grid(source))
    assert BLOCKS.decodes == 0
    assert read_band(source, native_grid(source).window(0, 0, 100, 100)).mask is None


def test_bands_stored_pixel_by_pixel_are_read_apart(tmp_path: Path):
    data = np.arange(3 * 20 * 30).reshape(3, 20, 30).astype("uint16")
    path = write(tmp_path / "a.tif", data, interleave="pixel")
    for index in (1, 2, 3):
        source = source_of(path, index)

        assert read_band(source, native_grid(source)).data.tolist() == data[index - 1].tolist()


def test_a_band_that_the_file_does_not_have_is_an_error(tmp_path: Path):
    source = source_of(write(tmp_path / "a.tif", np.ones((5, 5), "uint8")), index=1, dtype="int16")

    with pytest.raises(StaleSourceError, match="band 1 is uint8, expected int16"):
        read_band(source, native_grid(source))


def test_a_jpeg_compressed_image_with_ycbcr_colours_is_read(tmp_path: Path):
    data = np.full((3, 256, 256), 100, "uint8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = write(tmp_path / "a.tif", data, compress="JPEG", photometric="YCBCR", tiled=True)
    source = source_of(path, 2)

    assert np.abs(read_band(source, native_grid(source)).data - 100).max() <= 2
