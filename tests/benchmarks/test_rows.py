"""Ratios, verdicts and the written results."""

import pytest

from benchmarks import report
from benchmarks.measuring import Budget, Contender, interleave
from benchmarks.row import BEST_PEER, BEST_TUNED, ITSELF, LIMIT, TUNED, Row, Target

TARGETS = Target(BEST_PEER, 6, 9), Target(BEST_TUNED, 10, 15), Target(LIMIT, 1.8, 1.4, at_most=True)


def row(ours: float, targets: tuple[Target, ...] = TARGETS) -> Row:
    """Ours, two peers, a tuned one and the limit; in seconds, the middle one of three counts."""
    others = {
        "slow": (0.2, 0.9, 0.1),
        "quick": (0.07, 0.01, 0.08),
        f"quick {TUNED}": (0.05,),
        LIMIT: (0.008,),
    }
    return Row("RGB tile", "cold", (9.0, ours, 0.001), others, targets)


def test_medians_are_in_milliseconds():
    assert row(0.01).median == 10
    assert row(0.01).medians == {"slow": 200, "quick": 70, f"quick {TUNED}": 50, LIMIT: 8}


def test_the_best_peer_is_the_quickest_as_users_run_it_and_no_limit():
    peer, tuned, _ = TARGETS

    assert row(0.01).rival(peer.against) == ("quick", 70)
    assert row(0.01).rival(tuned.against) == (f"quick {TUNED}", 50)
    assert [row(0.01).ratio(target) for target in TARGETS] == [7, 5, 1.25]


@pytest.mark.parametrize(
    ("ours", "verdicts"),
    [
        (0.005, ["goal met", "floor met", "goal met"]),
        (0.0125, ["floor missed", "floor missed", "floor met"]),
        (0.010, ["floor met", "floor missed", "goal met"]),
        (0.020, ["floor missed", "floor missed", "floor missed"]),
    ],
)
def test_verdicts_tell_floors_from_goals(ours, verdicts):
    found = row(ours)

    assert [target.verdict(found.ratio(target)) for target in found.targets] == verdicts


def test_a_peer_that_was_not_measured_gives_no_ratio():
    alone = Row("RGB tile", "cold", (0.01,), {}, TARGETS)

    assert [alone.ratio(target) for target in TARGETS] == [None, None, None]
    assert "best peer: not measured (6 / 9)" in report.table([alone])


def test_a_size_is_compared_with_nothing_but_itself():
    memory = Row("memory", "cold", (1600.0,), targets=(Target(ITSELF, floor=1536, at_most=True),), unit="MB")

    assert memory.targets[0].verdict(memory.ratio(memory.targets[0])) == "floor missed"
    assert report.as_json(memory)["ours_mb"] == 1600


def test_rows_are_written_in_the_promised_form():
    assert report.as_json(row(0.01)) == {
        "workload": "RGB tile",
        "state": "cold",
        "ours_ms": 10,
        "peers": {"slow": 200, "quick": 70, f"quick {TUNED}": 50},
        "limit_ms": 8,
        "n": 3,
        "ratio": {"best peer": 7, "best tuned peer": 5, "limit": 1.25},
        "floor": {"best peer": 6, "best tuned peer": 10, "limit": 1.8},
        "goal": {"best peer": 9, "best tuned peer": 15, "limit": 1.4},
        "verdict": {"best peer": "floor met", "best tuned peer": "floor missed", "limit": "goal met"},
    }


def test_the_table_has_a_line_per_row_and_the_verdicts_in_it():
    lines = report.table([row(0.01)]).splitlines()

    assert len(lines) == 3
    assert lines[2].startswith(
        "| RGB tile | cold | 10 ms | limit 8, quick (tuned) 50, quick 70, slow 200 | 3 |"
    )
    assert "7x quick (6 / 9): **floor met**" in lines[2]
    assert "1.25x limit (at most 1.8 / 1.4): **goal met**" in lines[2]


def test_facts_name_versions_and_date():
    facts = report.machine(quick=True)

    assert {"date", "python", "cores", "numpy", "rasterio"} <= facts.keys()
    assert facts["quick"] == "true"


def test_ours_runs_beside_each_of_the_others_and_preparation_is_not_timed():
    done: list[str] = []

    def contender(name: str) -> Contender:
        return Contender(name, lambda: done.append(name), lambda: done.append(f"before {name}"))

    times = interleave(contender("ours"), [contender("a"), contender("b")], Budget(seconds=0, least=2))
    one_round = ["before ours", "ours", "before a", "a", "before ours", "ours", "before b", "b"]
    assert done == 2 * one_round
    assert len(times.ours) == 4
    assert {name: len(seconds) for name, seconds in times.others.items()} == {"a": 2, "b": 2}
