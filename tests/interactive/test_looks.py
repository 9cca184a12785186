import pytest
import traitlets

from descartes_flow.colour import Style
from descartes_flow.interactive.looks import Looks, check_looks

RGB = ("red", "green", "blue")


def test_scales_are_those_that_are_filled():
    looks = Looks(r_min=0, r_max=1, g_min=0, g_max=2)

    assert looks.get_scales() == [(0.0, 1.0), (0.0, 2.0)]


def test_without_limits_there_are_no_scales():
    assert Looks().get_scales() is None
    assert Looks().style() == Style()


@pytest.mark.parametrize("missing", ["r_max", "g_min"])
def test_half_a_pair_is_not_drawn(missing):
    looks = Looks(r_min=0, r_max=1, g_min=0, g_max=2)
    setattr(looks, missing, None)

    assert looks.get_scales() is None
    assert looks.style() is None


def test_a_pair_left_out_in_between_is_not_drawn():
    assert Looks(r_min=0, r_max=1, b_min=0, b_max=1).style() is None


def test_two_pairs_of_three_known_bands_are_not_drawn():
    assert Looks(r_min=0, r_max=1, g_min=0, g_max=1, bands=RGB).style() is None


def test_a_colormap_uses_the_first_pair():
    looks = Looks(r_min=0, r_max=1, g_min=0, colormap="magma")

    assert looks.style() == Style(((0, 1),), "magma")


def test_an_empty_text_is_none_and_other_text_is_refused():
    looks = Looks(r_min=1)
    looks.r_min = ""

    assert looks.r_min is None
    with pytest.raises(traitlets.TraitError):
        looks.r_min = "low"


def test_setting_limits_empties_the_others():
    looks = Looks(b_min=3, b_max=4)
    looks.set_limits([(0, 1)])

    assert looks.limits() == [(0.0, 1.0), (None, None), (None, None)]


@pytest.mark.parametrize(
    ("bands", "pairs", "colormap", "message"),
    [
        ((*RGB, "nir"), 0, None, r"at most 3 bands can be drawn, got 4 bands \['red', .*use .pick_bands"),
        (RGB, 0, "magma", r"visualize\(colormap='magma'\): a colormap draws one band, got 3 bands \['red'"),
        (None, 3, "magma", "a colormap draws one band, got 3 scales"),
        (RGB, 1, None, r"visualize\(scales=\): expected 3 pairs \[min, max\] for 3 bands .*, got 1"),
        (("nir",), 3, None, "expected 1 pairs"),
    ],
)
def test_looks_that_cannot_be_drawn_are_refused(bands, pairs, colormap, message):
    with pytest.raises(ValueError, match=message):
        check_looks(bands, pairs, colormap, "visualize")


@pytest.mark.parametrize(
    ("bands", "pairs", "colormap"), [(RGB, 3, None), (RGB, 0, None), (("nir",), 1, "magma"), (None, 2, None)]
)
def test_looks_that_can_be_drawn_pass(bands, pairs, colormap):
    assert check_looks(bands, pairs, colormap, "visualize") is None
