import asyncio
import collections
import socket

import pytest

from tests.tileserver.conftest import PATIENCE, until
from tileserver import Response
from tileserver.source import FAILED, TILE_STATUS


def begin(client, source, x):
    """Ask for a tile that the source holds back; return once a worker has begun it."""
    source.hold(x)
    reply = client.later(x)
    assert source.begun.get(timeout=PATIENCE).x == x
    return reply


def walk_out(client, x):
    """Ask for a tile; return a function that closes the connection without reading it."""
    wanted = client.counts().wanted
    connection = socket.create_connection(("127.0.0.1", client.server.port), timeout=PATIENCE)
    head = f"GET {client.path(x)} HTTP/1.1\r\nHost: 127.0.0.1:{client.server.port}\r\n\r\n"
    connection.sendall(head.encode())
    until(lambda: client.counts().wanted > wanted)
    return connection.close


def test_the_newest_view_is_made_first_and_in_it_first_come_first_served(client, source):
    first = begin(client, source, 0)
    replies = [client.later(x, z=z) for x, z in ((1, 4), (2, 4), (3, 5), (4, 5))]

    source.held[0].set()

    assert [reply.result().status for reply in (first, *replies)] == [200] * 5
    assert source.rendered == [0, 3, 4, 1, 2]


def test_requests_for_one_tile_share_a_rendering(client, source):
    running, waiting = begin(client, source, 0), client.later(1)
    asked = source.asked
    others = [client.threads.submit(client.tile, x) for x in (0, 0, 1, 1)]
    until(lambda: source.asked == asked + len(others))

    source.held[0].set()

    assert {reply.result().body for reply in (running, *others[:2])} == {b"4/0/0"}
    assert {reply.result().body for reply in (waiting, *others[2:])} == {b"4/1/0"}
    assert source.rendered == [0, 1]
    assert client.counts().wanted == client.counts().done == 2


def test_a_later_request_for_the_same_tile_is_rendered_again(client, source):
    client.tile(1)
    client.tile(1)

    assert source.rendered == [1, 1]


def test_a_tile_in_flight_gets_410_as_soon_as_it_is_superseded(client, source):
    running, waiting = begin(client, source, 0), client.later(1)

    source.replace("bbbb")
    client.server.supersede("ndvi")

    assert (
        running.result(PATIENCE).status == waiting.result(PATIENCE).status == 410
    )  # the worker is still held
    assert running.result().headers["Cache-Control"] == "no-store"
    source.held[0].set()
    assert source.stopped.get(timeout=PATIENCE) == 0
    assert client.server.wait_idle(PATIENCE)
    assert source.rendered == [0]
    assert client.counts().cancelled == 2


def test_a_tile_in_flight_gets_404_as_soon_as_its_layer_is_gone(client, source):
    running = begin(client, source, 0)

    del source.current["ndvi"]
    client.server.forget("ndvi")

    assert running.result(PATIENCE).status == 404
    source.held[0].set()
    assert client.server.wait_idle(PATIENCE)
    assert client.server.statistics() == {}


def test_superseding_leaves_tiles_of_the_current_version_and_of_other_layers(client, source):
    running = begin(client, source, 0)

    client.server.supersede("ndvi")
    client.server.supersede("other")
    source.held[0].set()

    assert running.result(PATIENCE).status == 200


def test_a_version_replaced_without_notice_is_never_sent(client, source):
    running, waiting = begin(client, source, 0), client.later(1)

    source.replace("bbbb")
    source.held[0].set()

    assert running.result(PATIENCE).status == waiting.result(PATIENCE).status == 410
    assert source.rendered == [0]


def test_the_new_version_is_made_while_the_old_one_is_still_stopping(serve, source):
    client = serve(threads=2)
    old = begin(client, source, 0)
    source.replace("bbbb")
    client.server.supersede("ndvi")
    assert old.result(PATIENCE).status == 410

    assert client.tile(1, version="bbbb").status == 200


def test_a_full_queue_turns_away_the_oldest_tile_that_waits(serve, source):
    client = serve(threads=1, queued=2)
    running = begin(client, source, 0)
    oldest, older, newest = [client.later(x) for x in (1, 2, 3)]

    reply = oldest.result(PATIENCE)

    assert reply.status == 503
    assert reply.headers["Retry-After"] == "1"
    assert reply.headers["Cache-Control"] == "no-store"
    source.held[0].set()
    assert [kept.result(PATIENCE).status for kept in (running, older, newest)] == [200] * 3
    assert client.counts().failed == 1


