import functools
import inspect

from descartes_flow.graph import (
    apply,
    function,
    literal,
    origin_here,
    parameter,
    read_graft,
    substitute,
    write_graft,
)


def line() -> int:
    return inspect.currentframe().f_back.f_lineno


def test_the_origin_is_the_line_of_the_caller():
    assert origin_here() == (__file__, line())


def test_a_call_knows_the_line_that_made_it():
    node = apply("made here", literal(1))

    assert node.origin == (__file__, line() - 2)


def test_the_last_maker_wins():
    first = apply("made twice")
    again = apply("made twice")

    assert again is first
    assert first.origin == (__file__, line() - 3)


def test_a_function_knows_its_line_and_so_do_the_calls_in_its_body():
    f = function(
        ["v"],
        lambda v: apply("in a body", v),
    )

    assert f.origin == (__file__, line() - 5)
    assert f.body.origin == (__file__, line() - 4)


def test_a_rewritten_call_keeps_the_line_of_the_user():
    x = parameter("x", "Int")
    node = apply("rewritten", x)
    made_at = line() - 1

    assert substitute(node, {x: literal("rewritten")}).origin == (__file__, made_at)


def test_what_is_read_from_a_graft_comes_from_the_line_that_reads_it():
    node = read_graft({"1": 1, "2": ["only in a graft", "1"], "returns": "2"})

    assert node.origin == (__file__, line() - 2)


def test_the_origin_has_no_part_in_the_program():
    node = apply("same")
    graft, key = write_graft(node), node.key
    node.origin = None

    assert apply("same") is node
    assert (write_graft(node), node.key) == (graft, key)


def test_frames_of_the_import_system_are_not_the_users_code():
    code = compile("origin_here()", "<frozen importlib._bootstrap>", "eval")

    assert eval(code) == (__file__, line())


class Lazily:
    @functools.cached_property
    def node(self):
        return apply("made once")


def test_a_cached_property_is_read_on_the_users_line():
    node = Lazily().node

    assert node.origin == (__file__, Lazily.node.func.__code__.co_firstlineno + 2)
