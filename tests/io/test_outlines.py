import importlib.util

import pytest
import shapely

from descartes_flow.io import outlines
from descartes_flow.io.outlines import land


@pytest.fixture(autouse=True)
def read_anew():
    outlines._read.cache_clear()
    yield
    outlines._read.cache_clear()


@pytest.mark.parametrize(
    ("lon", "lat", "is_land"),
    [(-105.9, 35.7, True), (15.0, 45.5, True), (-30.0, 40.0, False), (0.0, -85.0, True), (150.0, 0.0, False)],
)
def test_continents_are_land_and_oceans_are_not(lon, lat, is_land):
    assert land().contains(shapely.Point(lon, lat)) == is_land


def test_borders_are_gone():
    border = shapely.Point(-100.0, 49.0)  # between Canada and the United States

    assert land().boundary.distance(border) > 5


def test_a_distribution_without_the_outlines_has_no_land(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    assert land().is_empty
