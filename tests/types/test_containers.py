"""What containers promise of their items, and how their programs are written."""

import copy
import pickle
from typing import ClassVar

import pytest

import descartes_flow as wf


class Reading(wf.Struct[{"value": wf.Float, "count": wf.Int, "label": wf.Str}]):
    """A type with an optional and a read-only field."""

    constructor = "struct"
    optional = frozenset({"count"})
    read_only = frozenset({"label"})
    docs: ClassVar[dict[str, str]] = {"value": "What was read."}


def test_a_missing_key_without_default_computes_to_none():
    assert wf.Dict[wf.Str, wf.Int](a=1).get("b").compute() is None


def test_a_known_key_promotes_its_default_to_its_own_type():
    known = wf.Any({}).cast(wf.KnownDict[{"when": wf.Datetime}, wf.Str, wf.Int])

    assert known.get("when", "2020-01-02").compute().day == 2
    assert type(known.get("other", 3)) is wf.Int
    assert type(known[wf.Str("when")]) is wf.Int


def test_text_keys_are_named_in_the_graft_and_others_take_turns_with_values():
    assert wf.Dict[wf.Str, wf.Int](a=1).graft == {"1": 1, "2": ["dict.create", {"a": "1"}], "returns": "2"}
    assert wf.Dict[wf.Int, wf.Int]({5: 1}).graft["3"] == ["dict.create", "1", "2"]


def test_any_text_may_be_a_key():
    assert wf.Dict[wf.Str, wf.Int]({"bind": 1, "returns": 2, "": 3}).compute() == {
        "bind": 1,
        "returns": 2,
        "": 3,
    }


def test_the_types_of_keys_and_values_are_attributes():
    kind = wf.Dict[wf.Str, wf.List[wf.Int]]

    assert (kind.key_type, kind({}).value_type) == (wf.Str, wf.List[wf.Int])


def test_a_tuple_and_any_give_any():
    assert type(wf.Tuple[wf.Int]((1,)) + wf.Any([2])) is wf.Any


def test_a_tuple_unpacks_like_pythons():
    first, second = wf.Tuple[wf.Int, wf.Str]((1, "a"))

    assert (type(first), type(second)) == (wf.Int, wf.Str)
    assert len(wf.Tuple[()](())) == 0


def test_a_field_is_always_the_same_proxy():
    reading = Reading(value=1)

    assert reading.value is reading.value
    assert type(reading.count) is wf.Int
    assert Reading.value.__doc__ == "What was read."


def test_optional_fields_that_are_none_leave_no_trace():
    assert Reading(value=1, count=None).compute() == {"value": 1.0}
    assert Reading(value=1, count=None)._node is Reading(value=1)._node


def test_a_read_only_field_cannot_be_passed():
    with pytest.raises(wf.ProxyTypeError, match=r"Reading\(label=\): the field is read-only"):
        Reading(value=1, label="x")


def test_a_struct_that_was_written_by_hand_is_a_type_of_its_own():
    plain = wf.Struct[{"value": wf.Float, "count": wf.Int, "label": wf.Str}]

    assert issubclass(Reading, plain)
    assert not issubclass(plain, Reading)
    assert type(copy.copy(Reading(value=1))) is Reading
    assert pickle.loads(pickle.dumps(Reading(value=1))).compute() == {"value": 1.0}
    with pytest.raises(TypeError, match="not subscriptable"):
        Reading[{"a": wf.Int}]
