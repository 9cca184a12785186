"""The coordinates of a grid in a source's CRS against pyproj, pixel by pixel, all over the earth.

With ``DESCARTES_FLOW_TEST_EXACT=1`` this is every pixel, of the tiles around as well; else each
eleventh along either axis, a step that shares no factor with the spacing of the nodes.
"""

import functools
import math
import os

import numpy as np
import pytest
from pyproj import Transformer

from descartes_flow.geo import Grid, Tile, lattice, tile_grid
from descartes_flow.geo.crs import normalise_crs
from descartes_flow.geo.earth import HALF_EQUATOR, LONLAT, WEB_MERCATOR
from descartes_flow.geo.lattice import source_coordinates

ALL = bool(os.environ.get("DESCARTES_FLOW_TEST_EXACT"))
STEP = 1 if ALL else 11
AROUND = (-1, 0, 1) if ALL else (0,)

ALLOWED = 0.05
"""Largest error, in pixels of the level that is read."""

SINUSOIDAL = "+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181 +units=m +no_defs"
GEOSTATIONARY = "+proj=geos +h=35785831 +lon_0=0 +sweep=y"
ORTHOGRAPHIC = "+proj=ortho +lat_0=0 +lon_0=0"
INTERRUPTED = "+proj=igh"

PLACES = {
    "middle of a zone": ("EPSG:32633", 15.1, 45.8),
    "edge of a zone": ("EPSG:32633", 17.99, 45.8),
    "in the next zone": ("EPSG:32633", 20.5, 60.0),
    "in the zone before": ("EPSG:32633", 8.0, 50.0),
    "two zones on": ("EPSG:32633", 27.0, 70.0),
    "Svalbard": ("EPSG:32633", 15.6, 78.2),
    "Svalbard, zone 35 in zone 33": ("EPSG:32633", 27.0, 80.5),
    "84 N": ("EPSG:32633", 15.0, 84.0),
    "85 N, where tiles end": ("EPSG:32645", 87.0, 84.95),
    "a southern zone": ("EPSG:32733", 17.99, -33.0),
    "79 S": ("EPSG:32733", 15.0, -79.0),
    "a northern zone south of the equator": ("EPSG:32620", -63.0, -8.0),
    "before the antimeridian": ("EPSG:32760", 179.99, -17.0),
    "after the antimeridian": ("EPSG:32701", -179.99, -17.0),
    "zone 60 east of the antimeridian": ("EPSG:32660", -179.5, 65.0),
    "degrees": ("EPSG:4326", 15.1, 45.8),
    "degrees at the antimeridian": ("EPSG:4326", 179.99, 10.0),
    "degrees far north": ("EPSG:4326", -10.0, 84.5),
    "degrees of another datum": ("EPSG:4258", 10.0, 60.0),
    "north polar": ("EPSG:3413", -45.0, 70.0),
    "north polar, the other side": ("EPSG:3413", 135.0, 84.0),
    "north polar at the antimeridian": ("EPSG:3413", 179.99, 75.0),
    "south polar": ("EPSG:3031", 0.0, -70.0),
    "south polar at the antimeridian": ("EPSG:3031", -179.99, -84.0),
    "Lambert, conformal": ("EPSG:2154", 3.0, 46.5),
    "Lambert, equal areas": ("EPSG:3035", 30.0, 70.0),
    "Albers": ("EPSG:5070", -96.0, 38.0),
    "cylinder": ("EPSG:6933", 179.9, -60.0),
    "British grid": ("EPSG:27700", -2.0, 53.0),
    "oblique": ("EPSG:2056", 8.0, 47.0),
    "sinusoidal": (SINUSOIDAL, -55.0, -11.0),
    "sinusoidal, far from its middle": (SINUSOIDAL, 170.0, 60.0),
    "geostationary": (GEOSTATIONARY, 10.0, 20.0),
    "geostationary, at the limb": (GEOSTATIONARY, 70.0, 30.0),
    "orthographic, at the limb": (ORTHOGRAPHIC, 89.9, 0.0),
    "interrupted": (INTERRUPTED, -40.1, 30.0),
}

