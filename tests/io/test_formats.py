"""Files of every kind hold, for `read_band`, the very pixels that rasterio reads from them."""

import dataclasses
import logging
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.errors import RasterioError

from descartes_flow import io
from descartes_flow.errors import ReadError
from descartes_flow.geo import Grid
from descartes_flow.io import BandSource, read_band
from tests.io.formats import FORMATS, TILES, pixels, write_format
from tests.io.rasters import LEFT, TOP, UTM, source_of, write
from tests.io.tiffs import (
    BYTE_COUNTS,
    COMPRESSION,
    FILL_ORDER,
    ORIENTATION,
    PREDICTOR,
    ROWS_PER_STRIP,
    SAMPLE_FORMAT,
    SUBFILE,
    Page,
    page,
    reversed_bits,
    write_tiff,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


def stored(source: BandSource, level: int | None) -> tuple[np.ndarray, np.ndarray]:
    """What rasterio reads, and what of it has no value."""
    how: dict[str, Any] = {} if level is None else {"overview_level": level}
    with rasterio.open(source.href, **how) as file:
        data, nodata = file.read(source.index), source.nodata
        hidden = np.isnan(data)
        if nodata is not None:
            hidden |= data.astype(float) == (np.float32(nodata) if data.dtype == np.float32 else nodata)
        if source.alpha:
            hidden |= file.read(source.alpha) == 0
        if source.internal_mask:
            hidden |= file.read_masks(source.index) == 0
    return np.where(hidden, 0.0, data.astype(float)), hidden


def grid_of(source: BandSource, level: int | None) -> Grid:
    """The pixels of one level themselves."""
    factor = 1 if level is None else source.overviews[level]
    return Grid(UTM, LEFT, TOP, 10.0 * factor, 10.0 * factor, source.rows // factor, source.cols // factor)


def assert_same(
    source: BandSource,
    grid: Grid,
    values: np.ndarray,
    hidden: np.ndarray,
    resamplings: tuple[str, ...] = ("near", "bilinear"),
) -> None:
    for resampling in resamplings:
        found = read_band(source, grid, resampling)
        mask = np.zeros(grid.shape, bool) if found.mask is None else found.mask

        assert np.array_equal(mask, hidden)
        assert np.array_equal(found.data, values)


def assert_as_rasterio(source: BandSource) -> None:
    """The pixels that rasterio reads; an error where it has one."""
    try:
        values, hidden = stored(source, None)
    except RasterioError:
        with pytest.raises(ReadError):
            read_band(source, grid_of(source, None))
    else:
        assert_same(source, grid_of(source, None), values, hidden)


@pytest.mark.parametrize("name", FORMATS)
def test_every_level_of_every_band_has_the_pixels_that_rasterio_reads(folder: Path, name: str) -> None:
    path = write_format(folder / f"{name}.tif", name)
    with rasterio.open(path) as file:
        bands, levels = file.count, [None, *range(len(file.overviews(1)))]
    for index in sorted({1, bands}):
        source = source_of(path, index)
        for level in levels:
            values, hidden = stored(source, level)

            assert_same(source, grid_of(source, level), values, hidden, ("near",))


@pytest.mark.parametrize("name", FORMATS)
def test_a_window_across_blocks_and_over_the_edges_is_that_part(folder: Path, name: str) -> None:
    path = folder / f"{name}.tif"
    source = source_of(path if path.exists() else write_format(path, name))
    values, hidden = (
        np.pad(array, 9, constant_values=fill)
        for array, fill in zip(stored(source, None), (0, 1), strict=True)
    )
    rows, cols = values.shape
    grid = grid_of(source, None).padded(9, 9)
    for top, left, high, wide in [
        (rows // 3, cols // 4, 80, 150),
        (rows - 60, cols - 70, 60, 70),
        (0, 0, 30, 30),
    ]:
        top, left = max(top, 0), max(left, 0)
        high, wide = min(high, rows - top), min(wide, cols - left)
        part = np.s_[top : top + high, left : left + wide]

        assert_same(source, grid.window(top, left, high, wide), values[part], hidden[part])


def zipped(strip: bytes) -> bytes:
    return zlib.compress(strip)


IMAGE = pixels("uint16", (90, 70))
SMALLER, EQUAL = IMAGE[::2, ::2], np.tile(IMAGE[:2], (45, 1))
DEFLATE = {COMPRESSION: (3, [8])}
BY_HAND: dict[str, tuple[str, list[Page]]] = {
    "big-endian": (">", [page(IMAGE.astype(">u2"), 16)]),
    "bits in reverse": ("<", [page(IMAGE, 16, reversed_bits, tags={FILL_ORDER: (3, [2])})]),
    "bits in reverse, deflate": (
        "<",
        [page(IMAGE, 16, lambda strip: reversed_bits(zipped(strip)), tags={FILL_ORDER: (3, [2])} | DEFLATE)],
    ),
    "upside down": ("<", [page(IMAGE, 16, tags={ORIENTATION: (3, [3])})]),
    "turned": ("<", [page(IMAGE, 16, tags={ORIENTATION: (3, [6])})]),
    "one strip without its height": ("<", [page(IMAGE, 90, without=(ROWS_PER_STRIP,))]),
    "one strip of endless height": ("<", [page(IMAGE, 90, tags={ROWS_PER_STRIP: (4, [2**32 - 1])})]),
    "without a compression": ("<", [page(IMAGE, 16, without=(COMPRESSION,))]),
    "without byte counts": ("<", [page(IMAGE, 90, without=(BYTE_COUNTS,))]),
    "without a format of samples": ("<", [page(IMAGE, 16, without=(SAMPLE_FORMAT,))]),
    "short byte counts": ("<", [page(IMAGE, 16, counts=3)]),
    "last strip first": ("<", [page(IMAGE, 16, zipped, tags=DEFLATE, backwards=True)]),
    "equal strips stored once": ("<", [page(EQUAL, 2, zipped, tags=DEFLATE, shared=True)]),
    "deflate by its old number": ("<", [page(IMAGE, 16, zipped, tags={COMPRESSION: (3, [32946])})]),
    "a predictor that nothing uses": ("<", [page(IMAGE, 16, tags={PREDICTOR: (3, [2])})]),
    "half floats": ("<", [page(pixels("float16", (90, 70)), 16)]),
    "big-endian half floats": (">", [page(pixels("float16", (90, 70)).astype(">f2"), 16)]),
    "two pictures": ("<", [page(IMAGE, 16), page(IMAGE[::-1] // 2, 16)]),
    "a thumbnail before the picture": ("<", [page(SMALLER, 16, tags={SUBFILE: (4, [1])}), page(IMAGE, 16)]),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_files_that_gdal_would_not_write_are_read_alike(folder: Path, name: str) -> None:
    order, pages = BY_HAND[name]
    source = source_of(write_tiff(folder / f"{name} by hand.tif", pages, order))
    for level in (None, *range(len(source.overviews))):
        values, hidden = stored(source, level)

        assert values.any()
        assert_same(source, grid_of(source, level), values, hidden)


@pytest.mark.parametrize(
    "compress", ["none", "deflate", "lzw", "zstd", "packbits", "lzma", "lerc", "webp", "jpeg"]
)
@pytest.mark.parametrize("harm", ["cut", "zeroed", "noise"])
def test_what_rasterio_cannot_read_is_an_error_and_no_pixels(
    tmp_path: Path, compress: str, harm: str
) -> None:
    count = 3 if compress == "webp" else 1
    path = write(tmp_path / "a.tif", pixels("uint8", (count, 256, 256)), compress=compress, **TILES)
    content = bytearray(path.read_bytes())
    half = len(content) // 2
    noise = np.random.default_rng(1).integers(0, 256, len(content), "uint8").tobytes()
    content[half:] = {"cut": b"", "zeroed": bytes(len(content) - half), "noise": noise[half:]}[harm]
    path.write_bytes(content)
    assert_as_rasterio(source_of(path))  # directories of GDAL stand first and are whole


@pytest.mark.parametrize("rule", [None, 0.0, 3.0])
def test_what_was_never_written_holds_the_nodata_of_the_file_whatever_a_rule_says(
    folder: Path, rule: float | None
) -> None:
    source = source_of(write_format(folder / "sparse.tif", "sparse with nodata"))
    ruled = dataclasses.replace(source, nodata=rule)
    for first, second in ((source, ruled), (ruled, source)):
        io.clear()
        for asked in (first, second):
            values, hidden = stored(asked, None)

            assert_same(asked, grid_of(asked, None), values, hidden)


@pytest.mark.parametrize(
    ("missing", "nodata"),
    [
        *(("size", nodata) for nodata in ("", "0", "7", "7.5", "-9999", "70000", "nan", "-1.5e3")),
        *(("offset", "7"), ("both", ""), ("both", "7.5")),
    ],
)
@pytest.mark.parametrize("dtype", ["uint8", "int16", "float32", "int64"])
def test_blocks_without_a_place_or_without_bytes_are_what_gdal_makes_of_them(
    tmp_path: Path, missing: str, nodata: str, dtype: str
) -> None:
    image = page(pixels(dtype, (90, 70)), 16, tags={42113: (2, [*nodata.encode(), 0])} if nodata else {})
    image.unplaced, image.unsized = missing != "size", missing != "offset"
    assert_as_rasterio(source_of(write_tiff(tmp_path / "a.tif", [image])))


STREAMS = {
    "short": lambda strip: zlib.compress(strip[:-10]),
    "long": lambda strip: zlib.compress(strip + bytes(range(100))),
    "without a checksum": lambda strip: zlib.compress(strip)[:-4],
    "with a wrong checksum": lambda strip: zlib.compress(strip)[:-4] + b"abcd",
    "with rubbish behind": lambda strip: zlib.compress(strip) + b"rubbish",
    "empty": lambda strip: zlib.compress(b""),
    "two streams": lambda strip: zlib.compress(strip[:100]) + zlib.compress(strip[100:]),
}


@pytest.mark.parametrize("kind", STREAMS)
@pytest.mark.parametrize("predictor", [1, 2])
def test_streams_that_do_not_fit_are_read_as_gdal_does_or_refused(
    tmp_path: Path, kind: str, predictor: int
) -> None:
    tags = DEFLATE | {PREDICTOR: (3, [predictor])}
    path = write_tiff(tmp_path / "a.tif", [page(IMAGE, 16, STREAMS[kind], tags=tags)])
    assert_as_rasterio(source_of(path))


@pytest.mark.parametrize("change", [-10, 10])
def test_bytes_that_are_too_few_or_too_many_are_read_as_gdal_does_or_refused(
    tmp_path: Path, change: int
) -> None:
    image = page(IMAGE, 16)
    image.strips = [strip[:change] if change < 0 else strip + bytes(change) for strip in image.strips]
    assert_as_rasterio(source_of(write_tiff(tmp_path / "a.tif", [image])))


def test_an_overview_has_a_nodata_of_its_own(tmp_path: Path) -> None:
    overview = page(SMALLER, 16, tags={SUBFILE: (4, [1])})
    overview.unplaced = overview.unsized = True
    image = page(IMAGE, 16, tags={42113: (2, [*b"7", 0])})
    source = source_of(write_tiff(tmp_path / "a.tif", [image, overview]))

    assert_same(source, grid_of(source, 0), *stored(source, 0))


def test_nothing_is_printed_about_an_odd_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    image = page(IMAGE, 16, tags={42113: (2, [*b"7.5", 0])})
    assert_as_rasterio(source_of(write_tiff(tmp_path / "a.tif", [image])))

    assert capsys.readouterr().err == ""


def test_a_thumbnail_of_another_type_is_not_taken_for_the_pixels(tmp_path: Path) -> None:
    thumbnail = page(pixels("uint8", (45, 35)), 45, tags={SUBFILE: (4, [1])})
    source = source_of(write_tiff(tmp_path / "a.tif", [page(IMAGE, 16), thumbnail]))
    values, hidden = stored(source, None)

    assert_same(source, grid_of(source, None), values, hidden)
    assert source.overviews == (2,)  # for GDAL it is one
    with pytest.raises(ReadError, match="uint8, expected uint16"):
        read_band(source, grid_of(source, 0))
