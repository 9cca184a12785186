import datetime
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from descartes_flow.render.chart import COLOURS, HEIGHT, LEFT, NAMED, RIGHT, WIDTH, band_colours, chart
from descartes_flow.render.series import Series
from tests.scenes import NAN


def june(*days):
    return tuple(datetime.datetime(2018, 6, day, tzinfo=datetime.UTC) for day in days)


def series(dates, bands, values, **more):
    names = tuple(f"scene {place}" for place in range(len(dates)))
    return Series(bands, dates, names, np.array(values, float).reshape(len(dates), len(bands)), **more)


def drawn(made):
    """The elements of a chart by kind."""
    found = {}
    for element in ElementTree.fromstring(chart(made)).iter():
        found.setdefault(element.tag, []).append(element)
    return found


def points(made, colour):
    """Centres of the points of one colour; the dot of the legend is larger."""
    circles = [c for c in drawn(made).get("circle", []) if c.get("fill") == colour and float(c.get("r")) < 4]
    return [(float(c.get("cx")), float(c.get("cy"))) for c in circles]


def lines(made, colour):
    """How many points each line of one colour joins."""
    paths = [path.get("d") for path in drawn(made)["path"] if path.get("stroke") == colour]
    return [path.count("L") + 1 for path in paths]


def texts(made):
    return [element.text for element in drawn(made).get("text", [])]


def test_points_lie_where_dates_and_values_are():
    made = series(june(1, 2, 11), ("red",), [0, 1, 0.5])
    (x0, y0), (x1, y1), (x2, y2) = points(made, NAMED["red"])

    assert (x0, x2) == (LEFT, WIDTH - RIGHT)  # the first and the last date
    assert x1 - x0 == pytest.approx((x2 - x0) / 10, abs=0.1)  # the second is one of ten days later
    assert y1 < y2 < y0  # large values are high
    assert y2 == pytest.approx((y0 + y1) / 2, abs=0.1)


def test_a_masked_value_interrupts_the_line():
    made = series(june(1, 2, 3, 4, 5), ("red",), [1, 2, NAN, 4, 5])

    assert len(points(made, NAMED["red"])) == 4
    assert lines(made, NAMED["red"]) == [2, 2]


def test_an_image_without_any_value_is_marked():
    made = series(june(1, 2, 3), ("a", "b"), [[1, 1], [NAN, NAN], [NAN, 3]])
    marks = [title.text for title in drawn(made)["title"] if title.text == "masked"]

    assert len(marks) == 1


def test_each_band_has_a_colour_of_its_own_and_that_of_its_name():
    colours = band_colours(("nir", "red", "swir1", "blue", "green"))

    assert colours["red"] == NAMED["red"]
    assert len(set(colours.values())) == 5


def test_the_legend_names_bands_and_units_and_takes_the_lines_it_needs():
    bands = tuple(f"a band named so {number}" for number in range(4))
    made = series(june(1, 2), bands, [[1, 2, 3, 4]] * 2, units={bands[0]: "K"})
    lines_of_legend = {element.get("y") for element in drawn(made)["text"] if "named" in element.text}

    assert f"{bands[0]} (K)" in texts(made)
    assert len(lines_of_legend) == 2


def test_ticks_are_round():
    made = series(june(1, 30), ("a",), [0, 1])

    assert [text for text in texts(made) if text and re.fullmatch(r"[\d.]+", text)][:3] == ["0", "0.5", "1"]
    assert "10 Jun" not in texts(made) or "20 Jun" in texts(made)
    assert "2018" in texts(made)


def test_at_most_eight_bands_are_drawn():
    bands = tuple("abcdefghij")
    made = series(june(1, 2), bands, [list(range(10))] * 2)

    assert "h" in texts(made)
    assert "i" not in texts(made)
    assert len(COLOURS) >= 8


def test_one_image_lies_in_the_middle():
    made = series(june(5), ("red",), [0.3])
    ((x, y),) = points(made, NAMED["red"])

    assert x == (LEFT + WIDTH - RIGHT) / 2
    assert 0 < y < HEIGHT
    assert "5 Jun" in texts(made)


def test_nothing_but_masked_values_says_so():
    assert "no value at this point" in texts(series(june(1, 2), ("a",), [NAN, NAN]))


def test_infinite_values_are_left_out_of_the_scale():
    made = series(june(1, 2, 3), ("red",), [0, np.inf, 1])

    assert len(points(made, NAMED["red"])) == 2


@pytest.mark.parametrize("values", [[-1e308, 1e308], [5e-324, 1e-323], [1e300, 1e300]])
def test_values_at_the_ends_of_floats_can_be_drawn(values):
    assert len(drawn(series(june(1, 2), ("a",), values))["circle"]) == 3  # one is of the legend


def test_images_without_dates_are_numbered():
    made = series((None, None, None), ("red",), [1, 2, 3])

    assert [x for x, _ in points(made, NAMED["red"])] == [LEFT, (LEFT + WIDTH - RIGHT) / 2, WIDTH - RIGHT]
    assert {"image 1", "image 3"} <= set(texts(made))


def test_names_cannot_break_out_of_the_chart():
    made = series(june(1), ("<script>alert(1)</script>",), [1], units={"<script>alert(1)</script>": "&"})

    assert "script" not in drawn(made)


def test_a_series_of_no_image_can_be_drawn():
    assert "svg" in drawn(series((), (), []))
