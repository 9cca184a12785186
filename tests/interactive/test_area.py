import numpy as np
import pytest
import shapely
from ipywidgets.widgets import widget

from descartes_flow.errors import ContextError
from descartes_flow.interactive.app import MapApp
from descartes_flow.interactive.area import OUTLINE


def box(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


HERE = box(15.0, 45.0, 15.1, 45.1)
ROUND_HERE = box(15.5, 44.0, 15.6, 44.1)
"""Within the scenes of these tests."""

WITHOUT_A_QUARTER = {
    "type": "Polygon",
    "coordinates": [
        [[15.5, 44.0], [15.6, 44.0], [15.6, 44.05], [15.55, 44.05], [15.55, 44.1], [15.5, 44.1], [15.5, 44.0]]
    ],
}


def outlines(map):
    """The layers that the page has on top of those of the map."""
    on_page = map.get_state("layers")["layers"]
    return [widget._instances[name.removeprefix("IPY_MODEL_")] for name in on_page[len(map.layers) :]]


def test_a_map_has_no_area_until_it_is_set(croatia):
    assert croatia.aoi is None
    assert outlines(croatia) == []


def test_the_area_is_plain_geojson_and_its_outline_is_on_the_page(croatia):
    croatia.aoi = {"type": "Feature", "properties": {}, "geometry": HERE}
    (outline,) = outlines(croatia)

    assert croatia.aoi == HERE
    assert outline.name == OUTLINE
    assert [feature["geometry"] for feature in outline.data["features"]] == [HERE, HERE]  # white, and colour
    assert croatia.layers == ()


def test_another_area_has_the_same_outline_moved(croatia):
    croatia.aoi = HERE
    (first,) = outlines(croatia)
    croatia.aoi = shapely.box(15.5, 44.0, 15.6, 44.1)
    (second,) = outlines(croatia)

    assert second is first
    assert shapely.geometry.shape(second.data["features"][1]["geometry"]).bounds == (15.5, 44.0, 15.6, 44.1)


def test_no_area_leaves_no_widget(croatia):
    before = set(widget._instances)
    croatia.aoi = HERE
    croatia.aoi = None

    assert set(widget._instances) == before


def test_clearing_the_layers_keeps_the_area(croatia):
    croatia.aoi = HERE
    croatia.clear_layers()

    assert croatia.aoi == HERE
    assert len(outlines(croatia)) == 1


def test_what_is_no_area_is_refused_and_the_area_stays(croatia):
    croatia.aoi = HERE
    with pytest.raises(ValueError, match=r"aoi: expected a Polygon or MultiPolygon.*got a Point"):
        croatia.aoi = {"type": "Point", "coordinates": [15, 45]}

    assert croatia.aoi == HERE


def test_the_area_of_an_app_is_that_of_its_map():
    app = MapApp()
    app.aoi = HERE
    found = (app.aoi, app.map.aoi)
    app.close()

    assert found == (HERE, HERE)


def test_pixels_cover_the_bounds_of_the_area(croatia):
    croatia.aoi = HERE
    found = croatia.geocontext(aoi=True, crs="EPSG:4326", resolution=0.01).compute()

    assert found["arr_shape"] == (10, 10)
    assert found["projected_bounds"] == pytest.approx((15.0, 45.0, 15.1, 45.1))
    assert croatia.layer_log.lines == ()


def test_a_shape_is_fitted_into(croatia):
    croatia.aoi = box(15.0, 45.0, 15.2, 45.1)
    found = croatia.geocontext(aoi=True, crs="EPSG:4326", shape=(100, 100)).compute()

    assert found["arr_shape"] == (50, 100)


def test_the_resolution_is_that_of_the_map_unless_another_is_given(croatia):
    # At zoom 9 the world is 131072 pixels wide: a tenth of a degree is 36.4 of them, and 1 / cos(45.05)
    # = 1.4154 times as many from south to north.
    croatia.aoi = HERE
    mercator = croatia.geocontext(aoi=True).compute()
    metres = croatia.geocontext(aoi=True, crs="utm").compute()

    assert mercator["resolution"] == pytest.approx(2 * 20037508.342789244 / 131072)
    assert mercator["arr_shape"] == (52, 36)
    assert metres["resolution"] == pytest.approx(mercator["resolution"] / 1.4154, rel=1e-4)


@pytest.mark.parametrize(
    ("west", "south", "crs"),
    [
        (15.9, 45.7, "EPSG:32633"),  # Zagreb
        (-43.3, -23.0, "EPSG:32723"),  # Rio de Janeiro
        (5.2, 60.3, "EPSG:32632"),  # Bergen: southern Norway is all in zone 32
        (8.5, 78.0, "EPSG:32631"),  # Svalbard has zones 31, 33, 35 and 37 only
        (15.5, 78.2, "EPSG:32633"),
        (0.0, 85.0, "EPSG:5041"),  # UPS
        (0.0, -85.0, "EPSG:5042"),
    ],
)
def test_utm_is_the_zone_of_the_middle(croatia, west, south, crs):
    found = croatia.geocontext(
        aoi=box(west, south, west + 0.1, south + 0.1), crs="utm", resolution=100
    ).compute()

    assert found["crs"] == crs


def test_a_utm_area_has_the_pixels_that_it_has_on_the_ground(croatia):
    # A tenth of a degree on the ellipsoid: 11.113 km of the meridian at 45.05 north, and 7.884 km of the
    # parallel at 45.0; the scale on the central meridian, longitude 15, is 0.9996.
    found = croatia.geocontext(aoi=box(14.95, 45.0, 15.05, 45.1), crs="utm", resolution=100).compute()

    assert found["arr_shape"] == (111, 79)


def test_a_polar_area_has_square_metres_too(croatia):
    # From 85 to 86 north there are 111.7 km; a degree of longitude at 85 is 9.73 km. UPS has the scale 0.994
    # at the pole, and about 0.996 here.
    found = croatia.geocontext(aoi=box(-1.0, 85.0, 1.0, 86.0), crs="utm", resolution=1000).compute()

    assert found["arr_shape"] == (111, 19)


def test_pixels_outside_the_area_are_masked(flat, croatia):
    context = croatia.geocontext(aoi=WITHOUT_A_QUARTER, crs="EPSG:4326", resolution=0.01)
    found = flat(a=0.5).compute(context, progress_bar=False).ndarray

    assert found.shape == (1, 10, 10)
    assert found.mask[0, :5, 5:].all()
    assert found.mask.sum() == 25
    assert np.unique(found.compressed()) == [0.5]


def test_without_an_area_the_view_is_meant(croatia):
    croatia.aoi = HERE

    assert croatia.geocontext().compute()["geometry"] is None
    assert croatia.geocontext(aoi=False).compute()["arr_shape"] == (400, 960)


def test_an_area_that_is_not_there_says_how_to_make_one(croatia):
    with pytest.raises(RuntimeError, match=r"geocontext\(aoi=\): there is no area yet; draw one with"):
        croatia.geocontext(aoi=True)


def test_an_area_that_is_none_is_told(croatia):
    with pytest.raises(ContextError, match=r"^geocontext\(aoi=\): .*got 'Croatia'"):
        croatia.geocontext(aoi="Croatia")


def test_resolution_or_shape(croatia):
    with pytest.raises(RuntimeError, match=r"geocontext\(resolution=, shape=\): expected one of them"):
        croatia.geocontext(aoi=HERE, resolution=10, shape=(10, 10))


def test_the_map_goes_to_the_area(croatia):
    # 0.1 degrees are 582 pixels at zoom 13 and 824 from south to north, where 400 are assumed: zoom 11 it is.
    croatia.aoi = HERE
    croatia.zoom_to()

    assert croatia.zoom == 11
    assert croatia.center == pytest.approx([45.05, 15.05], abs=1e-4)


def test_the_map_goes_to_an_area_across_the_antimeridian(croatia):
    # Two degrees are 728 of 960 pixels at zoom 9, and the latitudes 380 of 400.
    croatia.zoom_to(shapely.box(179.0, -17.0, 181.0, -16.0))

    assert croatia.center[1] == pytest.approx(180)
    assert croatia.zoom == 9
