"""Whether a layer shows all that it should, once nothing happens to it any more."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ..coalescing import NewTimer, Timer

PAUSE = 0.5
"""Seconds without any request after which a browser has asked for all that it will ask for."""


class SettleCheck:
    """Has a layer drawn anew where the browser has lost tiles: once for each version that is shown.

    It looks when nothing has happened for a pause, to other layers neither: browsers ask for six tiles at a
    time, so those of a layer may wait behind slow ones of another. There is no timer while nothing happens.

    Parameters
    ----------
    state : callable
        Something that is another when anything has happened, and None while it still happens.
    missing : callable
        Whether tiles are missing; called in the thread of a timer.
    redraw : callable
        Draws the layer anew; called there, too.
    pause : float
        Seconds.
    timer : callable, optional
        ``(seconds, function) -> Timer``.
    """

    def __init__(
        self,
        state: Callable[[], object],
        missing: Callable[[], bool],
        redraw: Callable[[], None],
        pause: float = PAUSE,
        timer: NewTimer = threading.Timer,
    ) -> None:
        self._state = state
        self._missing = missing
        self._redraw = redraw
        self._pause = pause
        self._new_timer = timer
        self._lock = threading.Lock()
        self._timer: Timer | None = None
        self._seen: object = None  # the state when the timer began
        self._spent = True  # whether no more is to be drawn anew
        self._closed = False

    def begin(self) -> None:
        """Another version is shown from now on."""
        with self._lock:
            self._spent = False
        self.touch()

    def touch(self) -> None:
        """Something happened: a tile was asked for or answered, or the view moved."""
        with self._lock:
            if self._timer is None and not self._spent:
                self._wait(self._state())

    def spend(self) -> None:
        """Leave the layer as it is until another version is shown."""
        with self._lock:
            self._spent = True

    def close(self) -> None:
        """Never look again."""
        with self._lock:
            self._closed = self._spent = True
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()

    def _wait(self, state: object) -> None:
        if self._closed:
            return
        self._seen = state
        self._timer = self._new_timer(self._pause, self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        state = self._state()
        with self._lock:
            self._timer = None
            if self._spent:
                return
            if state is None or state != self._seen:
                self._wait(state)
                return
        if self._missing():
            self.spend()
            self._redraw()
