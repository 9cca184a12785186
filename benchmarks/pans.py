"""Tiles over HTTP: how many a second, how late the slowest are, and what a busy kernel does to them."""

import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from benchmarks import agreement, http_pan, ours, place
from benchmarks.http_pan import Pan
from benchmarks.measuring import Contender, Seconds, interleave, nothing
from benchmarks.row import BEST_PEER, TUNED, Row, Target
from benchmarks.serving import Server, server
from benchmarks.work import Effort, Work
from descartes_flow.geo import Tile

RGB = "64-tile pan over HTTP, RGB"
MEDIAN = "64-tile pan over HTTP, masked median of 24 x 3 bands"
BUSY = "64-tile pan over HTTP, RGB, beside a busy Python loop"
ZOOM = 14
HALF = "our own p50"
IDLE = "our own pan beside an idle kernel"


def works() -> Iterator[Work]:
    """RGB beside titiler, the median, and a busy kernel."""
    yield Work(RGB, _rgb)
    yield Work(MEDIAN, _median, quick=False)
    yield Work(BUSY, _busy)


class Panning:
    """Pans of the tiles of one server.

    Attributes
    ----------
    done : list of Pan
    """

    def __init__(self, tiles: Sequence[Tile], url_of: Callable[[Tile], str]) -> None:
        self.tiles = tiles
        self.url_of = url_of
        self.done: list[Pan] = []

    def contender(self, name: str, before: Callable[[], None] = nothing) -> Contender:
        """One that pans."""
        return Contender(name, self._pan, before)

    def _pan(self) -> None:
        self.done.append(http_pan.run(self.tiles, self.url_of))

    def latency(self, name: str, state: str, target: Target) -> Row:
        """How late the slowest tiles are, beside the usual one."""
        late, usual = ([pan.quantile(share) for pan in self.done] for share in (0.95, 0.5))
        return Row(f"{name}: p95 of a tile", state, late, {HALF: usual}, (target,))


def _per_tile(seconds: Seconds) -> Seconds:
    return [second / len(_tiles()) for second in seconds]


def _tiles() -> list[Tile]:
    return place.pan(place.MIDDLE, ZOOM)


def _rate(seconds: Seconds) -> str:
    return f"{len(_tiles()) / statistics.median(seconds):.1f} requests/s"


def _rgb(effort: Effort) -> Iterator[Row]:
    from benchmarks.peers.titiler_app import server as titiler

    (scene, *_), tiles = ours.add_scenes(), _tiles()
    forms = {"titiler": 1} if effort.quick else {"titiler": 1, f"titiler, 2 workers {TUNED}": 2}
    with ExitStack() as running:
        mine = running.enter_context(server())
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        peers = {
            name: running.enter_context(titiler(scene, folder, workers)) for name, workers in forms.items()
        }
        picture = http_pan.fetch(mine.url("rgb", tiles[0]))
        for name, peer in peers.items():
            drawn = http_pan.fetch(peer.url(tiles[0]))
            agreement.check_pictures(RGB, picture, name, drawn, agreement.SAME_GRID)
        http_pan.run(tiles, partial(mine.url, "rgb"))
        for state in ("cold", "warm"):
            panning = Panning(tiles, partial(mine.url, "rgb"))
            others = [Panning(tiles, peer.url).contender(name) for name, peer in peers.items()]
            contender = panning.contender("ours", partial(mine.tell, state))
            times = interleave(contender, others, effort.budget(25, most=5))
            theirs = {name: _per_tile(seconds) for name, seconds in times.others.items()}
            target = Target(BEST_PEER, 12, 20)
            yield Row(RGB, state, _per_tile(times.ours), theirs, (target,), _rate(times.ours))
            yield panning.latency(RGB, state, Target(HALF, floor=3, at_most=True))


def _median(effort: Effort) -> Iterator[Row]:
    ours.add_scenes()
    with server() as mine:
        yield from _alone(mine, MEDIAN, "median", effort, Target(HALF, goal=3, at_most=True))


def _alone(mine: Server, name: str, layer: str, effort: Effort, target: Target) -> Iterator[Row]:
    http_pan.run(_tiles(), partial(mine.url, layer))
    for state in ("cold", "warm"):
        panning = Panning(_tiles(), partial(mine.url, layer))
        contender = panning.contender("ours", partial(mine.tell, state))
        times = interleave(contender, (), effort.budget(30, least=1, most=5))
        yield Row(name, state, _per_tile(times.ours), note=_rate(times.ours))
        yield panning.latency(name, state, target)


def _busy(effort: Effort) -> Iterator[Row]:
    ours.add_scenes()
    with server() as mine:
        panning = Panning(_tiles(), partial(mine.url, "rgb"))
        panning.contender("first").run()

        def beside(kernel: str) -> None:
            mine.tell("calm")
            mine.tell("warm")
            if kernel != "calm":
                mine.tell(kernel)

        times = interleave(
            panning.contender("ours", partial(beside, "busy")),
            [panning.contender(IDLE, partial(beside, "calm"))],
            effort.budget(15, most=8),
        )
    idle = {name: _per_tile(seconds) for name, seconds in times.others.items()}
    yield Row(BUSY, "warm", _per_tile(times.ours), idle, (Target(IDLE, floor=0.333),), _rate(times.ours))
