"""Arrays inside programs: how they are written and read, what is checked, and what is known of them."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid, ProxyTypeError
from descartes_flow.ops.grafts import from_graft
from descartes_flow.types.array.dtype import DType

LITERALS = [
    np.array([[1, 2], [3, 4]]),
    np.array(2.5),
    np.array([True, False]),
    np.array([1, 2], "uint8"),
    np.array([0.1, np.nan, np.inf], "float32"),
    np.zeros((0, 3)),
    np.arange(5000),
    np.array([1, 2], ">i4"),
]


@pytest.mark.parametrize("data", LITERALS, ids=str)
def test_a_literal_keeps_its_shape_and_dtype_through_text(data):
    arr = wf.Array(data)

    found = from_graft(arr.graft, wf.Array).compute()
    assert found.dtype == data.dtype.newbyteorder("=") and found.shape == data.shape
    np.testing.assert_array_equal(found, data)
    np.testing.assert_array_equal(arr.literal_value, data)


def test_small_arrays_of_plain_numbers_are_lists_in_a_graft():
    assert wf.Array([[1, 2], [3, 4]]).graft["1"] == [[[1, 2], [3, 4]]]


def test_items_have_the_graft_of_the_specification():
    graft = wf.Array([[1, 2], [3, 4]])[0, 1].graft

    assert graft[graft["returns"]] == ["array.getitem", "2", "5"]
    assert graft["5"] == ["tuple", "3", "4"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"dtype": "O", "shape": [1], "base64": ""}, "Invalid dtype 'O'"),
        ({"dtype": "i4,i4", "shape": [1], "base64": "AAAAAAAAAAA="}, "Invalid dtype"),
        ({"dtype": "<f8", "shape": [10**12], "base64": "AAAA"}, "does not take 3 bytes"),
        ({"dtype": "<f8", "shape": [-1], "base64": ""}, "whole numbers"),
        ({"dtype": "<f8", "shape": [1], "base64": "!"}, "not base64"),
        ({"dtype": "<f8"}, "with the fields dtype, shape and base64"),
        (["a"], "expected bool, int or float"),
        ([[1], [1, 2]], "different lengths"),
    ],
)
def test_arrays_that_others_wrote_are_checked(data, says):
    graft = {"1": [data], "2": ["array.create", "1"], "returns": "2"}

    with pytest.raises(JobInvalid, match=says):
        from_graft(graft, wf.Array).compute()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["numpy.ones", "n", "object"], "Invalid dtype 'O'"),
        (["numpy.sort", "text"], "expected an array, got a value of type str"),
        (["numpy.mean", "n", "n", "n", "n"], "too many positional arguments"),
        (["array.getitem", "array", "text"], "expected int or bool"),
        (["array.astype", "array", "object"], "Invalid dtype 'O'"),
    ],
)
def test_calls_that_others_wrote_are_checked(call, says):
    graft = {"n": 2, "object": "O", "text": "abc", "array": ["numpy.ones", "n"], "r": call, "returns": "r"}
    numbers = {"n": "1", "object": "2", "text": "3", "array": "4", "r": "5", "returns": "returns"}
    renamed = {
        numbers[key]: [numbers.get(item, item) for item in value] if isinstance(value, list) else value
        for key, value in graft.items()
    }

    with pytest.raises(JobInvalid, match=says):
        from_graft({**renamed, "returns": "5"}, wf.Array).compute()


def test_names_with_the_old_prefix_are_the_same_functions():
    graft = {"1": 1, "2": ["wf.numpy.add", "1", "1"], "returns": "2"}

    assert from_graft(graft, wf.Int).compute() == 2


@pytest.mark.parametrize(
    ("index", "kind"),
    [
        ((0, 0), wf.Int),
        (0, wf.Array),
        ((0, slice(1)), wf.Array),
        ((..., 0, 0), wf.Int),
        ((None, 0, 0), wf.Array),
        (wf.Array([[True, False], [False, True]]), wf.Array),
        ((wf.Array(0), wf.Int(1)), wf.Int),
        ([0, 1], wf.Array),
        (wf.Any(0), wf.Array),
    ],
    ids=str,
)
def test_the_type_of_an_item_follows_from_ranks(index, kind):
    assert type(wf.Array([[1, 2], [3, 4]])[index]) is kind


def test_a_part_of_a_literal_knows_its_rank():
    arr = wf.Array([[1.5, 2.5], [3.5, 4.5]])

    assert type(arr[0][1]) is wf.Float
    assert type(pickle.loads(pickle.dumps(arr))[0, 0]) is wf.Float
    assert type((arr + 1)[0, 0]) is wf.Array


def test_masked_items_of_an_index_choose_nothing():
    arr = wf.Array([1, 2, 3])
    index = wf.MaskedArray([True, True, False], [False, True, False])

    assert arr[index].compute().tolist() == [1]


def test_an_array_and_its_mask_need_one_shape():
    with pytest.raises(JobInvalid, match=r"its shape \(2,\) is not that of the data, \(3,\)"):
        wf.MaskedArray([1, 2, 3], [True, False]).compute()


def test_a_masked_array_of_numpy_is_taken_over():
    data = np.ma.array([1.5, 2.5], mask=[True, False], fill_value=-1)

    found = wf.MaskedArray.from_numpy(data).compute()
    assert found.tolist() == [None, 2.5] and found.fill_value == -1
    assert wf.MaskedArray.from_numpy(data).filled().compute().tolist() == [-1, 2.5]


def test_a_masked_scalar_computes_to_masked():
    arr = wf.MaskedArray([1, 2], True)

    assert arr.sum().compute() is np.ma.masked
    assert (arr.sum() + 1).compute() is np.ma.masked


def test_numbers_on_the_left_stay_integers():
    total = wf.Array([1, 2]).sum()

    assert (wf.Int(1) + total).compute() == 4
    assert isinstance((wf.Int(1) + total).compute(), np.integer)
    assert (np.int64(2) * total).compute() == 6


def test_numpys_arrays_on_the_left_give_proxies():
    assert (np.arange(3) + wf.Array([1, 1, 1])).compute().tolist() == [1, 2, 3]
    assert (np.arange(3) * wf.Int(2)).compute().tolist() == [0, 2, 4]
    assert (np.arange(4).reshape(2, 2) @ wf.Array([1, 1])).compute().tolist() == [1, 5]


def test_float32_stays_float32_with_numbers():
    arr = wf.Array(np.array([1, 2], "float32"))

    assert (arr + 1).compute().dtype == np.float32
    assert (arr * wf.Float(0.5)).compute().dtype == np.float32


@pytest.mark.parametrize("value", ["float32", np.float32, np.dtype("float32")])
def test_a_dtype_computes_to_numpys(value):
    assert DType(value).compute() == np.dtype("float32")


@pytest.mark.parametrize("value", ["U5", "M8[s]", "i4,f4", "complex", object, "nonsense", None])
def test_other_dtypes_are_refused(value):
    with pytest.raises(ProxyTypeError, match="dtype"):
        DType(value)
