import pickle
from datetime import UTC, datetime

import pytest

from descartes_flow import catalog
from descartes_flow.catalog.items import read_item
from tests.catalog.files import remote_asset, stac_item

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def item():
    assets = {
        "B04": remote_asset("B04", **{"eo:bands": [{"name": "red4", "common_name": "red"}]}),
        "B08": remote_asset("B08", **{"eo:bands": [{"name": "B08", "common_name": "nir"}]}),
    }
    catalog.add("p:q", [stac_item("a", assets=assets, cloud=0.5)])
    return catalog.item("p:q:a")


def test_a_band_is_found_by_name_and_by_alias(item):
    assert [band.name for band in item.bands] == ["B04", "B08"]
    assert item.band("B04") is item.band("red") is item.band("red4")
    assert item.band("blue") is None


def test_an_item_survives_pickling(item):
    copy = pickle.loads(pickle.dumps(item))

    assert copy == item
    assert hash(copy) == hash(item)
    assert copy.bands[0].source.key == item.bands[0].source.key


def test_properties_have_the_types_that_images_promise(item):
    moment = datetime(2020, 6, 1, 10, tzinfo=UTC)

    assert item.datetime == item.properties["date"] == moment
    assert item.properties["acquired"] == "2020-06-01T10:00:00+00:00"
    assert item.properties["geotrans"] == (500_000, 10, 0, 5_000_000, 0, -10)
    assert item.properties["crs"] == "EPSG:32633"
    assert item.properties["id"] == item.id == "p:q:a"
    assert item.properties["product"] == item.product == "p:q"
    assert item.properties["cloud"] == 0.5
    assert list(item.properties) == sorted(item.properties)


def test_a_listing_shows_what_an_item_is(item):
    assert repr(item) == "<Item 'p:q:a' of 2020-06-01 10:00:00 UTC; bands: B04 B08>"


def test_an_item_cannot_be_changed(item):
    with pytest.raises(AttributeError):
        item.id = "other"


def test_an_item_needs_nothing_but_its_text(item):
    text = '{"properties":{},"geometry":{},"bounds":[1,2,3,4],"bands":[]}'
    read = read_item("p", "x:y", datetime(2020, 1, 1, tzinfo=UTC), "v", text)

    assert (read.id, read.bounds.top, read.version) == ("p:x:y", 4, "v")
