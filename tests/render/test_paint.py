import numpy as np
import pytest

from descartes_flow.colour import Style, colours
from descartes_flow.errors import StyleError
from descartes_flow.render import paint
from descartes_flow.render.checkerboard import GREYS, checkerboard

GREY_OF_CHECK_0 = [168, 168, 168, 255]
GREY_OF_CHECK_1 = [208, 208, 208, 255]
TRANSPARENT = [0, 0, 0, 0]


def band(*values, dtype=float):
    """One band of one row."""
    return np.array([[values]], dtype=dtype)


def row(picture):
    return picture.rgba()[0].tolist()


def test_one_band_is_grey_from_min_to_max():
    picture = paint(band(10.0, 15.0, 20.0), None, Style(scales=[10, 20]))

    assert row(picture) == [[0, 0, 0, 255], [128, 128, 128, 255], [255, 255, 255, 255]]


def test_values_beyond_the_scale_are_clipped_and_so_are_infinite_ones():
    picture = paint(band(-np.inf, 9.0, 21.0, np.inf), None, Style(scales=[10, 20]))

    assert [pixel[0] for pixel in row(picture)] == [0, 0, 255, 255]


def test_a_scale_from_high_to_low_inverts():
    picture = paint(band(0.0, 1.0, np.inf), None, Style(scales=[1, 0]))

    assert [pixel[0] for pixel in row(picture)] == [255, 0, 0]


def test_a_scale_of_no_width_is_a_threshold():
    picture = paint(band(0.49, 0.5, 0.51), None, Style(scales=[0.5, 0.5]))

    assert [pixel[0] for pixel in row(picture)] == [0, 255, 255]


def test_values_as_large_as_floats_go_do_not_overflow():
    picture = paint(band(-1.7e308, 0.0, 1.7e308), None, Style(scales=[-8e307, 8e307]))

    assert [pixel[0] for pixel in row(picture)] == [0, 128, 255]


def test_a_colormap_has_its_first_colour_at_min_and_its_last_at_max():
    picture = paint(band(0.0, 0.5, 1.0), None, Style(scales=[0, 1], colormap="viridis"))

    assert picture.rgba()[0, :, :3].tolist() == colours("viridis")[[0, 128, 255]].tolist()


def test_classes_get_the_colours_of_a_map_for_classes():
    picture = paint(band(*range(9)), None, Style(scales=[0, 9], colormap="Set1"))

    assert picture.rgba()[0, :, :3].tolist() == colours("Set1").tolist()


def test_two_bands_are_red_and_green():
    picture = paint(np.array([[[1.0]], [[0.2]]]), None, Style(scales=[[0, 1], [0, 1]]))

    assert row(picture) == [[255, 51, 0, 255]]


def test_three_bands_are_red_green_blue_each_with_its_own_scale():
    data = np.array([[[1.0]], [[1.0]], [[1.0]]])

    picture = paint(data, None, Style(scales=[[0, 1], [0, 5], [1, 2]]))

    assert row(picture) == [[255, 51, 0, 255]]


def test_bool_is_drawn_as_0_and_1():
    picture = paint(band(False, True, dtype=bool), None, Style())

    assert [pixel[0] for pixel in row(picture)] == [0, 255]


def test_bytes_are_drawn_as_they_are_where_no_scales_are_given():
    data = np.arange(256, dtype=np.uint8).reshape(1, 1, 256)

    assert paint(data, None, Style()).rgba()[0, :, 0].tolist() == list(range(256))


def test_other_values_without_scales_are_refused():
    with pytest.raises(StyleError, match=r"float64 values need scales; pass scales=.* or autoscale"):
        paint(band(0.5), None, Style())


def test_nothing_to_see_needs_no_scales():
    assert row(paint(band(0.5), np.array(True), Style())) == [GREY_OF_CHECK_0]


@pytest.mark.parametrize("bands", [1, 2, 3])
def test_a_pixel_masked_in_any_band_shows_the_check_pattern(bands):
    data = np.zeros((bands, 1, 16))
    mask = np.zeros((bands, 1, 16), dtype=bool)
    mask[-1, 0, [0, 8]] = True

    picture = paint(data, mask, Style(scales=[[0, 1]] * bands))

    assert row(picture)[0] == GREY_OF_CHECK_0
    assert row(picture)[8] == GREY_OF_CHECK_1
    assert row(picture)[1] == row(picture)[9] == [0, 0, 0, 255]


@pytest.mark.parametrize("bands", [1, 2, 3])
def test_without_checkerboard_a_masked_pixel_is_transparent(bands):
    data = np.ones((bands, 1, 2))
    mask = np.array([[[True, False]]])

    picture = paint(data, mask, Style(scales=[[0, 1]] * bands, checkerboard=False))

    assert row(picture)[0] == TRANSPARENT
    assert row(picture)[1][3] == 255


@pytest.mark.parametrize("shape", [(1, 2, 4), (2, 4), (1, 4), (4,)])
def test_a_mask_broadcasts_to_the_data(shape):
    data = np.zeros((3, 2, 4))
    mask = np.zeros(shape, dtype=bool)
    mask[..., 3] = True

    picture = paint(data, mask, Style(scales=[[0, 1]] * 3, checkerboard=False))

    assert picture.rgba()[..., 3].tolist() == [[255, 255, 255, 0]] * 2


