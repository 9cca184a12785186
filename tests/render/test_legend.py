import numpy as np
import pytest

from descartes_flow.colour import Style, colours
from descartes_flow.render.legend import legend
from descartes_flow.render.meaning import OF_TRUTH, Meaning
from descartes_flow.render.paint import GREY_RAMP

PLAIN = Meaning(1)
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def found(scales, colormap=None, meaning=PLAIN):
    return legend(Style(None if scales is None else (scales,), colormap), meaning)


def shown(ticks):
    return [(tick.share, tick.text) for tick in ticks]


def test_a_colormap_is_a_ramp_with_round_numbers():
    part = found((0, 0.4), "viridis")

    assert np.array_equal(part.ramp, colours("viridis"))
    assert shown(part.ticks) == [
        (0, "0"),
        (0.25, "0.1"),
        (0.5, "0.2"),
        (pytest.approx(0.75), "0.3"),
        (1, "0.4"),
    ]
    assert part.swatches == ()


def test_one_band_without_a_colormap_is_grey():
    assert np.array_equal(found((0, 1)).ramp, GREY_RAMP)


def test_a_reversed_scale_has_its_numbers_in_order_and_its_colours_reversed():
    part = found((1, 0), "viridis")

    assert np.array_equal(part.ramp, colours("viridis_r"))
    assert shown(part.ticks) == [(0, "0"), (0.5, "0.5"), (1, "1")]


def test_a_scale_without_a_width_is_a_threshold():
    part = found((0.3, 0.3), "gray")

    assert part.ramp.tolist() == [[0, 0, 0], [255, 255, 255]]
    assert shown(part.ticks) == [(0.5, "0.3")]


def test_named_classes_are_swatches_in_the_colours_of_the_tiles():
    part = found((0, 10), meaning=Meaning(1, classes={0.0: "clear", 5.0: "haze", 10.0: "cloud"}))

    assert part.ramp is None
    # 5 of 0 to 10 is level 127.5 of 255, which is rounded to the even one.
    assert part.swatches == ((BLACK, "clear"), ((128, 128, 128), "haze"), (WHITE, "cloud"))


def test_truth_needs_no_scales():
    assert found(None, meaning=Meaning(1, classes=OF_TRUTH)).swatches == ((BLACK, "false"), (WHITE, "true"))


def test_more_classes_than_one_can_tell_apart_are_a_ramp():
    many = Meaning(1, classes={float(number): str(number) for number in range(21)})

    assert found((0, 20), "viridis", many).swatches == ()


def test_whole_numbers_over_a_colormap_for_classes_are_swatches():
    part = found((0, 9), "tab10")

    assert [swatch.text for swatch in part.swatches] == [str(number) for number in range(10)]
    assert [swatch.colour for swatch in part.swatches] == [tuple(row) for row in colours("tab10").tolist()]


@pytest.mark.parametrize("scales", [(0, 1), (0, 0.5), (0, 100)])
def test_other_scales_over_a_colormap_for_classes_are_fields(scales):
    part = found(scales, "tab10")

    assert part.swatches == ()
    assert len(part.ramp) == 10


def test_unit_and_description_are_told():
    assert found((0, 1), meaning=Meaning(1, "K", "Surface temperature")).caption == "Surface temperature, K"
    assert found((0, 1), meaning=Meaning(1, "K")).caption == "K"


def test_images_without_scales_or_of_several_bands_have_none():
    assert found(None) is None
    assert found((0, 1), meaning=Meaning(3)) is None
    assert legend(Style(((0, 1),) * 3), Meaning()) is None
