"""An operation that takes its time, to be defined in a notebook's kernel."""

SLOW_OPERATION = """
import time
import descartes_flow as wf
from descartes_flow.interactive.tiles.serving import tile_server
from descartes_flow.ops.registry import operation
from descartes_flow.steps.families import Pointwise
from descartes_flow.types import Float, Imagery, Same

@operation("plus_slowly", on=Imagery, family=Pointwise())
def plus_slowly(self: Imagery, level: Float) -> Same:
    "Add a number; 0.1 takes a second and a half."
    ...

@plus_slowly.kernel
def _plus_slowly(data, level):
    if level == 0.1:
        time.sleep(1.5)
    return data + level

wf.map.center = 35.70, -105.95
wf.map.zoom = 10
level = wf.parameter("level", wf.Float)
scene = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
"""
