"""A graft from outside may pass anything to any operation: it gets a result, or an error of ours."""

import random
import warnings

import pytest

import descartes_flow as wf
from descartes_flow.errors import DescartesFlowError, JobInvalid, JobInvalidTyping
from descartes_flow.graph import apply, function, literal
from descartes_flow.ops.registry import OPERATIONS
from tests.scenes import area, catalog_in

HERE = area(1, 3)
ATTEMPTS = 8


@pytest.fixture(scope="module")
def col(tmp_path_factory):
    """Two images."""
    with catalog_in(tmp_path_factory.mktemp("hostile")) as scenes:
        yield scenes.collection({"x": [[1, 2, 3]]}, {"x": [[4, 5, 6]]})


@pytest.fixture(scope="module")
def values():
    """Programs of every kind of value, functions among them."""
    nothing = wf.ImageCollection([])
    point = wf.Geometry(type="Point", coordinates=[15.0, 45.1])
    feature = wf.Feature(geometry=point, properties={"a": 1})
    proxies = [
        *(wf.Int(0), wf.Int(-3), wf.Float(1.5), wf.Float(float("nan")), wf.Bool(True), wf.NoneType(None)),
        *(wf.Str("x"), wf.Str(""), wf.Str("2020-01-01"), wf.Any([[1, "x"], [2]]), wf.Slice(0, 2)),
        *(wf.List[wf.Int]([1, 2]), wf.List[wf.Str]([]), wf.Tuple[wf.Int, wf.Str]((1, "a"))),
        *(wf.Dict[wf.Str, wf.Int](a=1), wf.Timedelta(days=1), wf.Datetime(2020), nothing, nothing[0]),
        *(wf.Array([1, 2.5]), nothing.ndarray, wf.Kernel((1, 1), [1.0]), wf.numpy.array([[1, 2]]).dtype),
        *(point, feature, wf.FeatureCollection([feature])),
    ]
    functions = [
        function(["a"], lambda a: a),
        function([], lambda: literal(1)),
        function(["a", "b"], lambda a, b: apply("add", a, b)),
        function(["a"], lambda a: apply("list", a, a)),
        function(["k", "g"], lambda k, g: k),
    ]
    return [*(proxy._node for proxy in proxies), *functions]


def of_images(img):
    """What a function of an image may make of it."""
    properties = apply("getattr", img, literal("properties"))
    statistics = [apply("max", img, literal(axes)) for axes in (None, "pixels")]
    return [img, *statistics, properties, apply("get", properties, literal("number"))]


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_nonsense_meets_errors_of_ours_only(col, values, name):
    chosen = random.Random(name)
    known = [*values, col._node, col[0]._node, *of_images(col[0]._node), col.groupby(dates="day")._node]

    def call(more):
        several = chosen.choices([*known, *more * 3], k=chosen.choice((0, 1, 2, 2, 3, 4)))
        return apply(name, *several)

    for attempt in range(ATTEMPTS):
        if attempt % 2:
            program = apply("map", col._node, function(["i"], lambda img: call(of_images(img))))
        else:
            program = call([])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numpy's, on values that it can do little with
            try:
                wf.from_graft(wf.Any._from_node(program).graft, wf.Any).compute(HERE, cache=False)
            except DescartesFlowError as error:
                assert str(error)


MISFITS = {
    "no imagery": (
        apply("getmask", literal(1)),
        "getmask: expected an Image or ImageCollection, got a value",
    ),
    "one image": (
        apply("mosaic", apply("Image.load", literal("test:s00"))),
        "mosaic: expected an ImageCollection, got an Image",
    ),
    "no groups": (
        apply("ImageCollectionGroupby.one", literal(1)),
        "ImageCollectionGroupby.one: expected groups of images, got a value of type int",
    ),
    "one of several": (
        apply("concat", apply("Image.load", literal("test:s00")), literal("x")),
        "concat: expected an Image or ImageCollection, got a value of type str",
    ),
    "no name of a band": (
        apply("ImageCollection.sortby_composite", wf.ImageCollection.from_id("test")._node, literal(2.5)),
        "expected names of bands, got 2.5",
    ),
    "a function of numbers": (
        apply("map_imagery", wf.ImageCollection.from_id("test")._node, function(["i"], lambda i: literal(1))),
        "expected imagery, got a value of type int",
    ),
}


@pytest.mark.parametrize(("program", "says"), MISFITS.values(), ids=MISFITS)
def test_a_value_of_another_type_is_named(col, program, says):
    with pytest.raises(JobInvalidTyping) as caught:
        wf.Any._from_node(program).compute(HERE)
    assert says in str(caught.value)


def test_numpys_refusal_of_weights_is_an_invalid_job():
    with pytest.raises(JobInvalid, match="aweights"):
        wf.numpy.cov(wf.Array([1.0, 2.0, 3.0]), aweights=wf.Array([1.0])).compute()
