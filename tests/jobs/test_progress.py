"""The line that says how far a run is."""

import io

import pytest

from descartes_flow.jobs.progress import ProgressLine, State, ended, progress_stream

ID = "626e3036857d492fbc11e7fa09b25f16"


def line(state: State) -> str:
    """What is written of a state, without the padding."""
    out = io.StringIO()
    ProgressLine(ID, out).show(state)
    start, shown = out.getvalue()[0], out.getvalue()[1:]
    assert start == "\r"
    assert len(shown.rstrip("\n")) == 79
    return shown.rstrip()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State(), "[      ] | Steps: 0/0 | Stage: QUEUED | Status: PENDING"),
        (State("PREPARING", "RUNNING"), "[      ] | Steps: 0/0 | Stage: PREPARING | Status: RUNNING"),
        (State("RUNNING", "RUNNING", 0, 17), "[      ] | Steps: 0/17 | Stage: RUNNING | Status: RUNNING"),
        (State("RUNNING", "RUNNING", 8, 17), "[##    ] | Steps: 8/17 | Stage: RUNNING | Status: RUNNING"),
        (State("RUNNING", "RUNNING", 16, 17), "[##### ] | Steps: 16/17 | Stage: RUNNING | Status: RUNNING"),
        (State("RUNNING", "RUNNING", 8, 48), "[#     ] | Steps: 8/48 | Stage: RUNNING | Status: RUNNING"),
        (State("RUNNING", "FAILURE", 8, 17), "[##    ] | Steps: 8/17 | Stage: RUNNING | Status: FAILURE"),
        (State("QUEUED", "CANCELLED"), "[      ] | Steps: 0/0 | Stage: QUEUED | Status: CANCELLED"),
        (State("SAVING", "SUCCESS", 17, 17), "[######] | Steps: 17/17 | Stage: SAVING | Status: SUCCESS"),
        (State("SAVING", "SUCCESS"), "[######] | Steps: 0/0 | Stage: SAVING | Status: SUCCESS"),
    ],
    ids=str,
)
def test_the_line_reads_as_the_guide_prints_it(state, expected):
    assert line(state) == expected


def test_a_run_that_succeeds_has_finished_all_of_it():
    assert ended(State("RUNNING", "RUNNING", 16, 17), "SUCCESS") == State("SAVING", "SUCCESS", 17, 17)
    assert ended(State("RUNNING", "RUNNING", 3, 17), "FAILURE") == State("RUNNING", "FAILURE", 3, 17)


def test_the_end_is_shown_whatever_was_shown_just_before():
    out = io.StringIO()
    shown = ProgressLine(ID, out)
    for finished in range(100):
        shown.show(State("RUNNING", "RUNNING", finished, 100))
    shown.show(State("SAVING", "SUCCESS", 100, 100))

    assert out.getvalue().count("\r") < 100
    assert out.getvalue().endswith(
        "SUCCESS".ljust(79 - len("[######] | Steps: 100/100 | Stage: SAVING | Status: ")) + "\n"
    )


def test_a_new_stage_is_shown_at_once():
    out = io.StringIO()
    shown = ProgressLine(ID, out)
    for state in (State("PREPARING", "RUNNING"), State("RUNNING", "RUNNING", 0, 3)):
        shown.show(state)

    assert ["PREPARING" in line or "0/3" in line for line in out.getvalue().split("\r")[1:]] == [True, True]


def test_the_id_stands_above_the_line():
    out = io.StringIO()
    ProgressLine(ID, out).begin()

    assert out.getvalue() == f"\nJob ID: {ID}\n"


def test_cancelling_is_a_line_of_its_own():
    out = io.StringIO()
    ProgressLine(ID, out).cancelling()

    assert out.getvalue() == f"\nCancelling job {ID}\n"


def test_what_nothing_can_be_written_to_is_refused():
    with pytest.raises(
        TypeError, match=r"compute\(progress_bar=\): expected None, a bool or an object with write"
    ):
        progress_stream(3, "compute")
