import json
import pickle
import warnings
from dataclasses import FrozenInstanceError

import pyproj
import pytest
import shapely
from shapely.geometry import shape

from descartes_flow.errors import ContextError
from descartes_flow.geo import AOI, DLTile, XYZTile, as_context
from descartes_flow.geo.crs import project

KEYS = [
    "geometry", "resolution", "crs", "bounds", "bounds_crs", "shape", "align_pixels", "all_touched",
    "projected_bounds", "arr_shape", "geotrans", "gdal_geotrans",
]  # fmt: skip

IOWA = (258292.5, 4503907.5, 493732.5, 4743307.5)
ZAGREB = (15.9, 45.7, 16.1, 45.9)
POINT = shapely.Point(15.97, 45.81)
FIELD = shapely.Polygon([(15.95, 45.75), (16.05, 45.75), (16.0, 45.85)])


def in_utm(bounds, **fields):
    return AOI(
        **({"crs": "EPSG:32633", "bounds_crs": "EPSG:32633", "bounds": bounds, "resolution": 10} | fields)
    )


class TestGrid:
    def test_the_guide_s_first_context_has_1197_rows_of_1177_pixels(self):
        context = AOI(
            resolution=200.0, crs="EPSG:32615", align_pixels=False, bounds=IOWA, bounds_crs="EPSG:32615"
        )

        assert context.arr_shape == (1197, 1177)
        assert context.gdal_geotrans == (258292.5, 200.0, 0.0, 4743307.5, 0.0, -200.0)

    def test_pixels_are_aligned_unless_told_otherwise(self):
        grid = in_utm((500001.0, 5000001.0, 500099.0, 5000042.0)).grid()

        assert grid.bounds == (500000.0, 5000000.0, 500100.0, 5000050.0)
        assert grid.shape == (5, 10)

    def test_a_shape_gives_the_largest_square_pixels_that_fit(self):
        # 1000 m x 500 m in at most 100 rows and 50 columns: the width decides, 20 m
        grid = in_utm((0, 0, 1000, 500), resolution=None, shape=(100, 50), align_pixels=False).grid()

        assert (grid.xres, grid.shape) == (20.0, (25, 50))

    def test_a_shape_is_met_in_the_direction_that_decides(self):
        grid = in_utm((0, 0, 300, 1000), resolution=None, shape=(10, 50), align_pixels=False).grid()

        assert (grid.yres, grid.shape) == (100.0, (10, 3))

    @pytest.mark.parametrize("align", [True, False])
    def test_a_shape_is_never_exceeded(self, align):
        # 1000 m in 10 columns are 100 m each; moved to multiples of 100 m they would be 11
        grid = in_utm((150, 0, 1150, 500), resolution=None, shape=(100, 10), align_pixels=align).grid()

        assert (grid.xres, grid.shape, grid.bounds) == (100.0, (5, 10), (150.0, 0.0, 1150.0, 500.0))

    def test_bounds_are_reprojected_to_their_envelope(self):
        context = AOI(bounds=ZAGREB, crs="EPSG:32633", resolution=10)
        corners = project([15.9, 16.1, 16.1, 15.9], [45.7, 45.7, 45.9, 45.9], "EPSG:4326", "EPSG:32633")
        found = context.projected_bounds

        assert found.left == pytest.approx(corners[0].min(), abs=0.1)
        assert found.top == pytest.approx(corners[1].max(), abs=1.0)
        assert context.grid().bounds.left == found.left // 10 * 10

    def test_one_pixel_is_an_area(self):
        grid = in_utm((500000.0, 5000000.0, 500010.0, 5000010.0)).grid()

        assert (grid.shape, grid.bounds) == ((1, 1), (500000.0, 5000000.0, 500010.0, 5000010.0))

    def test_geometry_gives_the_bounds_if_there_are_none(self):
        by_geometry = AOI(geometry=FIELD, crs="EPSG:32633", resolution=10)
        by_bounds = AOI(geometry=FIELD, bounds=FIELD.bounds, crs="EPSG:32633", resolution=10)

        assert by_geometry.grid() == by_bounds.grid()

    def test_geometry_is_the_cutline(self):
        grid = AOI(geometry=FIELD, bounds=ZAGREB, crs="EPSG:32633", resolution=100, all_touched=True).grid()
        mask = grid.cutline_mask()

        assert grid.all_touched
        assert shape(json.loads(grid.cutline)).equals(FIELD)
        assert 0.7 < mask.mean() < 0.9  # the triangle is an eighth of the box, and all it touches

    def test_a_point_has_its_pixel_if_all_touched(self):
        grid = AOI(geometry=POINT, crs="utm", resolution=10, all_touched=True).grid()
        x, y = project([15.97], [45.81], "EPSG:4326", "EPSG:32633")

        assert grid.shape == (1, 1)
        assert grid.coords_to_index(x[0], y[0]) == (0, 0)
        assert grid.cutline_mask() is None