GRIDS = {
    "UTM from degrees across the antimeridian": (
        *(Grid("EPSG:32601", 1e5, 8e6, 500.0, 500.0, 300, 300), "EPSG:4326", 0.002),
    ),
    "the north pole from degrees": (
        *(Grid("EPSG:3413", -128e3, 128e3, 1000.0, 1000.0, 256, 256), "EPSG:4326", 0.01),
    ),
    "the south pole from degrees": (
        *(Grid("EPSG:3031", -90e3, 70e3, 1000.0, 1000.0, 161, 163), "EPSG:4326", 0.01),
    ),
    "the north pole from UTM": (Grid("EPSG:3413", -5e5, 5e5, 4000.0, 4000.0, 250, 250), "EPSG:32633", 1000.0),
    "degrees up to the pole": (Grid("EPSG:4326", -180.0, 90.0, 0.5, 0.5, 100, 720), "EPSG:3413", 10_000.0),
    "the world in degrees from UTM": (
        Grid("EPSG:4326", -180.0, 90.0, 1.0, 1.0, 180, 360),
        "EPSG:32633",
        20_000.0,
    ),
    "degrees beyond 180": (Grid("EPSG:4326", 170.0, 10.0, 0.1, 0.1, 200, 200), "EPSG:3857", 10_000.0),
    "equal areas from UTM": (Grid("EPSG:6933", 9e5, 5.4e6, 90.0, 90.0, 300, 300), "EPSG:32632", 10.0),
    "equal areas from the next zone": (
        Grid("EPSG:3035", 4.3e6, 3.3e6, 30.0, 30.0, 400, 300),
        "EPSG:32632",
        10.0,
    ),
    "zone 33 in zone 32": (Grid("EPSG:32632", 9e5, 5.4e6, 10.0, 10.0, 512, 512), "EPSG:32633", 10.0),
    "zone 33 in zone 34": (Grid("EPSG:32634", 1e5, 8.9e6, 60.0, 60.0, 300, 300), "EPSG:32633", 20.0),
    "pixels far from square": (Grid("EPSG:32633", 5e5, 5e6, 7.0, 900.0, 300, 300), "EPSG:3035", 10.0),
    "the limb of the earth": (Grid("EPSG:4326", 80.0, 10.0, 0.1, 0.1, 200, 200), ORTHOGRAPHIC, 10_000.0),
    "the tears of an interrupted map": (
        Grid("EPSG:4326", -60.0, 30.0, 0.2, 0.2, 300, 300),
        INTERRUPTED,
        5000.0,
    ),
}
"""Target, CRS of the source, and a pixel of the level that is read."""


@pytest.fixture(autouse=True)
def no_kept_lattices() -> None:
    lattice.clear_lattices()


@functools.cache
def transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def error(grid: Grid, source_crs: str, pixel: float) -> float:
    """Largest error on a grid, in pixels of the source; infinite if one is NaN where the other is not."""
    found_x, found_y = (a[::STEP, ::STEP] for a in source_coordinates(grid, source_crs, 0.02 * pixel).full())
    there = np.meshgrid(grid.centre_x()[::STEP], grid.centre_y()[::STEP])
    x, y = transformer(grid.crs, source_crs).transform(*there)
    reached = np.isfinite(x) & np.isfinite(y)
    if not np.array_equal(reached, np.isfinite(found_x)) or not np.array_equal(reached, np.isfinite(found_y)):
        return math.inf
    away = np.maximum(np.abs(found_x - x), np.abs(found_y - y))[reached]
    return float(away.max(initial=0.0)) / pixel


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """Place in the square world of the tiles, 0 .. 1 from west to east and from north to south."""
    x, y = transformer(LONLAT, WEB_MERCATOR).transform(lon, lat)
    return (x + HALF_EQUATOR) / (2 * HALF_EQUATOR), (HALF_EQUATOR - y) / (2 * HALF_EQUATOR)


def level_pixel(source_crs: str, lon: float, lat: float, z: int) -> float:
    """Half a pixel of a tile, as fine as levels are, but not below 10 m; in the source's units."""
    place = transformer(WEB_MERCATOR, source_crs)
    x, y = transformer(LONLAT, WEB_MERCATOR).transform(lon, lat)
    ground = math.cos(math.radians(lat))
    metres = max(10 / ground, HALF_EQUATOR / (256 * 2**z))
    # Measured on one metre there, where the projection is straight.
    (x0, y0), (x1, y1) = place.transform(x, y), place.transform(x - 1, y)
    return metres * math.hypot(x1 - x0, y1 - y0)


@pytest.mark.parametrize("name", PLACES)
def test_tiles_of_all_zooms_know_their_place_to_a_twentieth_of_a_source_pixel(name: str) -> None:
    crs, lon, lat = PLACES[name]
    source_crs, (across, down) = normalise_crs(crs), mercator(lon, lat)
    errors: dict[tuple[int, int, int], float] = {}
    for z in range(23):
        pixel = level_pixel(source_crs, lon, lat, z)
        for right in AROUND:
            for below in AROUND:
                x, y = int(across * 2**z) + right, int(down * 2**z) + below
                if 0 <= y < 2**z:
                    errors[z, x, y] = error(tile_grid(Tile(x=x, y=y, z=z)), source_crs, pixel)

    assert len(errors) >= 23
    assert {tile: away for tile, away in errors.items() if away > ALLOWED} == {}


@pytest.mark.parametrize("name", GRIDS)
def test_grids_of_any_crs_know_their_place_to_a_twentieth_of_a_source_pixel(name: str) -> None:
    grid, crs, pixel = GRIDS[name]

    assert error(grid, normalise_crs(crs), pixel) <= ALLOWED


def test_a_grid_with_a_corner_between_pixels_of_the_lattice_is_as_exact() -> None:
    corners = np.random.default_rng(4).uniform(0, 1000, (40, 2))
    errors = [
        error(Grid("EPSG:3857", 1.7e6 + x, 5.7e6 - y, 13.7, 13.7, 100, 100), "EPSG:32633", 10.0)
        for x, y in corners
    ]

    assert max(errors) <= ALLOWED
