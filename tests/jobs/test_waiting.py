"""`compute` that waits: what is recorded of it, its timeout, its progress."""

import io
import re
import threading
import warnings

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.errors import JobDestination, JobInvalid, JobTimeoutError
from descartes_flow.jobs import compute_waiting
from tests.scenes import area


def shown_id(out: io.StringIO) -> str:
    return re.search("Job ID: ([0-9a-f]{48})\n", out.getvalue())[1]


def test_what_nobody_is_shown_leaves_no_trace(home):
    (wf.Int(1) + 1).compute()
    (wf.Int(1) + 1).compute(timeout=30)
    (wf.Int(1) + 1).inspect()

    assert not home.exists()


@pytest.mark.parametrize("timeout", [None, 30])
def test_an_id_that_was_shown_can_be_asked_for(home, timeout):
    out = io.StringIO()
    (wf.Int(1) + 1).compute(progress_bar=out, timeout=timeout)
    job = wf.Job.get(shown_id(out))

    assert (job.stage, job.result(), job.result_type) == ("SUCCEEDED", 2, "Int")
    assert job.object.graft == (wf.Int(1) + 1).graft
    assert job.resubmit().result() == 2


def test_a_large_result_that_was_handed_out_is_not_kept_as_well(home, scenes):
    out = io.StringIO()
    img = scenes.image("a", {"x": np.ones((100, 100))})
    result = img.compute(area(100, 100), progress_bar=out)
    job = wf.Job.get(shown_id(out))

    assert job.stage == "SUCCEEDED"
    with pytest.raises(
        JobDestination, match=r"of 9\d,\d\d\d bytes, it was too large to be kept as well.*resubmit"
    ):
        job.result()
    assert job.resubmit().result() == result


def test_a_failure_that_was_shown_is_the_same_when_asked_for(home):
    out = io.StringIO()

    with pytest.raises(JobInvalid) as failure:
        wf.Any([1])[3].compute(progress_bar=out)
    kept = wf.Job.get(shown_id(out)).error
    assert str(kept) == str(failure.value)
    assert str(kept).startswith(f'Job("{shown_id(out)}") failed with: code=ERROR_INVALID, message="')


def test_a_failure_without_an_id_is_its_message(home):
    with pytest.raises(JobInvalid) as failure:
        wf.Any([1])[3].compute()

    assert str(failure.value) == failure.value.message
    assert failure.value.id == ""


@pytest.mark.parametrize("shown", [True, False])
def test_a_timeout_ends_the_wait_and_the_run(held, background, shown):
    out = io.StringIO() if shown else False

    with pytest.raises(JobTimeoutError, match=r"is not done after 0\.05 s; give it more with timeout="):
        compute_waiting(held.adding(), out, 0.05)
    if shown:
        job = wf.Job.get(shown_id(out))
        assert f"Cancelling job {job.id}\n" in out.getvalue()
        job.wait()
        assert job.cancelled
    while tasks := background.unfinished:  # the run comes to its next step
        tasks[0].wait_for_change(tasks[0].state, 0.1)


@pytest.mark.parametrize("call", [wf.compute, wf.inspect], ids=["compute", "inspect"])
def test_compute_and_inspect_hand_their_timeout_on(held, call, monkeypatch):
    monkeypatch.setattr("descartes_flow.api.Work", held)

    with pytest.raises(JobTimeoutError, match=r"is not done after 0\.05 s; give it more with timeout="):
        call(wf.Int(1) + 1, timeout=0.05)


def test_a_run_with_a_timeout_does_not_wait_for_its_turn(held):
    jobs = [wf.Job.of(held.adding()) for _ in range(4)]

    assert (wf.Int(1) + 1).compute(timeout=30) == 2
    assert not any(job.done for job in jobs)


def test_another_thread_may_cancel_a_run_that_one_waits_for(held):
    out = io.StringIO()

    def cancel():
        held.wait_until_one_runs()
        wf.Job.get(shown_id(out)).cancel()

    thread = threading.Thread(target=cancel)
    thread.start()
    with pytest.raises(wf.exceptions.JobCancelled, match="was cancelled"):
        compute_waiting(held.adding(), out, None)
    thread.join()
    assert out.getvalue().rstrip().endswith("Stage: RUNNING | Status: CANCELLED")


def test_an_interrupt_says_what_becomes_of_the_job(held):
    class Interrupting(io.StringIO):
        def write(self, text):
            done = super().write(text)
            if "PREPARING" in text:
                raise KeyboardInterrupt
            return done

    out = Interrupting()
    with pytest.raises(KeyboardInterrupt):
        (wf.Int(1) + 1).compute(progress_bar=out)
    job = wf.Job.get(shown_id(out))
    assert job.stage == "CANCELLED"
    assert f"\nCancelling job {job.id}\n" in out.getvalue()
    assert out.getvalue().rstrip().endswith("Stage: PREPARING | Status: CANCELLED")


def test_without_a_home_to_write_to_everything_but_the_record_works(home):
    home.write_text("a file where the folder should be")

    with pytest.warns(RuntimeWarning, match="jobs are known in this process only: .*settings.home"):
        assert (wf.Int(1) + 1).compute(progress_bar=io.StringIO()) == 2
    with pytest.warns(RuntimeWarning, match="jobs are known in this process only"):
        job = wf.Job(wf.Int(1) + 1)
    assert job.result() == 2
    assert wf.Job.get(job.id) is not job
    assert wf.Job.get(job.id).result() == 2
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert (wf.Int(1) + 1).compute() == 2  # nothing to record, nothing to warn of
