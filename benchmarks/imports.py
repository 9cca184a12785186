"""How long a fresh interpreter takes to import this package and its peers."""

import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec

from benchmarks.row import Row

GOAL = "goal: below 0.5 s"
PEERS = ("rio_tiler.io", "odc.stac")


def rows(quick: bool) -> Iterator[Row]:
    """An empty interpreter first: what the others are to be compared with."""
    runs = 3 if quick else 11
    yield Row.of("start Python", partial(_seconds, "pass"), runs)
    yield Row.of("import descartes_flow", partial(_seconds, "import descartes_flow"), runs, GOAL)
    for peer in PEERS:
        if find_spec(peer.partition(".")[0]):
            yield Row.of(f"import {peer}", partial(_seconds, f"import {peer}"), runs)


def _seconds(statement: str) -> float:
    """From the start of a fresh interpreter to its end."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - begin
