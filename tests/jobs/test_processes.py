"""Jobs of several processes, of processes that end too early, and of those that are killed."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import descartes_flow as wf
from descartes_flow.errors import JobCancelled, JobInterrupt, JobTerminated, JobTimeoutError
from tests.source_tree import REPOSITORY

BEGIN = """
import sys
import descartes_flow as wf
from tests.jobs.held import Held

def say(*words):
    print(*words, flush=True)
"""


class Child:
    """Another process that uses the same home; it is told what to do by lines, and answers by lines."""

    def __init__(self, home: Path, script: str) -> None:
        environment = os.environ | {"DESCARTES_FLOW_HOME": str(home), "PYTHONWARNINGS": "error"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", BEGIN + textwrap.dedent(script)],
            cwd=REPOSITORY,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def words(self) -> list[str]:
        """The next line that it says."""
        return self.process.stdout.readline().split()

    def go_on(self) -> None:
        """Let it go on where it waits for a line."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def end(self) -> int:
        """Wait for its end; the exit code."""
        self.process.communicate(timeout=60)
        return self.process.returncode


@pytest.fixture
def child(home):
    """Starts another process."""
    children = []

    def start(script: str) -> Child:
        children.append(Child(home, script))
        return children[-1]

    yield start
    for process in (made.process for made in children):
        process.kill()
        process.communicate()


HELD = """
job = wf.Job.of(Held.adding(41))
Held.wait_until_one_runs()
say(job.id)
sys.stdin.readline()
Held.let_go()
say(job.result())
"""


def test_a_job_is_seen_from_another_process_while_it_runs_and_afterwards(child):
    other = child(HELD)
    job = wf.Job.get(*other.words())

    assert job.done is False
    with pytest.raises(JobTimeoutError):
        job.wait(0.1, cancel_on_timeout=False)
    other.go_on()
    assert other.words() == ["42"]
    assert job.result() == 42
    assert job.stage == "SUCCEEDED"
    assert job.object.graft == (wf.Int(1) + 41).graft
    assert other.end() == 0
    assert wf.Job.get(job.id).result() == 42


def test_a_job_is_cancelled_from_another_process(child):
    other = child(HELD + "say(job.stage)")
    job = wf.Job.get(*other.words())
    job.cancel()

    with pytest.raises(JobCancelled, match=f"job {job.id} was cancelled"):
        job.result(timeout=30)
    assert job.cancelled


def test_a_job_that_has_not_begun_is_cancelled_from_another_process_at_once(child):
    other = child(
        """
        wf.settings.background_jobs = 1
        first, second = wf.Job.of(Held.adding(1)), wf.Job.of(Held.adding(2))
        Held.wait_until_one_runs()
        say(second.id)
        sys.stdin.readline()
        Held.let_go()
        first.wait()
        second.wait()
        say(first.stage, second.stage)
        """
    )
    second = wf.Job.get(*other.words())
    second.cancel()

    assert second.stage == "CANCELLED"
    other.go_on()
    assert other.words() == ["SUCCEEDED", "CANCELLED"]


def test_a_job_whose_process_was_killed_has_failed(child):
    other = child(HELD)
    job = wf.Job.get(*other.words())
    assert job.stage == "RUNNING" or job.stage == "PREPARING"
    other.process.kill()
    other.end()

    with pytest.raises(JobTerminated, match=r"code=ERROR_TERMINATED, .*was killed, or crashed"):
        job.result(timeout=30)
    assert job.stage == "FAILED"
    assert wf.Job.get(job.id).error.code == "ERROR_TERMINATED"
    assert job.resubmit().wait() is None


def test_what_a_process_had_finished_outlives_its_violent_death(child):
    other = child(
        """
        import numpy as np
        done = wf.Job(wf.Int(20) + 1)
        done.wait()
        say(done.id)
        sys.stdin.readline()
        """
    )
    (id,) = other.words()
    other.process.kill()
    other.end()

    assert wf.Job.get(id).result() == 21


def test_jobs_of_a_process_that_ends_have_been_interrupted(child):
    other = child(
        """
        jobs = [wf.Job.of(Held.adding(n)) for n in range(4)]
        Held.wait_until_one_runs()
        say(*(job.id for job in jobs))
        """
    )
    jobs = [wf.Job.get(id) for id in other.words()]

    assert other.end() == 0
    assert [job.stage for job in jobs] == ["FAILED"] * 4
    assert {type(job.error) for job in jobs} == {JobInterrupt}
    assert jobs[0].error.message == "the process that ran the job ended before the job did"


def test_a_job_that_reads_when_its_process_ends_has_been_interrupted(child, scenes):
    scenes.add("a", {"red": [[1, 2]]})
    other = child(
        """
        from tests.scenes import area

        class Reading(type(Held.adding())):
            def run(self, runner):
                while True:  # until it is stopped, or the pools that read are closed
                    super(Held, self).run(runner)
                    self.entered.release()

        image = wf.Image.from_id("test:a")
        job = wf.Job.of(Reading.of(image, area(1, 2), {}, False, "raise", "test"))
        Held.wait_until_one_runs()
        say(job.id)
        """
    )
    job = wf.Job.get(*other.words())

    assert other.end() == 0
    assert type(job.error) is JobInterrupt


def test_processes_that_write_at_once_lose_nothing(child):
    script = """
        sys.stdin.readline()
        jobs = [wf.Job(wf.Int(n) * 2) for n in range(20)]
        assert [job.result() for job in jobs] == [2 * n for n in range(20)]
        say(*(job.id for job in jobs))
        """
    others = [child(script) for _ in range(3)]
    for other in others:
        other.go_on()
    found = [[wf.Job.get(id).result() for id in other.words()] for other in others]

    assert found == [[2 * n for n in range(20)]] * 3
    assert [other.end() for other in others] == [0, 0, 0]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_sees_the_jobs_of_its_parent_and_has_its_own(child):
    other = child(
        """
        import os, warnings
        warnings.simplefilter("ignore")  # fork beside threads
        job = wf.Job.of(Held.adding(1))
        Held.wait_until_one_runs()
        sys.stdout.flush()
        if os.fork() == 0:
            assert not job.done
            own = wf.Job(wf.Int(5))
            assert own.result(timeout=30) == 5
            assert wf.Job.get(own.id).done
            job.cancel()
            job.wait(timeout=30)
            os._exit(7 if job.cancelled else 1)
        _, status = os.wait()
        say(os.waitstatus_to_exitcode(status), job.stage)
        """
    )

    assert other.words() == ["7", "CANCELLED"]


def test_a_process_that_ends_leaves_no_lock_behind(child, home):
    other = child("say(wf.Job(wf.Int(1)).result())\nsys.stdin.readline()")
    other.words()
    assert len(list((home / "jobs" / "alive").iterdir())) == 1
    other.go_on()
    other.end()

    assert list((home / "jobs" / "alive").iterdir()) == []
