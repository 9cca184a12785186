"""Jobs in the process that runs them."""

import datetime
import io
import re
import threading

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.errors import (
    JobCancelled,
    JobComputeError,
    JobDeadlineExceeded,
    JobInvalid,
    JobOOM,
    JobTimeoutError,
    NotFound,
    ReadError,
)
from descartes_flow.jobs import Work
from tests.scenes import area

HERE = area(1, 2)


@pytest.fixture
def img(home, scenes):
    return scenes.image("a", {"red": [[1, 2]], "nir": [[3, 4]]})


def last_line(out: io.StringIO) -> str:
    return re.split("[\r\n]+", out.getvalue().strip("\r\n"))[-1]


def test_the_job_is_there_at_once_and_its_result_later(held):
    job = wf.Job.of(held.adding(41))
    held.wait_until_one_runs()

    assert (job.stage, job.done, job.cancelled, job.error, job.runtime) == (
        "RUNNING",
        False,
        False,
        None,
        None,
    )
    held.let_go()
    assert job.result() == 42
    assert (job.stage, job.done, job.cancelled, job.error) == ("SUCCEEDED", True, False, None)


def test_compute_that_does_not_block_gives_a_job(home):
    job = (wf.Int(1) + 1).compute(block=False)

    assert isinstance(job, wf.Job)
    assert job.result() == 2


def test_the_class_is_found_where_the_guide_imports_it_from():
    from descartes_flow.models.job import Job

    assert Job is wf.Job


def test_a_job_tells_how_it_was_made(img):
    low = wf.parameter("low", wf.Float)
    job = wf.Job(img.clip_values(min=low), HERE, cache=False, low=2)
    job.wait()

    assert job.object.graft == img.clip_values(min=low).graft
    assert job.object.params == (low,)
    assert job.type is wf.Image
    assert job.result_type == "Image"
    assert {name: value.compute() for name, value in job.arguments.items()} == {"low": 2}
    assert isinstance(job.geoctx, wf.GeoContext)
    assert job.geoctx.compute() == wf.GeoContext.from_geo(HERE).compute()
    assert (job.channel, job.version, job.cache_enabled) == (wf.__channel__, wf.__version__, False)
    assert repr(job) == f"<descartes_flow.models.job.Job {job.id} SUCCEEDED>"


def test_its_moments_are_in_order_and_in_utc(home):
    before = datetime.datetime.now(datetime.UTC)
    job = wf.Job(wf.Int(1))
    job.wait()

    assert before - datetime.timedelta(seconds=1) < job.created_datetime <= job.updated_datetime
    assert job.runtime == job.updated_datetime - job.created_datetime
    assert job.expires_datetime - job.created_datetime == datetime.timedelta(days=10)


def test_a_function_is_called_with_the_arguments(home):
    job = wf.Job(wf.Function.from_object(wf.parameter("x", wf.Int) * 2), x=21)

    assert job.result() == 42
    assert job.result_type == "Int"
    assert job.resubmit().result() == 42


def test_get_finds_a_job_that_runs(held):
    job = wf.Job.of(held.adding())
    held.wait_until_one_runs()

    same = wf.Job.get(job.id)
    assert same.stage == "RUNNING"
    held.let_go()
    assert same.result() == job.result() == 2


def test_an_id_that_nobody_has_is_not_found(home):
    with pytest.raises(NotFound, match=r"there is no job 'abc' in .*settings\.job_days"):
        wf.Job.get("abc")
    assert not (home / "jobs").exists()  # to ask makes nothing


def test_what_is_wrong_is_said_before_anything_runs(img, background):
    with pytest.raises(TypeError, match="Invalid GeoContext 5"):
        wf.Job(img, 5)
    with pytest.raises(TypeError, match="missing values for the parameters x"):
        wf.Job(wf.parameter("x", wf.Int))
    with pytest.raises(ValueError, match=r"Job\(on_error=\): expected 'raise' or 'skip', got 'ignore'"):
        wf.Job(wf.Int(1), on_error="ignore")
    assert background.unfinished == []


def test_a_job_that_fails_raises_its_error_wherever_one_asks(img):
    job = img.pick_bands("swir").compute(HERE, block=False)

    with pytest.raises(JobInvalid, match=rf'Job\("{job.id}"\) failed with: code=ERROR_INVALID, message="'):
        job.result()
    assert job.stage == "FAILED"
    assert (job.error.id, job.error.code) == (job.id, "ERROR_INVALID")
    assert re.match(r"pick_bands \(test_job\.py:\d+\): ", job.error.message)


def test_a_band_that_cannot_be_read_is_the_error_of_the_job(img, scenes):
    scenes.files["test:a", "red"].unlink()

    with pytest.raises(ReadError, match="band 'red' of 'test:a' cannot be read"):
        wf.Job(img, HERE).result()
    result = wf.Job(img, HERE, on_error="skip").result()
    assert [error.band for error in result.issues] == ["red"]


class Failing(Work):
    """Fails as no run should."""

    error: Exception

    def run(self, runner):
        raise self.error


@pytest.mark.parametrize(
    ("error", "kind", "code", "message"),
    [
        (MemoryError("no 9 GiB"), JobOOM, "ERROR_OOM", "there is not enough memory: no 9 GiB"),
        (KeyError("x"), JobComputeError, "ERROR_UNKNOWN", "KeyError: 'x'"),
        (RuntimeError("odd"), JobComputeError, "ERROR_UNKNOWN", "RuntimeError: odd"),
    ],
    ids=["memory", "bug", "runtime"],
)
def test_what_nobody_foresaw_is_an_error_of_the_job_too(home, error, kind, code, message):
    work = Failing.of(1, None, {}, True, "raise", "test")
    Failing.error = error
    job = wf.Job.of(work)

    with pytest.raises(kind, match=re.escape(message)) as failure:
        job.result()
    assert (type(failure.value), failure.value.code) == (kind, code)
    assert failure.value.__cause__ is error


