"""A run in blocks that fails or is interrupted ends at the next step, not with its last block."""

import threading

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.engine.blocks import run_blocks
from descartes_flow.engine.compute import compute_node
from descartes_flow.engine.run import Runner
from descartes_flow.errors import JobCancelled
from descartes_flow.io import read_band
from tests.engine.programs import bound
from tests.scenes import area

WHOLE = area(600, 600)


@pytest.fixture
def long(scenes, monkeypatch):
    """A plan of many steps."""
    monkeypatch.setattr(settings, "block_size", 256)
    value = scenes.image("a", {"x": np.ones((600, 600))})
    for _ in range(50):
        value = wf.sqrt(value + 1)
    return bound(value, WHOLE).plan


class Interrupting:
    """Progress that raises once, after some steps, and then holds up those of other blocks a little."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.steps = 0
        self.never = threading.Event()

    def expect(self, steps: int) -> None:
        """Nothing."""

    def done(self, steps: int = 1) -> None:
        """Count, and raise when it is time."""
        self.steps += steps
        if self.steps == self.after:
            raise KeyboardInterrupt
        if self.steps > self.after:
            self.never.wait(0.02)


def test_the_other_blocks_stop_when_one_is_interrupted(long):
    progress = Interrupting(after=20)

    with pytest.raises(KeyboardInterrupt):
        run_blocks(Runner(read_band, progress=progress, use_cache=False), long, WHOLE.grid())
    assert len(long.steps) > 100
    assert progress.steps < 60  # the block beside it had at least 80 steps before it


@pytest.mark.parametrize(
    "program",
    [
        wf.range(1000).map(lambda n: n + 1),
        wf.range(1000).filter(lambda n: n > 1),
        wf.range(1000).sorted(lambda n: -n),
        wf.range(1000).reduce(lambda total, n: total + n),
    ],
    ids=["map", "filter", "sorted", "reduce"],
)
def test_what_is_called_for_many_items_stops_between_them(program):
    asked = iter(range(10))

    with pytest.raises(JobCancelled):
        compute_node(program._node, None, Runner(read_band, cancelled=lambda: next(asked) == 9))
    assert next(asked, None) is None
