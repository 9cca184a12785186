import concurrent.futures

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasterio.crs import CRS as RasterioCRS

from descartes_flow.errors import ContextError
from descartes_flow.geo import Bounds
from descartes_flow.geo.crs import (
    crs_name,
    crs_unit,
    envelope,
    is_geographic,
    metres_per_unit,
    normalise_crs,
    project,
    utm_crs,
    utm_zone,
)
from descartes_flow.geo.earth import HALF_EQUATOR

SINUSOIDAL = "+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181 +units=m +no_defs"


@pytest.mark.parametrize(
    "written",
    [
        "EPSG:32633",
        "epsg:32633",
        32633,
        "+proj=utm +zone=33 +datum=WGS84 +units=m +no_defs",
        pyproj.CRS(32633).to_wkt(),
        pyproj.CRS(32633).to_wkt("WKT1_GDAL"),
        pyproj.CRS(32633),
        RasterioCRS.from_epsg(32633),
    ],
)
def test_every_way_to_write_a_crs_gives_its_code(written):
    assert normalise_crs(written) == "EPSG:32633"


@pytest.mark.parametrize(
    "written", ["OGC:CRS84", "+proj=longlat +datum=WGS84", "EPSG:4979", "EPSG:4326+5773"]
)
def test_axis_order_and_heights_make_no_other_crs(written):
    assert normalise_crs(written) == "EPSG:4326"


def test_a_crs_without_a_code_becomes_wkt_that_means_the_same():
    wkt = normalise_crs(SINUSOIDAL)

    assert wkt.startswith("PROJCRS[")
    assert normalise_crs(wkt) == wkt
    assert pyproj.CRS(wkt).equals(pyproj.CRS(SINUSOIDAL))


@pytest.mark.parametrize(
    "rubbish", ["rubbish", "", None, "EPSG:99999999", "EPSG:4978", 3.5, ["EPSG:4326"], True]
)
def test_rubbish_is_refused_with_the_field_and_the_way_out(rubbish):
    with pytest.raises(ContextError, match=r"AOI\(crs=\): expected .* such as 'EPSG:32633'.*, got "):
        normalise_crs(rubbish, "AOI(crs=)")


def test_units():
    assert (crs_unit("EPSG:32633"), crs_unit("EPSG:4326")) == ("metre", "degree")
    assert (is_geographic("EPSG:32633"), is_geographic("EPSG:4326")) == (False, True)
    assert crs_unit("EPSG:2263") == "US survey foot"
    assert metres_per_unit("EPSG:2263") == pytest.approx(1200 / 3937)


def test_messages_call_a_crs_by_code_or_name():
    assert (crs_name("EPSG:32633"), crs_name(normalise_crs(SINUSOIDAL))) == ("EPSG:32633", "'unknown'")


@pytest.mark.parametrize(
    ("lon", "lat", "zone"),
    [
        (-180.0, 0.0, 1),
        (180.0, 0.0, 1),
        (179.9, 0.0, 60),
        (185.0, 0.0, 1),
        (0.0, 0.0, 31),
        (-0.1, 0.0, 30),
        (2.9, 60.0, 31),
        (3.0, 60.0, 32),  # south-western Norway
        (3.0, 64.0, 31),
        (3.0, 55.9, 31),
        (8.9, 78.0, 31),  # Svalbard: 31, 33, 35, 37 only
        (9.0, 78.0, 33),
        (20.9, 78.0, 33),
        (21.0, 78.0, 35),
        (33.0, 84.0, 37),
        (41.9, 72.0, 37),
        (42.0, 78.0, 38),
    ],
)
def test_zones(lon, lat, zone):
    assert utm_zone(lon, lat) == zone


@pytest.mark.parametrize(
    ("lon", "lat", "crs"),
    [
        (15.0, 45.0, 32633),
        (15.0, 0.0, 32633),
        (15.0, -0.1, 32733),
        (-70.0, -33.4, 32719),
        (0.0, 84.1, 5041),
        (0.0, -80.1, 5042),
    ],
)
def test_utm_has_a_southern_half_and_ends_before_the_poles(lon, lat, crs):
    assert utm_crs(lon, lat) == f"EPSG:{crs}"


