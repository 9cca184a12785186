import pytest

from tests.tileserver.conftest import PATIENCE, until
from tileserver import LayerCounts, Place, Response, Served, TileRequest
from tileserver.statistics import MOST_TILES, MOST_VERSIONS, Statistics

DRAWN = Response(body=b"png", cache_control="private, max-age=3600")


@pytest.fixture
def statistics():
    """Of a layer of which one tile is wanted, at 10 seconds."""
    statistics = Statistics(clock=lambda: 10.0)
    statistics.add("ndvi", wanted=1)
    return statistics


def tile(x=0, version="aaaa"):
    return TileRequest(layer="ndvi", version=version, x=x, y=3, z=4)


def test_what_is_neither_done_nor_failed_nor_cancelled_is_under_way():
    assert LayerCounts(wanted=10, done=4, failed=1, cancelled=2).under_way == 3


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (DRAWN, Served(drawn=True, failed=False, at=10.0, fresh_until=3610.0)),
        (Response(headers={"X-Tile-Status": "degraded"}), Served(True, False, 10.0, 10.0)),
        (Response(headers={"X-Tile-Status": "failed"}), Served(True, True, 10.0, 10.0)),
        (Response.refusal(500, "broken"), Served(False, True, 10.0, 10.0)),
    ],
)
def test_an_answer_is_kept_by_place(statistics, response, expected):
    statistics.keep(tile(7), response)

    assert statistics.served("ndvi", "aaaa") == {Place(x=7, y=3, z=4): expected}
    assert statistics.served("ndvi", "bbbb") == {}


def test_the_oldest_versions_are_forgotten_first(statistics):
    for number in range(MOST_VERSIONS):
        statistics.keep(tile(version=f"v{number}"), DRAWN)
    statistics.keep(tile(1, version="v0"), DRAWN)  # which makes v1 the oldest
    statistics.keep(tile(version="new"), DRAWN)

    assert len(statistics.served("ndvi", "v0")) == 2
    assert statistics.served("ndvi", "v1") == {}
    assert statistics.served("ndvi", "v2") != {}


def test_the_oldest_tiles_of_a_version_are_forgotten_first(statistics):
    for x in range(MOST_TILES + 1):
        statistics.keep(tile(x), DRAWN)
    kept = statistics.served("ndvi", "aaaa")

    assert len(kept) == MOST_TILES
    assert Place(0, 3, 4) not in kept


def test_of_a_layer_that_is_gone_nothing_is_kept(statistics):
    statistics.keep(tile(), DRAWN)
    statistics.forget("ndvi")
    statistics.keep(tile(), DRAWN)

    assert statistics.served("ndvi", "aaaa") == {}


def test_a_listener_hears_of_every_count_until_the_layer_is_gone(statistics):
    heard = []
    statistics.listen("ndvi", heard.append)
    statistics.add("other", wanted=1)
    statistics.add("ndvi", done=1)
    statistics.forget("ndvi")
    statistics.add("ndvi", wanted=1)

    assert heard == [LayerCounts(wanted=1, done=1)]


def test_a_server_keeps_what_it_sent_and_what_it_sent_as_not_modified(client, source):
    source.answers[0] = Response(body=b"png", etag="e", cache_control="private, max-age=60")
    source.answers[1] = ValueError("broken")
    first = client.ask(client.path(0), If_None_Match='"e"')
    others = client.tile(0, y=1), client.tile(1)
    served = client.server.served("ndvi", "aaaa")

    assert [reply.status for reply in (first, *others)] == [304, 200, 500]
    assert {place: known.drawn for place, known in served.items()} == {
        Place(0, 0, 4): True,
        Place(0, 1, 4): True,
        Place(1, 0, 4): False,
    }


def test_a_called_off_tile_counts_as_not_served(client, source):
    source.hold(0)
    reply = client.later(0)
    source.begun.get(timeout=PATIENCE)
    client.server.call_off("ndvi", "aaaa")
    reply.result(PATIENCE)
    source.held[0].set()

    assert client.server.served("ndvi", "aaaa") == {}
    until(lambda: client.counts().under_way == 0)
