import pytest

from tileserver import TileRequest
from tileserver.waiting import Waiting


def tile(x, z=4, layer="ndvi", version="aaaa"):
    return TileRequest(layer=layer, version=version, x=x, y=0, z=z)


def queue(*requests):
    waiting = Waiting()
    for request in requests:
        waiting.add(request, request)
    return waiting


def drained(waiting):
    """All that waits, in the order in which it would be made."""
    order = []
    while waiting:
        order.append(waiting.next())
        waiting.remove(order[-1])
    return order


def test_tiles_of_one_view_are_made_in_the_order_of_their_requests():
    tiles = [tile(3), tile(1), tile(2)]

    assert drained(queue(*tiles)) == tiles


@pytest.mark.parametrize(
    "newer", [{"z": 5}, {"version": "bbbb"}, {"layer": "rgb"}], ids=["zoom", "version", "layer"]
)
def test_the_newest_view_is_made_first(newer):
    old, new = [tile(0), tile(1)], [tile(0, **newer), tile(1, **newer)]

    assert drained(queue(*old, *new)) == [*new, *old]


def test_a_view_that_is_done_with_is_new_when_it_is_asked_for_again():
    waiting = queue(tile(0), tile(0, z=5))
    waiting.remove(tile(0))
    waiting.add(tile(1), tile(1))

    assert drained(waiting) == [tile(1), tile(0, z=5)]


def test_the_oldest_of_the_oldest_view_is_given_up_first():
    assert queue(tile(0), tile(1), tile(0, z=5)).stalest() == tile(0)


def test_what_does_not_wait_is_removed_without_effect():
    waiting = queue(tile(0))
    waiting.remove(tile(1))
    waiting.remove(tile(0, z=5))

    assert len(waiting) == 1
    assert drained(waiting) == [tile(0)]


def test_nothing_waits_is_an_error():
    with pytest.raises(KeyError, match="nothing waits"):
        queue().next()
