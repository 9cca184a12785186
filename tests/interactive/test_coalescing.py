import threading

import pytest

from descartes_flow.interactive.coalescing import Coalescer


class Clock:
    """Timers that end when the test says so."""

    def __init__(self):
        self.running = []

    def timer(self, seconds, function):
        clock = self

        class Timer:
            daemon = False

            def start(self):
                clock.running.append(self)

            def cancel(self):
                if self in clock.running:
                    clock.running.remove(self)

            def end(self):
                clock.running.remove(self)
                function()

        return Timer()

    def pass_pause(self):
        (timer,) = self.running
        timer.end()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def acts():
    return []


@pytest.fixture
def coalescer(clock, acts):
    return Coalescer(lambda: acts.append(len(acts)), timer=clock.timer)


def test_the_first_request_acts_at_once(coalescer, acts):
    coalescer.request()

    assert len(acts) == 1


def test_requests_during_the_pause_act_once_when_it_is_over(coalescer, acts, clock):
    for _ in range(5):
        coalescer.request()
    during = len(acts)
    clock.pass_pause()

    assert (during, len(acts)) == (1, 2)


def test_a_pause_without_requests_ends_in_silence(coalescer, acts, clock):
    coalescer.request()
    clock.pass_pause()

    assert len(acts) == 1
    assert clock.running == []


def test_the_outermost_hold_acts_once_and_does_not_wait_for_the_pause(coalescer, acts):
    coalescer.request()
    with coalescer.hold():
        coalescer.request()
        with coalescer.hold():
            coalescer.request()
        within = len(acts)

    assert (within, len(acts)) == (1, 2)


def test_a_hold_without_requests_does_not_act(coalescer, acts):
    with coalescer.hold():
        pass

    assert acts == []


def test_a_request_from_within_is_not_lost_and_does_not_nest(clock):
    depth, deepest, count = 0, 0, 0

    def act():
        nonlocal depth, deepest, count
        depth += 1
        deepest = max(deepest, depth)
        count += 1
        if count == 1:
            coalescer.request()
        depth -= 1

    coalescer = Coalescer(act, timer=clock.timer)
    coalescer.request()
    clock.pass_pause()

    assert (count, deepest) == (2, 1)


def test_a_request_of_another_thread_while_acting_is_acted_on_later(clock):
    begun, go_on, seen = threading.Event(), threading.Event(), []
    value = 1

    def act():
        seen.append(value)
        begun.set()
        go_on.wait(10)

    coalescer = Coalescer(act, timer=clock.timer)
    thread = threading.Thread(target=coalescer.request)
    thread.start()
    begun.wait(10)
    value = 2
    coalescer.request()  # returns at once: the other thread is acting
    go_on.set()
    thread.join(10)
    clock.pass_pause()

    assert seen == [1, 2]


def test_after_close_nothing_acts_and_no_timer_runs(coalescer, acts, clock):
    coalescer.request()
    coalescer.request()
    coalescer.close()
    coalescer.request()

    assert len(acts) == 1
    assert clock.running == []


def test_a_call_that_fails_does_not_block_later_ones(clock):
    calls = []

    def act():
        calls.append(1)
        if len(calls) == 1:
            raise OSError("once")

    coalescer = Coalescer(act, timer=clock.timer)
    with pytest.raises(OSError, match="once"):
        coalescer.request()
    clock.pass_pause()
    coalescer.request()

    assert len(calls) == 2
