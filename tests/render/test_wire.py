import os
import threading
from collections.abc import Iterator

import pytest

from descartes_flow.render.workers.wire import Wire


@pytest.fixture
def ends() -> Iterator[tuple[Wire, Wire]]:
    """Two ends of one wire."""
    one, other = os.pipe(), os.pipe()
    yield Wire(one[0], other[1]), Wire(other[0], one[1])
    for descriptor in (*one, *other):
        os.close(descriptor)


def test_values_arrive_in_order_even_when_they_come_at_once(ends):
    near, far = ends
    for value in ("first", b"", {"third": 3}):
        near.send(value)

    assert [far.receive() for _ in range(3)] == ["first", b"", {"third": 3}]


def test_a_value_that_no_pipe_can_hold_arrives_whole(ends):
    near, far = ends
    value = bytes(range(256)) * 20_000
    sending = threading.Thread(target=near.send, args=(value,))
    sending.start()

    received = far.receive()

    sending.join()
    assert received == value


def test_a_cut_wire_is_an_end_even_in_the_middle_of_a_value():
    incoming, outgoing = os.pipe()
    os.write(outgoing, b"\0\0\0\0\0\0\0\x09half")
    os.close(outgoing)

    with pytest.raises(EOFError, match="the other process has ended"):
        Wire(incoming, -1).receive()
    os.close(incoming)
