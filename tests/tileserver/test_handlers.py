import contextlib
import logging
import socket

import pytest

from tileserver import Response
from tileserver.source import TILE_STATUS

CLOSE = b"Connection: close\r\n\r\n"


def raw(client, text: bytes) -> bytes:
    """What the server sends back to bytes that no client library would send."""
    with socket.create_connection(("127.0.0.1", client.server.port), timeout=20) as connection:
        received = []
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):  # it need not listen to the end
            connection.sendall(text)
            received.extend(iter(lambda: connection.recv(65536), b""))
        return b"".join(received)


def without_date(reply):
    return reply.status, {name: text for name, text in reply.headers.items() if name != "Date"}, reply.body


def test_a_tile_is_sent_as_the_source_made_it(client, source):
    source.answers[3] = Response(
        body=b"tile",
        etag="abc",
        cache_control="private, max-age=3600, immutable",
        headers={TILE_STATUS: "degraded"},
    )

    reply = client.tile(3, y=5, z=4)

    assert reply.status == 200
    assert reply.body == b"tile"
    assert reply.headers["Content-Type"] == "image/png"
    assert reply.headers["Etag"] == '"abc"'
    assert reply.headers["Cache-Control"] == "private, max-age=3600, immutable"
    assert reply.headers["X-Tile-Status"] == "degraded"


def test_the_address_reaches_the_source(client, source):
    assert client.tile(3, y=5, z=4).body == b"4/3/5"

    request = source.begun.get_nowait()
    assert (request.layer, request.version, request.z, request.x, request.y) == ("ndvi", "aaaa", 4, 3, 5)


