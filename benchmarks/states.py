"""Cold and warm: which of our caches hold something while we are timed. The only place that knows them.

Known in either state, as nothing of it depends on pixels: headers, bound plans, and where target pixels lie.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import descartes_flow as wf
from descartes_flow import kernels
from descartes_flow.engine.run import VALUES
from descartes_flow.io.blocks import BLOCKS
from descartes_flow.render.layers import LAYERS
from descartes_flow.render.pixels import PIXELS

RESULT_CACHES = ("value_cache_bytes", "tile_cache_bytes", "picture_cache_bytes")


def get_ready() -> None:
    """Wait for what a layer begins to load as soon as it is made: compiled kernels."""
    kernels.wait()


def forget_values() -> None:
    """Forget values and the pixels of tiles: what is left are decoded blocks. Pictures stay."""
    VALUES.clear()
    PIXELS.clear()


def forget_pixels() -> None:
    """Forget decoded blocks too."""
    forget_values()
    BLOCKS.clear()


@contextmanager
def without_result_caches() -> Iterator[None]:
    """Neither values nor pixels of tiles nor pictures are kept: one byte holds none."""
    kept = {name: getattr(wf.settings, name) for name in RESULT_CACHES}
    for name in kept:
        setattr(wf.settings, name, 1)
    VALUES.clear()
    LAYERS.clear_cache()
    try:
        yield
    finally:
        for name, size in kept.items():
            setattr(wf.settings, name, size)