def test_a_job_is_cancelled_at_its_next_step(held):
    job = wf.Job.of(held.adding())
    held.wait_until_one_runs()
    job.cancel()

    with pytest.raises(JobCancelled, match=f"job {job.id} was cancelled"):
        job.result()
    assert (job.stage, job.cancelled, job.done) == ("CANCELLED", True, True)
    assert isinstance(job.error, JobCancelled)


def test_a_job_that_waits_for_its_turn_is_cancelled_at_once(held, monkeypatch):
    monkeypatch.setattr(settings, "background_jobs", 1)
    jobs = [wf.Job.of(held.adding()) for _ in range(5)]
    held.wait_until_one_runs()
    jobs[-1].cancel()

    assert [job.stage for job in jobs].count("QUEUED") >= 2  # there may be two threads, of earlier tests
    assert jobs[-1].stage == "CANCELLED"
    held.let_go()
    assert [job.result() for job in jobs[:-1]] == [2, 2, 2, 2]


def test_to_cancel_what_is_done_changes_nothing(home):
    job = wf.Job(wf.Int(1))
    job.wait()
    job.cancel()

    assert (job.stage, job.result()) == ("SUCCEEDED", 1)


def test_resubmit_makes_another_job_of_the_same(held):
    job = wf.Job.of(held.adding(5))
    job.cancel()
    job.wait()
    held.let_go()
    again = job.resubmit()

    assert again.id != job.id
    assert again.result() == 6
    assert job.stage == "CANCELLED"


def test_a_wait_that_takes_too_long_cancels_the_job(held):
    job = wf.Job.of(held.adding())

    with pytest.raises(JobTimeoutError, match=rf"job {job.id} is not done after 0\.05 s"):
        job.wait(0.05)
    job.wait()
    assert job.cancelled


def test_a_wait_that_takes_too_long_may_leave_the_job_alone(held):
    job = wf.Job.of(held.adding())

    with pytest.raises(JobTimeoutError):
        job.wait(0.05, cancel_on_timeout=False)
    held.let_go()
    assert job.result() == 2


@pytest.mark.parametrize(("cancel", "stage"), [(True, "CANCELLED"), (False, "SUCCEEDED")])
def test_an_interrupt_of_the_wait_cancels_the_job_unless_it_shall_not(held, cancel, stage):
    job = wf.Job.of(held.adding())

    class Impatient(io.StringIO):
        def write(self, text):
            if "Steps: 1/3" in text:
                raise KeyboardInterrupt
            return super().write(text)

    out = Impatient()
    with pytest.raises(KeyboardInterrupt):
        job.wait(progress_bar=out, cancel_on_interrupt=cancel)
    if not cancel:
        held.let_go()
    job.wait()
    assert job.stage == stage
    assert (f"\nCancelling job {job.id}\n" in out.getvalue()) == cancel


@pytest.mark.parametrize("timeout", [0, -1, True, "1"])
def test_a_timeout_is_a_number_of_seconds(home, timeout):
    with pytest.raises(ValueError, match=r"timeout=: expected a number of seconds above 0, or None, got"):
        wf.Job(wf.Int(1)).wait(timeout)


def test_watch_gives_the_job_at_every_change(held):
    job = wf.Job.of(held.adding())
    held.wait_until_one_runs()
    seen = []
    for same in job.watch():
        seen.append(same.stage)
        held.let_go()

    assert same is job
    assert seen[0] == "RUNNING"
    assert seen[-1] == "SUCCEEDED"
    assert [same.stage for same in wf.Job.get(job.id).watch()] == ["SUCCEEDED"]


def test_watch_ends_with_its_time_and_the_job_goes_on(held):
    job = wf.Job.of(held.adding())

    with pytest.raises(JobTimeoutError):
        list(job.watch(timeout=0.05))
    held.let_go()
    assert job.result() == 2


def test_a_wait_for_a_known_job_shows_its_line_alone(home):
    out = io.StringIO()
    job = wf.Job(wf.Int(1) + 1)

    assert job.result(progress_bar=out) == 2
    assert "Job ID" not in out.getvalue()
    assert last_line(out).rstrip() == "[######] | Steps: 0/0 | Stage: SAVING | Status: SUCCESS"


def test_a_run_may_not_take_longer_than_the_settings_allow(held, monkeypatch):
    monkeypatch.setattr(settings, "job_seconds", 0.05)
    job = wf.Job.of(held.adding())

    with pytest.raises(JobDeadlineExceeded, match=r"it took longer than settings\.job_seconds, 0\.05 s"):
        job.result()
    assert job.stage == "FAILED"


def test_only_some_jobs_run_at_once(held, background):
    jobs = [wf.Job.of(held.adding(number)) for number in range(6)]
    held.wait_until_one_runs()
    held.wait_until_one_runs()

    assert not held.entered.acquire(timeout=0.05)
    assert len(background.unfinished) == 6
    held.let_go()
    assert [job.result() for job in jobs] == [1, 2, 3, 4, 5, 6]
    names = [thread.name for thread in threading.enumerate()]
    assert names.count("descartes-flow-job") <= settings.background_jobs


def test_a_result_of_imagery_comes_back_whole(img):
    job = wf.Job((img, img.max(axis=None)), HERE)
    image, largest = job.result()

    assert image == img.compute(HERE)
    assert largest == 4
    assert type(image.ndarray) is np.ma.MaskedArray