class TestCrs:
    @pytest.mark.parametrize(
        ("bounds", "crs"),
        [
            (ZAGREB, "EPSG:32633"),
            ((-70.7, -33.5, -70.5, -33.3), "EPSG:32719"),
            ((5.2, 60.3, 5.4, 60.5), "EPSG:32632"),
            ((-180.0, 86.0, 180.0, 90.0), "EPSG:5041"),
        ],
    )
    def test_utm_is_the_zone_of_the_middle(self, bounds, crs):
        assert AOI(bounds=bounds, crs="utm", resolution=100).grid().crs == crs

    def test_utm_works_from_projected_bounds(self):
        assert AOI(bounds=IOWA, bounds_crs="EPSG:32615", crs="utm", resolution=200).grid().crs == "EPSG:32615"

    def test_an_area_across_the_antimeridian_works_in_utm(self):
        fiji = AOI(
            bounds=(100000, 8000000, 300000, 8100000), bounds_crs="EPSG:32701", crs="utm", resolution=1000
        )

        assert fiji.arr_shape == (100, 200)
        assert fiji.grid().lonlat_bounds().left > fiji.grid().lonlat_bounds().right

    @pytest.mark.parametrize("crs", [32633, pyproj.CRS(32633), "+proj=utm +zone=33 +datum=WGS84"])
    def test_crs_are_written_in_any_way(self, crs):
        assert AOI(crs=crs, bounds_crs=crs) == AOI(crs="EPSG:32633", bounds_crs="EPSG:32633")


class TestHelpers:
    def test_from_bounds_needs_a_resolution_only(self):
        context = AOI.from_bounds(ZAGREB, resolution=10)

        assert context.grid() == AOI(bounds=ZAGREB, crs="EPSG:32633", resolution=10).grid()

    def test_from_bounds_with_a_shape_keeps_to_it(self):
        rows, cols = AOI.from_bounds(ZAGREB, shape=(100, 100)).arr_shape

        assert rows == 100 and 60 < cols < 80  # 22 km x 16 km

    def test_assign_changes_fields_of_a_copy(self):
        context = AOI(bounds=ZAGREB, crs="utm", resolution=10)
        coarse = context.assign(resolution=20)

        assert (context.resolution, coarse.resolution, coarse.bounds) == (10.0, 20.0, ZAGREB)

    def test_assign_names_unknown_fields(self):
        with pytest.raises(TypeError, match=r"no field \['resolutoin'\]; known: \['geometry', 'resolution'"):
            AOI().assign(resolutoin=10)

    def test_assign_says_how_to_go_from_resolution_to_shape(self):
        with pytest.raises(ContextError, match="with assign, set the other one to None"):
            AOI(resolution=10).assign(shape=(10, 10))

    def test_corners_and_indices(self):
        context = in_utm((500000.0, 5000000.0, 500100.0, 5000100.0))

        assert context.index_to_coords(4, 2) == (500020.0, 5000060.0)
        assert context.coords_to_index(500020.0, 5000060.0) == (4, 2)

    def test_the_geobox_is_the_grid(self):
        geobox = in_utm((500000.0, 5000000.0, 500100.0, 5000050.0)).to_geobox()

        assert tuple(geobox.shape) == (5, 10)
        assert tuple(geobox.affine)[:6] == (10.0, 0.0, 500000.0, 0.0, -10.0, 5000050.0)

    def test_geo_interface_is_the_geometry_or_the_bounds(self):
        assert shape(AOI(geometry=FIELD, bounds=ZAGREB)).equals(FIELD)
        assert shape(AOI(bounds=ZAGREB)).bounds == pytest.approx(ZAGREB)
        assert shape(AOI(bounds=IOWA, bounds_crs="EPSG:32615")).contains(shapely.Point(-94.0, 41.5))

    def test_an_aoi_is_a_value(self):
        context = AOI(geometry=FIELD, bounds=ZAGREB, crs="utm", shape=(10, 10))
        copy = pickle.loads(pickle.dumps(context))

        assert (copy, hash(copy), copy.grid()) == (context, hash(context), context.grid())
        with pytest.raises(FrozenInstanceError):
            context.resolution = 5

    def test_a_geocontext_that_means_the_same_has_the_fields_that_are_set(self):
        assert AOI(bounds=ZAGREB, crs="utm", resolution=10).geocontext_arguments() == (
            None,
            {
                "resolution": 10.0,
                "crs": "utm",
                "align_pixels": True,
                "bounds": ZAGREB,
                "bounds_crs": "EPSG:4326",
                "all_touched": False,
            },
        )
        assert XYZTile(1, 2, 3).geocontext_arguments() == (
            "from_xyz_tile",
            {"x": 1, "y": 2, "z": 3, "all_touched": False},
        )
        assert DLTile.from_key("512:0:10.0:36:-65:216").geocontext_arguments() == (
            "from_dltile_key",
            {"key": "512:0:10.0:36:-65:216", "all_touched": False},
        )

    def test_contexts_promote_and_nothing_else_does(self):
        for context in (AOI(), DLTile.from_key("512:0:10.0:36:-65:216"), XYZTile(1, 2, 3)):
            assert as_context(context) is context
        with pytest.raises(TypeError, match=r"Invalid GeoContext .*: expected an AOI, DLTile or XYZTile"):
            as_context({"bounds": ZAGREB})


