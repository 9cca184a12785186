import pytest

from descartes_flow.interactive.tiles.settling import SettleCheck
from tests.interactive.test_coalescing import Clock


class Layer:
    """Counts how often it is asked and drawn anew."""

    def __init__(self):
        self.state = 1
        self.missing = True
        self.asked = self.drawn = 0

    def is_missing(self):
        self.asked += 1
        return self.missing

    def redraw(self):
        self.drawn += 1


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def layer():
    return Layer()


@pytest.fixture
def check(layer, clock):
    return SettleCheck(lambda: layer.state, layer.is_missing, layer.redraw, timer=clock.timer)


def test_a_layer_that_misses_tiles_is_drawn_anew(check, layer, clock):
    check.begin()
    clock.pass_pause()

    assert layer.drawn == 1
    assert clock.running == []


def test_as_long_as_something_happens_nobody_looks(check, layer, clock):
    check.begin()
    for state in (2, None, None, 3):
        layer.state = state
        check.touch()
        clock.pass_pause()
    busy = layer.asked
    clock.pass_pause()

    assert (busy, layer.asked) == (0, 1)


def test_a_version_is_drawn_anew_once(check, layer, clock):
    check.begin()
    clock.pass_pause()
    check.touch()
    once = (layer.drawn, len(clock.running))
    check.begin()
    clock.pass_pause()

    assert once == (1, 0)
    assert layer.drawn == 2


def test_what_is_whole_is_left_alone_and_looked_at_again_after_the_next_tiles(check, layer, clock):
    layer.missing = False
    check.begin()
    clock.pass_pause()
    whole = (layer.asked, layer.drawn, len(clock.running))
    layer.missing = True
    check.touch()
    clock.pass_pause()

    assert whole == (1, 0, 0)
    assert layer.drawn == 1


def test_what_is_to_stay_as_it_is_stays(check, layer, clock):
    check.begin()
    check.touch()
    check.spend()
    clock.pass_pause()
    check.touch()

    assert (layer.asked, clock.running) == (0, [])


def test_a_closed_check_has_no_timer(check, layer, clock):
    check.begin()
    check.close()
    check.begin()
    check.touch()

    assert clock.running == []