def test_nan_is_hidden_even_where_the_mask_forgot_it():
    picture = paint(band(np.nan, 1.0), None, Style(scales=[0, 1], checkerboard=False))

    assert row(picture) == [TRANSPARENT, [255, 255, 255, 255]]


def test_an_image_without_bands_is_all_check_pattern():
    picture = paint(np.empty((0, 16, 16)), None, Style(scales=[[0, 1]] * 3))

    assert (picture.rgba()[..., :3] == GREYS[checkerboard(16, 16)]).all()


def test_an_image_without_bands_and_checkerboard_is_transparent():
    picture = paint(np.empty((0, 16, 16)), None, Style(checkerboard=False))

    assert not picture.rgba().any()


def test_hidden_pixels_do_not_change_colours_when_the_palette_is_full():
    data = np.linspace(0, 1, 256).reshape(1, 1, 256).repeat(2, axis=1)
    mask = np.zeros((1, 2, 256), dtype=bool)
    mask[0, 0] = True

    picture = paint(data, mask, Style(scales=[0, 1], colormap="viridis"))

    assert picture.palette is None
    assert (picture.pixels[1] == colours("viridis")).all()
    assert (picture.pixels[0] == GREYS[checkerboard(2, 256)[0]]).all()


def test_a_full_grey_palette_has_the_colours_of_the_checks_already():
    data = np.arange(256.0).reshape(1, 1, 256).repeat(2, axis=1)
    mask = np.zeros((1, 2, 256), dtype=bool)
    mask[0, 0] = True

    picture = paint(data, mask, Style(scales=[0, 255]))

    assert picture.palette is not None
    assert picture.rgba()[1, :, 0].tolist() == list(range(256))
    assert (picture.rgba()[0, :, :3] == GREYS[checkerboard(2, 256)[0]]).all()


@pytest.mark.parametrize(("checks", "count"), [(True, 4), (False, 3)])
def test_truth_values_need_two_colours_and_those_of_hidden_pixels(checks, count):
    data, mask = band(True, False, True, dtype=bool), np.array([[[False, False, True]]])

    picture = paint(data, mask, Style(scales=[0, 1], checkerboard=checks))

    assert row(picture) == [
        [255, 255, 255, 255],
        [0, 0, 0, 255],
        GREY_OF_CHECK_0 if checks else TRANSPARENT,
    ]
    assert len(picture.palette) == count


def test_truth_values_on_another_scale_are_numbers():
    picture = paint(band(False, True, dtype=bool), None, Style(scales=[0, 2]))

    assert [pixel[0] for pixel in row(picture)] == [0, 128]


def test_colours_of_hidden_pixels_follow_those_of_a_short_map():
    mask = np.array([[[False, True]]])

    picture = paint(band(0.0, 0.0), mask, Style(scales=[0, 9], colormap="Set1"))

    assert picture.palette[:, :3].tolist() == [*colours("Set1").tolist(), *GREYS.tolist()]
    assert picture.pixels.tolist() == [[0, 9]]


def test_one_band_keeps_a_palette_and_three_opaque_bands_need_no_opacity():
    style = Style(scales=[0, 1], colormap="viridis", checkerboard=False)
    mask = np.array([[[True, False]]])

    assert paint(band(0.0, 1.0), mask, style).palette is not None
    assert paint(np.ones((3, 1, 2)), None, Style(scales=[[0, 1]] * 3)).pixels.shape == (1, 2, 3)
    assert paint(np.ones((3, 1, 2)), mask, Style(scales=[[0, 1]] * 3)).pixels.shape == (1, 2, 3)


def test_more_than_three_bands_are_refused_by_name():
    names = ["red", "green", "blue", "nir"]

    with pytest.raises(
        StyleError, match=r"at most 3 bands .*got 4 \['red', 'green', 'blue', 'nir'\].*pick_bands"
    ):
        paint(np.zeros((4, 1, 1)), None, Style(), names)


@pytest.mark.parametrize(
    ("bands", "style", "message"),
    [
        (2, Style(scales=[[0, 1]] * 3), "expected one scale per band, got 3 for 2 bands"),
        (3, Style(scales=[0, 1]), "expected one scale per band, got 1 for 3 bands"),
        (2, Style(colormap="viridis"), "a colormap draws one band, got 2"),
    ],
)
def test_a_style_for_another_number_of_bands_is_refused(bands, style, message):
    with pytest.raises(StyleError, match=message):
        paint(np.zeros((bands, 1, 1)), None, style)


def test_an_array_of_another_shape_is_refused():
    with pytest.raises(
        StyleError, match=r"expected an array \(band, y, x\), got one of shape \(5, 3, 1, 1\)"
    ):
        paint(np.zeros((5, 3, 1, 1)), None, Style())


def test_painting_leaves_data_and_mask_as_they_were():
    data, mask = np.ones((3, 2, 2)), np.eye(2, dtype=bool)

    paint(data, mask, Style(scales=[[0, 1]] * 3))

    assert data.tolist() == np.ones((3, 2, 2)).tolist()
    assert mask.tolist() == [[True, False], [False, True]]
