"""Large composites by ``compute``: half a scene, all dates."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import agreement, imagery, limit, ours, place, states
from benchmarks.measuring import Contender, interleave
from benchmarks.peers.peer import Compositor, Values
from benchmarks.row import BEST_PEER, ITSELF, LIMIT, Row, Target
from benchmarks.work import Effort, Work
from descartes_flow.geo import AOI

TARGETS = Target(BEST_PEER, 9, 12), Target(LIMIT, 1.5, 1.25, at_most=True)
COMPARED = Target(BEST_PEER), Target(LIMIT, at_most=True)
MEMORY = Target(ITSELF, floor=1536, at_most=True)
SIDE = place.COMPOSITE_SIDE
COMPARED_SIDE = 512
"""Of the middle, where results are compared before the whole is timed."""

NAME = f"{SIDE} x {SIDE} NDVI median of {place.SCENES}, compute"


def works() -> Iterator[Work]:
    """On the grid of maps, on the scenes' own pixels, and the memory that it takes."""
    yield Work(NAME, partial(_rows, NAME, place.mercator_area, agreement.RESAMPLED, TARGETS))
    aligned = f"{NAME}, the scenes' own pixels"
    yield Work(
        aligned, partial(_rows, aligned, place.aligned_area, agreement.OWN_PIXELS, COMPARED), quick=False
    )
    yield Work(f"{NAME}: memory", _memory)


def _rows(
    name: str,
    area_of: Callable[..., AOI],
    tolerance: agreement.Tolerance,
    targets: tuple[Target, ...],
    effort: Effort,
) -> Iterator[Row]:
    ours.add_scenes()
    area, image = area_of(), ours.index_median()
    peers = _peers(effort, tolerance is agreement.OWN_PIXELS)
    mine = Contender("ours", partial(ours.computed, image, area), states.forget_pixels)
    result = ours.computed(image, area_of(COMPARED_SIDE))
    values = Values(result.data[0], np.ma.getmaskarray(result)[0])
    for peer in peers:
        theirs = peer.index_median(area_of(COMPARED_SIDE))
        agreement.check_values(name, values, peer.name, theirs, tolerance)
    others = [Contender(peer.name, partial(peer.index_median, area)) for peer in peers]
    blocks = _blocks(area)
    others.append(Contender(LIMIT, partial(limit.decode, blocks)))
    times = interleave(mine, others, effort.budget(60, least=2, most=5))
    yield Row(name, "cold", times.ours, times.others, targets)


def _peers(effort: Effort, own_pixels: bool) -> Sequence[Compositor]:
    """Each takes up to half a minute: a quick run has the quickest alone."""
    from benchmarks.peers.odc import OdcStac
    from benchmarks.peers.stack import StackStac

    scenes = ours.add_scenes()
    if effort.quick:
        return (OdcStac(scenes, "dask"),)
    usual = OdcStac(scenes), OdcStac(scenes, "dask")
    return usual if own_pixels else (*usual, StackStac(scenes), OdcStac(scenes, "tuned"))


def _blocks(area: AOI) -> list[limit.Block]:
    corner = (place.LEFT, place.TOP, place.PIXEL)
    return [
        block
        for scene in ours.add_scenes()
        for band in ("nir", "red", imagery.CLASSES)
        for block in limit.needed_blocks(Path(scene["assets"][band]["href"]), place.CRS, corner, area.grid())
    ]


MEASURE_MEMORY = """
import json, resource, sys
from benchmarks import ours, place
ours.computed(ours.index_median(), place.mercator_area())
if sys.platform == "linux":  # what getrusage says there includes the process that started this one
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
print(json.dumps(peak / 1024))
"""


def _memory(effort: Effort) -> Iterator[Row]:
    ours.add_scenes()

    def peak() -> Any:
        command = [sys.executable, "-c", MEASURE_MEMORY]
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)

    runs = [peak() for _ in range(1 if effort.quick else 3)]
    yield Row(f"{NAME}: memory", "cold", runs, targets=(MEMORY,), unit="MB", note="peak of its own process")
