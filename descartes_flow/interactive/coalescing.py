"""Many changes, few updates."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

PAUSE = 0.15
"""Seconds between two updates: a slider that is dragged sends more changes than anybody can look at."""


class Timer(Protocol):
    """What a Coalescer needs of `threading.Timer`."""

    daemon: bool

    def start(self) -> None:
        """Let the time run."""

    def cancel(self) -> None:
        """Never call, if it has not yet."""


NewTimer = Callable[[float, Callable[[], None]], Timer]
"""``(seconds, function) -> Timer``, which calls the function when the time is over."""


class Coalescer:
    """Calls a function when somebody asks: at once, then once per pause, and always for the last request.

    Requests may come from any thread. Two calls never overlap, and no lock is held during one: it may set
    traits, whose observers may request again.

    Parameters
    ----------
    act : callable
        Brings things up to date; called in the thread of a request, or in that of a timer.
    pause : float
        Seconds between the end of one call and the begin of the next.
    timer : callable, optional
        ``(seconds, function) -> Timer``.
    at_once : bool
        False: also the first request waits for a pause, and so never acts in the thread that makes it.
    """

    def __init__(
        self,
        act: Callable[[], None],
        pause: float = PAUSE,
        timer: NewTimer = threading.Timer,
        *,
        at_once: bool = True,
    ) -> None:
        self._at_once = at_once
        self._act = act
        self._pause = pause
        self._new_timer = timer
        self._lock = threading.Lock()
        self._wanted = False
        self._acting = False
        self._holds = 0
        self._timer: Timer | None = None  # runs during a pause
        self._closed = False

    def request(self) -> None:
        """Act now, or when the pause is over, or when nobody holds any more."""
        with self._lock:
            self._wanted = True
            if self._timer is not None:
                return
            if not self._at_once and not (self._acting or self._holds):
                self._begin_pause()
                return
            if not self._may_begin():
                return
        self._run()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Collect requests; if there were any, the outermost hold acts once when it ends, pause or not."""
        with self._lock:
            self._holds += 1
        try:
            yield
        finally:
            with self._lock:
                self._holds -= 1
                begins = self._wanted and self._may_begin()
            if begins:
                self._run()

    def close(self) -> None:
        """Never act again; a call under way still ends."""
        with self._lock:
            self._closed = True
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()

    def _may_begin(self) -> bool:
        """Whether to act now; if so, the caller has to. Called with the lock."""
        if self._acting or self._holds or self._closed:
            return False
        self._acting = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        return True

    def _run(self) -> None:
        with self._lock:
            self._wanted = False
        try:
            self._act()
        finally:
            with self._lock:
                self._acting = False
                self._begin_pause()

    def _begin_pause(self) -> None:
        if not self._closed:
            self._timer = self._new_timer(self._pause, self._pause_over)
            self._timer.daemon = True
            self._timer.start()

    def _pause_over(self) -> None:
        with self._lock:
            self._timer = None
            begins = self._wanted and self._may_begin()
        if begins:
            self._run()
