"""Jobs and channels: examples 43 to 46 of the guide."""

import re

import pytest

import descartes_flow as wf


@pytest.fixture
def result():
    return wf.Int(1) + 1


def test_43_a_computation_may_run_in_the_background(result):
    job = result.compute(block=False)

    assert isinstance(job, wf.Job)
    assert job.result() == 2


def test_44_a_job_is_found_by_its_id(result):
    job = result.compute(block=False)
    Job = wf.Job

    assert Job.get(job.id).result() == 2


def test_45_its_progress_is_one_line(ctx, capsys):
    img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1").pick_bands("red")
    img.compute(ctx, block=False).result(progress_bar=True)

    lines = [line for line in re.split(r"[\r\n]+", capsys.readouterr().out) if line.startswith("[")]
    shapes = [
        re.fullmatch(r"\[([# ]{6})\] \| Steps: (\d+)/(\d+) \| Stage: ([A-Z]+) \| Status: ([A-Z]+) *", line)
        for line in lines
    ]
    assert all(shapes), lines
    bar, done, total, stage, status = shapes[-1].groups()
    assert (bar, stage, status) == ("######", "SAVING", "SUCCESS")
    assert int(done) == int(total) > 0
    assert {len(line) for line in lines} == {79}


def test_46_a_channel_that_is_gone_says_so(result):
    gone = re.escape('404 Channel "v0-1" does not exist. If it used to, please upgrade your client.')

    present = wf.__channel__
    wf._set_channel("v0-1")
    try:
        for use in (result.compute, result.inspect, lambda: wf.Job(result)):
            with pytest.raises(wf.exceptions.NotFound, match=gone):
                use()
    finally:
        wf._set_channel(present)
    assert result.compute() == 2
