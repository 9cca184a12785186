import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from descartes_flow import catalog
from descartes_flow.catalog import invented, scenery
from descartes_flow.errors import NotFound
from tests.catalog.files import stac_item
from tests.source_tree import REPOSITORY

PRODUCTS = sorted(scenery.DEMO_PRODUCTS)
LANDSAT = "landsat:LC08:01:RT:TOAR"


@pytest.fixture
def builds(home, monkeypatch):
    """Folders that were asked for; the building itself takes seconds and is tested where it is written."""
    folders = []

    def build(folder):
        folders.append(folder)
        folder.mkdir(parents=True, exist_ok=True)
        return [(product, [stac_item("a"), stac_item("b")]) for product in PRODUCTS]

    monkeypatch.setattr(invented, "build", build, raising=False)
    return folders


def test_demo_imagery_is_made_when_it_is_first_asked_for(builds, home, capsys):
    assert len(catalog.search(LANDSAT)) == 2
    assert len(catalog.search("sentinel-1:GRD")) == 2

    assert builds == [home / "demo"]
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    assert str(home / "demo") in printed


def test_every_way_to_ask_makes_it(builds):
    assert catalog.item(f"{LANDSAT}:a").datetime == datetime(2020, 6, 1, 10, tzinfo=UTC)
    assert len(builds) == 1


def test_a_listing_shows_it_with_its_descriptions(builds):
    products = catalog.products()

    assert [product.id for product in products] == PRODUCTS
    assert all(product.description and product.images == 2 for product in products)


def test_other_products_do_not_make_it(builds):
    catalog.add("mine", [stac_item()])
    catalog.search("mine")
    catalog.item("mine:scene")

    assert catalog.item("mine:other") is None
    with pytest.raises(NotFound):
        catalog.product("yours")
    assert builds == []


def test_what_the_user_removed_stays_away(builds):
    catalog.search(LANDSAT)
    catalog.remove(LANDSAT)

    with pytest.raises(NotFound):
        catalog.search(LANDSAT)
    assert catalog.item(f"{LANDSAT}:a") is None
    assert LANDSAT not in [product.id for product in catalog.products()]
    assert len(builds) == 1


def test_it_can_be_removed_before_it_was_made(builds):
    catalog.remove(LANDSAT)
    catalog.search("sentinel-2:L1C")

    with pytest.raises(NotFound):
        catalog.search(LANDSAT)


def test_a_cleared_catalog_stays_without_it(builds):
    catalog.clear()

    assert catalog.products() == []
    assert builds == []


def test_it_is_made_anew_on_demand_and_brings_back_what_was_removed(builds, home):
    catalog.search(LANDSAT)
    catalog.remove(LANDSAT)
    (home / "demo" / "old.tif").write_text("")
    reports = catalog.demo()

    assert not (home / "demo" / "old.tif").exists()
    assert sorted(report.product for report in reports) == PRODUCTS
    assert len(catalog.search(LANDSAT)) == 2
    assert len(builds) == 2


def test_a_product_of_the_user_under_the_same_name_is_not_touched(builds):
    catalog.add(LANDSAT, [stac_item("mine")])
    catalog.search("modis:09:v2")

    assert [item.id for item in catalog.search(LANDSAT)] == [f"{LANDSAT}:mine"]


def test_threads_that_ask_at_once_make_it_once(builds):
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: len(catalog.search(LANDSAT)), range(16)))

    assert counts == [2] * 16
    assert len(builds) == 1


def test_the_catalog_loads_its_libraries_when_they_are_needed():
    heavy = {"rasterio", "pystac", "shapely"}
    code = f"import sys, descartes_flow.catalog; print({heavy} & set(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, timeout=60
    )

    assert run.stdout == "set()\n"
