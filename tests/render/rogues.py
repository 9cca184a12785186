"""Steps that misbehave, for worker processes to run: these import this module by name."""

import os
import signal
import time
from pathlib import Path

import numpy as np

from descartes_flow._settings import settings
from descartes_flow.colour import Style
from descartes_flow.engine.plan import Plan
from descartes_flow.engine.run import VALUES
from descartes_flow.errors import JobInvalid
from descartes_flow.geo import Grid, Tile, tile_grid
from descartes_flow.geo.pixels import Pixels
from descartes_flow.render.workers.order import Order, share
from descartes_flow.steps.arena import Arena, Step

GRID = tile_grid(Tile(x=5, y=5, z=4), size=16)
GREY = Style(scales=((0, 255),))


class Rogue(Step):
    """One band of one image, whose value everywhere is that of `act`."""

    __slots__ = ("folder",)
    fields = ("folder",)

    def __init__(self, folder: Path, inputs: tuple[int, ...] = ()) -> None:
        super().__init__(inputs, 1, 1)
        self.folder = folder

    def run(self, inputs, context):
        return Pixels(np.full((1, 1, *context.grid.shape), float(self.act())), None)

    def act(self) -> float:
        return 0

    def note(self) -> None:
        """Tell that a worker has begun: a file that names it."""
        (self.folder / str(os.getpid())).touch()


class Calm(Rogue):
    def act(self):
        self.note()
        return 7


class Crash(Rogue):
    """Ends the process as a broken decoder does."""

    def act(self):
        self.note()
        os.kill(os.getpid(), signal.SIGSEGV)


class CrashOnce(Rogue):
    def act(self):
        if any(self.folder.iterdir()):
            return 9
        self.note()
        os.kill(os.getpid(), signal.SIGKILL)


class Hang(Rogue):
    """Waits until somebody makes the file "go"."""

    def act(self):
        self.note()
        while not (self.folder / "go").exists():
            time.sleep(0.005)
        return 3


class Pause(Rogue):
    """Takes a moment; a plan of many takes as long as is needed."""

    def act(self):
        self.note()
        time.sleep(0.01)
        return 5


class Chatter(Rogue):
    def act(self):
        print("a library says something", flush=True)
        os.write(1, b"and not by Python")
        return 5


class Refusal(Rogue):
    def act(self):
        raise JobInvalid("no such band")


class Bug(Rogue):
    def act(self):
        return 1 / 0


class CountMade(Rogue):
    """Wants one value that is kept; gives how many values were made until now."""

    def act(self):
        VALUES.get("kept", lambda: Pixels(np.zeros(1), None))
        return VALUES.computed


class ReadSettings(Rogue):
    """Gives the worker's number of threads."""

    def act(self):
        assert settings.worker_processes == 0
        return settings.threads


def order(*rogues: Rogue, grid: Grid = GRID) -> Order:
    """An order whose plan runs these steps one after the other."""
    arena = Arena()
    for number, rogue in enumerate(rogues):
        rogue.inputs = (number - 1,) if number else ()
        arena.add(rogue)
    plan = Plan(tuple(arena.steps), tuple(arena.keys), (len(arena.steps) - 1,))
    return Order(plan.to_bytes(), ("grey",), grid, GREY, share(1))
