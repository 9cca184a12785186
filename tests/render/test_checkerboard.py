import numpy as np
import pytest

from descartes_flow.render.checkerboard import CHECK, checkerboard


def test_checks_are_eight_pixels_wide_and_alternate():
    checks = checkerboard(32, 32)

    assert checks[:8, :8].max() == 0
    assert checks[:8, 8:16].min() == 1
    assert checks[8:16, :8].min() == 1
    assert checks[8:16, 8:16].max() == 0


@pytest.mark.parametrize("size", [256, 512])
def test_the_pattern_runs_on_across_the_seams_of_tiles(size):
    tile = checkerboard(size, size)
    mosaic = np.block([[tile, tile], [tile, tile]])

    assert (mosaic == checkerboard(2 * size, 2 * size)).all()
    assert (mosaic[:, size - CHECK : size] != mosaic[:, size : size + CHECK]).all()
