"""What every proxy does and refuses to do."""

import copy
import pickle

import pytest

import descartes_flow as wf

IMAGE = wf.Image.from_id("p:a")


def test_a_proxy_shows_its_class_as_the_guide_prints_it():
    assert repr(wf.Int(1) + 1).startswith("<descartes_flow.types.primitives.number.Int at 0x")
    assert repr(type(IMAGE)) == "<class 'descartes_flow.types.geospatial.image.Image'>"
    assert type(IMAGE.properties).__name__ == (
        "KnownDict[{'crs': Str, 'date': Datetime, "
        "'geotrans': Tuple[Float, Float, Float, Float, Float, Float], 'id': Str, 'product': Str}, Str, Any]"
    )


@pytest.mark.parametrize(
    ("use", "hint"),
    [
        (lambda: bool(wf.Bool(True)), r"wf\.ifelse instead of if.*x\.contains\(y\) instead of in"),
        (lambda: 1 if IMAGE > 1 else 0, "truth value of an Image"),
        (lambda: 1 in wf.List[wf.Int]([1]), r"use \.contains\(other\)"),
        (lambda: len(wf.List[wf.Int]([1])), r"use \.length\(\)"),
        (lambda: list(wf.List[wf.Int]([1])), r"use \.map\(\.\.\.\)"),
        (lambda: len(IMAGE), r"len\(\) does not work on an Image"),
        (lambda: list(wf.ImageCollection.from_id("p")), r"use \.map"),
        (lambda: int(wf.Int(1)), r"known only after \.compute\(\)"),
        (lambda: float(wf.Float(1)), r"known only after \.compute\(\)"),
        (lambda: [1, 2][wf.Int(1)], "use as a Python index"),
        (lambda: round(wf.Float(1.5)), r"round\(\)"),
    ],
)
def test_what_needs_the_value_now_says_what_to_do_instead(use, hint):
    with pytest.raises(TypeError, match=hint):
        use()


def test_a_proxy_cannot_be_changed():
    with pytest.raises(AttributeError, match="immutable"):
        IMAGE.name = "x"


def test_proxies_with_lazy_equality_cannot_be_keys():
    for proxy in (wf.Int(1), wf.Str("a"), IMAGE, wf.List[wf.Int]([1]), wf.Datetime(2020)):
        with pytest.raises(TypeError, match="unhashable"):
            hash(proxy)


def test_an_image_is_not_built_directly():
    with pytest.raises(TypeError, match=r"Image\.from_id"):
        wf.Image()


@pytest.mark.parametrize(
    "proxy",
    [
        wf.Int(1) + 1,
        IMAGE.pick_bands("red").mask(IMAGE.pick_bands("nir") > 0.5),
        wf.ImageCollection.from_id("p").map(lambda i: i + 1),
        wf.parameter("x", wf.Float) * 2,
        IMAGE.properties["date"],
        wf.List[wf.Tuple[wf.Int, wf.Str]]([(1, "a")]),
    ],
)
def test_a_copy_and_a_pickle_are_the_same_program(proxy):
    for again in (pickle.loads(pickle.dumps(proxy)), copy.copy(proxy), copy.deepcopy(proxy)):
        assert type(again) is type(proxy)
        assert again._node is proxy._node
        assert [type(param) for param in again.params] == [type(param) for param in proxy.params]


def test_a_pickled_slice_still_knows_its_parts():
    again = pickle.loads(pickle.dumps(wf.Slice(1, wf.Int(2) + 1)))

    assert again.compute() == slice(1, 3, None)
    assert pickle.loads(pickle.dumps(wf.Slice(1, 2))).literal_value == slice(1, 2, None)


def test_parameters_are_listed_once_in_the_order_of_use():
    a, b = wf.parameter("a", wf.Int), wf.parameter("b", wf.Float)

    found = ((b + a) * (a - b)).params
    assert [param.graft["returns"] for param in found] == ["b", "a"]
    assert [type(param) for param in found] == [wf.Float, wf.Int]


def test_two_parameters_of_one_name_and_different_types_do_not_meet():
    with pytest.raises(ValueError, match="twice"):
        wf.parameter("twice", wf.Int) + wf.parameter("twice", wf.Float)


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("1", wf.Int, "expected a Python identifier"),
        ("class", wf.Int, "expected a Python identifier"),
        ("scales", wf.Int, "is an argument of compute or visualize"),
        ("x", wf.List, "lacks its type parameters"),
    ],
)
def test_a_parameter_needs_a_free_name_and_a_whole_type(name, kind, message):
    with pytest.raises(ValueError, match=message):
        wf.parameter(name, kind)
