import json
import socket

import pystac
import pytest

from descartes_flow import catalog
from descartes_flow.catalog.scenes import locate, scenes_of, scenes_of_file
from descartes_flow.errors import CatalogError
from tests.catalog.files import stac_item, write_tiff


class Skipped(list):
    def __call__(self, name: str, reason: str) -> None:
        self.append((name, reason))


def found_in(content: object) -> tuple[list[str], Skipped]:
    skipped = Skipped()
    return [scene.name for scene in scenes_of(content, skipped)], skipped


def written(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))
    return path


@pytest.mark.parametrize(
    ("href", "base", "expected"),
    [
        ("B04.tif", "/stac/a/item.json", "/stac/a/B04.tif"),
        ("../B04.tif", "/stac/a/item.json", "/stac/B04.tif"),
        ("/data/B04.tif", "/stac/a/item.json", "/data/B04.tif"),
        ("file:///data/a%20b.tif", "", "/data/a b.tif"),
        ("../B04.tif", "https://example.com/a/b/item.json", "https://example.com/a/B04.tif"),
        ("/data/B04.tif", "https://example.com/a/b/item.json", "https://example.com/data/B04.tif"),
        ("s3://bucket/B04.tif", "/stac/item.json", "s3://bucket/B04.tif"),
    ],
)
def test_a_reference_counts_from_where_it_stands(href, base, expected):
    assert locate(href, base) == expected


def test_an_item_a_collection_of_items_and_lists_of_them_are_read():
    features = {"type": "FeatureCollection", "features": [stac_item("b"), stac_item("c")]}

    assert found_in(stac_item("a"))[0] == ["a"]
    assert found_in(features)[0] == ["b", "c"]
    assert found_in([stac_item("a"), features])[0] == ["a", "b", "c"]


def test_objects_of_pystac_are_read():
    item = pystac.Item.from_dict(stac_item("a"))
    tree = pystac.Catalog("root", "a catalog")
    child = pystac.Catalog("child", "below")
    tree.add_child(child)
    child.add_item(pystac.Item.from_dict(stac_item("deep")))

    assert found_in(item)[0] == ["a"]
    assert found_in(pystac.ItemCollection([item]))[0] == ["a"]
    assert found_in(tree)[0] == ["deep"]


def test_an_item_of_pystac_knows_where_its_files_are(tmp_path):
    write_tiff(tmp_path / "red.tif")
    item = stac_item("a", assets={"red": {"href": "./red.tif", "type": "image/tiff"}})
    path = written(tmp_path / "item.json", item)
    scene = next(scenes_of(pystac.Item.from_file(str(path)), Skipped()))

    assert locate(scene.stac["assets"]["red"]["href"], scene.base) == str(tmp_path / "red.tif")


def test_a_catalog_file_leads_to_its_items(tmp_path):
    links = [{"rel": "child", "href": "./sub/collection.json"}, {"rel": "item", "href": "top.json"}]
    catalog_links = [{"rel": "item", "href": "../items/a.json"}, {"rel": "root", "href": "../catalog.json"}]
    root = written(tmp_path / "catalog.json", {"type": "Catalog", "stac_version": "1.0.0", "links": links})
    written(tmp_path / "sub" / "collection.json", {"stac_version": "1.0.0", "links": catalog_links})
    written(tmp_path / "items" / "a.json", stac_item("a"))
    written(tmp_path / "top.json", stac_item("top"))

    assert [scene.name for scene in scenes_of_file(root, Skipped())] == ["a", "top"]


def test_links_in_a_circle_come_to_an_end(tmp_path):
    links = [{"rel": "child", "href": "./catalog.json"}, {"rel": "item", "href": "a.json"}]
    links.append({"rel": "child", "href": "b.json"})
    root = written(tmp_path / "catalog.json", {"type": "Catalog", "stac_version": "1.0.0", "links": links})
    written(tmp_path / "b.json", {"type": "Catalog", "stac_version": "1.0.0", "links": links})
    written(tmp_path / "a.json", stac_item("a"))

    assert [scene.name for scene in scenes_of_file(root, Skipped())] == ["a"]


def test_links_that_lead_nowhere_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)  # any use of the network would fail
    links = [{"rel": "item", "href": "missing.json"}, {"rel": "item", "href": "https://example.com/a.json"}]
    root = written(tmp_path / "catalog.json", {"type": "Catalog", "stac_version": "1.0.0", "links": links})
    skipped = Skipped()

    assert list(scenes_of_file(root, skipped)) == []
    assert [name for name, _ in skipped] == [str(tmp_path / "missing.json"), "https://example.com/a.json"]
    assert "follows no link to another host" in skipped[1][1]


def test_what_is_no_stac_is_refused_alone_and_told_in_a_list(tmp_path):
    with pytest.raises(CatalogError, match="is no STAC item, ItemCollection, collection or catalog"):
        found_in({"some": "dict"})
    with pytest.raises(CatalogError, match="cannot be read as JSON"):
        list(scenes_of_file(written(tmp_path / "x.json", {}).with_suffix(".geojson"), Skipped()))

    names, skipped = found_in([5, stac_item("a"), {"some": "dict"}])
    assert names == ["a"]
    assert [name for name, _ in skipped] == ["part 0 of the source", "part 2 of the source"]


def test_assets_of_a_file_are_found_beside_it(tmp_path, home):
    write_tiff(tmp_path / "stac" / "red.tif")
    item = stac_item("a", assets={"red": {"href": "./red.tif", "type": "image/tiff"}})
    catalog.add("mine", written(tmp_path / "stac" / "item.json", item))

    assert catalog.item("mine:a").bands[0].source.href == str(tmp_path / "stac" / "red.tif")
