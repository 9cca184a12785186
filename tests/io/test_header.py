import os
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.enums import ColorInterp
from shapely.geometry import Point, shape

from descartes_flow.errors import ReadError
from descartes_flow.io import read_header
from tests.io.rasters import LEFT, TOP, UTM, write, write_cog


def test_a_header_says_what_the_file_says(tmp_path: Path):
    path = write_cog(tmp_path / "a.tif", np.ones((2, 300, 400), "int16"), nodata=-9999)
    with rasterio.open(path, "r+", IGNORE_COG_LAYOUT_BREAK="YES") as file:
        file.scales, file.offsets, file.descriptions, file.units = (
            (0.5, 1),
            (3, 0),
            ("red", None),
            ("K", None),
        )
        file.update_tags(TIFFTAG_DATETIME="2020:01:02 03:04:05", attribution="somebody")
    header = read_header(path)

    assert (header.href, header.driver, header.crs) == (str(path), "GTiff", UTM)
    assert header.transform == (10.0, 0.0, LEFT, 0.0, -10.0, TOP)
    assert (header.rows, header.cols, header.overviews, header.block) == (300, 400, (2, 4), (128, 128))
    assert (header.alpha, header.internal_mask, header.overview_resampling) == (None, False, None)
    red, other = header.bands
    assert (red.dtype, red.nodata, red.scale, red.offset) == ("int16", -9999.0, 0.5, 3.0)
    assert (red.description, red.unit, red.colour) == ("red", "K", "gray")
    assert (other.scale, other.offset, other.description, other.unit) == (1.0, 0.0, None, None)
    assert header.tags["TIFFTAG_DATETIME"] == "2020:01:02 03:04:05"
    assert header.tags["attribution"] == "somebody"
    assert (header.size, header.modified) == (os.stat(path).st_size, os.stat(path).st_mtime_ns)


def test_the_footprint_is_in_degrees_around_the_image(tmp_path: Path):
    footprint = shape(read_header(write(tmp_path / "a.tif", np.ones((100, 100)))).footprint)

    # UTM 33's meridian is 15 E; 1 km there is 0.0127 degrees east and 0.009 north.
    assert footprint.bounds == pytest.approx((15.0, 45.145, 15.0127, 45.154), abs=0.001)
    assert footprint.contains(Point(15.006, 45.149))


@pytest.mark.parametrize("tag", ["nearest", "AVERAGE"])
def test_how_overviews_were_made_is_read_where_the_file_says_it(tmp_path: Path, tag: str):
    path = write(tmp_path / "a.tif", np.ones((10, 10)))
    with rasterio.open(path, "r+") as file:
        file.update_tags(OVERVIEW_RESAMPLING=tag)

    assert read_header(path).overview_resampling == tag.upper()


def test_the_alpha_band_is_found(tmp_path: Path):
    path = write(tmp_path / "a.tif", np.ones((4, 9, 9), "uint8"), photometric="RGB", alpha="yes")
    header = read_header(path)

    assert header.alpha == 4
    assert [band.colour for band in header.bands] == ["red", "green", "blue", ColorInterp.alpha.name]
    assert not header.internal_mask


def test_a_mask_inside_the_file_is_found(tmp_path: Path):
    path = tmp_path / "a.tif"
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        write(path, np.ones((9, 9), "uint8"))
        with rasterio.open(path, "r+") as file:
            file.write_mask(np.ones((9, 9), bool))

    assert read_header(path).internal_mask
    assert read_header(path).alpha is None


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")  # of the writing
@pytest.mark.parametrize("missing", [{"crs": None}, {"transform": None}, {"crs": None, "transform": None}])
def test_a_file_that_is_not_georeferenced_has_no_crs(tmp_path: Path, missing: dict[str, None]):
    header = read_header(write(tmp_path / "a.tif", np.ones((9, 9)), **missing))

    assert header.crs is None
    assert header.footprint is None


def test_nan_can_be_nodata(tmp_path: Path):
    header = read_header(write(tmp_path / "a.tif", np.ones((9, 9), "float32"), nodata=np.nan))

    assert np.isnan(header.bands[0].nodata)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), (b"", "not recognized"), (b"<html>login</html>", "not recognized")],
)
def test_a_file_that_is_no_geotiff_is_an_error_that_names_it(tmp_path: Path, content, reason: str):
    path = tmp_path / "a.tif"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ReadError, match=reason) as caught:
        read_header(path)
    assert caught.value.item == str(path)
    assert str(caught.value).startswith(f"{str(path)!r} cannot be read: ")


def test_real_files_have_headers(imagery: Path):
    paths = sorted((imagery / "core").rglob("*.tif"))[::9]
    headers = [read_header(path) for path in paths]

    assert len(headers) > 40
    assert all(header.crs and header.footprint and header.bands and header.size for header in headers)