def test_what_is_called_off_is_answered_at_once_until_it_is_wanted_again(client, source):
    running, waiting = begin(client, source, 0), client.later(1)

    client.server.call_off("ndvi", "aaaa")

    assert running.result(PATIENCE).status == waiting.result(PATIENCE).status == 503
    assert client.tile(2).status == 503  # browsers ask for six at a time, so the rest comes only now
    source.held[0].set()
    assert source.stopped.get(timeout=PATIENCE) == 0
    client.server.resume("ndvi")
    assert client.tile(3).status == 200
    assert source.rendered == [0, 3]
    counts = client.counts()
    assert (counts.wanted, counts.done, counts.failed, counts.cancelled) == (3, 1, 0, 2)


def test_calling_off_leaves_other_versions_alone(client, source):
    client.server.call_off("ndvi", "aaaa")
    source.replace("bbbb")

    assert client.tile(0, version="aaaa").status == 410
    assert client.tile(0, version="bbbb").status == 200


def test_a_tile_that_takes_too_long_gets_what_the_source_says_and_is_told_to_stop(serve, source):
    client = serve(threads=2, tile_seconds=0.1)

    reply = begin(client, source, 0).result(PATIENCE)

    assert (reply.status, reply.body) == (504, b"tile 0 took more than 0.1 s")
    assert reply.headers["Cache-Control"] == "no-store"
    assert client.tile(1).status == 200
    source.held[0].set()
    assert source.stopped.get(timeout=PATIENCE) == 0
    assert client.counts().failed == 1


def test_nothing_waits_behind_threads_that_are_all_overdue(serve, source):
    client = serve(threads=1, tile_seconds=0.1)
    running, waiting = begin(client, source, 0), client.later(1)

    assert running.result(PATIENCE).status == 504
    assert waiting.result(PATIENCE).body == b"tile 1 cannot begin"
    assert client.tile(2).body == b"tile 2 cannot begin"
    source.held[0].set()
    assert client.server.wait_idle(PATIENCE)
    assert client.tile(3).status == 200
    assert source.rendered == [0, 3]


def test_a_tile_whose_client_went_away_is_not_begun(client, source):
    running, leave = begin(client, source, 0), walk_out(client, 1)

    leave()
    until(lambda: client.counts().cancelled == 1)
    source.held[0].set()

    assert running.result(PATIENCE).status == 200
    assert client.server.wait_idle(PATIENCE)
    assert source.rendered == [0]


def test_a_tile_under_way_whose_client_went_away_is_told_to_stop(client, source):
    source.hold(0)
    leave = walk_out(client, 0)
    source.begun.get(timeout=PATIENCE)

    leave()
    until(lambda: client.counts().cancelled == 1)
    source.held[0].set()

    assert source.stopped.get(timeout=PATIENCE) == 0


def test_a_tile_is_made_as_long_as_one_client_waits(client, source):
    source.hold(0)
    leave = walk_out(client, 0)
    asked = source.asked
    other = client.threads.submit(client.tile, 0)
    until(lambda: source.asked == asked + 1)

    leave()
    client.ask("/")  # a round trip, in which the server notices
    client.ask("/")
    source.held[0].set()

    assert other.result(PATIENCE).status == 200
    assert source.rendered == [0]


def test_counts_say_what_became_of_the_tiles_of_a_layer(client, source):
    source.answers = {
        1: Response(body=b"picture of an error", headers={TILE_STATUS: FAILED}),
        2: RuntimeError("broken"),
        3: Response(status=404),
    }
    for x in range(6):
        client.tile(x)

    counts = client.counts()
    assert (counts.wanted, counts.done, counts.failed, counts.cancelled) == (6, 3, 3, 0)
    assert counts.seconds > 0


def test_a_client_that_has_the_tile_counts_as_done(client, source):
    source.answers[0] = Response(body=b"tile", etag="abc")

    client.ask(client.path(0), If_None_Match='"abc"')

    assert client.counts().done == 1


def test_waiting_for_idle_ends_with_the_last_tile(client, source):
    running = begin(client, source, 0)

    assert client.server.wait_idle(0.01) is False
    source.held[0].set()
    assert client.server.wait_idle(PATIENCE) is True
    assert running.result(PATIENCE).status == 200


@pytest.mark.parametrize("queued", [64, 500])
def test_a_burst_of_500_tiles_loses_none(serve, source, queued):
    client = serve(threads=2, queued=queued)

    async def status(x):
        reader, writer = await asyncio.open_connection("127.0.0.1", client.server.port)
        head = f"GET {client.path(x, z=10)} HTTP/1.1\r\nHost: 127.0.0.1:{client.server.port}\r\n"
        writer.write(f"{head}Connection: close\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer.split(b" ", 2)[1]

    async def burst():
        return await asyncio.wait_for(asyncio.gather(*map(status, range(500))), PATIENCE * 2)

    answered = collections.Counter(asyncio.run(burst()))

    assert set(answered) <= {b"200", b"503"}
    assert answered.total() == 500
    assert client.counts().wanted == 500
    assert (client.counts().done, client.counts().failed) == (answered[b"200"], answered[b"503"])
    if queued == 500:
        assert answered[b"503"] == 0
