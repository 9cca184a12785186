"""The compiled loop of painting gives the bits of its plain form."""

from collections.abc import Callable

import numpy as np
import pytest

from descartes_flow import kernels
from descartes_flow.colour import Style
from descartes_flow.render import encode_png, paint
from descartes_flow.render.levels import find_levels

SHAPE = (7, 301)
"""More than one run of lanes, the last of them not full."""

SCALES = [(-0.5, 1.5), (0.7, 0.7), (3.0, -2.0)]


def noise(bands: int) -> np.ndarray:
    rng = np.random.default_rng(bands)
    data = rng.normal(size=(bands, *SHAPE)) * 2
    odd = [np.nan, np.inf, -np.inf, 0.0, -0.0, 0.7, -0.5, 1.5, 3.0, -2.0, 1.7e308, -1.7e308, 5e-324]
    data.reshape(bands, -1)[:, rng.permutation(data[0].size)[: len(odd)]] = odd
    return data


def masked(*shape: int) -> np.ndarray:
    return np.random.default_rng(len(shape)).random(shape) < 0.3


MASKS = {
    "none": None,
    "for each band": masked(3, *SHAPE),
    "for all bands": masked(1, *SHAPE),
    "without bands": masked(*SHAPE),
    "for columns": masked(SHAPE[1]),
    "for rows": masked(SHAPE[0], 1),
    "for whole bands": np.array([False, True, False])[:, np.newaxis, np.newaxis],
    "one": np.array(True),
    "a view": masked(3, SHAPE[0], 2 * SHAPE[1])[..., ::2],
    "repeated": np.broadcast_to(masked(1, *SHAPE), (3, *SHAPE)),
}

DATA = {
    "float64": noise(3),
    "read-only": noise(3),
    "mirrored": noise(3)[:, ::-1, ::-1],
    "Fortran": np.asfortranarray(noise(3)),
    "every other band": noise(6)[::2],
    "big endian": noise(3).astype(">f8"),
    "float32": noise(3).clip(-1e30, 1e30).astype("float32"),
    "int16": (np.nan_to_num(noise(3), posinf=9, neginf=-9).clip(-9, 9) * 1000).astype("int16"),
    "int64": np.array([2**53 + 1, 0, 1])[:, np.newaxis, np.newaxis] + np.zeros((3, *SHAPE), "int64"),
    "uint8": (masked(3, *SHAPE) * 3).astype("uint8"),
    "bool": masked(3, *SHAPE),
    "no pixels": np.zeros((3, 0, 5)),
    "one pixel": np.full((3, 1, 1), 0.7),
}
DATA["read-only"].flags.writeable = False


def bits(*arguments) -> tuple[bytes, bytes]:
    levels, hidden = find_levels(*arguments)
    return levels.tobytes(), hidden.tobytes()


@pytest.mark.parametrize("bins", [0, 9, 256])
@pytest.mark.parametrize("kind", DATA)
def test_levels_are_those_of_plain_numpy(kind: str, bins: int, plain: Callable):
    data = DATA[kind]
    found = bits(data, None, SCALES, bins, 3)

    with plain():
        assert bits(data, None, SCALES, bins, 3) == found


@pytest.mark.parametrize("kind", MASKS)
def test_every_form_of_mask_hides_what_it_hides_in_plain_numpy(kind: str, plain: Callable):
    found = bits(noise(3), MASKS[kind], SCALES, 0, 3)

    with plain():
        assert bits(noise(3), MASKS[kind], SCALES, 0, 3) == found


@pytest.mark.parametrize("bands", [1, 2])
def test_bands_that_are_missing_stay_0(bands: int, plain: Callable):
    levels, _ = find_levels(noise(bands), None, SCALES[:bands], channels=3)

    assert levels[..., :bands].any()
    assert not levels[..., bands:].any()
    with plain():
        assert (find_levels(noise(bands), None, SCALES[:bands], channels=3)[0] == levels).all()


@pytest.mark.parametrize("form", ["compiled", "plain"])
def test_a_mask_of_more_bands_than_the_data_is_refused(form: str, plain: Callable):
    if form == "plain":
        with plain(), pytest.raises(ValueError, match="broadcast"):
            find_levels(noise(1), masked(3, *SHAPE), SCALES[:1])
    else:
        with pytest.raises(ValueError, match="broadcast"):
            find_levels(noise(1), masked(3, *SHAPE), SCALES[:1])


def test_float64_and_what_becomes_it_goes_through_the_compiled_loop(monkeypatch: pytest.MonkeyPatch):
    compiled, calls = kernels.find_levels.compiled, []
    monkeypatch.setattr(
        kernels.find_levels, "compiled", lambda *args: (calls.append(len(args)), compiled(*args))
    )
    for kind in ("float64", "Fortran", "uint8", "bool", "float32"):
        find_levels(DATA[kind], None, SCALES, channels=3)

    assert len(calls) == 4


@pytest.mark.parametrize("bins", [0, 9])
def test_the_loop_means_the_same_as_python(bins: int):
    data, results = np.ascontiguousarray(noise(3).reshape(3, -1)[:, :300]), []
    for run in (kernels.find_levels.loop, kernels.find_levels.run):
        levels, hidden = np.zeros((300, 3), np.uint8), np.zeros(300, bool)
        with np.errstate(all="ignore"):
            run(data, masked(1, 300), np.array(SCALES), bins, levels, hidden)
        results.append((levels.tolist(), hidden.tolist()))

    assert results[0] == results[1]


@pytest.mark.parametrize("checks", [True, False])
@pytest.mark.parametrize("kind", ["red, green, blue", "red, green", "grey", "viridis", "Set1", "bool"])
def test_compiled_and_plain_painting_give_the_same_files(kind: str, checks: bool, plain: Callable):
    rng = np.random.default_rng(5)
    bands = {"red, green, blue": 3, "red, green": 2}.get(kind, 1)
    data = rng.normal(size=(bands, 33, 65))
    data[rng.random(data.shape) < 0.01] = np.nan
    mask = rng.random((1, 33, 65)) < 0.2
    colormap = kind if kind in ("viridis", "Set1") else None
    style = Style(scales=[[-1, 1]] * bands, colormap=colormap, checkerboard=checks)
    if kind == "bool":
        data, style = data > 0, Style(checkerboard=checks)
    files = [encode_png(paint(data, hidden, style)) for hidden in (None, mask)]

    with plain():
        assert [encode_png(paint(data, hidden, style)) for hidden in (None, mask)] == files
