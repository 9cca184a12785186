"""Searches by area from memory find what `catalog.search` finds, and rarely ask the store."""

import numpy as np
import pytest
import shapely

from descartes_flow import catalog
from descartes_flow.catalog.footprints import footprint_of
from descartes_flow.catalog.store import Store
from descartes_flow.catalog.surroundings import Search
from descartes_flow.errors import CatalogError, NotFound
from tests.catalog.files import square, stac_item

pytestmark = pytest.mark.usefixtures("home")

SIDES = 40


@pytest.fixture
def search() -> Search[str, list[str]]:
    """A search that gives the ids of what it finds."""
    return Search(lambda item: item.id, list)


@pytest.fixture
def world(home) -> None:
    """Squares all over the world, some of them across the antimeridian."""
    random = np.random.default_rng(1)
    places = zip(random.uniform(-180, 180, SIDES), random.uniform(-80, 80, SIDES), strict=True)
    items = [
        stac_item(f"n{number:02}", f"2020-01-{1 + number % 28:02}T00:00:00Z", square(lon, lat))
        for number, (lon, lat) in enumerate(places)
    ]
    across = stac_item("across", "2020-01-04T00:00:00Z", square(179.5, 0))
    catalog.add("world", [*items, across])


def asked(search, area, start=None, end=None) -> list[str]:
    return search.meeting("world", area, start, end, catalog.revision())


@pytest.fixture
def queries(monkeypatch) -> list[object]:
    """What the store is asked for."""
    made = []
    find = Store.find_boxes
    monkeypatch.setattr(Store, "find_boxes", lambda store, *where: made.append(where) or find(store, *where))
    return made


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("width", [0.01, 3, 50, 300])
def test_it_finds_what_a_search_finds(search, width):
    random = np.random.default_rng(2)
    for lon, lat in zip(random.uniform(-180, 180, 20), random.uniform(-80, 80, 20), strict=True):
        area = footprint_of(shapely.box(lon, lat, lon + width, min(90, lat + width / 4)), "area")

        found = asked(search, area)

        assert found == [item.id for item in catalog.search("world", geometry=area)]


@pytest.mark.usefixtures("world")
def test_an_image_across_the_antimeridian_is_found_once(search):
    everywhere = shapely.box(-180, -90, 180, 90)

    found = asked(search, everywhere)

    assert found.count("world:across") == 1
    assert len(found) == SIDES + 1
    assert asked(search, shapely.box(179.6, 0.1, 179.7, 0.2)) == ["world:across"]
    assert asked(search, shapely.box(-179.9, 0.1, -179.8, 0.2)) == ["world:across"]


@pytest.mark.usefixtures("world")
def test_dates_choose_as_in_a_search(search):
    area = shapely.box(-180, -90, 180, 90)
    start, end = (item.datetime for item in catalog.search("world")[10:30:19])

    found = asked(search, area, start, end)

    assert found == [item.id for item in catalog.search("world", start=start, end=end)]
    assert 0 < len(found) < SIDES


@pytest.mark.usefixtures("world")
def test_a_row_of_neighbouring_areas_asks_the_store_a_few_times(search, queries):
    step = 360 / 2**12
    for number in range(64):
        asked(search, shapely.box(number * step, 40, (number + 1) * step, 40 + step))

    # surroundings begin every half degree, which is 5.7 areas
    assert len(queries) == 12


@pytest.mark.usefixtures("world")
def test_equal_answers_are_one_object(search):
    first = asked(search, shapely.box(179.6, 0.1, 179.7, 0.2))
    second = asked(search, shapely.box(179.61, 0.1, 179.71, 0.2))

    assert first is second


@pytest.mark.usefixtures("world")
def test_what_is_added_or_removed_is_seen_at_once(search):
    area = shapely.box(179.6, 0.1, 179.7, 0.2)
    before = asked(search, area)
    catalog.add("world", [stac_item("new", "2021-01-01T00:00:00Z", square(179, 0))])
    grown = asked(search, area)
    catalog.remove("world", "across")

    assert before == ["world:across"]
    assert grown == ["world:across", "world:new"]
    assert asked(search, area) == ["world:new"]


@pytest.mark.usefixtures("world")
def test_an_image_that_is_replaced_while_it_is_looked_for_is_found(search, monkeypatch):
    area = shapely.box(179.6, 0.1, 179.7, 0.2)
    replacement = stac_item("across", "2020-01-05T00:00:00Z", square(179.5, 0))
    find = Store.find_boxes

    def find_and_replace(store, *where):
        found = find(store, *where)
        catalog.add("world", [replacement])
        return found

    monkeypatch.setattr(Store, "find_boxes", find_and_replace)

    assert asked(search, area) == ["world:across"]


@pytest.mark.usefixtures("world")
def test_a_product_that_changes_all_the_time_is_an_error(search, monkeypatch):
    monkeypatch.setattr(Store, "documents", lambda store, keys: iter(()))

    with pytest.raises(CatalogError, match="changes faster"):
        asked(search, shapely.box(179.63, 0.1, 179.73, 0.2))


def test_a_product_that_is_not_there_is_named(search):
    with pytest.raises(NotFound, match="'world'"):
        asked(search, shapely.box(0, 0, 1, 1))
