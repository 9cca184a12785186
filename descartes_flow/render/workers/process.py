"""`WorkerProcess`: a worker as the kernel sees it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys

from ...errors import JobTerminated
from .order import Drawn, Fault, Notice, Order
from .wire import Wire

CHILD = "descartes_flow.render.workers.child"
PIPE_BYTES = 1024 * 1024
"""A tile fits, so that it is there in one piece when a busy kernel comes to read it; Linux only."""


class WorkerDied(Exception):
    """A worker ended before it had answered."""


class WorkerProcess:
    """A fresh interpreter that carries out orders; never a fork, and the user's script is not run again.

    It has the kernel's path of modules and environment, and a session of its own: an interrupt of the kernel
    does not reach it.

    Raises
    ------
    JobTerminated
        If it cannot be started.
    """

    def __init__(self) -> None:
        try:
            self._process = self._started()
        except OSError as error:
            raise JobTerminated(f"a worker process cannot be started: {error}") from error
        assert self._process.stdin is not None and self._process.stdout is not None, "they are pipes"
        self._pipes = self._process.stdin, self._process.stdout
        self._wire = Wire(self._process.stdout.fileno(), self._process.stdin.fileno())

    @staticmethod
    def _started() -> subprocess.Popen[bytes]:
        path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)
        return subprocess.Popen(
            [sys.executable or "python", "-P", "-X", "faulthandler", "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            pipesize=PIPE_BYTES,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # of Windows
        )

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def draw(self, order: Order) -> Drawn:
        """Have it carry out an order; one at a time.

        Raises
        ------
        WorkerDied
            If it ends meanwhile, or had ended.
        DescartesFlowError
            What the order came upon.
        RuntimeError
            A bug, with the worker's traceback.
        """
        try:
            self._wire.send(order)
            answer = self._wire.receive()
        except (EOFError, OSError) as error:
            raise WorkerDied(self._end()) from error
        if isinstance(answer, Fault):
            raise RuntimeError(f"in a worker process:\n{answer.traceback}")
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Drawn), "a worker answers with a tile or says why there is none"
        return answer

    def tell(self, notice: Notice) -> None:
        """Send a notice, which is not answered; nothing happens if it has ended."""
        with contextlib.suppress(OSError):
            self._wire.send(notice)

    def end(self) -> None:
        """End it now, whatever it does."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End it and let go of the pipes; nobody may use it any more."""
        self.end()
        for pipe in self._pipes:
            pipe.close()

    def abandon(self) -> None:
        """Let go of the pipes of a worker that belongs to the process from which this one was forked."""
        for pipe in self._pipes:
            pipe.close()
        self._process.poll()  # it is not our child: so no warning that it still runs

    def _end(self) -> str:
        """How the process ended, once its pipe is closed."""
        code = self._process.wait()
        if code >= 0:
            return f"exit code {code}"
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
        return f"signal {-code}"
