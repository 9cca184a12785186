import threading

from descartes_flow.interactive.latest import Latest
from tests.interactive.conftest import eventually


def test_only_what_was_asked_for_last_is_taken():
    taken, released, told = [], threading.Event(), []
    latest = Latest(taken.append, "nothing", "test")

    def slowly(cancelled):
        released.wait(20)
        told.append(cancelled())
        return "first"

    latest.start(slowly)
    latest.start(lambda cancelled: "second")
    eventually(lambda: taken == ["second"])
    released.set()
    eventually(lambda: told)

    assert told == [True]
    assert taken == ["second"]


def test_what_fails_counts_as_nothing(monkeypatch):
    taken = []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: None)
    Latest(taken.append, "nothing", "test").start(lambda cancelled: 1 / 0)

    eventually(lambda: taken == ["nothing"])


def test_nothing_is_taken_of_what_was_dropped():
    taken, released, threads = [], threading.Event(), []
    latest = Latest(taken.append, "nothing", "test")

    def slowly(cancelled):
        threads.append(threading.current_thread())
        released.wait(20)
        return "late"

    latest.start(slowly)
    eventually(lambda: threads)
    latest.drop()
    released.set()
    threads[0].join()

    assert taken == []
