"""The first tile of a fresh process: imports, compiled kernels and all."""

import subprocess
import sys
from collections.abc import Iterator

from benchmarks import ours, place
from benchmarks.looks import BRIGHTEST, RGB
from benchmarks.measuring import Contender, interleave
from benchmarks.peers.peer import Scene
from benchmarks.row import Row, Target
from benchmarks.work import Effort, Work
from descartes_flow.geo import Tile

NAME = "first RGB tile z14 of a fresh process"
RIO_TILER = "rio-tiler"

OURS = """
import time
import descartes_flow as wf
from descartes_flow.colour import Style
from descartes_flow.render.drawing import Drawing
from descartes_flow.render.layers import LAYERS
from descartes_flow.render.warming import warm
from tileserver import TileRequest
start = time.perf_counter()
image = wf.Image.from_id({scene!r}, resampler="bilinear").pick_bands({bands!r})
drawing = Drawing.of(image._node, Style(scales=((0, {brightest} / 10_000),) * 3, checkerboard=False))
LAYERS.show("first", drawing)
warm()
request = TileRequest(layer="first", version=drawing.version, x={x}, y={y}, z={z})
assert LAYERS.render_tile(request, lambda: False).body
print(time.perf_counter() - start, flush=True)
"""

THEIRS = """
import time
from rio_tiler.io import Reader
from rio_tiler.models import ImageData
import numpy as np
start = time.perf_counter()
bands = []
for path in {paths!r}:
    with Reader(path) as reader:
        bands.append(reader.tile({x}, {y}, {z}, resampling_method="bilinear", reproject_method="bilinear"))
image = ImageData(np.ma.concatenate([band.array for band in bands]))
image.rescale(((0, {brightest}),) * 3)
assert image.render(img_format="PNG")
print(time.perf_counter() - start, flush=True)
"""


def works() -> Iterator[Work]:
    """Two rows that are measured together."""
    yield Work(NAME, _rows)


def _rows(effort: Effort) -> Iterator[Row]:
    (scene, *_), tile = ours.add_scenes(), place.tile_at(place.MIDDLE, 14)
    mine, theirs = Process(OURS, scene, tile), Process(THEIRS, scene, tile)
    for process in (mine, theirs):
        process.run()
        process.tiles.clear()

    def both_end() -> None:
        mine.end()
        theirs.end()

    times = interleave(
        Contender("ours", mine.run, both_end),
        [Contender(RIO_TILER, theirs.run, both_end)],
        effort.budget(20, most=10),
    )
    note = "kernels compiled before and kept on disk"
    target = Target(RIO_TILER, floor=1)
    both_end()
    yield Row(f"{NAME}, with imports", "fresh", times.ours, times.others, (target,), note)
    yield Row(f"{NAME}, after imports", "fresh", mine.tiles, {RIO_TILER: theirs.tiles}, (target,), note)


class Process:
    """A fresh interpreter that draws one tile.

    Attributes
    ----------
    tiles : list of float
        Seconds that the tile alone took.
    """

    def __init__(self, program: str, scene: Scene, tile: Tile) -> None:
        paths = [scene["assets"][band]["href"] for band in RGB]
        place_of_tile = {"x": tile.x, "y": tile.y, "z": tile.z}
        self._program = program.format(
            scene=ours.FIRST_SCENE, bands=" ".join(RGB), paths=paths, brightest=BRIGHTEST, **place_of_tile
        )
        self._before: subprocess.Popen[str] | None = None
        self.tiles: list[float] = []

    def end(self) -> None:
        """Wait for the end of the last one, which may be busy with what later tiles will need."""
        if self._before is not None:
            self._before.communicate()
            self._before = None

    def run(self) -> None:
        """From the start of the interpreter to its first tile."""
        command = [sys.executable, "-c", self._program]
        self._before = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._before.stdout is not None
        self.tiles.append(float(self._before.stdout.readline()))
