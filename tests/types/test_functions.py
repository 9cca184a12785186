"""Python functions that become part of a program."""

import inspect
import pickle

import pytest

import descartes_flow as wf
from descartes_flow.errors import GraftNameError

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
    with pytest.raises(TypeError, match="must return Bool, not an Int proxy"):
        COLLECTION.filter(lambda img: img.nbands)


def test_python_control_flow_on_a_placeholder_fails_with_advice():
    with pytest.raises(TypeError, match=r"wf\.ifelse"):
        NUMBERS.map(lambda x: x if x > 1 else 0)


def test_an_argument_that_is_used_outside_of_its_function_is_refused():
    kept = []
    wf.List[wf.Int]([1, 2]).map(lambda n: kept.append(n) or n)

    with pytest.raises(GraftNameError, match=r"compute\(\): 'n' is an argument of a function"):
        (kept[0] + 1).compute(n=5)


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


def test_types_are_read_from_annotations_of_python_and_of_proxies():
    def area(width: int, heights: list[float], *, unused: None = None) -> float:
        return width * heights[0]

    def plain(width: int, heights: list[float]) -> float:
        "Of a rectangle."
        return width * heights[0]

    function = wf.Function.from_callable(plain)
    assert type(function) is wf.Function[{"width": wf.Int, "heights": wf.List[wf.Float]}, wf.Float]
    assert (function.__name__, function.__doc__) == ("plain", "Of a rectangle.")
    assert str(inspect.signature(function)).startswith("(width: ")
    assert function.__annotations__["return"] is wf.Float
    with pytest.raises(TypeError, match="cannot be delayed: its argument 'unused'"):
        wf.Function.from_callable(area)


def test_explicit_types_go_before_annotations():
    def double(x: int):
        return x * 2

    assert type(wf.Function.from_callable(double, wf.Float)) is wf.Function[{"x": wf.Float}, wf.Float]
    assert type(wf.Function.from_callable(double, return_type=wf.Float)).return_type is wf.Float


def test_positional_only_arguments_have_no_name():
    def minus(a: int, /, b: int) -> int:
        return a - b

    function = wf.Function.from_callable(minus)
    assert (function.arg_types, function.kwarg_types) == ((wf.Int,), {"b": wf.Int})
    assert function(5, b=3).compute() == 2
    with pytest.raises(TypeError, match="pass all its arguments by name"):
        function.compute(a=5, b=3)


def test_named_arguments_are_passed_by_name_in_declared_order():
    function = wf.Function[{"x": wf.Int, "y": wf.Int}, wf.Int](lambda x, y: x - y)

    graft = function(y=1, x=3).graft
    assert list(graft[graft["returns"]][-1]) == ["x", "y"]
    assert function(3, 1)._node is function(y=1, x=3)._node


INT, FLOAT, NUMBER = wf.Int, wf.Float, wf.Number


@pytest.mark.parametrize(
    ("given", "expected", "fits"),
    [
        ((INT, INT), (INT, NUMBER), True),
        ((INT, NUMBER), (INT, INT), False),
        ((NUMBER, INT), (INT, INT), True),
        ((INT, INT), (NUMBER, INT), False),
        (({"x": INT}, INT), (INT, INT), True),
        ((INT, INT), ({"x": INT}, INT), False),
        (({"x": INT}, INT), ({"y": INT}, INT), False),
        (({"x": INT, "y": FLOAT}, INT), ({"y": FLOAT, "x": INT}, INT), False),
        (({"x": INT, "y": FLOAT}, INT), (INT, {"y": FLOAT}, INT), True),
        ((INT, INT), (INT, INT, INT), False),
    ],
)
def test_results_are_covariant_arguments_contravariant_and_names_must_match(given, expected, fits):
    assert issubclass(wf.Function[given], wf.Function[expected]) is fits
    assert issubclass(wf.Function[given], wf.Function)


def test_a_function_is_passed_on_as_it_is_or_called_where_its_arguments_need_promotion():
    exact = wf.Function.from_callable(lambda x: x * 2, wf.Int)
    wider = wf.Function.from_callable(lambda x: x * 2, wf.Float)

    assert NUMBERS.map(exact)._node.args[1] is exact._node
    assert NUMBERS.map(wider).compute() == [2.0, 4.0, 6.0]


def test_functions_take_and_return_functions():
    twice = wf.Function[wf.Function[wf.Int, wf.Int], wf.Int, wf.Int](lambda f, n: f(f(n)))
    adder = wf.Function[wf.Int, wf.Function[wf.Int, wf.Int]](lambda a: lambda b: a + b)

    assert twice(adder(10), 1).compute() == 21
    assert twice(lambda n: n * 3, 2).compute() == 18


def test_a_function_of_an_object_takes_its_parameters_in_their_order():
    a, b = wf.parameter("a", wf.Int), wf.parameter("b", wf.Float)
    function = wf.Function.from_object(b * a - b)

    assert type(function) is wf.Function[{"b": wf.Float, "a": wf.Int}, wf.Float]
    assert function.params == ()
    assert function(2.0, 3).compute() == 4.0


def test_parameters_inside_a_function_are_those_of_it_and_its_results():
    p = wf.parameter("p", wf.Int)
    function = wf.Function.from_callable(lambda x: x + p, wf.Int)

    assert [param.graft["returns"] for param in function.params] == ["p"]
    assert function(1).compute(p=4) == 5


def test_a_copy_keeps_name_and_documentation():
    @wf.Function.from_callable
    def documented(x: int):
        "What it is for."
        return x

    again = pickle.loads(pickle.dumps(documented))
    assert (again.__name__, again.__doc__) == ("documented", "What it is for.")
    assert again(3).compute() == 3


def test_a_function_that_calls_itself_is_told_that_nothing_stops_it():
    def countdown(n):
        return wf.ifelse(n < 1, wf.Int(0), countdown(n - 1))

    with pytest.raises(TypeError, match=r"countdown calls itself without end: .*wf\.range"):
        NUMBERS.map(countdown)


def test_a_python_function_without_arguments_is_computed():
    assert wf.compute(lambda: wf.Int(2) * 3) == 6
    assert type(wf.proxify(lambda: 1)) is wf.Function[wf.Int]


def test_a_parameter_may_be_a_function():
    g = wf.parameter("g", wf.Function[wf.Int, wf.Int])

    assert NUMBERS.map(g).compute(g=lambda n: n * n) == [1, 4, 9]
