import pytest

from descartes_flow.graph import apply, constant, function, literal, parameter

X, Y, Z = (parameter(name, "Int") for name in "xyz")
PAIR = function(["a", "b"], lambda a, b: apply("add", a, b))


def test_a_call_keeps_its_parts():
    node = apply("clip", X, literal(0), max=literal(1), min=literal(0))

    assert node.callee == "clip"
    assert node.args == (X, literal(0))
    assert node.kwargs == (("max", literal(1)), ("min", literal(0)))


def test_an_argument_may_have_any_name():
    assert apply("f", callee=X, args=Y).kwargs == (("callee", X), ("args", Y))


def test_open_parameters_come_in_the_order_of_first_use():
    node = apply("f", apply("g", Z, X), Y, other=X)

    assert node.free == (Z, X, Y)


def test_open_parameters_of_the_callee_come_first():
    f = parameter("f", "Function[Int, Int]")

    assert apply(apply(f, Y), X).free == (f, Y, X)


def test_calls_that_need_the_same_parameters_share_the_tuple():
    one = apply("f", X, Y)

    assert apply("neg", one).free is one.free
    assert apply("add", X, one).free is one.free
    assert apply("add", one, Y).free is one.free


def test_a_call_is_as_high_as_its_highest_part():
    assert apply("f", X).level == 0
    assert apply("f", X, PAIR).level == 1
    assert apply(function([], lambda: PAIR)).level == 2


def test_one_name_with_two_types_is_refused():
    with pytest.raises(ValueError, match=r"'x' is used both as Int and as Float .* different names"):
        apply("add", apply("neg", X), parameter("x", "Float"))


def test_one_name_with_two_types_is_refused_between_functions_too():
    inside = function(["v"], lambda v: apply("add", v, X))

    with pytest.raises(ValueError, match="give the two different names"):
        apply("map", parameter("x", "List[Int]"), inside)


def test_a_bound_parameter_may_have_the_name_of_an_open_one():
    node = function(["x"], lambda x: apply("add", x, X))

    assert node.free == (X,)


@pytest.mark.parametrize(
    ("args", "kwargs", "place"),
    [((X, 1), {}, "argument 2"), ((), {"max": 1}, "argument max")],
)
def test_plain_values_are_refused_as_arguments(args, kwargs, place):
    with pytest.raises(TypeError, match=rf"clip\({place}\): expected a Node, got int 1; .* literal\(\)"):
        apply("clip", *args, **kwargs)


@pytest.mark.parametrize("callee", [None, 1, print])
def test_only_names_and_nodes_can_be_called(callee):
    with pytest.raises(TypeError, match=r"apply\(callee\): expected a Node"):
        apply(callee, X)


@pytest.mark.parametrize("callee", ["", "1", "returns"])
def test_an_operation_cannot_have_the_name_of_a_key(callee):
    with pytest.raises(ValueError, match="cannot name an operation"):
        apply(callee, X)


@pytest.mark.parametrize("callee", [literal("add"), constant("constants.e")])
def test_what_is_no_function_cannot_be_called(callee):
    with pytest.raises(TypeError, match="expected the name of an operation or a function"):
        apply(callee, X)


def test_only_a_parameter_of_a_function_type_can_be_called():
    with pytest.raises(TypeError, match="parameter 'x' is of type Int, which cannot be called"):
        apply(X, Y)


@pytest.mark.parametrize(
    ("args", "kwargs", "message"),
    [
        (3, [], "Too many positional arguments: expected 2, got 3"),
        (0, [], "Missing required arguments 'a', 'b'"),
        (1, [], "Missing required argument 'b'"),
        (2, ["c"], "Unexpected named argument 'c'"),
        (1, ["d", "c"], "Unexpected named arguments 'c', 'd'"),
        (1, ["a", "b"], "Unexpected named argument 'a'"),
    ],
)
def test_a_function_is_called_with_its_parameters(args, kwargs, message):
    with pytest.raises(TypeError) as caught:
        apply(PAIR, *[X] * args, **dict.fromkeys(kwargs, Y))

    assert str(caught.value) == message


def test_named_and_positional_arguments_may_be_mixed():
    assert apply(PAIR, X, b=Y).free == (X, Y)
