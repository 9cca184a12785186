from concurrent.futures import ThreadPoolExecutor

import pytest

from descartes_flow.graph import Kind, apply, function, literal, parameter, substitute

X, Y = parameter("x", "Int"), parameter("y", "Int")
ONE = literal(1)


def add(*args):
    return apply("add", *args)


def test_a_function_is_traced_once_with_a_placeholder_for_each_name():
    calls = []
    f = function(["a", "b"], lambda *params: calls.append(params) or add(*params))

    assert [param.value[0] for param in calls[0]] == ["a", "b"]
    assert len(calls) == 1
    assert f.kind is Kind.LAMBDA
    assert f.body is add(*f.params)


def test_parameters_of_a_function_are_identified_by_name_and_level():
    inner = function(["v"], lambda v: add(v, ONE))
    outer = function(["v"], lambda v: apply(inner, v))

    assert [inner.params[0].value, outer.params[0].value] == [("v", 1), ("v", 2)]
    assert [inner.level, outer.level] == [1, 2]


def test_equal_functions_are_one_object():
    assert function(["v"], lambda v: add(v, ONE)) is function(["v"], lambda v: add(v, ONE))


def test_a_function_is_the_same_wherever_it_is_written():
    alone = function(["v"], lambda v: add(v, ONE))
    inside = function(["w"], lambda w: apply("map", w, function(["v"], lambda v: add(v, ONE))))
    outside = function(["w"], lambda w: apply("map", w, alone))

    assert inside is outside


def test_a_function_leaves_open_what_it_does_not_bind():
    f = function(["x", "z"], lambda x, z: apply("f", Y, z, X, x))

    assert f.free == (Y, X)


def test_a_function_without_parameters_shares_what_its_body_leaves_open():
    body = apply("f", Y, X)

    assert function([], lambda: body).free is body.free


def test_a_function_may_ignore_its_parameters():
    assert function(["v"], lambda v: ONE).body is ONE


def test_a_function_may_return_a_function():
    f = function(["a"], lambda a: function(["b"], lambda b: apply("sub", a, b)))
    (a,), (b,) = f.params, f.body.params

    assert (a.value, b.value) == (("a", 2), ("b", 1))
    assert f.body.body is apply("sub", a, b)
    assert f.body.free == (a,)
    assert f.free == ()


def test_nested_functions_of_equal_names_keep_their_parameters_apart():
    f = function(["v"], lambda outer: function(["v"], lambda inner: apply("sub", outer, inner)))

    assert [param.value for param in f.body.body.args] == [("v", 2), ("v", 1)]


def test_functions_traced_in_threads_are_one_object():
    def trace(_):
        return function(["a"], lambda a: function(["b"], lambda b: apply("sub", a, b)))

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(trace, range(200)))

    assert len(set(made)) == 1


@pytest.mark.parametrize("names", ["ab", [1], [None]])
def test_names_are_a_sequence_of_strings(names):
    with pytest.raises(TypeError, match=r"function\(names=\): expected a sequence of str"):
        function(names, lambda *_: ONE)


def test_names_are_distinct():
    with pytest.raises(ValueError, match=r"expected distinct names, got \['a', 'a'\]"):
        function(["a", "a"], lambda *_: ONE)


def test_a_function_returns_a_node():
    with pytest.raises(TypeError, match=r"function\(build=\): expected it to return a Node, got int 1"):
        function(["a"], lambda a: 1)


def test_parameters_are_replaced_everywhere():
    node = add(X, function(["v"], lambda v: apply("mul", v, X)), apply("f", other=X))

    expected = add(ONE, function(["v"], lambda v: apply("mul", v, ONE)), apply("f", other=ONE))

    assert substitute(node, {X: ONE}) is expected


def test_what_does_not_depend_on_the_parameter_is_shared():
    untouched = apply("big", Y)
    node = substitute(add(untouched, X), {X: ONE})

    assert node.args[0] is untouched
    assert substitute(untouched, {X: ONE}) is untouched


def test_replacing_happens_at_once():
    assert substitute(add(X, Y), {X: Y, Y: X}) is add(Y, X)


def test_a_parameter_replaced_as_callee_gets_called():
    f = parameter("f", "Function[Int, Int]")
    double = function(["v"], lambda v: add(v, v))

    assert substitute(apply(f, ONE), {f: double}) is apply(double, ONE)


def test_a_function_gets_arguments_by_replacing_in_its_body():
    f = function(["a"], lambda a: function(["b"], lambda b: apply("sub", a, b)))

    result = substitute(f.body, {f.params[0]: ONE})

    assert result is function(["b"], lambda b: apply("sub", ONE, b))


def test_levels_rise_with_the_functions_put_in():
    f = function(["v"], lambda v: apply("f", v, X))
    put_in = function(["w"], lambda w: w)

    result = substitute(f, {X: put_in})

    assert result.level == 2
    assert result is function(["v"], lambda v: apply("f", v, put_in))


def test_a_function_does_not_capture_an_open_parameter_of_its_name():
    f = function(["x"], lambda bound: apply("sub", bound, Y))

    result = substitute(f, {Y: X})

    assert result is function(["x"], lambda bound: apply("sub", bound, X))
    assert result.free == (X,)


def test_a_function_does_not_capture_a_bound_parameter_of_its_name_and_level():
    f = function(["v"], lambda v: apply("sub", v, Y))
    foreign = function(["v"], lambda v: v).params[0]

    result = substitute(f, {Y: foreign})

    assert result.free == (foreign,)
    assert result.body is apply("sub", result.params[0], foreign)
    assert result.params[0] is not foreign


def test_the_parameter_that_a_function_binds_is_not_replaced_inside_it():
    f = function(["v"], lambda v: apply("sub", v, Y))
    (own,) = f.params

    result = substitute(add(own, f), {own: ONE, Y: literal(2)})

    assert result is add(ONE, function(["v"], lambda v: apply("sub", v, literal(2))))


def test_replacing_brings_no_two_types_together():
    with pytest.raises(ValueError, match="give the two different names"):
        substitute(add(X, Y), {Y: parameter("x", "Float")})


def test_only_parameters_can_be_replaced():
    with pytest.raises(TypeError, match=r"substitute\(values=\): only parameters can be replaced"):
        substitute(add(X, ONE), {ONE: X})
