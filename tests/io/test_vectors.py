"""Reading features: what meets the area, in lon and lat, from every format."""

import datetime
import json
import os
from pathlib import Path

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely

from descartes_flow.errors import ReadError
from descartes_flow.geo.features import FeatureResult, GeometryResult
from descartes_flow.io import clear, read_features, tables, vectors

AREA = shapely.box(0, 0, 10, 10)
FORMATS = ("geojson", "gpkg", "fgb", "parquet")


@pytest.fixture
def table():
    """Three points, one of them outside of AREA, with a column of each kind."""
    day = datetime.datetime(2020, 6, 1, 12)
    return geopandas.GeoDataFrame(
        {"name": ["a", "b", None], "n": [1, 2, 3], "x": [0.5, np.nan, 1.5], "day": [day, None, day]},
        geometry=[shapely.Point(1, 2), shapely.Point(3, 4), shapely.Point(50, 50)],
        crs="EPSG:4326",
    )


def written(table, folder: Path, suffix: str) -> str:
    path = folder / f"features.{suffix}"
    if suffix == "parquet":
        table.to_parquet(path, write_covering_bbox=True)
    else:
        table.to_file(path)
    return str(path)


def by_number(features):
    """In the order of the table: FlatGeobuf files are in one of their own."""
    return sorted(features, key=lambda feature: feature.properties["n"])


@pytest.mark.parametrize("suffix", FORMATS)
def test_features_that_meet_the_area_are_read(table, tmp_path: Path, suffix: str):
    found = by_number(read_features(written(table, tmp_path, suffix), AREA))

    assert [feature.geometry for feature in found] == [
        GeometryResult("Point", [1, 2]),
        GeometryResult("Point", [3, 4]),
    ]
    assert [[f.properties[key] for key in ("name", "n", "x")] for f in found] == [
        ["a", 1, 0.5],
        ["b", 2, None],
    ]
    assert found[0].properties["day"].startswith("2020-06-01T12:00:00")
    assert found[1].properties["day"] is None


@pytest.mark.parametrize("suffix", FORMATS)
def test_another_crs_is_converted(table, tmp_path: Path, suffix: str):
    found = by_number(read_features(written(table.to_crs("EPSG:3857"), tmp_path, suffix), AREA))

    assert np.allclose([f.geometry.coordinates for f in found], [[1, 2], [3, 4]], rtol=0, atol=1e-9)


@pytest.mark.parametrize("suffix", FORMATS)
def test_nothing_there_is_an_empty_collection(table, tmp_path: Path, suffix: str):
    assert len(read_features(written(table, tmp_path, suffix), shapely.box(-10, -10, -5, -5))) == 0


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_box_that_meets_is_not_enough(tmp_path: Path, suffix: str):
    corner = shapely.Polygon([(-5, -5), (15, -5), (-5, 15)])  # its box covers AREA, it does not reach (9, 9)
    table = geopandas.GeoDataFrame({"n": [1]}, geometry=[corner], crs="EPSG:4326")
    path = written(table, tmp_path, suffix)

    assert len(read_features(path, shapely.box(8, 8, 9, 9))) == 0
    assert shapely.equals(read_features(path, AREA)[0].shapely, corner)


def test_a_parquet_file_without_boxes_is_read_too(table, tmp_path: Path):
    path = str(tmp_path / "plain.parquet")
    table.to_parquet(path)

    assert [feature.properties["n"] for feature in read_features(path, AREA)] == [1, 2]


def test_properties_of_geojson_stay_what_they_are(tmp_path: Path):
    properties = {"list": [1, "a", None], "dict": {"b": 1.5}, "flag": True}
    path = tmp_path / "one.json"
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [1, 2]},
        "properties": properties,
    }
    path.write_text("\n " + json.dumps(feature), encoding="utf-8-sig")

    assert list(read_features(str(path), AREA)) == [
        FeatureResult(GeometryResult("Point", [1, 2]), properties)
    ]


