"""How long a fresh interpreter takes to import this package and its peers."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec

from benchmarks.measuring import Contender, interleave
from benchmarks.row import ITSELF, Row, Target
from benchmarks.work import Effort, Work

PEERS = ("rio_tiler.io", "odc.stac")
BARE = "python alone"
"""An empty interpreter: what the others are to be compared with."""

GOAL = Target(ITSELF, floor=500, at_most=True)


def works() -> Iterator[Work]:
    """One row."""
    yield Work("import in a fresh process", _rows)


def _rows(effort: Effort) -> Iterator[Row]:
    peers = [peer for peer in PEERS if find_spec(peer.partition(".")[0])]
    others = {BARE: "pass"} | {f"import {peer}": f"import {peer}" for peer in peers}
    times = interleave(
        Contender("ours", partial(_run, "import descartes_flow")),
        [Contender(name, partial(_run, statement)) for name, statement in others.items()],
        effort.budget(20),
    )
    yield Row("import in a fresh process", "fresh", times.ours, times.others, (GOAL,))


def _run(statement: str) -> None:
    """From the start of a fresh interpreter to its end."""
    subprocess.run([sys.executable, "-c", statement], check=True)
