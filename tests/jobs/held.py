"""Work that waits in the middle of its run, so that a test can look at it."""

from __future__ import annotations

import threading
from typing import Any

import descartes_flow as wf
from descartes_flow.engine.run import Runner
from descartes_flow.errors import JobCancelled
from descartes_flow.jobs import Work
from descartes_flow.jobs.background import BACKGROUND


class Held(Work):
    """Does its work once it is let go, and asks meanwhile whether it shall stop, as every run does."""

    gate = threading.Event()
    entered = threading.Semaphore(0)

    @classmethod
    def begin(cls) -> None:
        """Hold what comes from now on."""
        cls.gate, cls.entered = threading.Event(), threading.Semaphore(0)

    @classmethod
    def let_go(cls) -> None:
        """Hold nothing any more."""
        cls.gate.set()

    @classmethod
    def wait_until_one_runs(cls) -> None:
        """Return when a further run has come to the gate."""
        assert cls.entered.acquire(timeout=30)

    @classmethod
    def adding(cls, number: int = 1) -> Held:
        """Work whose result is 1 + `number`."""
        return cls.of(wf.Int(1) + number, None, {}, True, "raise", "held")

    def run(self, runner: Runner) -> Any:
        """Wait at the gate, then compute."""
        runner.progress.expect(3)
        runner.progress.done()
        self.entered.release()
        while not self.gate.wait(0.01):
            if runner.cancelled():
                raise JobCancelled
        return super().run(runner)


def forgotten(job: wf.Job) -> str:
    """The id of a job that is done, and from now on known by the store alone, as in another process."""
    job.wait()
    BACKGROUND.tasks.pop(job.id, None)
    return job.id
