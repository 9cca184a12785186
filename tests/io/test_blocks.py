import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from descartes_flow._settings import settings
from descartes_flow.errors import ReadError
from descartes_flow.io.blocks import Address, BlockCache, Plane, Rectangle, addresses, rectangles
from descartes_flow.io.datasets import FileKey

PLANE = Plane(FileKey("/images/a.tif", "GTiff", 1, 1, None), 1)
SQUARE = [Address(0, 0), Address(0, 1), Address(1, 0), Address(1, 1)]


def numbered(rectangle):
    """Blocks of 10 x 10 bytes that hold 10 * row + col."""
    return {place: np.full((10, 10), 10 * place.row + place.col, "uint8") for place in addresses(rectangle)}


def test_adjacent_blocks_are_decoded_in_one_read():
    cache = BlockCache()
    blocks = cache.fetch(PLANE, SQUARE, numbered)

    assert [int(blocks[place][0, 0]) for place in SQUARE] == [0, 1, 10, 11]
    assert (cache.reads, cache.decodes, cache.hits, cache.waits) == (1, 4, 0, 0)
    assert cache.nbytes == 400


def test_only_missing_blocks_are_decoded():
    cache = BlockCache()
    cache.fetch(PLANE, SQUARE[:2], numbered)
    cache.fetch(PLANE, SQUARE, numbered)

    assert (cache.reads, cache.decodes, cache.hits) == (2, 4, 2)


def test_bands_levels_and_states_of_a_file_are_kept_apart():
    cache = BlockCache()
    for band, level, modified in [(1, None, 1), (2, None, 1), (1, 0, 1), (1, None, 2)]:
        cache.fetch(Plane(FileKey("/images/a.tif", "GTiff", 1, modified, level), band), SQUARE[:1], numbered)

    assert (cache.decodes, cache.hits) == (4, 0)


def test_kept_blocks_cannot_be_written_to():
    block = BlockCache().fetch(PLANE, SQUARE[:1], numbered)[Address(0, 0)]

    with pytest.raises(ValueError, match="read-only"):
        block[0, 0] = 1


def test_the_longest_unused_block_goes_first(monkeypatch):
    monkeypatch.setattr(settings, "block_cache_bytes", 250)
    cache = BlockCache()
    for col in (0, 1, 0, 2, 0, 1):  # two fit: 2 drives out 1, which is then missing
        cache.fetch(PLANE, [Address(0, col)], numbered)

    assert (cache.decodes, cache.hits) == (4, 2)
    assert cache.nbytes == 200


def test_the_size_follows_the_setting(monkeypatch):
    cache = BlockCache()
    cache.fetch(PLANE, SQUARE, numbered)
    monkeypatch.setattr(settings, "block_cache_bytes", 100)
    cache.fetch(PLANE, [Address(5, 5)], numbered)

    assert cache.nbytes == 100


def test_a_block_larger_than_the_cache_is_given_but_not_kept(monkeypatch):
    monkeypatch.setattr(settings, "block_cache_bytes", 99)
    cache = BlockCache()
    blocks = cache.fetch(PLANE, SQUARE, numbered)

    assert len(blocks) == 4
    assert cache.nbytes == 0


class Gate:
    """A decoder that waits until it is let through."""

    def __init__(self, error: ReadError | None = None) -> None:
        self.entered, self.open, self.error, self.calls = threading.Event(), threading.Event(), error, []

    def __call__(self, rectangle):
        self.calls.append(rectangle)
        self.entered.set()
        assert self.open.wait(10)
        if self.error:
            raise self.error
        return numbered(rectangle)


def wait_for(condition) -> None:
    ticks = threading.Event()
    for _ in range(1000):
        if condition():
            return
        ticks.wait(0.01)
    raise AssertionError("waited in vain")


def test_two_threads_that_ask_for_one_block_decode_it_once():
    cache, gate = BlockCache(), Gate()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(cache.fetch, PLANE, SQUARE, gate)
        assert gate.entered.wait(10)
        second = threads.submit(cache.fetch, PLANE, SQUARE[:1], gate)
        wait_for(lambda: cache.waits == 1)
        gate.open.set()

    assert gate.calls == [Rectangle(0, 0, 2, 2)]
    assert second.result()[Address(0, 0)] is first.result()[Address(0, 0)]


def test_an_error_reaches_all_who_wait_and_is_not_remembered():
    cache, gate = BlockCache(), Gate(ReadError("a", "red", "broken"))
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(cache.fetch, PLANE, SQUARE, gate)
        assert gate.entered.wait(10)
        second = threads.submit(cache.fetch, PLANE, SQUARE, gate)
        wait_for(lambda: cache.waits == 4)
        gate.open.set()
    healed = cache.fetch(PLANE, SQUARE, numbered)

    assert isinstance(first.exception(), ReadError)
    assert isinstance(second.exception(), ReadError)
    assert len(gate.calls) == 1
    assert len(healed) == 4


def test_who_waits_for_a_reader_that_was_interrupted_decodes_himself():
    cache = BlockCache()
    entered, leave = threading.Event(), threading.Event()

    def interrupted(rectangle):
        entered.set()
        assert leave.wait(10)
        raise KeyboardInterrupt

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(cache.fetch, PLANE, SQUARE, interrupted)
        assert entered.wait(10)
        second = threads.submit(cache.fetch, PLANE, SQUARE, numbered)
        wait_for(lambda: cache.waits == 4)
        leave.set()

    assert isinstance(first.exception(), KeyboardInterrupt)
    assert len(second.result()) == 4


def test_many_threads_decode_each_block_once():
    cache = BlockCache()
    places = [Address(row, col) for row in range(8) for col in range(8)]
    seen: list[Address] = []

    def noting(rectangle):
        seen.extend(addresses(rectangle))
        return numbered(rectangle)

    with ThreadPoolExecutor(16) as threads:
        results = list(
            threads.map(lambda n: cache.fetch(PLANE, places[n % 32 : n % 32 + 32], noting), range(200))
        )

    assert sorted(seen) == sorted(set(seen))
    assert all(len(result) == 32 for result in results)
    assert cache.hits + cache.waits + cache.decodes == 200 * 32


@given(st.sets(st.builds(Address, st.integers(0, 6), st.integers(0, 6))))
def test_rectangles_cover_each_block_once(blocks):
    covered = [place for rectangle in rectangles(blocks) for place in addresses(rectangle)]

    assert sorted(covered) == sorted(blocks)


def test_a_full_rectangle_is_one_rectangle():
    whole = Rectangle(3, 4, 5, 6)

    assert rectangles(addresses(whole)) == [whole]
