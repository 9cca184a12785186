import datetime
import threading

import numpy as np
import pytest
from ipywidgets.widgets import widget

import descartes_flow as wf
from descartes_flow.interactive.panel.details.dates import Dates, dates
from tests.interactive.conftest import PIXEL, SIDE, eventually

FIRST, SECOND, THIRD = (datetime.date(2020, 6, day) for day in (1, 2, 3))


def full(value):
    return {"a": np.full((SIDE, SIDE), value)}


@pytest.fixture
def images(scenes):
    """Two images of the first of June, one of the third; one far away of the second."""
    images = scenes.collection(full(0.2), pixel=PIXEL)
    scenes.add("twin", full(0.3), date="2020-06-01", pixel=PIXEL)
    scenes.add("third", full(0.4), date="2020-06-03", pixel=PIXEL)
    scenes.add("west", full(0.4), date="2020-06-02", pixel=PIXEL, col=-2000)
    return images


@pytest.fixture
def layer(images, croatia):
    return images.visualize("a", scales=[0, 1], map=croatia)


@pytest.fixture
def section(layer, croatia):
    section = dates(croatia, layer)
    eventually(lambda: section.days)
    yield section
    section.close()


def offered(section):
    return [text for text, _ in section.slider.options]


def buttons(section):
    """Day before, next day, look again."""
    line = section.children[1].children[0]
    return [line.children[place] for place in (0, 2, 3)]


def told(section):
    return section._text.value


def test_the_days_in_view_are_offered(section):
    assert offered(section) == ["all", "2020-06-01", "2020-06-03"]
    assert told(section) == "all · 3 images on 2 days"


def test_what_is_chosen_is_the_layers_date_and_back(layer, section):
    section.slider.value = "2020-06-01"
    chosen = (layer.date, told(section))
    layer.date = THIRD
    followed = (section.slider.value, told(section))
    section.slider.value = ""

    assert chosen == (FIRST, "2020-06-01 · 2 images")
    assert followed == ("2020-06-03", "2020-06-03 · 1 image")
    assert layer.date is None


def test_buttons_go_from_day_to_day_and_stop_at_the_ends(layer, section):
    before, after, _ = buttons(section)
    found = []
    for button in (before, after, after, after, before):
        button.click()
        found.append(layer.date)

    assert found == [None, FIRST, THIRD, THIRD, FIRST]


def test_a_date_that_code_sets_is_offered_while_it_is_chosen(layer, section):
    layer.date = SECOND
    with_it = (offered(section), section.slider.value, told(section))
    layer.date = None

    assert with_it == (
        ["all", "2020-06-01", "2020-06-02", "2020-06-03"],
        "2020-06-02",
        "2020-06-02 · none in view, when last looked for",
    )
    assert offered(section) == ["all", "2020-06-01", "2020-06-03"]


def test_new_days_leave_the_date_alone(scenes, layer, section):
    changes = []
    layer.date = THIRD
    layer.observe(lambda change: changes.append(change.new), "date")
    scenes.add("fourth", full(0.5), date="2020-06-04", pixel=PIXEL)
    buttons(section)[2].click()
    eventually(lambda: len(section.days) == 3)
    eventually(lambda: "2020-06-04" in offered(section))

    assert changes == []
    assert section.slider.value == "2020-06-03"


def test_another_view_has_other_days_when_asked(section, croatia):
    croatia.center = (35.7, -105.9)
    before = offered(section)
    buttons(section)[2].click()
    eventually(lambda: told(section) == "no dates in view")

    assert len(before) == 3
    assert offered(section) == ["all"]


def test_another_collection_has_its_own_days(scenes, section, croatia):
    scenes.add("other", full(0.5), product="other", date="2021-01-01", pixel=PIXEL)
    wf.ImageCollection.from_id("other").visualize("a", scales=[0, 1], map=croatia)
    eventually(lambda: offered(section) == ["all", "2021-01-01"])


def test_a_date_or_reduction_is_no_reason_to_look_again(layer, section, monkeypatch):
    looked = []
    monkeypatch.setattr(section, "refresh", lambda: looked.append(1))
    layer.date = FIRST
    layer.reduction = "max"
    eventually(lambda: layer.content == layer.image_value._node.key.hex())

    assert looked == []


def test_what_goes_wrong_is_told(scenes, section, croatia):
    gone = wf.ImageCollection.from_id("nothing")
    gone.visualize("a", scales=[0, 1], map=croatia)

    eventually(lambda: "nothing" in told(section))
    assert offered(section) == ["all"]


def test_an_image_has_no_such_section(flat, croatia):
    assert dates(croatia, flat(a=0.5).visualize("a", scales=[0, 1], map=croatia)) is None


def test_a_closed_section_leaves_nothing(layer):
    def use():
        section = Dates(layer)
        eventually(lambda: section.days)
        section.close()

    use()
    before = len(widget._instances)
    for _ in range(5):
        use()
    layer.date = FIRST

    assert len(widget._instances) == before
    assert layer._trait_notifiers["content"]["change"] == []
    eventually(lambda: not [thread for thread in threading.enumerate() if thread.name == "dates"])
