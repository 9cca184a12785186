"""The contexts that the guide leaves out; the imagery is the demo's, made once for all tests of a run."""

import pytest

import descartes_flow as wf
from descartes_flow.geo import DLTile


@pytest.fixture
def ctx() -> wf.GeoContext:
    """A part of New Mexico: 111 x 182 pixels of 100 m."""
    return wf.GeoContext(
        bounds=(404000, 3946000, 422200, 3957100),
        bounds_crs="EPSG:32613",
        crs="EPSG:32613",
        resolution=100.0,
        align_pixels=False,
    )


@pytest.fixture
def east() -> wf.GeoContext:
    """A tile of 512 x 512 pixels in Virginia, where Sentinel-1 has descending passes only."""
    return wf.GeoContext.from_geo(DLTile.from_latlon(37.3, -76.5, resolution=20, tilesize=512, pad=0))
