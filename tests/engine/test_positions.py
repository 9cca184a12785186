"""Pixels that hold their own coordinates: nothing is flipped, and nothing is half a pixel off."""

import mercantile
import numpy as np
import pytest
from pyproj import Transformer

import descartes_flow as wf
from descartes_flow.geo import AOI, XYZTile
from tests.scenes import LEFT, TOP, UTM, area

SIDE = 512


@pytest.fixture
def positions(scenes) -> wf.Image:
    """Bands x and y hold the coordinates of each pixel's own centre, in metres."""
    x = LEFT + 10 * (np.arange(SIDE) + 0.5)
    y = TOP - 10 * (np.arange(SIDE) + 0.5)
    return scenes.image("p", {"x": np.tile(x, (SIDE, 1)), "y": np.tile(y[:, None], (1, SIDE))})


def test_native_pixels_are_where_the_context_says(positions):
    result = positions.compute(area(100, 200, row=50, col=30))

    x, y = result.ndarray
    assert x.shape == (100, 200)
    assert not np.ma.getmaskarray(result.ndarray).any()
    np.testing.assert_array_equal(x[0], LEFT + 10 * (np.arange(30, 230) + 0.5))
    np.testing.assert_array_equal(y[:, 0], TOP - 10 * (np.arange(50, 150) + 0.5))
    assert result.geocontext["gdal_geotrans"] == (LEFT + 300, 10, 0, TOP - 500, 0, -10)


def test_east_grows_to_the_right_and_north_is_up(positions):
    x, y = positions.compute(area(20, 20)).ndarray

    assert x[0, 0] < x[0, -1]
    assert y[0, 0] > y[-1, 0]


@pytest.mark.parametrize("resolution", [2.5, 5, 20, 40])
def test_another_resolution_takes_the_pixel_under_each_centre(positions, resolution):
    rows = int(1000 / resolution)
    context = AOI(
        bounds=(LEFT + 1000, TOP - 2000, LEFT + 2000, TOP - 1000),
        bounds_crs=UTM,
        crs=UTM,
        resolution=resolution,
    )

    x, y = positions.compute(context).ndarray
    assert x.shape == (rows, rows)
    own = LEFT + 1000 + resolution * (np.arange(rows) + 0.5)
    assert np.abs(x[0] - own).max() <= 5
    assert np.abs(y[:, 0] - (TOP - 1000 - resolution * (np.arange(rows) + 0.5))).max() <= 5


def test_bilinear_gives_the_coordinates_of_the_target_itself(scenes, positions):
    smooth = wf.Image.from_id("test:p", resampler="bilinear")
    context = AOI(
        bounds=(LEFT + 1003, TOP - 2000, LEFT + 2003, TOP - 1000), bounds_crs=UTM, crs=UTM, resolution=4
    )

    x, y = smooth.compute(context).ndarray
    left, _, _, top, _, _ = context.gdal_geotrans
    np.testing.assert_allclose(x[0], left + 4 * (np.arange(x.shape[1]) + 0.5), rtol=0, atol=1e-6)
    np.testing.assert_allclose(y[:, 0], top - 4 * (np.arange(x.shape[0]) + 0.5), rtol=0, atol=1e-6)


def test_a_map_tile_shows_each_place_where_it_is(positions):
    to_tile = Transformer.from_crs(UTM, "EPSG:3857", always_xy=True)
    tile = XYZTile(4438, 2942, 13)
    x, y = positions.compute(tile).ndarray
    left, size, _, top, _, _ = tile.gdal_geotrans

    rows, cols = np.nonzero(~np.ma.getmaskarray(x))
    assert len(rows) > 100
    east, north = to_tile.transform(x.data[rows, cols], y.data[rows, cols])
    away = np.hypot(left + size * (cols + 0.5) - east, top - size * (rows + 0.5) - north)
    assert (
        away.max() < 10 * 2**0.5 / 2 * 1.5 + 0.01
    )  # half a diagonal of a source pixel; 3857 stretches by 1.42


TARGETS = [
    ("EPSG:32633", 7.7),
    ("EPSG:32632", 9.0),
    ("EPSG:4326", 1.1e-4),
    ("EPSG:6933", 13.0),
    ("EPSG:3035", 10.0),
    ("EPSG:3413", 21.0),
]


@pytest.mark.parametrize(("crs", "resolution"), TARGETS)
def test_areas_in_any_crs_look_where_they_should(positions, crs, resolution):
    smooth = wf.Image.from_id("test:p", resampler="bilinear")
    middle = (LEFT + 2000, TOP - 3000, LEFT + 3000, TOP - 2000)
    context = AOI(bounds=middle, bounds_crs=UTM, crs=crs, resolution=resolution)

    x, y = smooth.compute(context).ndarray
    left, _, _, top, _, _ = context.gdal_geotrans
    rows, cols = np.mgrid[: x.shape[0], : x.shape[1]] + 0.5
    to_utm = Transformer.from_crs(crs, UTM, always_xy=True)
    east, north = to_utm.transform(left + resolution * cols, top - resolution * rows)
    assert x.size > 1500
    assert not np.ma.getmaskarray(x).any()
    assert max(np.abs(x - east).max(), np.abs(y - north).max()) < 0.05 * 10


@pytest.mark.parametrize("z", range(11, 23))
def test_tiles_of_any_zoom_look_where_they_should(positions, z):
    smooth = wf.Image.from_id("test:p", resampler="bilinear")
    lon, lat = Transformer.from_crs(UTM, 4326, always_xy=True).transform(LEFT + 2560, TOP - 2560)
    place = mercantile.tile(lon, lat, z)
    tile = XYZTile(place.x, place.y, z)

    x, y = smooth.compute(tile).ndarray
    left, size, _, top, _, _ = tile.gdal_geotrans
    rows, cols = np.mgrid[:256, :256] + 0.5
    to_utm = Transformer.from_crs(3857, UTM, always_xy=True)
    east, north = to_utm.transform(left + size * cols, top - size * rows)
    inside = (np.abs(east - LEFT - 2560) < 2550) & (np.abs(north - TOP + 2560) < 2550)
    assert inside.sum() > 5000
    assert not np.ma.getmaskarray(x)[inside].any()
    assert max(np.abs(x - east)[inside].max(), np.abs(y - north)[inside].max()) < 0.05 * 10


def test_the_area_beside_the_scene_is_masked(positions):
    result = positions.compute(area(10, 10, row=SIDE - 5, col=SIDE - 5))

    shown = ~np.ma.getmaskarray(result.ndarray)[0]
    assert shown[:5, :5].all()
    assert shown.sum() == 25


def test_the_guides_first_example_has_the_guides_shape():
    img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80270312016188_v1")
    context = wf.GeoContext(
        resolution=200.0,
        crs="EPSG:32615",
        align_pixels=False,
        bounds=(258292.5, 4503907.5, 493732.5, 4743307.5),
        bounds_crs="EPSG:32615",
    )

    result = img.pick_bands(["red", "green", "blue"]).compute(context)
    assert type(result.ndarray) is np.ma.MaskedArray
    assert result.ndarray.shape == (3, 1197, 1177)
    assert list(result.bandinfo) == ["red", "green", "blue"]
    assert 0 < result.ndarray.mean() < 1
