"""Compiled composites give the bits of their plain forms."""

from collections.abc import Callable

import numpy as np
import pytest

from descartes_flow.engine.sharing import share
from descartes_flow.kernels.composites import STATISTICS, network
from descartes_flow.ops.statistics import KERNELS
from descartes_flow.steps import composing

OPERATIONS = [
    *((name, ()) for name in (*STATISTICS, "median")),
    ("percentile", (30.0,)),
    ("percentile", (0.0,)),
]


def stack(images: int, shape: tuple[int, int] = (17, 31)) -> np.ndarray:
    return np.random.default_rng(images).integers(-50, 50, (images, 2, *shape)) / 7.0


def masked(images: int, bands: int = 2) -> np.ndarray:
    mask = np.random.default_rng(images + 1).random((images, bands, 17, 31)) < 0.4
    mask[..., 3, 5] = True
    return mask


def composed(
    op: str, arguments: tuple, data: np.ndarray, mask: np.ndarray | None, rows: np.ndarray | None = None
):
    rows = np.arange(len(data)) if rows is None else rows
    values, hidden = composing.composite(op, data, mask, rows, arguments, share)
    hidden = np.zeros(values.shape, bool) if hidden is None else hidden
    return np.where(hidden, 0, values).tolist(), hidden.tolist()


def plainly(op: str, arguments: tuple, data: np.ndarray, mask: np.ndarray | None):
    full = None if mask is None else np.broadcast_to(mask, data.shape)
    with np.errstate(all="ignore"):
        values, hidden = KERNELS[op](data, full, 0, *arguments)
    hidden = np.zeros(values.shape, bool) if hidden is None else hidden
    return np.where(hidden, 0, values).tolist(), hidden.tolist()


@pytest.mark.parametrize(("op", "arguments"), OPERATIONS)
@pytest.mark.parametrize("images", [1, 2, 3, 24, 100])
def test_composites_are_those_of_plain_numpy(op: str, arguments: tuple, images: int):
    data, mask = stack(images), masked(images)

    assert composed(op, arguments, data, mask) == plainly(op, arguments, data, mask)
    assert composed(op, arguments, data, None) == plainly(op, arguments, data, None)


@pytest.mark.parametrize(("op", "arguments"), OPERATIONS)
def test_one_mask_serves_all_bands_and_one_all_images(op: str, arguments: tuple):
    data, mask = stack(5), masked(5, bands=1)

    assert composed(op, arguments, data, mask) == plainly(op, arguments, data, mask)
    assert composed(op, arguments, data, mask[:1]) == plainly(op, arguments, data, mask[:1])


@pytest.mark.parametrize(
    "view",
    [
        lambda data: data[:, 1:],
        lambda data: data[1:4],
        lambda data: np.broadcast_to(data[:1], data.shape),
        lambda data: data[..., ::-1],
        lambda data: np.asfortranarray(data),
    ],
    ids=["bands", "images", "repeated", "mirrored", "Fortran"],
)
def test_views_are_read_where_they_lie(view: Callable[[np.ndarray], np.ndarray]):
    data, mask = view(stack(6)), view(masked(6))

    assert composed("median", (), data, mask) == plainly("median", (), data, mask)
    assert composed("mean", (), data, mask) == plainly("mean", (), data, mask)


def test_images_may_be_chosen_and_repeated():
    data, mask, rows = stack(6), masked(6), np.array([4, 0, 0, 5])

    assert composed("median", (), data, mask, rows) == plainly("median", (), data[rows], mask[rows])


def test_infinity_is_a_value():
    data = np.array([-np.inf, 1.0, np.inf, 5.0])[:, None, None, None] * np.ones((1, 1, 16, 16))
    mask = np.zeros(data.shape, bool)
    mask[3] = True

    assert composed("median", (), data, mask)[0][0][0][0] == 1.0
    assert composed("max", (), data, mask)[0][0][0][0] == np.inf
    assert np.isnan(composing.composite("mean", data, mask, np.arange(4), (), share)[0]).all()


@pytest.mark.parametrize("count", [*range(20), 24, 63, 64, 65, 128])
def test_the_network_sorts(count: int):
    values = np.random.default_rng(count).permutation(np.arange(count * 50) % 17).reshape(count, 50)
    found = values.copy()
    for lower, upper in network(count):
        found[lower], found[upper] = (
            np.minimum(found[lower], found[upper]),
            np.maximum(found[lower], found[upper]),
        )

    assert (found == np.sort(values, axis=0)).all()


def test_small_stacks_and_truth_values_are_left_to_numpy():
    assert composing.serves("median", stack(3), None, 3)
    assert not composing.serves("median", stack(3, (4, 4)), None, 3)
    assert not composing.serves("median", stack(3) > 0, None, 3)
    assert not composing.serves("median", stack(3), None, 500)
    assert not composing.serves("mean", stack(3), None, 3)
