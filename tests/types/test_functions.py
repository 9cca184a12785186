"""Python functions that become part of a program."""

import pytest

import descartes_flow as wf

NUMBERS = wf.List[wf.Int]([1, 2, 3])
COLLECTION = wf.ImageCollection.from_id("p")


def starred(*items):
    return items[0]


def keyword_only(*, item):
    return item


def with_default(item, more=1):
    return item


@pytest.mark.parametrize(
    ("function", "argument"),
    [(starred, "items"), (keyword_only, "item"), (with_default, "more")],
)
def test_only_plain_arguments_can_be_delayed(function, argument):
    with pytest.raises(
        TypeError, match=f"the function {function.__name__} cannot be delayed: .*'{argument}'"
    ):
        NUMBERS.map(function)


def test_a_function_of_the_wrong_number_of_arguments_is_refused():
    with pytest.raises(TypeError, match=r"wrong parameters: .* has 2 \(a, b\), expected 1 \(Int\)"):
        NUMBERS.map(lambda a, b: a)


def test_what_is_no_function_is_refused():
    with pytest.raises(TypeError, match="expected a function, got int 3"):
        NUMBERS.map(3)


def test_a_filter_must_return_a_bool():
    with pytest.raises(TypeError, match="must return Bool, not a Int proxy"):
        COLLECTION.filter(lambda img: img.nbands)


def test_python_control_flow_on_a_placeholder_fails_with_advice():
    with pytest.raises(TypeError, match=r"wf\.ifelse"):
        NUMBERS.map(lambda x: x if x > 1 else 0)


def test_a_constant_result_is_legal():
    assert NUMBERS.map(lambda x: 7).compute() == [7, 7, 7]


def test_the_result_type_follows_what_the_function_returns():
    assert type(COLLECTION.map(lambda img: img + 1)) is wf.ImageCollection
    assert type(COLLECTION.map(lambda img: img.nbands)) is wf.List[wf.Int]
    assert (
        type(COLLECTION.map(lambda img: (img.properties["date"], 1.5)))
        is (wf.List[wf.Tuple[wf.Datetime, wf.Float]])
    )
    assert type(COLLECTION.map(lambda img: COLLECTION)) is wf.List[wf.ImageCollection]
    assert type(NUMBERS.map(lambda x: x * 2)) is wf.List[wf.Int]


def test_the_function_is_called_once_while_the_graph_is_built():
    calls = []
    NUMBERS.map(lambda x: calls.append(x) or x)

    assert [type(call) for call in calls] == [wf.Int]


def test_nested_functions_with_arguments_of_one_name_stay_apart():
    pairs = NUMBERS.map(lambda x: wf.List[wf.Int]([10, 20]).map(lambda y: y + x).map(lambda x: x * 2))

    assert pairs.compute() == [[22, 42], [24, 44], [26, 46]]


def test_proxify_gives_each_python_value_its_proxy():
    found = [
        type(wf.proxify(value)) for value in (True, 1, 1.5, "a", None, [1, 2], [1, "a"], (1, 2), {"a": 1})
    ]

    assert found == [
        wf.Bool,
        wf.Int,
        wf.Float,
        wf.Str,
        wf.NoneType,
        wf.List[wf.Int],
        wf.Tuple[wf.Int, wf.Str],
        wf.Tuple[wf.Int, wf.Int],
        wf.Any,
    ]


def test_what_no_proxy_stands_for_is_refused():
    with pytest.raises(NotImplementedError, match="build the container by hand"):
        wf.proxify(object())
