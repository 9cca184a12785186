from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import shapely

from descartes_flow import catalog
from descartes_flow._settings import settings
from descartes_flow.catalog import listing
from descartes_flow.catalog.store import Store
from descartes_flow.errors import NotFound
from tests.catalog.files import square, stac_item

pytestmark = pytest.mark.usefixtures("home")

# three squares in a row along the equator, and one across the antimeridian
EAST = stac_item("east", "2020-01-03T00:00:00Z", square(20, 0))
WEST = stac_item("west", "2020-01-01T00:00:00Z", square(0, 0))
MIDDLE = stac_item("middle", "2020-01-02T12:00:00Z", square(10, 0))
ACROSS = stac_item("across", "2020-01-04T00:00:00Z", square(179.5, 0))


@pytest.fixture
def row(home):
    catalog.add("row", [EAST, WEST, MIDDLE, ACROSS])


def found(**where) -> list[str]:
    return [item.id.removeprefix("row:") for item in catalog.search("row", **where)]


@pytest.mark.usefixtures("row")
def test_images_come_by_date_wherever_they_are():
    assert found() == ["west", "middle", "east", "across"]


@pytest.mark.usefixtures("row")
def test_images_of_one_moment_come_by_id():
    catalog.add("row", [stac_item(name, "2020-01-01T00:00:00Z", square(0, 0)) for name in ("b", "a", "x")])

    assert found(end="2020-01-02") == ["a", "b", "west", "x"]


@pytest.mark.usefixtures("row")
@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ((5, -1, 25, 2), ["middle", "east"]),
        ((0.5, 0.5, 0.6, 0.6), ["west"]),
        ((1, 1, 2, 2), ["west"]),  # a corner in common
        ((2, 0, 9, 1), []),
        ((170, -5, -170, 5), ["across"]),
        ((-180, -5, -179.9, 5), ["across"]),
        ((179.9, -5, 185, 5), ["across"]),
        ((-180, -90, 180, 90), ["west", "middle", "east", "across"]),
    ],
)
def test_an_area_finds_what_meets_it(bounds, expected):
    assert found(bounds=bounds) == expected


@pytest.mark.usefixtures("row")
def test_the_start_counts_and_the_end_does_not():
    assert found(start="2020-01-01", end="2020-01-03") == ["west", "middle"]
    assert found(start="2020-01-02T12:00:00Z", end="2020-01-02T12:00:00.000001Z") == ["middle"]
    assert found(start=date(2020, 1, 3)) == ["east", "across"]
    assert found(end=datetime(2020, 1, 1)) == []
    assert found(start=datetime(2020, 1, 3, tzinfo=UTC), end="2020-01-04T01:00:00+01:00") == ["east"]


@pytest.mark.usefixtures("row")
def test_area_and_time_hold_together():
    assert found(bounds=(-1, -1, 25, 1), start="2020-01-02") == ["middle", "east"]


@pytest.mark.usefixtures("row")
def test_the_first_so_many_are_counted_after_the_area():
    assert found(limit=2) == ["west", "middle"]
    assert found(bounds=(9, 0, 25, 1), limit=1) == ["middle"]
    assert found(limit=0) == []


def test_the_footprint_decides_not_its_box():
    # the lower left half of a square
    triangle = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 1], [0, 0]]]}
    catalog.add("row", [stac_item("half", geometry=triangle)])

    assert found(bounds=(0.1, 0.1, 0.2, 0.2)) == ["half"]
    assert found(bounds=(0.8, 0.8, 0.9, 0.9)) == []


@pytest.mark.usefixtures("row")
def test_a_geometry_is_met_where_the_bounds_are():
    triangle = shapely.Polygon([(10.2, 0.2), (30, 0.2), (10.2, 0.9)])

    assert found(geometry=triangle) == ["middle", "east"]
    assert found(geometry=shapely.geometry.mapping(triangle)) == ["middle", "east"]
    assert found(geometry=triangle, bounds=(15, -1, 40, 1)) == ["east"]
    assert found(geometry=triangle, bounds=(-5, -1, 5, 1)) == []


@pytest.mark.usefixtures("row")
@pytest.mark.parametrize(
    "where",
    [{"limit": -1}, {"limit": 1.5}, {"limit": True}, {"bounds": (1, 2)}, {"start": "x"}, {"geometry": {}}],
)
def test_a_search_that_cannot_be_meant_names_its_argument(where):
    with pytest.raises(ValueError, match=rf"^search\({next(iter(where))}=\): expected"):
        found(**where)


@pytest.mark.usefixtures("row")
def test_an_unknown_product_is_told_with_its_neighbours():
    with pytest.raises(
        NotFound, match=r"search\(product_id=\): there is no product 'rwo'; did you mean 'row'\?"
    ):
        catalog.search("rwo")
    with pytest.raises(NotFound, match=r"product\(id=\): there is no product 'zzzzzz'; known: \["):
        catalog.product("zzzzzz")


