"""Types as they are stored."""

import json

import pytest

import descartes_flow as wf
from descartes_flow.types.typespec import type_of_typespec, typespec

SPECS = [
    (wf.Int, "Int"),
    (wf.Tuple[()], ["Tuple"]),
    (wf.List[wf.Tuple[wf.Int, wf.Str]], ["List", ["Tuple", "Int", "Str"]]),
    (wf.Function[wf.Int, {"x": wf.List[wf.Str]}, wf.Any], ["Function", "Int", {"x": ["List", "Str"]}, "Any"]),
    (wf.KnownDict[{"a": wf.Int}, wf.Str, wf.Any], ["KnownDict", {"a": "Int"}, "Str", "Any"]),
    (wf.Tuple[1, "Int", True], ["Tuple", 1, ["str", "Int"], True]),
]


@pytest.mark.parametrize(("kind", "spec"), SPECS)
def test_a_type_is_written_as_json_and_read_again(kind, spec):
    assert typespec(kind) == spec
    assert type_of_typespec(json.loads(json.dumps(spec))) is kind


@pytest.mark.parametrize("kind", [wf.List, wf.Function, wf.List[wf.List], int])
def test_what_is_no_whole_type_cannot_be_stored(kind):
    with pytest.raises(TypeError, match=r"typespec\(\)"):
        typespec(kind)


@pytest.mark.parametrize(
    "spec", ["Integer", ["List", "Integer"], [], ["Int", "Str"], ["List", "Int", "Int"], 5]
)
def test_a_spec_that_names_no_type_is_refused(spec):
    with pytest.raises(ValueError, match="typespec"):
        type_of_typespec(spec)
