"""The days of a collection's images, and a layer that draws one of them."""

import datetime
import threading

import numpy as np
import pytest
import traitlets

import descartes_flow as wf
from descartes_flow.geo import AOI
from descartes_flow.interactive.subject import Subject
from tests.interactive.conftest import PIXEL, SIDE, colour, eventually, shows

FIRST, SECOND, THIRD = (datetime.date(2020, 6, day) for day in (1, 2, 3))
GREYS = {0.2: (51,) * 3 + (255,), 0.4: (102,) * 3 + (255,), 0.8: (204,) * 3 + (255,)}
"""What values look like with scales 0 to 1."""


def full(value):
    return {"a": np.full((SIDE, SIDE), value)}


@pytest.fixture
def images(scenes):
    """0.2, 0.4 and 0.8, on the first, second and third of June."""
    return scenes.collection(full(0.2), full(0.4), full(0.8), pixel=PIXEL)


@pytest.fixture
def layer(images, croatia):
    return images.visualize("a", scales=[0, 1], map=croatia)


def test_the_days_of_the_view_are_counted(scenes, images, layer):
    scenes.add("twin", full(0.0), date="2020-06-02", pixel=PIXEL)
    scenes.add("west", full(0.0), date="2020-06-04", pixel=PIXEL, col=-2000)

    assert layer.dates() == {FIRST: 1, SECOND: 2, THIRD: 1}
    assert list(layer.dates()) == [FIRST, SECOND, THIRD]


def test_the_days_of_another_area_are_those_of_its_images(scenes, images, layer):
    scenes.add("west", full(0.0), date="2020-06-04", pixel=PIXEL, col=-2000)
    sea = AOI(bounds=(-106, 35, -105, 36), crs="EPSG:3857", shape=(10, 10), align_pixels=False)

    assert layer.dates(sea) == {}
    assert layer.dates(wf.GeoContext.from_geo(sea)) == {}


def test_images_without_a_date_have_no_day(images, croatia):
    dateless = images.map(lambda image: image.without_properties("date"))

    assert dateless.visualize("a", scales=[0, 1], map=croatia).dates() == {}


def test_a_layer_of_an_image_has_no_days(flat, croatia):
    layer = flat(a=0.5).visualize("a", scales=[0, 1], map=croatia)

    with pytest.raises(ValueError, match="'a' has an Image"):
        layer.dates()


def test_a_day_is_drawn_alone_and_none_draws_all(layer):
    drawn = {}
    for day in (FIRST, SECOND, THIRD, None):
        layer.date = day
        eventually(lambda day=day: layer.subject.date == day and layer.url)
        drawn[day] = layer.image_value.compute(layer._view()).ndarray.mean()
    assert drawn == pytest.approx({FIRST: 0.2, SECOND: 0.4, THIRD: 0.8, None: 0.8})

    layer.date = SECOND
    eventually(lambda: shows(layer, GREYS[0.4]))


def test_images_of_a_day_are_reduced(scenes, images, layer):
    scenes.add("twin", full(0.8), date="2020-06-02", pixel=PIXEL)
    layer.date = SECOND
    layer.reduction = "mean"
    found = layer.image_value.compute(layer._view()).ndarray.mean()
    layer.date = None
    layer.reduction = "count"

    assert found == pytest.approx(0.6)
    assert layer.image_value.compute(layer._view()).ndarray.max() == 4


def test_the_value_has_all_images(layer):
    layer.date = SECOND

    assert layer.value.length().compute(layer._view()) == 3


def test_a_day_without_images_shows_nothing(layer):
    layer.date = datetime.date(1999, 1, 1)

    assert layer.image_value.compute(layer._view()).ndarray is None


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date.max])
def test_any_day_can_be_asked_for(layer, day):
    layer.date = day

    assert layer.image_value.compute(layer._view()).ndarray is None


def test_scales_stay_and_one_change_is_one_update(layer):
    eventually(lambda: layer.url)
    urls = []
    layer.observe(lambda change: urls.append(change.new), "url")
    with layer.hold_url_updates():
        layer.date = FIRST
        layer.date = SECOND
    eventually(lambda: urls)

    assert len(urls) == 1
    assert layer.get_scales() == [(0.0, 1.0)]


def test_a_moment_counts_as_its_day_in_utc(layer):
    evening = datetime.timezone(datetime.timedelta(hours=-6))
    layer.date = datetime.datetime(2020, 6, 1, 22, 0, tzinfo=evening)

    assert layer.date == SECOND
    assert type(layer.date) is datetime.date


@pytest.mark.parametrize("day", ["2020-06-02", 3])
def test_what_is_no_date_is_refused(layer, day):
    with pytest.raises(traitlets.TraitError):
        layer.date = day


def test_an_image_has_no_date(flat, croatia):
    layer = flat(a=0.5).visualize("a", scales=[0, 1], map=croatia)
    layer.date = None

    with pytest.raises(traitlets.TraitError, match="visualize the ImageCollection"):
        layer.date = FIRST
    assert layer.date is None


def test_the_users_line_stays(images, layer):
    line = layer.image_value._node.origin
    layer.date = SECOND

    assert line[0].endswith("test_dates.py")
    assert layer.image_value._node.origin == line


def test_visualizing_the_same_collection_keeps_the_date(images, layer, croatia):
    layer.date = SECOND
    again = images.visualize("a", scales=[0, 1], map=croatia, reduction="max")

    assert again is layer
    assert (layer.date, layer.subject.date, layer.reduction) == (SECOND, SECOND, "max")
    assert layer.image_value.compute(layer._view()).ndarray.mean() == pytest.approx(0.4)


def test_another_collection_or_an_image_begins_with_all_dates(images, layer, croatia):
    layer.date = SECOND
    (images + 0.1).visualize("a", scales=[0, 1], map=croatia)
    other = (layer.date, layer.subject.date)
    layer.date = SECOND
    images[0].visualize("a", scales=[0, 1], map=croatia)

    assert other == (None, None)
    assert (layer.date, layer.subject.date) == (None, None)
    eventually(lambda: layer.url and colour(layer) == GREYS[0.2])


def test_parameters_and_date_go_together(images, croatia):
    factor = wf.parameter("factor", wf.Float)
    layer = (images * factor).visualize("a", scales=[0, 1], map=croatia, factor=0.5)
    layer.date = THIRD
    half = layer.image_value.compute(layer._view()).ndarray.mean()
    layer.parameters.factor = 1.0
    whole = layer.image_value.compute(layer._view()).ndarray.mean()
    layer.parameters.factor = None

    assert (half, whole) == pytest.approx((0.4, 0.8))
    assert layer.dates() == {}
    assert layer.date == THIRD


def test_date_and_reduction_may_be_set_at_once_in_two_threads(layer, monkeypatch):
    changed, reduced = Subject.changed, threading.Event()

    def slow_to_take_a_day(subject, **wanted):
        made = changed(subject, **wanted)
        if wanted["reduction"] == "mosaic":
            reducing.start()
            reduced.wait(1)
        return made

    def reduce():
        layer.reduction = "max"
        reduced.set()

    reducing = threading.Thread(target=reduce)
    monkeypatch.setattr(Subject, "changed", slow_to_take_a_day)
    layer.date = SECOND
    reducing.join(10)

    assert (layer.subject.date, layer.subject.reduction) == (SECOND, "max")
