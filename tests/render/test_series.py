import builtins
import datetime

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.errors import JobCancelled
from descartes_flow.geo import XYZTile
from descartes_flow.render import series
from descartes_flow.render.probing import spot_at
from descartes_flow.render.series import Series, days, series_at
from tests.scenes import NAN
from tests.scenes import scenes as scenes

SIDE, PIXEL = 40, 5_000.0
HERE = spot_at(16.2, 44.2, 9)


def full(**values):
    return {band: np.full((SIDE, SIDE), value) for band, value in values.items()}


@pytest.fixture
def three(scenes):
    """Two bands on the first, second and third of June; one value is missing."""
    return scenes.collection(
        full(a=1.0, b=10.0), full(a=2.0, b=NAN), full(a=4.0, b=40.0), pixel=PIXEL, product="three"
    )


def test_values_are_by_image_and_band_and_masked_ones_nan(three):
    found = series_at(three, HERE)

    assert found.bands == ("a", "b")
    assert [date.isoformat() for date in found.dates] == [
        f"2020-06-0{day}T10:00:00+00:00" for day in (1, 2, 3)
    ]
    assert found.ids == ("three:s00", "three:s01", "three:s02")
    np.testing.assert_array_equal(found.values, [[1, 10], [2, NAN], [4, 40]])
    assert (found.left_out, found.notes, found.dated) == (0, (), True)


def test_values_are_those_of_compute_on_the_tile(scenes):
    ramp = np.arange(float(SIDE * SIDE)).reshape(SIDE, SIDE)
    images = scenes.collection({"a": ramp}, {"a": ramp.T}, pixel=PIXEL)
    for lon, lat, zoom in [(16.2, 44.2, 9), (15.4, 43.7, 6), (17.0, 45.0, 12)]:
        spot = spot_at(lon, lat, zoom)
        tile = XYZTile(spot.tile.x, spot.tile.y, spot.tile.z)
        expected = images.compute(wf.GeoContext.from_geo(tile)).ndarray[:, :, spot.row, spot.col]

        np.testing.assert_array_equal(series_at(images, spot).values, expected.filled(NAN))


def test_only_images_that_meet_the_point_are_listed(scenes, three):
    scenes.add("east", full(a=0.0, b=0.0), product="three", pixel=PIXEL, col=SIDE)

    assert len(series_at(three, HERE).ids) == 3


def test_nothing_is_found_where_no_image_is(three):
    found = series_at(three, spot_at(-105.9, 35.7, 9))

    assert (found.bands, found.dates, found.values.shape) == ((), (), (0, 0))


def test_images_are_in_the_order_of_time(three):
    backwards = three.sorted(lambda image: image.properties["date"], reverse=True)

    assert series_at(backwards, HERE).values[:, 0].tolist() == [1, 2, 4]


def test_images_without_a_date_come_in_their_own_order(three):
    grouped = three.groupby(lambda image: image.properties["number"] < 2).max(axis="images")
    found = series_at(grouped.pick_bands("a"), HERE)

    assert not found.dated
    assert sorted(found.values[:, 0].tolist()) == [2, 4]


def test_of_too_many_images_the_latest_are_taken(three, monkeypatch):
    monkeypatch.setattr(series, "MOST_IMAGES", 2)
    found = series_at(three, HERE)

    assert found.values[:, 0].tolist() == [2, 4]
    assert found.left_out == 1


def test_what_is_cancelled_stops(three):
    with pytest.raises(JobCancelled):
        series_at(three, HERE, lambda: True)


def test_a_scene_that_cannot_be_read_is_a_gap_and_noted(scenes, three):
    scenes.files["three:s01", "a"].write_bytes(b"no tiff")
    found = series_at(three, HERE)

    np.testing.assert_array_equal(found.values[:, 0], [1, NAN, 4])
    assert "three:s01" in found.notes[0]


def test_days_are_counted(scenes, three):
    scenes.add("more", full(a=0.0, b=0.0), product="three", date="2020-06-02", pixel=PIXEL)

    assert days(three, HERE.grid) == {
        datetime.date(2020, 6, 1): 1,
        datetime.date(2020, 6, 2): 2,
        datetime.date(2020, 6, 3): 1,
    }


def test_pandas_has_a_column_per_band_by_date(three):
    frame = series_at(three, HERE).to_pandas()

    assert list(frame.columns) == ["a", "b"]
    assert frame.loc["2020-06-03", "b"].item() == 40
    assert frame["b"].isna().tolist() == [False, True, False]


def test_the_code_makes_the_same_frame(three):
    found = series_at(three.map(lambda image: image.rename_bands('a "b"', "c'd")), HERE)
    names = {}
    exec(found.code(), names)

    assert names["series"].equals(found.to_pandas())
    assert list(names["series"].columns) == ['a "b"', "c'd"]


def test_code_of_dates_with_and_without_fractions_runs():
    day = datetime.datetime(2018, 6, 5, 17, 49, tzinfo=datetime.UTC)
    dates = (day, day.replace(microsecond=24_000))
    made = Series(("a",), dates, ("", ""), np.array([[1.0], [2.0]]))
    names = {}
    exec(made.code(), names)

    assert names["series"].index.to_pydatetime().tolist() == list(dates)


def test_code_of_infinite_values_and_no_dates_runs():
    found = Series(("a",), (None, None), ("", ""), np.array([[-np.inf], [np.nan]]))
    names = {}
    exec(found.code(), names)

    assert names["series"].equals(found.to_pandas())


def test_without_pandas_the_error_says_what_to_do(three, monkeypatch):
    found, usual = series_at(three, HERE), builtins.__import__

    def without(name, *arguments, **options):
        if name == "pandas":
            raise ImportError("no pandas")
        return usual(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(ImportError, match="pip install pandas"):
        found.to_pandas()