@given(lon=st.floats(-1000, 1000))
def test_there_are_sixty_zones_however_far_round(lon):
    assert 1 <= utm_zone(lon, 0.0) <= 60


def test_a_longitude_just_beyond_180_is_in_a_zone():
    assert utm_zone(-180.00000000000003, 0.0) == 1  # its remainder rounds up to a whole turn


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90))
def test_the_crs_of_a_point_is_that_of_its_zone(lon, lat):
    number = int(utm_crs(lon, lat).removeprefix("EPSG:"))

    assert number in {5041, 5042} or number % 100 == utm_zone(lon, lat)


def test_x_comes_before_y_whatever_the_authority_says():
    x, y = project([0.0], [45.0], "EPSG:4326", "EPSG:3857")

    assert (x[0], round(y[0])) == (0.0, 5621521)


def test_points_without_a_place_are_nan():
    x, y = project([15.0, 105.0], [0.0, 0.0], "EPSG:4326", "EPSG:32633")

    assert np.isnan([x[1], y[1]]).all()
    assert x[0] == pytest.approx(500000.0)


def test_threads_project_at_once():
    def there_and_back(lon):
        x, y = project([lon], [45.0], "EPSG:4326", "EPSG:32633")
        return float(project(x, y, "EPSG:32633", "EPSG:4326")[0][0])

    lons = np.linspace(12, 18, 400)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        back = list(pool.map(there_and_back, lons))

    assert np.abs(back - lons).max() < 1e-9


def test_an_envelope_follows_the_bent_edges():
    # The parallel 60 N reaches its southernmost northing in the middle of the zone, not at the corners.
    found = envelope(Bounds(12.0, 60.0, 18.0, 61.0), "EPSG:4326", "EPSG:32633")
    corners = project([12.0, 18.0], [60.0, 60.0], "EPSG:4326", "EPSG:32633")[1]
    middle = project([15.0], [60.0], "EPSG:4326", "EPSG:32633")[1]

    assert found.bottom == pytest.approx(middle[0])
    assert found.bottom < corners.min() - 1000


def test_an_envelope_in_the_same_crs_is_the_bounds():
    bounds = Bounds(0.1, 0.2, 0.3, 0.4)

    assert envelope(bounds, "EPSG:32633", "EPSG:32633") is bounds


def test_web_mercator_ends_at_its_square():
    found = envelope(Bounds(-180.0, -90.0, 180.0, 90.0), "EPSG:4326", "EPSG:3857")

    assert found == pytest.approx((-HALF_EQUATOR, -HALF_EQUATOR, HALF_EQUATOR, HALF_EQUATOR))


def test_bounds_around_a_pole_have_an_envelope():
    found = envelope(Bounds(-180.0, 80.0, 180.0, 90.0), "EPSG:4326", "EPSG:3413")

    assert found.left == pytest.approx(-found.right)
    assert found.top == pytest.approx(-found.bottom)
    assert found.right == pytest.approx(1.09e6, rel=0.01)  # 10 degrees of latitude and a little less


@pytest.mark.parametrize("target", ["EPSG:4326", "EPSG:3857"])
def test_what_crosses_the_antimeridian_has_no_envelope_where_the_crs_is_torn(target):
    # Western edge of UTM zone 1: easting 166 km is 180 W at the equator.
    with pytest.raises(ContextError, match=r"bounds=.*cross the antimeridian.*'utm'"):
        envelope(Bounds(150000.0, 0.0, 200000.0, 100000.0), "EPSG:32601", target)


@pytest.mark.parametrize(
    ("bounds", "target"),
    [
        (Bounds(-180.0, -90.0, 180.0, 90.0), "EPSG:32631"),  # the outline alone looks like a thin strip
        (Bounds(100.0, -10.0, 110.0, 10.0), "EPSG:32633"),
    ],
)
def test_bounds_beyond_the_reach_of_a_crs_are_refused(bounds, target):
    with pytest.raises(ContextError, match=r"bounds=.*reach beyond the area where the crs EPSG"):
        envelope(bounds, "EPSG:4326", target)
