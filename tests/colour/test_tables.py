import numpy as np
import pytest

from descartes_flow.colour import COLORMAPS, apply_colormap, colours, require_colormap, table
from descartes_flow.errors import StyleError


def test_names_come_in_the_order_of_the_menu_and_end_in_the_reversed_ones():
    forward = COLORMAPS[: len(COLORMAPS) // 2]

    assert forward[:8] == ("viridis", "plasma", "inferno", "magma", "cividis", "Greys", "Purples", "Blues")
    assert forward[-4:] == ("nipy_spectral", "gist_ncar", "turbo", "twilight")
    assert len(forward) == len(set(forward)) == 82
    assert COLORMAPS[len(forward) :] == tuple(f"{name}_r" for name in forward)


@pytest.mark.parametrize("name", COLORMAPS)
def test_a_table_is_that_of_matplotlib_within_one_level(name):
    matplotlib = pytest.importorskip("matplotlib")
    expected = matplotlib.colormaps[name](np.linspace(0, 1, 256), bytes=True)[:, :3]

    assert table(name).dtype == np.uint8
    assert np.abs(table(name).astype(int) - expected.astype(int)).max() <= 1


@pytest.mark.parametrize("name", ["viridis", "Set1", "tab20", "gist_stern"])
def test_values_get_the_colours_that_matplotlib_gives_them(name):
    matplotlib = pytest.importorskip("matplotlib")
    values = np.linspace(0, 1, 1001).reshape(7, 143)
    expected = np.moveaxis(matplotlib.colormaps[name](values)[..., :3], -1, 0)

    np.testing.assert_allclose(apply_colormap(values, name), expected, atol=1 / 255)


def test_a_reversed_table_runs_backwards():
    assert (table("viridis_r") == table("viridis")[::-1]).all()


def test_a_table_cannot_be_changed_under_those_who_share_it():
    with pytest.raises(ValueError, match="read-only"):
        table("magma")[0, 0] = 1


def test_a_map_for_classes_has_as_many_colours_as_classes():
    assert len(colours("Set1")) == 9
    assert len(colours("tab20")) == 20


def test_nine_classes_get_the_nine_colours_one_each():
    classes = np.arange(9.0).reshape(1, 9) / 9

    bands = apply_colormap(classes, "Set1")

    assert (np.rint(bands[:, 0].T * 255) == colours("Set1")).all()


def test_bands_of_a_colormap_stand_before_rows_and_columns():
    stack = np.zeros((5, 2, 3))  # five images

    assert apply_colormap(stack, "hot").shape == (5, 3, 2, 3)


def test_autumn_runs_from_red_to_yellow():
    bands = apply_colormap(np.array([[0.0, 1.0]]), "autumn")

    assert bands[:, 0, 0].tolist() == [1.0, 0.0, 0.0]
    assert bands[:, 0, 1].tolist() == [1.0, 1.0, 0.0]


def test_values_outside_get_the_end_colours_and_nan_the_first():
    values = np.array([[-np.inf, -0.5, np.nan, 1.5, np.inf]])

    bands = apply_colormap(values, "autumn")

    assert bands[1, 0].tolist() == [0.0, 0.0, 0.0, 1.0, 1.0]


def test_an_unknown_colormap_names_those_spelled_alike():
    with pytest.raises(StyleError, match=r"^visualize\(colormap=\): unknown colormap 'virdis'.*'viridis'"):
        require_colormap("virdis", "visualize")


def test_an_unknown_colormap_like_no_other_says_where_the_names_are():
    with pytest.raises(ValueError, match=r"COLORMAPS lists them"):
        table("0123456789")
