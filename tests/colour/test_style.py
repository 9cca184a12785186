import subprocess
import sys

import pytest

from descartes_flow.colour import Style
from descartes_flow.errors import StyleError


def test_scales_of_any_accepted_form_are_stored_as_tuples():
    assert Style(scales=[0, 1]).scales == ((0.0, 1.0),)
    assert Style(scales=[[0, 1], [0, 2], [0, 3]]).scales == ((0.0, 1.0), (0.0, 2.0), (0.0, 3.0))


@pytest.mark.parametrize("nothing", [None, [], [None, None], [[None, None]] * 3])
def test_scales_without_numbers_are_none(nothing):
    assert Style(scales=nothing).scales is None


def test_scales_for_some_bands_only_are_refused():
    with pytest.raises(StyleError, match=r"Style\(scales=\): expected numbers for every band"):
        Style(scales=[[0, 1], [None, None], [0, 1]])


def test_a_colormap_with_several_scales_is_refused():
    with pytest.raises(StyleError, match=r"a colormap draws one band, got 3 scales"):
        Style(scales=[[0, 1]] * 3, colormap="viridis")


def test_an_unknown_colormap_is_refused_when_the_style_is_made():
    with pytest.raises(StyleError, match=r"Style\(colormap=\): unknown colormap 'Viridis'.*'viridis'"):
        Style(colormap="Viridis")


def test_equal_styles_have_equal_keys():
    assert Style(scales=[0, 1]) == Style(scales=((0.0, 1.0),))
    assert Style(scales=[0, 1]).key == Style(scales=((0.0, 1.0),)).key


def test_every_part_of_a_style_changes_its_key():
    styles = [
        Style(),
        Style(scales=[0, 1]),
        Style(scales=[0, 2]),
        Style(scales=[[0, 1], [0, 1]]),
        Style(colormap="viridis"),
        Style(scales=[0, 1], colormap="viridis"),
        Style(checkerboard=False),
    ]

    assert len({style.key for style in styles}) == len(styles)
    assert {len(style.key) for style in styles} == {16}


def test_a_key_is_the_same_in_another_process():
    code = "from descartes_flow.colour import Style; print(Style([0, 0.1], 'magma').key.hex())"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert printed.strip() == Style([0, 0.1], "magma").key.hex()
