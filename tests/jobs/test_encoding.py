"""Results go to bytes and back without a loss, and nothing in the bytes is ever run."""

import datetime
import io
import math
import pickle
from collections import OrderedDict

import numpy as np
import pytest

from descartes_flow.engine.results import ImageCollectionResult, ImageResult
from descartes_flow.errors import JobDestination, JobInvalid, JobSerialization, ReadError
from descartes_flow.geo.features import (
    FeatureCollectionResult,
    FeatureResult,
    GeometryCollectionResult,
    GeometryResult,
)
from descartes_flow.jobs.encoding import decode, encode

UTC = datetime.UTC


def there_and_back(value):
    return decode(encode(value).to_bytes())


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        -3,
        2**80,
        0.1,
        math.inf,
        "größer\0\ud800",
        [],
        [1, [2.5, None]],
        (1, (2, "a"), ()),
        {},
        {"a": 1, 2: (3,), (4, 5): [None], None: {}},
        {"dict": [1], "tuple": {"array": 0}},
        OrderedDict(b=1, a=2),
        slice(None, 3, -1),
        2 + 3j,
        datetime.datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        datetime.datetime(2020, 1, 2),
        datetime.date(2020, 1, 2),
        datetime.timedelta(days=-1, microseconds=7),
        np.float32(0.5),
        np.int64(-4),
        np.bool_(True),
        np.dtype("<f4"),
        np.ma.masked,
        ReadError("a:b", "red", "gone"),
        GeometryResult("Polygon", [[[0.0, 1.0], [2.0, 3.0], [2.0, 1.0], [0.0, 1.0]]], "EPSG:32633"),
        GeometryCollectionResult("GeometryCollection", [GeometryResult("Point", [1, 2])]),
        FeatureCollectionResult([FeatureResult(None, {"a": (1, None)})]),
    ],
    ids=repr,
)
def test_values_come_back_with_their_types(value):
    back = there_and_back(value)

    assert repr(back) == repr(value)
    assert type(back) is type(value)


def test_not_a_number_comes_back():
    assert math.isnan(there_and_back([math.nan])[0])


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3),
        np.array([], np.uint8),
        np.array(7),
        np.array([True, False]),
        np.array(["a", "bc"]),
        np.array(["2020-01-01"], "datetime64[D]"),
    ],
    ids=repr,
)
def test_arrays_come_back_with_dtype_and_shape(array):
    back = there_and_back({"x": array, "again": [array]})

    assert (back["x"].dtype, back["x"].shape) == (array.dtype, array.shape)
    assert np.array_equal(back["x"], array)
    assert np.array_equal(back["again"][0], array)


def test_masked_arrays_come_back_with_what_they_hide():
    array = np.ma.MaskedArray([[1.5, 2], [3, 4]], mask=[[True, False], [False, False]], fill_value=-1)
    back = there_and_back(array)

    assert back.tolist() == [[None, 2], [3, 4]]
    assert (back.data[0, 0], back.fill_value, back.dtype) == (1.5, -1, np.float64)


@pytest.mark.parametrize("kind", [ImageResult, ImageCollectionResult])
def test_results_of_imagery_come_back_whole(kind):
    array = np.ma.MaskedArray(np.ones((1, 2, 2)), mask=[[[True, False], [False, True]]])
    moment = datetime.datetime(2020, 1, 1, tzinfo=UTC)
    result = kind(array, {"date": moment}, {"red": {"color": "Red"}}, {"bounds": (0.0, 1.0, 2.0, 3.0)})
    result.issues.append(ReadError("a:b", "red", "gone"))
    back = there_and_back(result)

    assert back == result
    assert repr(back) == repr(result)
    assert type(back.bandinfo) is OrderedDict
    assert back.issues[0].args == ("a:b", "red", "gone")


def test_an_array_that_hides_nothing_needs_no_mask_of_its_own():
    assert there_and_back(np.ma.MaskedArray([1, 2])).mask is np.ma.nomask


@pytest.mark.parametrize("value", [10**6000, -(10**6000)], ids=["positive", "negative"])
def test_an_integer_of_any_length_comes_back(value):
    assert there_and_back([value, 10**20]) == [value, 10**20]


def test_an_empty_result_comes_back(tmp_path):
    assert there_and_back(ImageResult(None, {}, {}, None)).ndarray is None


@pytest.mark.parametrize(
    "value", [object(), [len], np.array([object()])], ids=["object", "function", "array"]
)
def test_what_cannot_be_kept_is_named(value):
    with pytest.raises(JobSerialization, match="cannot be kept"):
        encode(value)


def test_what_is_nested_too_deeply_is_refused():
    value = []
    for _ in range(10_000):
        value = [value]

    with pytest.raises(JobSerialization, match="so many containers in each other cannot be kept"):
        encode(value)


class Bomb:
    def __reduce__(self):
        return print, ("boom",)


def npz(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps(Bomb()),
        npz(arr_0=np.array([Bomb()], object)),
        npz(arr_0=np.frombuffer(b'{"array": [1]}', np.uint8), arr_1=np.array([Bomb()], object)),
        npz(arr_0=np.frombuffer(b'{"array": [1]}', np.uint8)),
        b'{"eval": ["1"]}',
        b'{"error": ["__builtins__"]',
        b"{",
        b"[" * 100_000,
        b'{"timedelta": [1e300]}',
        encode(np.ones(1000)).to_bytes()[:-300],
        encode(np.ones(1000)).to_bytes().replace(b"\0\0\0\0\0\0\xf0\x3f", b"\0\0\0\0\0\0\xf1\x3f"),
    ],
    ids=["pickle", "in npz", "array", "no array", "tag", "error", "json", "deep", "huge", "cut", "changed"],
)
def test_damaged_or_hostile_bytes_are_refused_and_nothing_is_run(data, capsys):
    with pytest.raises(JobDestination, match="the kept result cannot be read: "):
        decode(data)
    assert capsys.readouterr().out == ""


def test_an_error_of_a_later_version_is_an_error_of_a_job():
    text = encode(JobInvalid("m", "i")).text.replace("JobInvalid", "JobInvalidTide")

    assert str(decode(text.encode())) == "JobInvalidTide: m, i"
    assert repr(decode(b'{"error": ["DescartesFlowError", 1]}')) == "DescartesFlowError(1)"
