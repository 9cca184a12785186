from descartes_flow.graph import apply, function, literal, parameter, postorder

A, B, C = (literal(name) for name in "abc")


def test_arguments_come_left_to_right_and_before_their_call():
    inner = apply("inner", B, C)
    node = apply("outer", A, inner, last=C, first=B)

    assert list(postorder(node)) == [A, B, C, inner, node]


def test_named_arguments_come_in_the_order_given():
    node = apply("outer", last=C, first=B)

    assert list(postorder(node)) == [C, B, node]


def test_the_callee_comes_first():
    make = apply("make", B)
    node = apply(make, A)

    assert list(postorder(node)) == [B, make, A, node]


def test_shared_nodes_come_once():
    shared = apply("shared", A)
    node = apply("outer", apply("left", shared), shared, shared)

    assert [part.callee for part in postorder(node)] == [None, "shared", "left", "outer"]


def test_bodies_of_functions_are_entered():
    f = function(["v", "unused"], lambda v, unused: apply("add", v, A))
    node = apply("map", B, f)

    assert list(postorder(node)) == [B, f.params[0], A, f.body, f, node]


def test_a_leaf_is_a_program():
    x = parameter("x", "Int")

    assert list(postorder(x)) == [x]


def test_a_program_with_more_paths_than_could_be_walked_is_walked_once():
    node = A
    for _ in range(200):
        node = apply("add", node, node)

    assert len(list(postorder(node))) == 201
