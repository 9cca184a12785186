from pathlib import Path

import numpy as np
import pytest

from descartes_flow.geo import Tile, tile_grid
from descartes_flow.io import places, read_band
from descartes_flow.io.datasets import Layout
from descartes_flow.io.places import locate, nearest_index, place
from tests.io.rasters import source_of, utm_grid


@pytest.mark.parametrize(
    ("position", "pixel"), [(0.0, -1), (0.2, 0), (1.0, 0), (1.0 + 1e-9, 0), (1.001, 1), (-0.3, -1)]
)
def test_a_place_belongs_to_its_pixel_and_an_edge_to_the_one_before(position: float, pixel: int):
    assert nearest_index(np.array([position])).tolist() == [pixel]


def test_the_region_holds_the_pixels_in_use_and_one_more(positions: Path):
    source = source_of(positions)
    found = place(source, utm_grid(left=100, top=50, res=10, rows=2, cols=3), 1, layout_of(source), False)

    assert (found.region.top, found.region.left) == (4, 9)
    assert found.region.shape == (4, 5)
    assert found.nearest.tolist() == [6, 7, 8, 11, 12, 13]  # counted in rows of five
    assert found.outside is None and found.corners is None


def test_corners_are_measured_from_the_centre_of_the_upper_left_pixel(positions: Path):
    source = source_of(positions)
    found = place(source, utm_grid(left=102.5, top=54, res=10, rows=1, cols=1), 1, layout_of(source), True)

    assert found.corners.across[0] == pytest.approx(0.25)
    assert found.corners.down[0] == pytest.approx(0.4)
    assert found.corners.upper_left.tolist() == found.nearest.tolist() == [4]


def test_a_grid_beside_the_image_has_no_places(positions: Path):
    source, beside = source_of(positions), utm_grid(left=5120, top=0, res=10, rows=2, cols=2)

    assert locate(source, beside, 1) is None
    assert place(source, beside, 1, layout_of(source), True) is None


def test_a_tile_on_the_other_side_of_the_earth_has_no_places(positions: Path):
    assert locate(source_of(positions), tile_grid(Tile(x=0, y=0, z=1)), 1) is None


def test_bands_that_lie_alike_share_their_places(positions: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    exact = places.centres

    def counting(source, *rest):
        asked.append(source.band)
        return exact(source, *rest)

    monkeypatch.setattr(places, "centres", counting)
    for index in (1, 2, 1):
        read_band(source_of(positions, index), utm_grid(0, 0, 10, 20, 20), "bilinear")

    assert asked == ["b1"]


def layout_of(source) -> Layout:
    return Layout(source.rows, source.cols, source.block)