class TestDict:
    def test_keys_come_in_order(self):
        assert list(AOI(bounds=ZAGREB, crs="utm", resolution=10).to_dict()) == KEYS

    def test_values(self):
        found = in_utm((500001.0, 5000001.0, 500099.0, 5000042.0)).to_dict()

        assert found == {
            "geometry": None,
            "resolution": 10.0,
            "crs": "EPSG:32633",
            "bounds": (500001.0, 5000001.0, 500099.0, 5000042.0),
            "bounds_crs": "EPSG:32633",
            "shape": None,
            "align_pixels": True,
            "all_touched": False,
            "projected_bounds": (500001.0, 5000001.0, 500099.0, 5000042.0),
            "arr_shape": (5, 10),
            "geotrans": (10.0, 0.0, 500000.0, 0.0, -10.0, 5000050.0, 0.0, 0.0, 1.0),
            "gdal_geotrans": (500000.0, 10.0, 0.0, 5000050.0, 0.0, -10.0),
        }

    def test_it_is_plain_and_complete(self):
        found = AOI(geometry=FIELD, crs="utm", shape=(50, 50)).to_dict()

        assert json.loads(json.dumps(found))["geometry"]["type"] == "Polygon"
        assert (found["crs"], found["bounds"]) == ("EPSG:32633", FIELD.bounds)

    def test_its_fields_make_the_same_grid_again(self):
        context = AOI(geometry=FIELD, crs="utm", shape=(50, 50), all_touched=True)
        again = AOI(**{key: context.to_dict()[key] for key in KEYS[:8]})

        assert again.grid() == context.grid()