@pytest.mark.parametrize("path", ["/", "/nothing"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_answer_is_private(client, path, method):
    for reply in (client.tile(), client.ask(path, method)):
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in reply.headers
        assert not [name for name in reply.headers if name.lower().startswith("access-control")]


def test_a_client_that_has_the_tile_gets_304(client, source):
    source.answers[1] = Response(body=b"tile", etag="abc", cache_control="private, max-age=3600, immutable")

    for known in ('"abc"', 'W/"abc"', '"other", "abc"', "*"):
        reply = client.ask(client.path(1), If_None_Match=known)

        assert (reply.status, reply.body) == (304, b"")
        assert reply.headers["Cache-Control"] == "private, max-age=3600, immutable"


def test_a_client_that_has_another_tile_gets_this_one(client, source):
    source.answers[1] = Response(body=b"tile", etag="abc")

    assert client.ask(client.path(1), If_None_Match='"abd"')[::2] == (200, b"tile")


def test_head_says_what_get_would_send(client):
    reply = client.ask(client.path(3), "HEAD")

    assert reply.status == 200
    assert reply.body == b""
    assert reply.headers["Content-Length"] == str(len(b"4/3/0"))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_get_405(client, source, method):
    reply = client.ask(client.path(), method)

    assert reply.status == 405
    assert reply.headers["Allow"] == "GET, HEAD"
    assert reply.headers["Cache-Control"] == "no-store"
    assert source.rendered == []


def test_a_wrong_token_an_unknown_layer_and_a_strange_path_get_the_same_404(client, source):
    path = client.path()
    token = client.server.token
    replies = [
        client.ask(path.replace(token, "x" * len(token))),
        client.ask(path.replace(token, token[:-1])),
        client.ask(path.removeprefix(f"/{token}")),
        client.ask(client.path(layer="other")),
        client.ask(client.path(version="bbbb")),
        client.ask("/"),
    ]

    assert replies[0].status == 404
    assert replies[0].headers["Cache-Control"] == "no-store"
    assert all(without_date(reply) == without_date(replies[0]) for reply in replies)
    assert source.rendered == []


def test_a_replaced_version_gets_410_at_once_and_no_cache_keeps_that(client, source):
    source.replace("bbbb")

    reply = client.tile()

    assert reply.status == 410
    assert reply.headers["Cache-Control"] == "no-store"
    assert source.rendered == []


def test_columns_wrap_around_the_world(client):
    assert client.tile(17, z=4).body == b"4/1/0"
    assert client.tile(-1, z=4).body == b"4/15/0"


@pytest.mark.parametrize(("y", "z"), [(16, 4), (-1, 4), (1, 0), (0, 25), (0, 99), (999999999, 24)])
def test_rows_and_zooms_outside_the_world_are_not_found(client, source, y, z):
    assert client.tile(0, y=y, z=z).status == 404
    assert source.rendered == []


@pytest.mark.parametrize("z", [0, 24])
def test_the_first_and_the_last_zoom_are_served(client, z):
    assert client.tile(0, z=z).status == 200


def test_a_forced_retry_is_the_same_tile(client, source):
    assert client.tile(version="aaaa-3").status == 200
    assert source.begun.get_nowait().version == "aaaa"


@pytest.mark.parametrize(
    "ending",
    [
        "/../../admin",
        "/ndvi/aaaa/4/0/../0.png",
        "/ndvi/aaaa/4/0/0.png/",
        "/ndvi/aaaa/4/0/0.png/..",
        "/ndvi/aaaa/4/0/0.webp",
        "/ndvi/aaaa/4/0/0",
        "/ndvi/aaaa/4/0/0.png%0a",
        "/ndvi/aaaa/4/0/%30.png",
        "/ndvi/aaaa/4%2f0/0/0.png",
        "/ndvi/..%2faaaa/4/0/0.png",
        "/nd%76i/aaaa/4/0/0.png",
        "/ndvi/aaaa-/4/0/0.png",
        "/ndvi/aaaa-x/4/0/0.png",
        "/ndvi/aaaa/04/0/0.png",
        "/ndvi/aaaa/4/00/0.png",
        "/ndvi/aaaa/4/--1/0.png",
        "/ndvi/aaaa/4/1e3/0.png",
        "/ndvi/aaaa/4/0/0.png\u0661",
        "/ndvi/aaaa/\u0664/0/0.png",
        "/ndvi/aaaa/4/0/" + "9" * 400 + ".png",
        "/" + "n" * 65 + "/aaaa/4/0/0.png",
        "/ndvi/" + "a" * 129 + "/4/0/0.png",
        "//ndvi/aaaa/4/0/0.png",
    ],
)
def test_a_path_that_is_not_exactly_a_tile_finds_nothing(client, source, ending):
    line = f"GET /{client.server.token}/tiles{ending} HTTP/1.1\r\nHost: 127.0.0.1:{client.server.port}\r\n"

    answer = raw(client, line.encode() + CLOSE)

    assert answer.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 "))
    assert source.rendered == []


def test_a_query_does_not_change_the_tile(client):
    assert client.ask(client.path(3) + "?x=../../secret").body == b"4/3/0"


@pytest.mark.parametrize(
    "name", ["127.0.0.1", "localhost", "LOCALHOST", "a.localhost", "b.tiles.localhost", "[::1]"]
)
def test_names_of_this_machine_are_answered(client, name):
    assert client.ask(client.path(), Host=f"{name}:{client.server.port}").status == 200


@pytest.mark.parametrize(
    "host",
    [
        "example.org:{port}",
        "localhost.example.org:{port}",
        "notlocalhost:{port}",
        ".localhost:{port}",
        "127.0.0.1.example.org:{port}",
        "127.0.0.2:{port}",
        "0.0.0.0:{port}",
        "127.0.0.1:1",
        "127.0.0.1",
        "localhost:{port}0",
    ],
)
def test_a_strange_host_gets_the_same_403_for_every_path(client, source, host):
    host = host.format(port=client.server.port)
    replies = [client.ask(path, Host=host) for path in (client.path(), "/", "/nothing")]
    replies.append(client.ask(client.path(), "POST", Host=host))

    assert [reply.status for reply in replies] in ([403] * 4, [400] * 4)
    assert len({reply.body for reply in replies}) == 1
    assert source.rendered == []


@pytest.mark.parametrize(
    "headers",
    [
        "",
        "Host:\r\n",
        "Host: example.org:{port}\r\nHost: 127.0.0.1:{port}\r\n",
        "Host: 127.0.0.1:{port}/@x\r\n",
    ],
    ids=["none", "empty", "two", "with path"],
)
def test_a_request_without_one_clear_host_is_refused(client, source, headers):
    line = f"GET {client.path()} HTTP/1.1\r\n" + headers.format(port=client.server.port)

    answer = raw(client, line.encode() + CLOSE)

    assert b"200 OK" not in answer
    assert source.rendered == []


def test_an_old_client_without_a_host_is_refused(client, source):
    assert raw(client, f"GET {client.path()} HTTP/1.0\r\n\r\n".encode()).startswith(b"HTTP/1.1 403 ")
    assert source.rendered == []


def test_garbage_does_not_stop_the_server(client):
    for garbage in (b"\x00\xff", b"GET", b"GET / HTTP/9.9", b"GET / HTTP/1.1\r\nHost", b"A" * 100_000):
        assert b"200 OK" not in raw(client, garbage + b"\r\n\r\n")

    assert client.tile().status == 200


def test_an_error_of_the_source_says_nothing_about_it_but_the_log_does(client, source, caplog):
    source.answers[1] = RuntimeError("/home/user/secret.tif?signature=abc")

    reply = client.tile(1)

    assert reply.status == 500
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.body == b"the tile could not be made"
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.name == "tileserver.flights"
    assert record.exc_info[1] is source.answers[1]
    assert client.tile(2).status == 200


def test_the_token_is_in_no_log(client, source, caplog):
    caplog.set_level(logging.DEBUG)
    source.answers[1] = RuntimeError("broken")

    client.tile(1)
    client.tile(2)
    client.ask(client.path(version="bbbb"))
    client.ask(client.path(), "POST")
    client.ask(client.path(), Host="example.org")

    assert caplog.records
    assert client.server.token not in caplog.text
