import pytest

from descartes_flow.geo import Tile
from descartes_flow.interactive.tiles.progress import Showing, TileProgress
from tileserver import Place, Served


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


VIEW = frozenset({Tile(x=0, y=0, z=2), Tile(x=1, y=0, z=2), Tile(x=2, y=0, z=2)})


@pytest.fixture
def showing(clock):
    """Needs three tiles; shown at 100 seconds."""
    showing = Showing("aaaa", VIEW, clock)
    showing.begin()
    return showing


def served(*columns, at=100.0, fresh_until=0.0, failed=False, drawn=True):
    return {Place(x, 0, 2): Served(drawn, failed, at, fresh_until) for x in columns}


def test_what_counts_is_what_the_view_needs(showing):
    answers = served(0, 7) | served(1, failed=True)

    assert showing.progress(answers, under_way=1) == TileProgress(1, 3, 1, 0.0, 1)
    assert showing.is_missing_tiles(answers)
    assert not showing.is_missing_tiles(answers | served(2))


def test_a_message_is_drawn_and_a_refusal_is_not(showing):
    assert not showing.is_missing_tiles(served(0, 1) | served(2, failed=True))
    assert showing.is_missing_tiles(served(0, 1) | served(2, failed=True, drawn=False))


def test_an_older_answer_counts_while_the_browser_may_keep_it(showing, clock):
    answers = served(0, 1) | served(2, at=50.0, fresh_until=120.0)
    before = showing.is_missing_tiles(answers)
    clock.now = 121.0

    assert not before
    assert showing.is_missing_tiles(answers)
    assert showing.progress(answers, 0).done == 2


def test_without_a_view_the_tiles_that_were_asked_for_count(clock):
    showing = Showing("aaaa", None, clock)
    showing.begin()
    answers = served(0, 1)

    assert showing.progress(answers, under_way=4)[:3] == (2, 6, 0)
    assert not showing.is_missing_tiles(answers)


def test_a_hidden_layer_needs_nothing(showing):
    showing.end()

    assert showing.progress(served(0), under_way=0) == TileProgress()
    assert not showing.is_missing_tiles({})


def test_the_time_runs_from_the_first_request_to_the_last_answer(showing, clock):
    clock.now = 103.0
    showing.count(2)
    clock.now = 104.5
    showing.count(1)
    during = showing.progress({}, 1).seconds
    clock.now = 105.0
    running = showing.progress({}, 1).seconds
    showing.count(0)
    clock.now = 200.0

    assert (during, running, showing.progress({}, 0).seconds) == (1.5, 2.0, 2.0)


def test_tiles_after_a_pause_have_a_time_of_their_own(showing, clock):
    showing.count(1)
    clock.now = 110.0
    showing.count(0)
    clock.now = 150.0
    showing.count(3)
    clock.now = 151.0
    showing.count(0)

    assert showing.progress({}, 0).seconds == 1.0


def test_tiles_are_asked_for_again_once(showing):
    showing.retry()

    assert showing.retries == 1
    assert (showing.begin(), showing.begin()) == (True, False)
