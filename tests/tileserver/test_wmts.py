"""Addresses for other programs: the latest tiles, and the document that describes them."""

import urllib.parse
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from tests.tileserver.conftest import until
from tileserver import Response
from tileserver.source import TILE_STATUS

OWS = "{http://www.opengis.net/ows/1.1}"
WMTS = "{http://www.opengis.net/wmts/1.0}"


def wmts(client, layer="ndvi", query="") -> str:
    return f"/{client.server.token}/wmts/{layer}/WMTSCapabilities.xml{query}"


def document(client, title="ndvi"):
    url = client.server.wmts_url("ndvi", title)
    return ElementTree.fromstring(client.ask(url.removeprefix(f"http://127.0.0.1:{client.server.port}")).body)


def test_the_latest_tile_is_that_of_the_present_version(client, source):
    assert client.tile(3, version="latest").body == b"4/3/0"
    source.replace("bbbb")
    assert client.tile(3, version="latest").status == 200

    asked = [source.begun.get_nowait().version for _ in range(2)]
    assert asked == ["aaaa", "bbbb"]


def test_the_latest_tile_is_asked_for_again_each_time(client, source):
    source.answers[3] = Response(body=b"tile", etag="abc", cache_control="private, max-age=3600, immutable")
    first = client.tile(3, version="latest")
    again = client.ask(client.path(3, version="latest"), If_None_Match='"abc"')

    assert (first.status, first.headers["Cache-Control"], first.headers["Etag"]) == (200, "no-cache", '"abc"')
    assert (again.status, again.body) == (304, b"")


def test_a_failed_tile_says_so(client, source):
    source.answers[3] = Response(body=b"picture", headers={TILE_STATUS: "failed"})
    reply = client.tile(3, version="latest")

    assert (reply.status, reply.headers["X-Tile-Status"]) == (200, "failed")
    assert reply.headers["Cache-Control"] == "no-store"


def test_a_layer_that_changes_meanwhile_is_asked_anew(client, source):
    hold = source.hold(3)
    reply = client.later(3, version="latest")
    until(lambda: source.rendered == [3])
    source.replace("bbbb")
    client.server.supersede("ndvi")
    hold.set()

    assert reply.result().status == 200
    assert [source.begun.get_nowait().version for _ in range(2)] == ["aaaa", "bbbb"]


@pytest.mark.parametrize("part", [{"layer": "unknown"}, {"y": 16}, {"z": 25}])
def test_what_is_not_there_is_not_found(client, part):
    assert client.tile(3, version="latest", **part).status == 404


def test_only_who_knows_the_token_is_answered(client):
    for path in (client.path(version="latest"), wmts(client)):
        other = path.replace(client.server.token, "x" * len(client.server.token))

        assert client.ask(path).status == 200
        assert client.ask(other).status == 404
        assert client.ask(path, Host="example.com").status == 403
        assert client.ask(path, "POST").status == 405


def test_an_unknown_layer_has_no_document(client):
    assert client.ask(wmts(client, "unknown")).status == 404


def test_the_document_names_the_layer_and_where_its_tiles_are(client):
    found = document(client, "NDVI < 0.5 & „more“")
    layer = found.find(f"{WMTS}Contents/{WMTS}Layer")
    template = layer.find(f"{WMTS}ResourceURL").get("template")

    assert layer.findtext(f"{OWS}Title") == "NDVI < 0.5 & „more“"
    assert layer.findtext(f"{OWS}Identifier") == "ndvi"
    assert template == client.server.latest_template("ndvi").replace("{z}", "{TileMatrix}").replace(
        "{x}", "{TileCol}"
    ).replace("{y}", "{TileRow}")
    assert urllib.parse.urlsplit(template).path.startswith(f"/{client.server.token}/tiles/ndvi/latest/")


def test_the_matrices_are_those_of_web_maps(client):
    matrices = document(client).findall(f"{WMTS}Contents/{WMTS}TileMatrixSet/{WMTS}TileMatrix")
    pixels = [float(matrix.findtext(f"{WMTS}ScaleDenominator")) * 0.00028 for matrix in matrices]

    assert [int(matrix.findtext(f"{OWS}Identifier")) for matrix in matrices] == list(range(23))
    assert [int(matrix.findtext(f"{WMTS}MatrixWidth")) for matrix in matrices] == [2**z for z in range(23)]
    np.testing.assert_allclose(pixels, [156543.0339280410 / 2**z for z in range(23)], rtol=1e-12)


def test_a_title_with_letters_that_xml_cannot_hold(client):
    assert (
        document(client, "a\x01\ufffeb").findtext(f"{OWS}ServiceIdentification/{OWS}Title").replace(" ", "")
        == "ab"
    )


@pytest.mark.parametrize(("title", "read"), [("é" * 20_000, "é" * 200), ("a\ud800b", "a?b")])
def test_titles_that_no_address_can_hold_are_cut(title, read, client):
    assert document(client, title).find(f"{WMTS}Contents/{WMTS}Layer/{OWS}Title").text == read