class TestErrors:
    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"geometry": "a field"}, r"AOI\(geometry=\): expected a GeoJSON geometry"),
            ({"resolution": 0}, r"AOI\(resolution=\): expected a number above 0 .*, got 0"),
            ({"resolution": -1.0}, r"AOI\(resolution=\): .*got -1.0"),
            ({"resolution": float("nan")}, r"AOI\(resolution=\): .*got nan"),
            ({"resolution": float("inf")}, r"AOI\(resolution=\): .*got inf"),
            ({"resolution": "10"}, r"AOI\(resolution=\): .*got '10'"),
            ({"resolution": True}, r"AOI\(resolution=\): .*got True"),
            ({"crs": "EPSG:0"}, r"AOI\(crs=\): expected a geographic or projected CRS .*got 'EPSG:0'"),
            ({"bounds_crs": "rubbish"}, r"AOI\(bounds_crs=\): .*got 'rubbish'"),
            ({"bounds_crs": None}, r"AOI\(bounds_crs=\): .*got None"),
            ({"align_pixels": 1}, r"AOI\(align_pixels=\): expected True or False, got 1"),
            ({"all_touched": None}, r"AOI\(all_touched=\): expected True or False, got None"),
            ({"shape": 256}, r"AOI\(shape=\): expected \(rows, cols\).*got 256"),
            ({"shape": (256,)}, r"AOI\(shape=\): expected \(rows, cols\)"),
            ({"shape": (0, 10)}, r"AOI\(shape=\): expected a whole number in 1 .. 32768, got 0"),
            ({"shape": (10, 40000)}, r"AOI\(shape=\): .*got 40000"),
            ({"shape": (10.5, 10)}, r"AOI\(shape=\): .*got 10.5"),
            ({"shape": (10, 10), "resolution": 10}, r"AOI\(resolution=, shape=\): expected one of them"),
            ({"bounds": 5}, r"AOI\(bounds=\): expected \(min_x, min_y, max_x, max_y\).*got 5"),
            ({"bounds": (1, 2, 3)}, r"AOI\(bounds=\): .*got \(1, 2, 3\)"),
            ({"bounds": (1, 2, 3, "4")}, r"AOI\(bounds=\): .*got '4'"),
            ({"bounds": (1, 2, float("nan"), 4)}, r"AOI\(bounds=\): .*got nan"),
            ({"bounds": (3, 2, 1, 4)}, r"AOI\(bounds=\): .*min < max, got \(3.0, 2.0, 1.0, 4.0\)"),
            ({"bounds": (1, 2, 1, 4)}, r"AOI\(bounds=\): .*min < max"),
            ({"bounds": (177, -20, -178, -16)}, r"AOI\(bounds=\): .*across the antimeridian needs"),
            ({"bounds": IOWA}, r"AOI\(bounds=\): expected longitudes in -180 .. 180.*with bounds_crs"),
            ({"bounds": (1, 80, 3, 91)}, r"AOI\(bounds=\): .*latitudes in -90 .. 90"),
            ({"bounds": (40, 5, 41, 6), "geometry": FIELD}, r"AOI\(geometry=, bounds=\): expected them to"),
        ],
    )  # fmt: skip
    def test_a_bad_field_is_named_at_once(self, fields, message):
        with pytest.raises(ContextError, match=message):
            AOI(**fields)

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({}, r"AOI\(bounds=\): expected bounds or a geometry, got neither"),
            ({"bounds": ZAGREB}, r"AOI\(crs=\): expected a CRS such as 'EPSG:32633', or 'utm', got None"),
            ({"bounds": ZAGREB, "crs": "utm"}, r"AOI\(resolution=, shape=\): .* got neither"),
            ({"geometry": FIELD, "bounds_crs": "EPSG:32633"}, r"AOI\(bounds=\): .*in EPSG:32633"),
            ({"geometry": POINT, "crs": "utm", "resolution": 10}, r"AOI\(geometry=\): .*extent"),
            ({"bounds": ZAGREB, "crs": "utm", "resolution": 0.1}, r"AOI\(resolution=\): .*max_side = 32768"),
        ],
    )  # fmt: skip
    def test_a_missing_field_is_named_when_the_grid_is_needed(self, fields, message):
        context = AOI(**fields)

        with pytest.raises(ContextError, match=message):
            context.grid()

    def test_a_geometry_across_the_antimeridian_needs_bounds(self):
        fiji = shapely.box(177, -20, 182, -16)

        with pytest.raises(ContextError, match=r"both sides of the antimeridian.*bounds_crs"):
            AOI(geometry=fiji, crs="utm", resolution=1000).grid()

    def test_geometry_and_bounds_meet_in_any_crs(self):
        with pytest.raises(ContextError, match="expected them to meet"):
            AOI(geometry=FIELD, bounds=IOWA, bounds_crs="EPSG:32615")

        assert AOI(geometry=shapely.Point(-94.0, 41.5), bounds=IOWA, bounds_crs="EPSG:32615").bounds == IOWA

    def test_an_area_smaller_than_a_pixel_is_refused(self):
        with pytest.raises(
            ContextError, match=r"AOI\(bounds=\): expected at least one pixel of 10.0.*all_touched"
        ):
            in_utm((500000.0, 5000000.0, 500009.0, 5000100.0))

    def test_an_area_smaller_than_a_pixel_counts_if_all_touched(self):
        assert in_utm((500001.0, 5000001.0, 500009.0, 5000009.0), all_touched=True).arr_shape == (1, 1)

    def test_bounds_that_look_like_degrees_warn(self):
        with pytest.warns(UserWarning, match="look like degrees, but bounds_crs is EPSG:32633") as caught:
            AOI(bounds=ZAGREB, bounds_crs="EPSG:32633")

        assert caught[0].filename == __file__

    def test_true_degrees_do_not_warn(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")

            assert AOI(bounds=ZAGREB).bounds == ZAGREB
