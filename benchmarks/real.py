"""Real imagery: the Sentinel-2 scene of Virginia among the test data, at its full 10 m."""

import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import descartes_flow as wf
from benchmarks import agreement, limit, ours, place, states
from benchmarks.measuring import Contender, interleave
from benchmarks.row import BEST_PEER, LIMIT, Row, Target
from benchmarks.work import Effort, Work
from descartes_flow.geo import tile_grid

PRODUCT = "s2_l1c_18S_virginia"
VARIABLE = "DESCARTES_FLOW_TEST_DATA"
NAME = "RGB tile of real imagery z14"
BANDS = {"red": "B04", "green": "B03", "blue": "B02", "nir": "B08"}
CRS, LEFT, TOP, PIXEL = "EPSG:32618", 439_320, 4_176_480, 10
MIDDLE = place.Place(LEFT + PIXEL * 512, TOP - PIXEL * 640, CRS)


def works() -> Iterator[Work]:
    """One row; nothing, and a note, without the imagery."""
    if os.environ.get(VARIABLE):
        yield Work(NAME, _rows)
    else:
        yield Work(NAME, _left_out)


def _left_out(effort: Effort) -> Iterator[Row]:
    print(f"{NAME}: left out, {VARIABLE} names no folder of imagery")
    return iter(())


def _scene() -> dict[str, Any]:
    """The item, its assets by the names that the peers ask for."""
    folder = Path(os.environ[VARIABLE]).resolve()
    features = json.loads((folder / "manifest.json").read_text())["features"]
    (scene,) = [feature for feature in features if feature["collection"] == PRODUCT]
    scene["properties"]["datetime"] = scene["properties"]["start_datetime"]
    scene["assets"] = {name: scene["assets"][band] for name, band in BANDS.items()}
    for asset in scene["assets"].values():
        asset["href"] = str(folder / asset["href"])
    return dict(scene)


def _rows(effort: Effort) -> Iterator[Row]:
    from benchmarks.peers.odc import OdcStac
    from benchmarks.peers.rio import RioTiler, TunedRioTiler
    from benchmarks.peers.stack import StackStac

    scene = _scene()
    wf.catalog.add(PRODUCT, [scene])
    layer = ours.Layer("real", ours.rgb(f"{PRODUCT}:{scene['id']}"), ours.RGB_STYLE)
    tile = place.tile_at(MIDDLE, 14)
    peers = [kind([scene]) for kind in (RioTiler, OdcStac, StackStac, TunedRioTiler)]
    blocks = [
        block
        for band in ("red", "green", "blue")
        for block in limit.needed_blocks(
            scene["assets"][band]["href"], CRS, (LEFT, TOP, PIXEL), tile_grid(tile)
        )
    ]
    with states.without_result_caches():
        picture = layer.tile(tile)
        for peer in peers:
            agreement.check_pictures(NAME, picture, peer.name, peer.rgb(tile), agreement.SAME_GRID)
        others = [Contender(peer.name, partial(peer.rgb, tile), peer.forget) for peer in peers]
        others.append(Contender(LIMIT, limit.drawing(blocks, picture)))
        mine = Contender("ours", partial(layer.tile, tile), states.forget_pixels)
        times = interleave(mine, others, effort.budget(14))
    yield Row(NAME, "cold", times.ours, times.others, (Target(BEST_PEER, goal=8),))
