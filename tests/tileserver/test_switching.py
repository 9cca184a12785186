import subprocess
import sys

import pytest

from tests.tileserver.conftest import PATIENCE, until
from tests.tileserver.test_flights import begin
from tileserver import switching
from tileserver.switching import HALF_A_STEP, QUICK, SwitchInterval

SHORT = pytest.approx(QUICK)


@pytest.fixture(autouse=True)
def usual(monkeypatch):
    """The interval of a fresh interpreter, whatever a server of an earlier test still holds."""
    monkeypatch.setattr(switching.SWITCH_INTERVAL, "_before", None)  # when that lets go, nothing changes
    monkeypatch.setattr(switching, "SWITCH_INTERVAL", SwitchInterval())
    sys.setswitchinterval(0.005)
    yield sys.getswitchinterval()
    sys.setswitchinterval(0.005)


@pytest.fixture
def brief(monkeypatch):
    """The user's interval comes back as soon as no tile is wanted."""
    monkeypatch.setattr(switching, "LINGER", 0.0)


@pytest.mark.parametrize("microseconds", [201, 333, 4_999, 5_000, 5_001, 123_457])
def test_the_interval_comes_back_to_the_microsecond(microseconds):
    interval = SwitchInterval()
    sys.setswitchinterval(microseconds * 1e-6 + HALF_A_STEP)

    interval.hold()
    held = sys.getswitchinterval()
    interval.release()

    assert held == SHORT
    assert sys.getswitchinterval() == microseconds * 1e-6


def test_the_last_holder_brings_it_back(usual):
    interval = SwitchInterval()
    interval.hold()
    interval.hold()

    interval.release()
    assert sys.getswitchinterval() == SHORT
    interval.release()
    assert sys.getswitchinterval() == usual


def test_an_interval_that_is_shorter_is_left_alone():
    interval = SwitchInterval()
    sys.setswitchinterval(0.0001)

    interval.hold()
    assert sys.getswitchinterval() == pytest.approx(0.0001)
    interval.release()
    assert sys.getswitchinterval() == pytest.approx(0.0001)


def test_an_interval_that_the_user_sets_meanwhile_stays(usual):
    interval = SwitchInterval()
    interval.hold()
    sys.setswitchinterval(0.25)
    interval.release()
    assert sys.getswitchinterval() == 0.25

    interval.hold()
    interval.release()
    assert sys.getswitchinterval() == 0.25


def test_it_is_short_while_a_tile_is_made_and_then_as_before(client, source, usual, brief):
    running = begin(client, source, 0)
    assert sys.getswitchinterval() == SHORT

    source.held[0].set()
    assert running.result(PATIENCE).status == 200
    until(lambda: sys.getswitchinterval() == usual)


def test_it_stays_short_for_a_while_as_a_map_asks_again_soon(client, monkeypatch):
    monkeypatch.setattr(switching, "LINGER", 1000.0)
    client.tile(0)
    assert client.server.wait_idle(PATIENCE)

    assert sys.getswitchinterval() == SHORT


def test_it_comes_back_after_an_error(client, source, usual, brief):
    source.answers[0] = RuntimeError("broken")
    assert client.tile(0).status == 500

    until(lambda: sys.getswitchinterval() == usual)


def test_it_comes_back_when_the_server_stops_in_the_middle_of_a_tile(client, source, usual):
    begin(client, source, 0)

    client.server.stop(timeout=0.1)

    until(lambda: sys.getswitchinterval() == usual)


def test_two_servers_share_it(serve, source, usual):
    first, second = serve(threads=1), serve(threads=1)
    begin(first, source, 0)
    begin(second, source, 1)

    first.server.stop(timeout=0.1)
    assert sys.getswitchinterval() == SHORT
    second.server.stop(timeout=0.1)
    until(lambda: sys.getswitchinterval() == usual)


def test_it_is_back_when_the_interpreter_ends():
    code = """
import atexit, sys, threading, urllib.request
atexit.register(lambda: print(round(sys.getswitchinterval(), 7)))
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
print(round(sys.getswitchinterval(), 7))
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

    assert ended.stdout.split() == ["0.0002", "0.005"]
