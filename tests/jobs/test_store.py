"""What is kept of jobs, where, and for how long."""

import os
import sqlite3
import stat

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.errors import JobDestination, JobSerialization, JobStoreError, NotFound
from descartes_flow.jobs import Work
from descartes_flow.jobs.store import STORE
from tests.jobs.held import forgotten


class Giving(Work):
    """Work with any result."""

    value: object

    def run(self, runner):
        return self.value


def job_giving(value) -> str:
    """The id of a job that has given `value`; nothing of it is left in memory."""
    Giving.value = value
    return forgotten(wf.Job.of(Giving.of(1, None, {}, True, "raise", "test")))


def test_a_large_result_is_a_file_of_its_own(home):
    large = np.arange(200_000.0)
    id = job_giving(large)

    assert [path.name for path in (home / "jobs" / "results").iterdir()] == [f"{id}.npz"]
    assert np.array_equal(wf.Job.get(id).result(), large)


def test_a_small_result_lies_in_the_database(home):
    id = job_giving((np.arange(3.0), "a"))

    assert list((home / "jobs" / "results").iterdir()) == []
    array, text = wf.Job.get(id).result()
    assert (array.tolist(), text) == ([0, 1, 2], "a")


def test_a_file_that_is_gone_or_damaged_is_an_error_that_says_so(home):
    ids = [job_giving(np.zeros(200_000)) for _ in range(2)]
    gone, damaged = (home / "jobs" / "results" / f"{id}.npz" for id in ids)
    gone.unlink()
    damaged.write_bytes(damaged.read_bytes()[:1000])

    for id in ids:
        with pytest.raises(JobDestination, match="the kept result cannot be read"):
            wf.Job.get(id).result()
        assert wf.Job.get(id).stage == "SUCCEEDED"


def test_a_result_that_cannot_be_kept_is_there_as_long_as_its_job(home):
    Giving.value = odd = object()
    job = wf.Job.of(Giving.of(1, None, {}, True, "raise", "test"))

    assert job.result() is odd
    id = forgotten(job)
    with pytest.raises(JobSerialization, match="a object cannot be kept as the result of a job"):
        wf.Job.get(id).result()


def test_a_disk_that_is_full_costs_the_record_and_not_the_result(home, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    Giving.value = np.zeros(200_000)
    job = wf.Job.of(Giving.of(1, None, {}, True, "raise", "test"))

    assert job.result().shape == (200_000,)
    id = forgotten(job)
    with pytest.raises(JobDestination, match=r"the result could not be written: .*No space left"):
        wf.Job.get(id).result()
    assert list((home / "jobs" / "results").iterdir()) == []


def test_nobody_else_may_look_into_the_folder(home):
    job_giving(1)

    assert {stat.S_IMODE((home / "jobs" / name).stat().st_mode) for name in ("", "results", "alive")} == {
        0o700
    }


def test_jobs_are_forgotten_when_their_time_is_over(home, monkeypatch):
    monkeypatch.setattr(settings, "job_days", 1e-9)
    old = job_giving(np.zeros(200_000))
    monkeypatch.setattr(settings, "job_days", 10)
    young = job_giving(np.zeros(200_000))
    for path in (home / "jobs" / "results").iterdir():
        os.utime(path, (0, 0))

    with pytest.raises(NotFound):
        wf.Job.get(old)
    STORE.current().sweep()
    assert [path.stem for path in (home / "jobs" / "results").iterdir()] == [young]
    with sqlite3.connect(home / "jobs" / "jobs.sqlite") as connection:
        assert connection.execute("SELECT id FROM jobs").fetchall() == [(young,)]
    connection.close()


def test_what_a_killed_process_left_half_written_is_removed_later(home):
    job_giving(1)
    left = home / "jobs" / "results" / "abc.npz.part"
    left.write_bytes(b"half")
    STORE.current().sweep()
    assert left.exists()  # it may be on its way
    os.utime(left, (0, 0))

    STORE.current().sweep()
    assert not left.exists()


def test_the_files_of_processes_that_are_gone_are_removed_later(home):
    job_giving(1)
    (mine,) = (home / "jobs" / "alive").iterdir()
    gone, young = mine.with_name("gone"), mine.with_name("young")
    gone.touch()
    young.touch()  # a process that begins locks its file in a moment
    for path in (mine, gone):
        os.utime(path, (0, 0))
    STORE.current().sweep()

    assert set(mine.parent.iterdir()) == {mine, young}


def test_a_new_home_has_jobs_of_its_own(home, monkeypatch, tmp_path):
    id = job_giving(1)
    monkeypatch.setattr(settings, "home", tmp_path / "other")

    with pytest.raises(NotFound, match="other"):
        wf.Job.get(id)
    monkeypatch.setattr(settings, "home", home)
    assert wf.Job.get(id).result() == 1


def test_a_file_that_is_no_store_is_left_alone(home):
    (home / "jobs").mkdir(parents=True)
    path = home / "jobs" / "jobs.sqlite"
    path.write_text("a letter to a friend, long enough to be no header of a database at all" * 20)

    with pytest.raises(JobStoreError, match=r"the store of jobs .*cannot be used: file is not a database"):
        wf.Job.get("x")
    with pytest.warns(RuntimeWarning, match="jobs are known in this process only"):
        assert wf.Job(wf.Int(1)).result() == 1
    assert path.read_text().startswith("a letter")


@pytest.mark.parametrize("id", ["../../etc/passwd", "' OR 1=1 --", "", "ü" * 1000, "\0"])
def test_odd_ids_are_only_not_found(home, id):
    job_giving(1)

    with pytest.raises(NotFound):
        wf.Job.get(id)
