"""Channels: programs of another set of operations are found, but cannot be read."""

import sqlite3

import pytest

import descartes_flow as wf
from descartes_flow.errors import NotFound
from tests.jobs.held import forgotten

GONE = r'404 Channel "v0-1" does not exist\. If it used to, please upgrade your client\.'


@pytest.fixture
def channel():
    """Sets the channel, until the end of the test."""
    before = wf.__channel__
    yield wf._set_channel
    wf._set_channel(before)


def test_nothing_is_computed_on_a_channel_that_does_not_exist(home, channel):
    channel("v0-1")

    assert wf.__channel__ == "v0-1"
    for call in (wf.compute, wf.inspect, wf.Job):
        with pytest.raises(NotFound, match=GONE):
            call(wf.Int(1))


def test_the_channel_can_be_set_back(channel):
    known = wf.__channel__
    channel("v0-1")
    channel(known)

    assert wf.compute(1) == 1


def test_a_channel_has_a_name(channel):
    with pytest.raises(TypeError, match=r"_set_channel\(\): expected the name of a channel, got 1"):
        channel(1)


def test_a_job_of_a_removed_channel_has_its_status_and_result_but_no_program(home):
    id = forgotten(wf.Job(wf.Int(1) + 1))
    with sqlite3.connect(home / "jobs" / "jobs.sqlite") as connection:
        connection.execute("UPDATE jobs SET channel = 'v0-1'")
    connection.close()
    job = wf.Job.get(id)

    assert (job.channel, job.stage, job.result_type, job.result()) == ("v0-1", "SUCCEEDED", "Int", 2)
    for name in ("object", "type", "arguments", "geoctx"):
        with pytest.raises(NotFound, match=GONE):
            getattr(job, name)
    with pytest.raises(NotFound, match=GONE):
        job.resubmit()
