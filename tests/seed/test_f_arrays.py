"""Arrays: examples 47 to 61 of the guide."""

import re

import numpy as np
import pytest

import descartes_flow as wf

ARRAY = r"<descartes_flow\.types\.array\.array_\.Array at 0x[0-9a-f]+>"


@pytest.fixture
def arr():
    return wf.Array([[1, 2, 4], [8, 9, 10]])


def is_array(proxy) -> bool:
    return re.fullmatch(ARRAY, repr(proxy)) is not None


def test_47_an_array_from_numpy():
    np_arr = np.array([[1.1, 2.2, 4.4], [8.8, 9.9, 10.0]])
    array = wf.Array.from_numpy(np_arr)

    assert is_array(array)
    assert array.compute().tolist() == np_arr.tolist()


def test_48_the_array_of_a_collection():
    imgs = wf.ImageCollection.from_id(
        "sentinel-2:L1C", start_datetime="2018-01-01", end_datetime="2018-03-01"
    )

    shown = r"<descartes_flow\.types\.array\.masked_array\.MaskedArray at 0x[0-9a-f]+>"
    assert re.fullmatch(shown, repr(imgs.ndarray))


def test_49_an_array_from_a_list(arr):
    assert is_array(arr)


def test_50_a_row(arr):
    assert is_array(arr[0])
    assert repr(arr[0].compute()) == "array([1, 2, 4])"


def test_51_an_item(arr):
    assert type(arr[0, 0]) is wf.Int
    assert arr[0, 0].compute() == 1


def test_52_some_columns(arr):
    assert is_array(arr[:, [0, 2]])
    assert repr(arr[:, [0, 2]].compute()) == "array([[ 1,  4],\n       [ 8, 10]])"


def test_53_a_new_axis(arr):
    assert is_array(arr[np.newaxis, 0, 1])
    assert repr(arr[np.newaxis, 0, 1].compute()) == "array([2])"


def test_54_an_ellipsis(arr):
    assert is_array(arr[..., 0])
    assert repr(arr[..., 0].compute()) == "array([1, 8])"


def test_55_a_comparison(arr):
    assert is_array(arr > 3)
    assert (arr > 3).compute().tolist() == [[False, False, True], [True, True, True]]


def test_56_the_items_that_are_true(arr):
    assert is_array(arr[arr > 3])
    assert (arr[arr > 3]).compute().tolist() == [4, 8, 9, 10]


def test_57_what_an_array_is_indexed_with(arr):
    x = wf.Array([0, 10, 20, 30, 40])
    b = wf.Array([3, 0])

    assert wf.Array([[1, 2, 3, 4, 5, 6]])[0, :5].compute().tolist() == [1, 2, 3, 4, 5]
    assert x[[1, 2, 4]].compute().tolist() == [10, 20, 40]
    assert x[[False, True, True, False, True]].compute().tolist() == [10, 20, 40]
    assert x[x > 0].compute().tolist() == [10, 20, 30, 40]
    assert x[b].compute().tolist() == [30, 0]
    assert x[wf.Array(2)].compute() == 20


def test_58_what_it_is_not_indexed_with():
    x = wf.Array(np.arange(16).reshape(4, 4))
    with pytest.raises(ValueError, match="lists or Arrays in multiple axes"):
        x[[1, 2, 3], [3, 2, 1]]
    with pytest.raises(ValueError, match="at most one axis"):
        x[wf.Array([[0, 1], [1, 0]])]


def test_59_a_function_of_an_array():
    arr = wf.Array.from_numpy(np.arange(4))

    assert is_array(wf.numpy.square(arr))
    assert repr(wf.numpy.square(arr).compute()) == "array([0, 1, 4, 9])"


def test_60_numpys_own_function_gives_a_proxy_too():
    arr = wf.Array.from_numpy(np.arange(4))

    assert is_array(np.square(arr))
    assert repr(np.square(arr).compute()) == "array([0, 1, 4, 9])"
    for value in (wf.Int(2), wf.Float(2.0), 2, 2.0, np.array([2])):
        proxy = wf.numpy.square(value)
        assert isinstance(proxy, wf.Proxytype)
        assert proxy.compute() == 4
    assert isinstance(wf.numpy.logical_not(wf.Bool(True)), wf.Proxytype)
    assert wf.numpy.linalg.norm(wf.Array([3.0, 4.0])).compute() == 5
    assert wf.numpy.ma.masked_equal(wf.Array([1, 2]), 2).compute().tolist() == [1, None]


def test_61_a_literal_array_is_small():
    with pytest.raises(ValueError, match="MiB"):
        wf.Array(np.zeros(3_000_000))