def test_ids_with_colons_are_split_where_an_item_is():
    catalog.add("a:b", [stac_item("c:d")])
    catalog.add("a", [stac_item("x")])

    assert catalog.item("a:b:c:d").product == "a:b"
    assert catalog.item("a:x").product == "a"
    assert catalog.item("a:b:c") is None
    assert catalog.item("nothing") is None
    with pytest.raises(TypeError, match=r"item\(full_id=\): expected a string, got int"):
        catalog.item(5)


@pytest.mark.usefixtures("row")
def test_a_product_says_what_it_holds():
    product = catalog.product("row")

    assert (product.id, product.images, product.bands) == ("row", 4, ("red",))
    assert (product.start, product.end) == (
        datetime(2020, 1, 1, tzinfo=UTC),
        datetime(2020, 1, 4, tzinfo=UTC),
    )
    assert product.bounds == (-180, 0, 180, 1)
    assert repr(product).splitlines() == [
        "Product 'row': 4 images, 2020-01-01 to 2020-01-04",
        "  bands: red",
        "  lon -180.000 to 180.000, lat 0.000 to 1.000",
    ]


@pytest.mark.usefixtures("row")
def test_an_image_can_be_taken_out():
    catalog.remove("row", "middle")

    assert found() == ["west", "east", "across"]
    with pytest.raises(NotFound, match=r"remove\(item=\): product 'row' has no image 'middle'"):
        catalog.remove("row", "middle")


@pytest.mark.usefixtures("row")
def test_a_product_can_be_taken_out():
    catalog.remove("row")

    assert catalog.item("row:west") is None
    with pytest.raises(NotFound):
        catalog.search("row")
    with pytest.raises(NotFound, match=r"remove\(product_id=\): there is no product 'row'"):
        catalog.remove("row")


@pytest.mark.usefixtures("row")
def test_a_cleared_catalog_is_empty():
    catalog.clear()

    assert catalog.products() == []
    assert catalog.item("row:west") is None


@pytest.mark.usefixtures("row")
def test_the_catalog_follows_its_home(tmp_path, monkeypatch):
    before = catalog.revision()
    monkeypatch.setattr(settings, "home", tmp_path / "elsewhere")
    catalog.add("row", [WEST])

    assert found() == ["west"]
    monkeypatch.setattr(settings, "home", tmp_path / "home")
    assert len(found()) == 4
    assert catalog.revision() == before


def test_what_is_kept_decoded_is_never_stale():
    catalog.add("row", [stac_item("a", moved=False)])
    before = catalog.search("row")[0]
    catalog.add("row", [stac_item("a", moved=True)])

    assert catalog.search("row")[0].properties["moved"] is True
    assert before.properties["moved"] is False


@pytest.mark.usefixtures("row")
def test_an_item_is_decoded_once(monkeypatch):
    first = catalog.search("row")
    monkeypatch.setattr(listing, "read_item", None)

    assert all(again is item for again, item in zip(catalog.search("row"), first, strict=True))


def test_many_items_are_found_by_area_and_time():
    # a grid of 100 x 50 squares of one degree; the day goes with the column
    items = [
        stac_item(f"{x:03}-{y:02}", f"2020-01-{1 + x % 28:02}T00:00:00Z", square(x, y))
        for x in range(100)
        for y in range(50)
    ]
    catalog.add("row", items)

    assert len(found()) == 5000
    assert len(found(bounds=(10.5, 10.5, 19.5, 19.5))) == 10 * 10
    assert len(found(start="2020-01-28")) == 3 * 50  # columns 27, 55 and 83
    assert found(bounds=(0.5, 0.5, 99.5, 0.6), start="2020-01-28") == ["027-00", "055-00", "083-00"]
    assert catalog.product("row").bounds == (0, 0, 100, 50)


def test_threads_search_while_another_one_adds():
    catalog.add("row", [WEST])

    def work(number: int) -> list[str]:
        if number % 5 == 0:
            catalog.add("row", [stac_item(f"n{number}", geometry=square(0, 0))])
        return found(bounds=(0, 0, 1, 1))

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(work, range(40)))

    assert all("west" in names for names in results)
    assert len(found()) == 1 + 8


def test_an_image_that_is_replaced_while_it_is_looked_for_is_not_missing(monkeypatch):
    catalog.add("row", [stac_item("a", moved=False)])
    find, moved = Store.find, []

    def find_and_move(store, *arguments):
        found = find(store, *arguments)
        if not moved:
            moved.append(catalog.add("row", [stac_item("a", moved=True)]))
        return found

    monkeypatch.setattr(Store, "find", find_and_move)

    assert [item.properties["moved"] for item in catalog.search("row")] == [True]