def test_a_feature_without_a_place_meets_nothing(tmp_path: Path):
    path = tmp_path / "nowhere.geojson"
    feature = {"type": "Feature", "geometry": None, "properties": {}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    assert len(read_features(str(path), AREA)) == 0


def test_a_crs_that_an_old_geojson_names_counts(tmp_path: Path):
    path = tmp_path / "old.geojson"
    point = {"type": "Point", "coordinates": [500_000, 5_000_000]}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32633"}}
    path.write_text(json.dumps({**point, "crs": crs}))
    (found,) = read_features(str(path), shapely.box(10, 40, 20, 50))

    assert found.geometry.coordinates == pytest.approx([15.0, 45.153], abs=1e-3)


def test_an_area_on_both_sides_of_the_antimeridian(tmp_path: Path):
    table = geopandas.GeoDataFrame(
        {"n": [1, 2, 3]}, geometry=shapely.points([[179.5, 0], [-179.5, 0], [0, 0]]), crs="EPSG:4326"
    )
    area = shapely.MultiPolygon([shapely.box(179, -1, 180, 1), shapely.box(-180, -1, -179, 1)])
    found = read_features(written(table, tmp_path, "gpkg"), area)

    assert [feature.properties["n"] for feature in found] == [1, 2]


def test_a_shape_that_crosses_itself_is_read(tmp_path: Path):
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    path = written(geopandas.GeoDataFrame({"n": [1]}, geometry=[bow], crs=4326), tmp_path, "geojson")

    assert len(read_features(path, AREA)) == 1


def test_a_file_is_read_again_when_it_changes(table, tmp_path: Path):
    path = written(table, tmp_path, "geojson")
    first = read_features(path, AREA)
    again = read_features(path, AREA)
    written(table.iloc[:1], tmp_path, "geojson")
    os.utime(path, ns=(1, 1))

    assert again is first
    assert len(read_features(path, AREA)) == 1
    clear()
    assert read_features(path, AREA) is not first


def test_what_a_file_is_called_does_not_decide(table, tmp_path: Path):
    path = Path(written(table, tmp_path, "fgb")).rename(tmp_path / "features.geojson")

    assert len(read_features(str(path), AREA)) == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<OGRVRTDataSource></OGRVRTDataSource>", "neither GeoJSON, GeoPackage, FlatGeobuf nor GeoParquet"),
        (b"SQLite format 3\0 and nothing more", "features"),
        (b"PAR1", "features"),
        (b"{", "Expecting property name"),
        (b'{"type": "Circle"}', "'Circle'"),
        (b'{"type": 7}', "got 7"),
        (b'{"type": "FeatureCollection", "features": null}', "features of .* are a list, got None"),
        (b'{"type": "Point", "coordinates": [1, 2], "crs": "EPSG:3857"}', "'crs' names no CRS: EPSG:3857"),
        (b'{"type": "Point", "coordinates": [NaN, 2]}', "feature 0 has a point at longitude nan, latitude 2"),
        (b'{"type": "Point", "coordinates": [500000, 5000000]}', "longitude 500000, latitude 5e\\+06"),
        (b"fgb\x03fgb\0" + bytes(20), "features"),
        (b"", "neither GeoJSON"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes, reason: str):
    path = tmp_path / "features"
    path.write_bytes(content)

    with pytest.raises(ReadError, match=reason):
        read_features(str(path), AREA)


def test_a_pipe_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ReadError, match="it is no file"):
        read_features(str(tmp_path / "pipe"), AREA)


def test_a_sqlite_file_that_is_no_geopackage_is_refused(table, tmp_path: Path):
    path = str(tmp_path / "features.sqlite")
    pyogrio.write_dataframe(table, path, driver="SQLite")

    with pytest.raises(ReadError, match="neither GeoJSON, GeoPackage nor FlatGeobuf, but SQLite"):
        read_features(path, AREA)


def test_a_layer_without_a_crs_is_refused(table, tmp_path: Path):
    with pytest.warns(UserWarning, match="crs"):
        path = written(table.set_crs(None, allow_override=True), tmp_path, "fgb")

    with pytest.raises(ReadError, match="the layer names no CRS"):
        read_features(path, AREA)


@pytest.mark.parametrize(
    "href",
    [
        "features.geojson",
        "http://example.com/a.geojson",
        "file:///etc/passwd",
        "/vsizip//tmp/a.zip/a.geojson",
        "https://169.254.169.254/a.geojson",
        "GPKG:/tmp/a.gpkg",
        "/tmp/a\n.geojson",
    ],
)
def test_places_that_may_not_be_opened_are_refused(href: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vectors, "_table", lambda *arguments: pytest.fail("opened"))

    with pytest.raises(ReadError):
        read_features(href, AREA)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(ReadError, match=r"nothing\.gpkg"):
        read_features(str(tmp_path / "nothing.gpkg"), AREA)


def test_a_path_that_gdal_would_read_as_an_archive_is_refused(table, tmp_path: Path):
    folder = tmp_path / "a.zip"
    folder.mkdir()

    with pytest.raises(ReadError, match="would be read as an archive"):
        read_features(written(table, folder, "fgb"), AREA)


def test_remote_files_have_names_with_deadlines():
    name = tables._name("https://example.com/a b.fgb?key=1")

    assert name.startswith("/vsicurl?max_retry=3&retry_delay=0.2&timeout=20&connecttimeout=5")
    assert name.endswith("&url=https%3A%2F%2Fexample.com%2Fa%20b.fgb%3Fkey%3D1")
    assert tables._name("s3://bucket/a.fgb") == "/vsis3/bucket/a.fgb"


def test_the_query_of_a_url_is_not_shown(monkeypatch: pytest.MonkeyPatch):
    def failing(name: str) -> None:
        raise RuntimeError(f"{name}: no such host")

    monkeypatch.setattr(pyogrio, "read_info", failing)
    with pytest.raises(ReadError) as raised:
        read_features("https://example.com/a.fgb?signature=secret", AREA)

    assert "secret" not in str(raised.value)


def test_too_many_features_are_refused(table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vectors, "MOST_FEATURES", 1)

    with pytest.raises(ReadError, match="2 features meet the area, more than 1; zoom in"):
        read_features(written(table, tmp_path, "fgb"), AREA)


def test_parquet_without_pyarrow_says_what_to_install(table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = written(table, tmp_path, "parquet")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)

    with pytest.raises(ReadError, match=r'pip install "descartes_flow\[parquet\]"'):
        read_features(path, AREA)
