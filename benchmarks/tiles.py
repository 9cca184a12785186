"""Single tiles, from nothing decoded or with decoded blocks, to the bytes of a PNG."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from benchmarks import agreement, imagery, limit, ours, place, states
from benchmarks.looks import RGB
from benchmarks.measuring import Contender, interleave, nothing
from benchmarks.row import BEST_PEER, BEST_TUNED, LIMIT, Row, Target
from benchmarks.work import Effort, Work
from descartes_flow.geo import Tile, tile_grid

Targets = dict[str, tuple[Target, ...]]
COLD, WARM = "cold", "warm"
NOTHING_OWED: Targets = {
    COLD: (Target(BEST_PEER), Target(LIMIT, at_most=True)),
    WARM: (Target(BEST_PEER), Target(BEST_TUNED)),
}
"""What is compared where nothing was promised."""


@dataclass(frozen=True)
class Kind:
    """What the tiles show."""

    name: str
    layer: Callable[[], ours.Layer]
    peers: Callable[[], Sequence[Any]]
    draw: Callable[[Any, Tile], bytes]
    """What a peer does."""

    bands: tuple[str, ...]
    scenes: int
    seconds: float
    """Time for one state."""


def works() -> Iterator[Work]:
    """Three kinds of tiles at three zooms, and the median without interpolation."""
    for kind, targets, quick in (
        (RGB_TILE, {11: _rgb(10, 14), 14: _rgb(6, 9), 16: _rgb(6, 9)}, (14,)),
        (INDEX_TILE, dict.fromkeys((11, 14, 16), _INDEX), (14,)),
        (MEDIAN_TILE, {11: {}, 14: _MEDIAN, 16: {}}, (14,)),
        (NEAREST_TILE, {14: {WARM: (Target(BEST_PEER, 90, 150),)}}, ()),
    ):
        for zoom, wanted in targets.items():
            name = f"{kind.name} z{zoom}"
            yield Work(name, partial(_rows, name, kind, zoom, wanted), zoom in quick)


def _rgb(floor: float, goal: float) -> Targets:
    return {
        COLD: (Target(BEST_PEER, floor, goal), Target(LIMIT, 1.8, 1.4, at_most=True)),
        WARM: (Target(BEST_PEER, 20, 30), Target(BEST_TUNED, 10, 15)),
    }


_INDEX: Targets = {
    COLD: (Target(BEST_PEER, 6, 9), Target(LIMIT, 1.8, 1.4, at_most=True)),
    WARM: (Target(BEST_PEER, 22, 35),),
}
_MEDIAN: Targets = {
    COLD: (Target(BEST_PEER, 9, 13), Target(LIMIT, 1.6, 1.3, at_most=True)),
    WARM: (Target(BEST_PEER, 20, 50),),
}


@cache
def _some_peers() -> Sequence[Any]:
    from benchmarks.peers.odc import OdcStac
    from benchmarks.peers.rio import RioTiler, TunedRioTiler
    from benchmarks.peers.stack import StackStac

    scenes = ours.add_scenes()
    return RioTiler(scenes), OdcStac(scenes), StackStac(scenes), TunedRioTiler(scenes)


@cache
def _all_peers() -> Sequence[Any]:
    from benchmarks.peers.odc import OdcStac

    scenes = ours.add_scenes()
    return *_some_peers(), OdcStac(scenes, "dask"), OdcStac(scenes, "tuned")


def _asked(kind: Kind, effort: Effort) -> Sequence[Any]:
    """All peers; of what takes each of them seconds, a quick run asks the two that are the best as a rule."""
    peers = kind.peers()
    return peers[:2] if effort.quick and kind.scenes > 1 else peers


RGB_TILE = Kind(
    "RGB tile",
    lambda: ours.Layer("rgb", ours.rgb(), ours.RGB_STYLE),
    _some_peers,
    lambda peer, tile: bytes(peer.rgb(tile)),
    RGB,
    1,
    14,
)
INDEX_TILE = Kind(
    "NDVI + colormap tile",
    lambda: ours.Layer("index", ours.index(), ours.INDEX_STYLE),
    _some_peers,
    lambda peer, tile: bytes(peer.index(tile)),
    ("nir", "red"),
    1,
    14,
)
MEDIAN_TILE = Kind(
    "masked median of 24 x 3 bands, tile",
    lambda: ours.Layer("median", ours.median(), ours.RGB_STYLE),
    _all_peers,
    lambda peer, tile: bytes(peer.median(tile, "bilinear")),
    (*RGB, imagery.CLASSES),
    place.SCENES,
    40,
)
NEAREST_TILE = Kind(
    "masked median of 24 x 3 bands, all nearest, tile",
    lambda: ours.Layer("nearest", ours.median("near"), ours.RGB_STYLE),
    _all_peers,
    lambda peer, tile: bytes(peer.median(tile, "nearest")),
    (*RGB, imagery.CLASSES),
    place.SCENES,
    40,
)


def _rows(name: str, kind: Kind, zoom: int, targets: Targets, effort: Effort) -> Iterator[Row]:
    ours.add_scenes()
    tile = place.tile_at(place.MIDDLE, zoom)
    layer, peers = kind.layer(), _asked(kind, effort)
    with states.without_result_caches():
        picture = layer.tile(tile)
        for peer in peers:
            agreement.check_pictures(name, picture, peer.name, kind.draw(peer, tile), _tolerance(kind, zoom))
        for state in (COLD, WARM):
            before = states.forget_pixels if state == COLD else nothing
            mine = Contender("ours", partial(layer.tile, tile), before)
            others = [
                Contender(
                    peer.name, partial(kind.draw, peer, tile), peer.forget if state == COLD else nothing
                )
                for peer in peers
            ]
            if state == COLD:
                others.append(Contender(LIMIT, _limit(kind, tile, picture)))
            layer.tile(tile)
            times = interleave(mine, others, effort.budget(kind.seconds))
            yield Row(name, state, times.ours, times.others, targets.get(state, NOTHING_OWED[state]))


def _tolerance(kind: Kind, zoom: int) -> agreement.Tolerance:
    if kind is NEAREST_TILE:
        return NEAREST
    if zoom < 14:
        return agreement.OVERVIEW
    return agreement.COLOURED if kind is INDEX_TILE else agreement.SAME_GRID


NEAREST = agreement.Tolerance(2, 0.93, 0.99)
"""The peers' coordinates are off by up to an eighth of a pixel, so some take the neighbour."""


def _limit(kind: Kind, tile: Tile, picture: bytes) -> Callable[[], None]:
    """Decode what the tile needs, and encode a picture like ours."""
    grid = tile_grid(tile)
    files = [
        Path(scene["assets"][band]["href"])
        for scene in ours.add_scenes()[: kind.scenes]
        for band in kind.bands
    ]
    corner = (place.LEFT, place.TOP, place.PIXEL)
    blocks = [block for file in files for block in limit.needed_blocks(file, place.CRS, corner, grid)]
    return limit.drawing(blocks, picture, palette=kind is INDEX_TILE)
