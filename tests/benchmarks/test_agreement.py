"""The peers draw what we draw, on a small edition of the imagery; and a picture that differs is found out."""

import numpy as np
import pytest

from benchmarks import agreement, looks, ours, place
from benchmarks.agreement import Disagreement
from benchmarks.peers.odc import OdcStac
from benchmarks.peers.peer import Values
from benchmarks.place import CRS, LEFT, PIXEL, TOP, Place
from descartes_flow.geo import AOI
from tests.benchmarks.conftest import SIDE

MIDDLE = Place(LEFT + PIXEL * SIDE / 2, TOP - PIXEL * SIDE / 2, CRS)


# What others deprecate, the peers still call; and rasterio warps their arrays, which lie nowhere.
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning",
    "ignore::PendingDeprecationWarning",
    "ignore:Dataset has no geotransform",
)


@pytest.fixture
def tile():
    return place.tile_at(MIDDLE, 14)


def test_rgb_of_odc_stac_is_ours(in_catalog, tile):
    mine = ours.Layer("rgb", ours.rgb(), ours.RGB_STYLE).tile(tile)

    agreement.check_pictures("rgb", mine, "odc-stac", OdcStac(in_catalog).rgb(tile), agreement.SAME_GRID)
    assert looks.pixels_of(mine)[..., 3].any()


def test_an_index_in_colours_of_odc_stac_is_ours(in_catalog, tile):
    mine = ours.Layer("index", ours.index(), ours.INDEX_STYLE).tile(tile)

    theirs = OdcStac(in_catalog).index(tile)
    agreement.check_pictures("index", mine, "odc-stac", theirs, agreement.COLOURED)
    assert len(np.unique(looks.pixels_of(mine)[..., 0])) > 20


def test_a_masked_median_of_odc_stac_is_ours(in_catalog, tile):
    mine = ours.Layer("median", ours.median(), ours.RGB_STYLE).tile(tile)

    theirs = OdcStac(in_catalog).median(tile, "bilinear")
    agreement.check_pictures("median", mine, "odc-stac", theirs, agreement.SAME_GRID)


def test_the_index_median_on_the_scenes_own_pixels_is_the_same_number(in_catalog):
    bounds = (LEFT, TOP - PIXEL * SIDE, LEFT + PIXEL * SIDE, TOP)
    area = AOI(bounds=bounds, bounds_crs=CRS, crs=CRS, resolution=PIXEL, align_pixels=False)
    result = ours.computed(ours.index_median(), area)

    mine = Values(result.data[0], np.ma.getmaskarray(result)[0])
    theirs = OdcStac(in_catalog, "tuned").index_median(area)
    agreement.check_values("composite", mine, "odc-stac", theirs, agreement.OWN_PIXELS)
    assert 0 < mine.hidden.mean() < 0.5


def test_rgb_of_rio_tiler_is_ours(in_catalog, tile):
    from rio_tiler.io import Reader

    mine = ours.Layer("rgb", ours.rgb(), ours.RGB_STYLE).tile(tile)
    bands = []
    for band in looks.RGB:
        with Reader(in_catalog[0]["assets"][band]["href"]) as reader:
            read = reader.tile(
                tile.x, tile.y, tile.z, resampling_method="bilinear", reproject_method="bilinear"
            )
            bands.append(read.array[0])

    hidden = np.any([np.ma.getmaskarray(band) for band in bands], axis=0)
    theirs = looks.draw_rgb(np.stack([band.data for band in bands]), hidden)
    agreement.check_pictures("rgb", mine, "rio-tiler", theirs, agreement.SAME_GRID)


def square(value: float, hidden: bool = False) -> Values:
    return Values(np.full((10, 10), value), np.full((10, 10), hidden))


def test_values_that_differ_are_refused():
    apart = square(0.5)
    apart.data[0, :3] += 0.02

    with pytest.raises(
        Disagreement, match=r"w: peer: 97.00% of the pixels are within 0.01 \(wanted 98.00%\)"
    ):
        agreement.check_values("w", square(0.5), "peer", apart, agreement.RESAMPLED)


def test_masks_that_differ_are_refused():
    apart = square(0.5)
    apart.hidden[0, 0] = True

    with pytest.raises(Disagreement, match=r"99.000% are masked alike \(wanted 99.900%\)"):
        agreement.check_values("w", square(0.5), "peer", apart, agreement.RESAMPLED)


def test_results_that_show_nothing_in_common_are_refused():
    with pytest.raises(Disagreement, match="no pixel is shown by both"):
        agreement.check_values("w", square(0.5), "peer", square(0.5, hidden=True), agreement.RESAMPLED)
