import base64
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import pytest

import tileserver
from tests.tileserver.conftest import PATIENCE, Source
from tileserver import TileServer


def server_threads():
    return {thread for thread in threading.enumerate() if thread.name.startswith("tile-")}


def test_a_map_finds_tiles_at_the_url_template(client):
    template = client.server.url_template("ndvi", "aaaa")
    url = template.format(z=4, x=3, y=5)

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{43}/tiles/ndvi/aaaa/\{z}/\{x}/\{y}\.png", template)
    assert client.ask(url.removeprefix(f"http://127.0.0.1:{client.server.port}")).body == b"4/3/5"


def test_a_forced_retry_has_a_url_of_its_own(client):
    assert "/ndvi/aaaa-2/{z}/" in client.server.url_template("ndvi", "aaaa", retry=2)


@pytest.mark.parametrize(
    ("layer", "version", "retry"),
    [
        ("a/b", "aaaa", 0),
        ("", "aaaa", 0),
        ("ndvi", "a-1", 0),
        ("ndvi", "..", 0),
        ("ndvi", "aaaa\n", 0),
        ("ndvi", "a", -1),
    ],
)
def test_names_that_a_url_cannot_hold_are_refused(client, layer, version, retry):
    with pytest.raises(ValueError, match=r"^url_template\((layer|version|retry)=\): expected "):
        client.server.url_template(layer, version, retry)


def test_a_token_has_256_bits_and_is_never_the_same():
    tokens = [TileServer(Source()).token for _ in range(3)]

    assert len(set(tokens)) == 3
    assert {len(base64.urlsafe_b64decode(token + "=")) for token in tokens} == {32}


def test_tiles_come_while_the_main_thread_runs_a_busy_loop(client):
    replies = []
    asking = threading.Thread(target=lambda: replies.extend(client.tile(x).status for x in range(3)))
    asking.start()
    end = time.monotonic() + PATIENCE
    turns = 0
    while len(replies) < 3 and time.monotonic() < end:
        turns += 1

    asking.join()
    assert replies == [200, 200, 200]
    assert turns > 0


def test_no_other_address_of_this_machine_listens(client):
    with pytest.raises(OSError, match=r".+"):
        socket.create_connection(("127.0.0.2", client.server.port), timeout=PATIENCE)


def test_the_other_loopback_address_can_be_chosen(source):
    try:
        server = TileServer(source, host="::1").start()
    except OSError as error:
        pytest.skip(f"no IPv6 here: {error}")
    with server:
        url = server.url_template("ndvi", "aaaa").format(z=4, x=3, y=5)

        assert url.startswith(f"http://[::1]:{server.port}/")
        assert urllib.request.urlopen(url, timeout=PATIENCE).read() == b"4/3/5"


def test_starting_twice_keeps_the_port(client):
    port = client.server.port

    assert client.server.start().port == port
    assert client.tile().status == 200


def test_stopping_frees_the_port_and_ends_the_threads(source):
    before = server_threads()
    server = TileServer(source, threads=3).start()
    port = server.port
    assert len(server_threads() - before) == 4

    server.stop()

    assert server_threads() == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    with TileServer(source, port=port) as successor:
        assert successor.port == port


def test_a_stopped_server_can_be_stopped_again_asked_and_started_anew(source, serve):
    client = serve(threads=1)
    client.tile(1)

    client.server.stop()
    client.server.stop()

    assert client.server.wait_idle(0) is True
    client.server.supersede("ndvi")
    assert client.counts().done == 1
    client.server.start()
    assert client.tile(2).status == 200


def test_stopping_turns_away_who_waits_and_tells_running_tiles_to_stop(client, source):
    source.hold(0)
    running = client.later(0)
    source.begun.get(timeout=PATIENCE)

    client.server.stop(timeout=0.1)

    assert running.exception(PATIENCE) is not None or running.result().status == 503
    source.held[0].set()
    assert source.stopped.get(timeout=PATIENCE) == 0


def test_a_server_that_does_not_run_says_so():
    server = TileServer(Source())

    with pytest.raises(
        RuntimeError, match=r"TileServer\.port: the server does not run; call start\(\) first"
    ):
        _ = server.port
    with pytest.raises(RuntimeError, match=r"TileServer\.url_template: the server does not run"):
        server.url_template("ndvi", "aaaa")
    assert server.statistics() == {}


@pytest.mark.parametrize(
    "wrong", [{"host": "0.0.0.0"}, {"host": "localhost"}, {"threads": 0}, {"queued": 0}, {"tile_seconds": -1}]
)
def test_options_out_of_range_are_refused(wrong):
    (name,) = wrong

    with pytest.raises(ValueError, match=rf"^TileServer\({name}=\): expected "):
        TileServer(Source(), **wrong)


def test_a_port_that_is_taken_is_an_error_of_start(client):
    second = TileServer(Source(), port=client.server.port)
    before = server_threads()

    with pytest.raises(OSError, match=r"[Aa]ddress already in use|in use"):
        second.start()

    assert server_threads() == before


def test_a_server_keeps_no_interpreter_from_ending():
    code = """
import threading, urllib.request
from tileserver import Response, TileServer

class Hanging:
    def state(self, layer, version): return "current"
    def render_tile(self, request, cancelled):
        begun.set()
        threading.Event().wait()

begun = threading.Event()
url = TileServer(Hanging(), threads=1).start().url_template("a", "b").format(z=0, x=0, y=0)
threading.Thread(target=urllib.request.urlopen, args=(url,), daemon=True).start()
assert begun.wait(20)
print("ended")
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

    assert ended.stdout == "ended\n"
    assert ended.returncode == 0


def test_the_server_loads_nothing_but_tornado_and_the_standard_library():
    code = """
import sys
before = {name.partition(".")[0] for name in sys.modules}
from tileserver import TileServer
after = {name.partition(".")[0] for name in sys.modules}
aliases = {"__mp_main__"}  # multiprocessing's name for __main__
print(*sorted(after - before - aliases - set(sys.stdlib_module_names)))
"""
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert printed == "tileserver tornado\n"


def test_who_only_makes_tiles_loads_no_server():
    code = "import sys, tileserver; print({'asyncio', 'tornado'} & set(sys.modules))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert printed == "set()\n"
    with pytest.raises(AttributeError, match="module 'tileserver' has no attribute 'TileSever'"):
        tileserver.TileSever  # noqa: B018
