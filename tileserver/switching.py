"""How quickly a busy kernel hands the interpreter over to the threads that serve tiles."""

import asyncio
import sys
import threading

QUICK = 0.0002
"""Seconds. A tile needs a dozen hand-overs; at the usual 5 ms a cell of pure Python holds up each so long."""

LINGER = 0.25
"""Seconds without a tile after which the user's interval comes back: a map asks for one tile upon another."""

HALF_A_STEP = 0.5e-6
"""`sys.setswitchinterval` cuts off to whole microseconds, so what was read has to be set a little higher."""


class SwitchInterval:
    """The interpreter's switch interval: `QUICK` while anybody holds it, then what the user had.

    An interval that is shorter by itself, or that the user sets meanwhile, is left alone.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0
        self._before: float | None = None  # what to restore

    def hold(self) -> None:
        """Ask for quick hand-overs; call `release` once for each call."""
        with self._lock:
            self._holders += 1
            before = sys.getswitchinterval()
            if self._holders == 1 and before > QUICK:
                self._before = before
                sys.setswitchinterval(QUICK + HALF_A_STEP)

    def release(self) -> None:
        """Ask for them no longer."""
        with self._lock:
            self._holders -= 1
            if self._holders or self._before is None:
                return
            if abs(sys.getswitchinterval() - QUICK) < HALF_A_STEP:  # else the user has set another
                sys.setswitchinterval(self._before + HALF_A_STEP)
            self._before = None


SWITCH_INTERVAL = SwitchInterval()
"""There is one interpreter."""


class Alertness:
    """One server's hold on the switch interval: from the first tile wanted until a while after the last.

    Everything runs on the server's loop.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._holding = False
        self._timer: asyncio.TimerHandle | None = None

    def wake(self) -> None:
        """A tile is wanted."""
        self._forget_timer()
        if not self._holding:
            self._holding = True
            SWITCH_INTERVAL.hold()

    def doze(self) -> None:
        """No tile is wanted now; perhaps one will be soon."""
        self._forget_timer()
        if self._holding:
            self._timer = self._loop.call_later(LINGER, self.end)

    def end(self) -> None:
        """Let go at once."""
        self._forget_timer()
        if self._holding:
            self._holding = False
            SWITCH_INTERVAL.release()

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
