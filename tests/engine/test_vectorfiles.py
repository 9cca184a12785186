"""Names of files of features, and runs that read them."""

import json
from pathlib import Path

import pytest

import descartes_flow as wf
from descartes_flow.catalog.store import current_store
from descartes_flow.errors import CatalogError, JobInvalid, NeedsContext, NotFound, ReadError
from tests.scenes import Scenes, pixels

HERE = wf.GeoContext(bounds=(0, 0, 2, 2), crs="EPSG:4326", resolution=1.0)


@pytest.fixture
def fields(scenes: Scenes, tmp_path: Path) -> Path:
    """Points in the south-west and north-east pixel of HERE, and one outside; `n` counts."""
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": {"n": n}}
        for n, place in enumerate(([0.5, 0.5], [1.5, 1.5], [9, 9]), 1)
    ]
    path = tmp_path / "fields.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_a_name_stands_for_its_file(fields: Path):
    wf.catalog.add_vectors("fields", fields)
    found = wf.FeatureCollection.from_vector_id("fields")

    assert wf.catalog.vectors() == {"fields": str(fields)}
    assert found.map(lambda f: f.properties["n"]).compute(HERE) == [1, 2]
    assert pixels(found.rasterize("n").compute(HERE)) == [[[None, 2], [1, None]]]


def test_a_path_needs_no_name(fields: Path):
    assert wf.FeatureCollection.from_vector_id(str(fields)).length().compute(HERE) == 2


def test_a_file_is_read_for_the_area_of_the_run(fields: Path):
    there = wf.GeoContext(bounds=(8, 8, 10, 10), crs="EPSG:4326", resolution=1.0)

    assert wf.FeatureCollection.from_vector_id(str(fields)).features[0].properties["n"].compute(there) == 3
    with pytest.raises(NeedsContext):
        wf.FeatureCollection.from_vector_id(str(fields)).length().compute()


def test_a_name_is_given_anew_and_taken_out(fields: Path, tmp_path: Path):
    before = wf.catalog.revision()
    wf.catalog.add_vectors("fields", fields)
    other = tmp_path / "other.geojson"
    other.write_text(fields.read_text())
    wf.catalog.add_vectors("fields", other)

    assert wf.catalog.vectors() == {"fields": str(other)}
    assert wf.catalog.revision() > before
    wf.catalog.remove_vectors("fields")
    assert wf.catalog.vectors() == {}
    assert other.is_file()


def test_clearing_the_catalog_takes_names_out(fields: Path):
    wf.catalog.add_vectors("fields", fields)
    wf.catalog.clear()

    assert wf.catalog.vectors() == {}


def test_a_catalog_from_before_there_were_names_is_read(fields: Path):
    with current_store()._database.writing() as connection:
        connection.execute("DROP TABLE IF EXISTS vectors")

    assert wf.catalog.vectors() == {}
    wf.catalog.add_vectors("fields", fields)
    assert list(wf.catalog.vectors()) == ["fields"]


@pytest.mark.parametrize("name", ["", "/data/fields", "https://example.com/fields", 1])
def test_a_name_is_no_path(fields: Path, name: str):
    with pytest.raises(CatalogError, match=r"add_vectors\(name=\): expected a name such as 'fields'"):
        wf.catalog.add_vectors(name, fields)


@pytest.mark.parametrize(
    "path", ["/no/such/file.gpkg", "ftp://example.com/a.gpkg", "https://169.254.1.1/a.fgb"]
)
def test_a_file_that_cannot_be_opened_gets_no_name(scenes: Scenes, path: str):
    with pytest.raises(CatalogError, match=r"add_vectors\(path=\)"):
        wf.catalog.add_vectors("fields", path)


def test_an_unknown_name_says_what_there_is(fields: Path):
    wf.catalog.add_vectors("fields", fields)

    with pytest.raises(JobInvalid, match="no vectors are called 'forests'; known: 'fields'"):
        wf.FeatureCollection.from_vector_id("forests").compute(HERE)
    with pytest.raises(NotFound, match="no vectors are called 'forests'"):
        wf.catalog.remove_vectors("forests")


def test_a_missing_file_fails_with_its_name(scenes: Scenes):
    with pytest.raises(ReadError, match=r"/no/such/fields\.gpkg"):
        wf.FeatureCollection.from_vector_id("/no/such/fields.gpkg").compute(HERE)
