"""Cold and warm: which of our caches hold something while we are timed. The only place that knows them."""

from collections.abc import Iterator
from contextlib import contextmanager

import descartes_flow as wf
from descartes_flow.engine.run import VALUES
from descartes_flow.io.blocks import BLOCKS
from descartes_flow.render.layers import LAYERS


def forget_results() -> None:
    """Forget values and tiles: what is left are decoded blocks, headers and open files."""
    VALUES.clear()
    LAYERS.clear_cache()


def forget_tiles() -> None:
    """Forget the pictures, not the values that they are made of."""
    LAYERS.clear_cache()


def forget_pixels() -> None:
    """Forget decoded blocks too: what is left are headers, open files and compiled kernels."""
    forget_results()
    BLOCKS.clear()


@contextmanager
def without_result_caches() -> Iterator[None]:
    """Neither values nor tiles are kept: one byte holds none."""
    kept = wf.settings.value_cache_bytes, wf.settings.tile_cache_bytes
    wf.settings.value_cache_bytes = wf.settings.tile_cache_bytes = 1
    forget_results()
    try:
        yield
    finally:
        wf.settings.value_cache_bytes, wf.settings.tile_cache_bytes = kept
