"""A normalized difference in one loop has the bits of its three steps."""

from typing import Any

import numpy as np
import pytest

from descartes_flow.engine import run as running
from descartes_flow.engine.differences import differences_of
from descartes_flow.engine.plan import make_plan
from descartes_flow.geo.pixels import Pixels
from descartes_flow.steps.arena import Arena
from descartes_flow.steps.pointwise import Pointwise, Slot
from descartes_flow.steps.select import Constant
from tests.steps.test_plans import GRID

SHAPE = (3, 2, *GRID.shape)
ORDINARY = np.arange(np.prod(SHAPE), dtype=float).reshape(SHAPE) % 7 - 3
ODD = np.resize([np.inf, -np.inf, 1e308, -1e308, 5e-324, 0.0, -0.0], SHAPE)
HIDDEN = np.arange(np.prod(SHAPE)).reshape(SHAPE) % 5 == 0


def plan_of(x: Pixels, y: Pixels, **changed: Any) -> Any:
    """``(x - y) / (x + y)``."""
    arena = Arena()
    pair = tuple(arena.add(Constant.of(pixels)) for pixels in (x, y))
    images, bands = x.data.shape[:2]

    def of_two(op: str, *inputs: int, turned: bool = False) -> int:
        slots = (Slot(1), Slot(0)) if turned else (Slot(0), Slot(1))
        return arena.add(
            Pointwise(op, inputs, slots, ((images, bands),) * 2, images, bands, changed.get("imagery", True))
        )

    above = of_two("sub", *pair)
    below = of_two("add", *pair, turned=changed.get("turned", False))
    return make_plan(arena, [of_two(changed.get("last", "div"), above, below)])


def run(plan: Any) -> Pixels:
    (found,) = running.Runner(lambda *args: pytest.fail("nothing is read"), use_cache=False).run(plan, GRID)
    return found


def bits(pixels: Pixels) -> tuple[bytes, list]:
    """Also of what lies below the mask: who forgets the mask sees it."""
    mask = np.broadcast_to(False if pixels.mask is None else pixels.mask, pixels.data.shape)
    return np.where(np.isnan(pixels.data), np.nan, pixels.data).tobytes(), mask.tolist()


@pytest.mark.parametrize(
    "masks", [(None, None), (HIDDEN, None), (HIDDEN, HIDDEN[:, ::-1])], ids=["no mask", "one", "two"]
)
@pytest.mark.parametrize(
    "y", [ORDINARY[::-1] + 1, ORDINARY[:, ::-1], -ORDINARY, ODD], ids=["greater", "turned", "opposite", "odd"]
)
@pytest.mark.parametrize("x", [ORDINARY, ODD], ids=["ordinary", "odd"])
def test_one_loop_has_the_bits_of_three_steps(x, y, masks, plain):
    plan = plan_of(Pixels(x, masks[0]), Pixels(y, masks[1]))
    found = run(plan)

    assert len(differences_of(plan)) == 1
    with plain():
        assert bits(run(plan)) == bits(found)


def test_four_and_two_by_hand():
    plan = plan_of(Pixels(np.full(SHAPE, 4.0), None), Pixels(np.full(SHAPE, 2.0), None))
    found = run(plan)

    assert np.unique(found.data).tolist() == [2 / 6]
    assert found.mask is None


@pytest.mark.parametrize("changed", [{"last": "mul"}, {"turned": True}, {"imagery": False}], ids=str)
def test_other_expressions_are_none(changed):
    pixels = Pixels(ORDINARY, None)

    assert differences_of(plan_of(pixels, pixels, **changed)) == {}


def test_pixels_that_the_loop_does_not_take_go_through_the_steps():
    whole = Pixels(np.full(SHAPE, 4), None), Pixels(np.full(SHAPE, 2), None)
    found = run(plan_of(*whole))

    assert np.unique(found.data).tolist() == [2 / 6]


def test_one_loop_is_run_instead_of_three_steps(monkeypatch):
    steps: list[str] = []
    called = Pointwise.run
    monkeypatch.setattr(Pointwise, "run", lambda self, *args: steps.append(self.op) or called(self, *args))
    run(plan_of(Pixels(ORDINARY, None), Pixels(ORDINARY + 8, None)))

    assert steps == []
