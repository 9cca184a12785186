"""Numbers, truth values, texts, moments and containers, computed without any imagery."""

import datetime

import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid

UTC = datetime.UTC
DAY = datetime.timedelta(days=1)
INTS = wf.List[wf.Int]([3, 1, 2])
NAMES = wf.Dict[wf.Str, wf.Int]({"a": 1}, b=2)
PAIR = wf.Tuple[wf.Int, wf.Str]((1, "x"))

VALUES = [
    (wf.Int(7) + 2, wf.Int, 9),
    (wf.Int(7) + True, wf.Int, 8),
    (wf.Int(7) - 0.5, wf.Float, 6.5),
    (2 - wf.Int(7), wf.Int, -5),
    (wf.Int(7) * 2, wf.Int, 14),
    (wf.Int(7) / 2, wf.Float, 3.5),
    (wf.Int(7) // 2, wf.Int, 3),
    (-wf.Int(7) // 2, wf.Int, -4),
    (wf.Int(7) % 4, wf.Int, 3),
    (2 ** wf.Int(7), wf.Int, 128),
    (wf.Int(6) & 3, wf.Int, 2),
    (wf.Int(6) | 1, wf.Int, 7),
    (wf.Int(6) ^ 3, wf.Int, 5),
    (wf.Int(6) << 1, wf.Int, 12),
    (wf.Int(6) >> 1, wf.Int, 3),
    (~wf.Int(6), wf.Int, -7),
    (wf.Int(6) & wf.Bool(True), wf.Int, 0),
    (wf.Int(6) & wf.Any(3), wf.Int, 2),
    (wf.Bool(True) & wf.Int(6), wf.Bool, True),
    (6 & wf.Bool(True), wf.Bool, True),
    (wf.Bool(True) == wf.Any(True), wf.Bool, True),
    (wf.Int(2) ** -1, wf.Float, 0.5),
    (divmod(wf.Int(7), wf.Bool(True)), wf.Tuple[wf.Int, wf.Int], (7, 0)),
    (divmod(wf.Int(7), wf.Any(2)), wf.Tuple[wf.Int, wf.Int], (3, 1)),
    (divmod(7, wf.Float(2)), wf.Tuple[wf.Float, wf.Float], (3.0, 1.0)),
    (divmod(wf.Any(7), wf.Int(2)), wf.Tuple[wf.Any, wf.Any], (3, 1)),
    (abs(wf.Int(-6)), wf.Int, 6),
    (+wf.Float(1.5), wf.Float, 1.5),
    (wf.Float(1.5) > 1, wf.Bool, True),
    (wf.Int(1) == 1.0, wf.Bool, True),
    (wf.Int(1) != 1, wf.Bool, False),
    (~wf.Bool(True), wf.Bool, False),
    (wf.Bool(True) & wf.Bool(False), wf.Bool, False),
    (wf.Bool(False) | 2, wf.Bool, True),
    (wf.Bool(True) ^ True, wf.Bool, False),
    (wf.Bool(True) == wf.Bool(False), wf.Bool, False),
    (wf.Int(wf.Float(-1.9)), wf.Int, -1),
    (wf.Int(wf.Str("12")), wf.Int, 12),
    (wf.Float(wf.Str("1e3")), wf.Float, 1000.0),
    (wf.Str("ab") + "c", wf.Str, "abc"),
    ("c" + wf.Str("ab"), wf.Str, "cab"),
    (wf.Str("ab") * 2, wf.Str, "abab"),
    (2 * wf.Str("ab"), wf.Str, "abab"),
    (wf.Str("abc")[1], wf.Str, "b"),
    (wf.Str("abc")[-2:], wf.Str, "bc"),
    (wf.Str("abc") < "abd", wf.Bool, True),
    (wf.Str("abc").length(), wf.Int, 3),
    (wf.Str("abc").contains("bc"), wf.Bool, True),
    (wf.Str("a b  c").split(), wf.List[wf.Str], ["a", "b", "c"]),
    (wf.Str("a,b,c").split(",", 1), wf.List[wf.Str], ["a", "b,c"]),
    (wf.Datetime(2020, 2, 3).month, wf.Int, 2),
    (wf.Datetime.from_string("2020-02-03T04:05:06.000007+02:00").hour, wf.Int, 2),
    (wf.Datetime.from_string("2020-02-03T04:05:06.000007Z").microsecond, wf.Int, 7),
    (wf.Datetime(2020) < "2020-01-02", wf.Bool, True),
    (wf.Datetime(2020) == datetime.datetime(2020, 1, 1, tzinfo=UTC), wf.Bool, True),
    (wf.Datetime(2020, 1, 2).is_between("2020-01-02", "2020-01-03"), wf.Bool, True),
    (wf.Datetime(2020, 1, 2).is_between("2020-01-02", "2020-01-03", inclusive=False), wf.Bool, False),
    (wf.Datetime(2020, 1, 2) - "2020-01-01", wf.Timedelta, DAY),
    (wf.Datetime(2020, 1, 2) - DAY, wf.Datetime, datetime.datetime(2020, 1, 1, tzinfo=UTC)),
    (DAY + wf.Datetime(2020), wf.Datetime, datetime.datetime(2020, 1, 2, tzinfo=UTC)),
    (datetime.date(2020, 1, 2) - wf.Datetime(2020), wf.Timedelta, DAY),
    (divmod(wf.Datetime(1970, 1, 2), DAY)[1], wf.Timedelta, 0 * DAY),
    (wf.Timedelta(1) - wf.Any(DAY), wf.Timedelta, 0 * DAY),
    (wf.Timedelta(2) / 2.0, wf.Timedelta, DAY),
    (wf.Timedelta(2) / DAY, wf.Float, 2.0),
    (DAY / wf.Timedelta(2), wf.Float, 0.5),
    (wf.Timedelta(2) // DAY, wf.Int, 2),
    (wf.Timedelta(2) // 2, wf.Timedelta, DAY),
    (divmod(DAY, wf.Timedelta(2)), wf.Tuple[wf.Int, wf.Timedelta], (0, DAY)),
    (INTS[0], wf.Int, 3),
    (INTS[-1], wf.Int, 2),
    (INTS[1:], wf.List[wf.Int], [1, 2]),
    (INTS + [9], wf.List[wf.Int], [3, 1, 2, 9]),  # noqa: RUF005
    ([9] + INTS, wf.List[wf.Int], [9, 3, 1, 2]),  # noqa: RUF005
    (INTS * 2, wf.List[wf.Int], [3, 1, 2, 3, 1, 2]),
    (INTS == [3, 1, 2], wf.Bool, True),
    (INTS < [3, 2], wf.Bool, True),
    (INTS.length(), wf.Int, 3),
    (INTS.contains(2), wf.Bool, True),
    (INTS.contains(5), wf.Bool, False),
    (reversed(INTS), wf.List[wf.Int], [2, 1, 3]),
    (INTS.map(lambda x: x / 2), wf.List[wf.Float], [1.5, 0.5, 1.0]),
    (INTS.filter(lambda x: x > 1), wf.List[wf.Int], [3, 2]),
    (wf.List[wf.Int](INTS), wf.List[wf.Int], [3, 1, 2]),
    (PAIR[0], wf.Int, 1),
    (PAIR[-1], wf.Str, "x"),
    (PAIR[wf.Int(1)], wf.Str, "x"),
    (PAIR[wf.Int(0) + 1], wf.Any, "x"),
    (PAIR[:1], wf.Tuple[wf.Int], (1,)),
    (PAIR + (2.5,), wf.Tuple[wf.Int, wf.Str, wf.Float], (1, "x", 2.5)),  # noqa: RUF005
    (PAIR.length(), wf.Int, 2),
    (PAIR == (1, "x"), wf.Bool, True),
    (NAMES["a"], wf.Int, 1),
    (NAMES[wf.Str("b")], wf.Int, 2),
    (NAMES.get("c", 5), wf.Int, 5),
    (NAMES.contains("b"), wf.Bool, True),
    (NAMES.length(), wf.Int, 2),
    (NAMES.keys(), wf.List[wf.Str], ["a", "b"]),
    (NAMES.values(), wf.List[wf.Int], [1, 2]),
    (NAMES.items(), wf.List[wf.Tuple[wf.Str, wf.Int]], [("a", 1), ("b", 2)]),
    (wf.Any({"a": [1, 2]})["a"][1], wf.Any, 2),
    (wf.Any(2) + 1, wf.Any, 3),
    (wf.Any(2) > 1, wf.Bool, True),
    (wf.Any([1, 2]).length(), wf.Int, 2),
    (wf.Any([1, 2]).cast(wf.List[wf.Int]).map(lambda x: x + 1), wf.List[wf.Int], [2, 3]),
    (wf.Slice(1, None, 2), wf.Slice, slice(1, None, 2)),
    (
        wf.GeoContext.from_dltile_key("512:0:10.0:36:-65:216").index_to_coords(4, 2),
        None,
        (167220.0, 1111000.0),
    ),
    (wf.GeoContext.from_dltile_key("512:0:10.0:36:-65:216").coords_to_index(167220, 1111000), None, (4, 2)),
    (wf.GeoContext.from_dltile_key("512:0:10.0:36:-65:216").arr_shape, None, (512, 512)),
]


@pytest.mark.parametrize(("proxy", "kind", "expected"), VALUES, ids=range(len(VALUES)))
def test_values_and_types_by_hand(proxy, kind, expected):
    value = proxy.compute()

    assert kind is None or type(proxy) is kind
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("proxy", "message"),
    [
        (INTS[7], r"get \(test_plain_values\.py:\d+\): index 7 is beyond the end: there are 3 items"),
        (NAMES["z"], "no key 'z'; the keys are 'a', 'b'"),
        (wf.Datetime.from_string("yesterday"), "'yesterday' is no ISO 8601 date"),
        (wf.Int(wf.Str("abc")), "invalid literal for int"),
        (wf.Any(1).foo, "a value of type int has no attribute 'foo'"),
        (wf.Any(1)["a"], "a value of type int has no items"),
        (wf.Any("a") - 1, "unsupported operand"),
        (wf.Datetime(2020, 13), "month must be in 1..12"),
        (wf.Any([1]).__getattr__("append"), "has no attribute 'append'"),
    ],
)
def test_a_value_that_does_not_suit_an_operation_names_it_and_the_line(proxy, message):
    with pytest.raises(JobInvalid, match=message):
        proxy.compute()


@pytest.mark.parametrize(
    ("use", "error", "message"),
    [
        (lambda: wf.Bool(True) + 1, TypeError, "unsupported operand"),
        (lambda: wf.Bool(True) < False, TypeError, "not supported between"),
        (lambda: wf.Int(1) << 0.5, TypeError, "but got float 0.5"),
        (lambda: wf.Str("a") % 3, TypeError, "unsupported operand"),
        (lambda: wf.Datetime(2020) + 1, TypeError, "a number has no unit"),
        (lambda: PAIR[5], IndexError, r"Tuple\[Int, Str\]\[5\]: the tuple has 2 items"),
        (lambda: NAMES[3], TypeError, "Dict keys are of type Str, but indexed with int 3"),
        (
            lambda: INTS + ["a"],  # noqa: RUF005
            TypeError,
            r"List\[Int\].__add__\(\): expected List\[Int\] .* but got list \['a'\]",
        ),
        (lambda: INTS["a"], TypeError, r"List\[Int\]\[index\]: expected Int"),
        (lambda: wf.Any(1)(), TypeError, "cast it to a Function first"),
        (lambda: wf.Any(1)._private, AttributeError, "_private"),
        (lambda: wf.Tuple[wf.Int]((1, 2)), TypeError, "expected an iterable of 1 items, but got 2 items"),
        (lambda: wf.GeoContext().nothing, AttributeError, "a GeoContext has no field 'nothing'; known: "),
        (lambda: wf.GeoContext(resolution="fine"), TypeError, r"GeoContext\(resolution=\): expected Float"),
        (lambda: wf.Slice("a"), TypeError, r"Slice\(start=\): expected Int or None, got str 'a'"),
        (lambda: wf.Datetime("2020"), TypeError, r"Datetime\(year=\): expected Int"),
        (lambda: wf.log("a"), TypeError, r"Argument 'x' to function log\(\): expected Int, Float, Image"),
        (lambda: wf.KnownDict[wf.Str, wf.Int]({"a": 1}), NotImplementedError, "cannot be constructed"),
    ],
)
def test_a_wrong_use_fails_at_once(use, error, message):
    with pytest.raises(error, match=message):
        use()
