import pytest

from descartes_flow.errors import ReadError
from descartes_flow.io import read_band, read_header
from descartes_flow.io.datasets import gdal_options
from descartes_flow.io.hrefs import is_remote, refusal, shown
from tests.io.rasters import native_grid, source_of, write

REFUSED = [
    "relative.tif",
    "/vsicurl/http://example.com/a.tif",
    "/vsizip//tmp/a.zip/a.tif",
    "/VSIMEM/a.tif",
    "NETCDF:/tmp/a.nc:band",
    "GTIFF_DIR:1:/tmp/a.tif",
    "<VRTDataset></VRTDataset>",
    "/tmp/<a>.tif",
    "/tmp/a\0.tif",
    "/tmp/a\n.tif",
    "https://example.com/a\r\n.tif",
    "http://example.com/a.tif",
    "file:///tmp/a.tif",
    "ftp://example.com/a.tif",
    "zip+https://example.com/a.zip!a.tif",
    "https://169.254.169.254/latest/meta-data",
    "https://2852039166/latest",
    "https://0xA9FEA9FE/latest",
    "https://[fe80::1]/a.tif",
    "https://metadata.google.internal/a.tif",
    "https:///a.tif",
    "",
]


@pytest.mark.parametrize("href", REFUSED)
def test_a_place_that_must_not_be_opened_is_refused_by_every_reader(href, tmp_path):
    source = source_of(write(tmp_path / "a.tif", [[1.0]]), href=href, size=0, modified=0)

    with pytest.raises(ReadError):
        read_band(source, native_grid(source))
    with pytest.raises(ReadError):
        read_header(href)
    assert refusal(href)


@pytest.mark.parametrize(
    "href",
    [
        "/tmp/a.tif",
        "https://example.com/a.tif?sig=x",
        "s3://bucket/a.tif",
        "gs://bucket/a.tif",
        "az://box/a.tif",
    ],
)
def test_absolute_paths_and_the_schemes_of_stores_may_be_opened(href):
    assert refusal(href) is None


@pytest.mark.parametrize("name", ["q?a.tif", "h#a.tif", "sp ace ü.tif", "ex!a.tif", "c:d.tif", "100%25.tif"])
def test_a_local_name_with_odd_letters_is_just_a_name(name, tmp_path):
    source = source_of(write(tmp_path / name, [[7.0]]))

    assert read_band(source, native_grid(source)).data.tolist() == [[7.0]]


def test_signatures_are_not_shown():
    assert shown("https://example.com/a.tif?sig=secret") == "https://example.com/a.tif"
    assert "secret" not in refusal("http://example.com/a.tif?sig=secret")


def test_gdal_is_told_not_to_remember_failures_of_a_url():
    assert is_remote("s3://bucket/a.tif")
    assert gdal_options("https://host/a.tif")["CPL_VSIL_CURL_NON_CACHED"] == "/vsicurl/https://host/a.tif"
    assert gdal_options("s3://bucket/a.tif")["CPL_VSIL_CURL_NON_CACHED"] == "/vsis3/bucket/a.tif"
    assert "CPL_VSIL_CURL_NON_CACHED" not in gdal_options("/tmp/a.tif")


def test_a_driver_that_may_follow_references_is_refused(tmp_path):
    path = write(tmp_path / "a.tif", [[1.0]])

    with pytest.raises(ReadError, match="driver"):
        read_header(path, driver="VRT")
