"""Types with parameters: one class for equal parameters, covariant, and never built without them."""

import pytest

import descartes_flow as wf
from descartes_flow.types.names import type_by_name


def test_equal_parameters_give_one_class_with_a_readable_name():
    assert wf.List[wf.Int] is wf.List[wf.Int]
    assert wf.Dict[wf.Str, wf.List[wf.Float]].__name__ == "Dict[Str, List[Float]]"
    assert wf.Tuple[()].__name__ == "Tuple[]"
    assert wf.KnownDict[{"a": wf.Int}, wf.Str, wf.Any].__name__ == "KnownDict[{'a': Int}, Str, Any]"


@pytest.mark.parametrize(
    "kind",
    [
        wf.Int,
        wf.List[wf.Int],
        wf.Dict[wf.Str, wf.List[wf.Tuple[wf.Int, wf.Float]]],
        wf.KnownDict[{"a": wf.Int}, wf.Str, wf.Any],
        wf.Tuple[()],
    ],
)
def test_a_type_is_found_by_its_name(kind):
    assert type_by_name(kind.__name__) is kind


def test_an_unknown_name_is_no_type():
    with pytest.raises(ValueError, match=r"no proxy type is called 'List\[Integer\]'"):
        type_by_name("List[Integer]")


def test_generics_are_covariant():
    assert issubclass(wf.List[wf.Int], wf.List)
    assert issubclass(wf.List[wf.Int], wf.List[wf.Number])
    assert not issubclass(wf.List[wf.Number], wf.List[wf.Int])
    assert isinstance(wf.Tuple[wf.Int, wf.Str]((1, "a")), wf.Tuple[wf.Primitive, wf.Str])
    assert not issubclass(wf.Tuple[wf.Int], wf.Tuple[wf.Int, wf.Int])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: wf.List([1]), r"Cannot instantiate a generic List; the item type must be specified"),
        (lambda: wf.List[wf.Int][wf.Str], "not subscriptable"),
        (lambda: wf.List[wf.Int, wf.Int], "List takes 1 type parameters, got 2"),
        (lambda: wf.List[object()], "Type parameters must be Proxytypes"),
        (lambda: wf.Any(1).cast(wf.List), "lacks its type parameters"),
        (lambda: wf.Any(1).cast(int), "expected a proxy type"),
    ],
)
def test_a_wrong_use_of_type_parameters_is_a_type_error(make, message):
    with pytest.raises(TypeError, match=message):
        make()
