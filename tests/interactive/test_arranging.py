"""Code and clicks change one map, in threads of their own."""

import sys
import threading

import ipyleaflet
import pytest

from descartes_flow.interactive.app import MapApp
from tests.interactive.conftest import eventually


@pytest.fixture(autouse=True)
def _quick_turns():
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(0.005)  # Python's own: what was here before may have been that of a tile under way


def test_what_one_thread_takes_off_the_other_does_not_put_back(croatia):
    before = croatia.layers, croatia.controls
    done = []

    def come_and_go(make):
        for _ in range(60):
            item = make()
            croatia.add(item)
            croatia.remove(item)
            item.close()
        done.append(make)

    def layer():
        return ipyleaflet.TileLayer(url="")

    def control():
        return ipyleaflet.ScaleControl()

    threads = [threading.Thread(target=come_and_go, args=(make,)) for make in (layer, control) * 2]
    for thread in threads:
        thread.start()
    eventually(lambda: not any(thread.is_alive() for thread in threads), seconds=60)

    assert len(done) == len(threads)
    assert (croatia.layers, croatia.controls) == before


def test_buttons_and_code_agree_about_tools_at_last(croatia):
    app = MapApp(croatia)
    done = []

    def switch(one, trait):
        for turn in range(100):
            setattr(one, trait, turn % 2 == 0)
        done.append(trait)

    tool, button = app.tools["inspector"], app._toolbar.children[0]
    switches = ((tool, "active"), (button, "value"), (croatia, "inspecting_pixels"))
    threads = [threading.Thread(target=switch, args=one) for one in switches]
    for thread in threads:
        thread.start()
    eventually(lambda: not any(thread.is_alive() for thread in threads), seconds=60)
    agreed = {tool.active, button.value, croatia.inspecting_pixels}
    app.close()

    assert len(done) == len(threads)
    assert len(agreed) == 1
