import gc
import os
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from descartes_flow.graph import Kind, Node, apply, constant, function, literal, parameter
from descartes_flow.graph import node as node_module

PROGRAM = """
from descartes_flow.graph import apply, constant, function, literal, parameter

x = parameter("x", "Float")
program = apply("map", literal([1, {"b": 2.5, "a": None}]), function(["v"], lambda v: apply("add", v, x)))
program = apply("reduce", program, constant("constants.e"), initial=literal("\\u00e9"))
"""


def key_elsewhere(seed: str) -> str:
    """Key of PROGRAM in a new process."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PROGRAM + "print(program.key.hex())"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_equal_programs_are_one_object():
    one = apply("add", literal(1), parameter("x", "Int"), scale=literal([1, 2]))
    other = apply("add", literal(1), parameter("x", "Int"), scale=literal([1, 2]))

    assert one is other


def test_a_key_is_sixteen_bytes():
    assert [len(node.key) for node in (literal(1), apply("f"), parameter("x", "Int"))] == [16, 16, 16]


def test_keys_are_the_same_in_every_process():
    names: dict[str, Node] = {}
    exec(PROGRAM, names)

    assert key_elsewhere("1") == key_elsewhere("2") == names["program"].key.hex()


def test_programs_that_look_alike_have_keys_of_their_own():
    a, b = literal("a"), literal("b")
    nodes = [
        apply("f", a, b),
        apply("f", b, a),
        apply("f", a, b=b),
        apply("f", a=a, b=b),
        apply("f", b=b, a=a),
        apply("f", a=b, b=a),
        apply("f", literal(["a", "b"])),
        apply("f2", a),
        apply("f", a, a),
        apply("f", apply("f", a), b),
        apply(parameter("f", "Function[Str, Str]"), a),
        apply("f", a),
        parameter("f", "Str"),
        parameter("f", "Int"),
        constant("constants.f"),
        literal("f"),
        literal("constants.f"),
        function(["f"], lambda f: f),
        function(["g"], lambda g: g),
        function(["f", "g"], lambda f, g: f),
        function(["f", "g"], lambda f, g: g),
        function([], lambda: a),
    ]

    assert len({node.key for node in nodes}) == len(nodes)


def test_threads_that_make_the_same_program_get_one_object():
    together = Barrier(8)

    def make(_: int) -> list[Node]:
        together.wait()
        return [apply("add", literal(n), literal("made in eight threads")) for n in range(500)]

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(8)))

    assert all(len({id(node) for node in same}) == 1 for same in zip(*made, strict=True))


def test_a_program_that_nobody_holds_is_freed():
    node = apply("add", literal("nobody holds me"), literal(1))
    reference, key = weakref.ref(node), node.key
    del node
    gc.collect()

    assert reference() is None
    assert node_module.interned(key) is None


def test_the_table_forgets_freed_nodes_with_the_next_new_one():
    key = apply("forgotten", literal("nobody holds me either")).key
    gc.collect()
    kept = literal("the next new one")

    assert key not in node_module._table
    assert node_module.interned(kept.key) is kept


def test_a_freed_placeholder_leaves_nothing_behind():
    placeholders = []
    function(["v"], lambda v: placeholders.append(weakref.ref(v)) or literal(1))
    gc.collect()

    assert [reference() for reference in placeholders] == [None]


def test_a_node_made_again_after_it_was_freed_is_found():
    for _ in range(3):
        node = apply("again", literal("and again"))

        assert apply("again", literal("and again")) is node
        del node


@pytest.mark.parametrize("name", ["value", "key", "args", "anything"])
def test_fields_cannot_be_changed(name):
    with pytest.raises(AttributeError, match=f"Node.{name}: nodes are immutable"):
        setattr(literal(1), name, 2)


def test_fields_cannot_be_deleted():
    with pytest.raises(AttributeError, match="immutable"):
        del literal(1).value


def test_a_node_is_not_made_directly():
    with pytest.raises(TypeError, match="made by literal, apply"):
        Node()


def test_a_repr_says_what_a_node_is_and_never_grows_with_the_program():
    node = literal(1)
    for _ in range(100):
        node = apply("add", node, node)

    assert repr(node) == f"<application add/2 {node.key.hex()[:8]}>"
    assert repr(function(["a", "b"], lambda a, b: a)).startswith("<lambda a, b ")
    assert repr(apply(function([], lambda: node))).startswith("<application <function>/0 ")
    assert len(repr(literal("long" * 100))) < 70


def test_kinds_tell_nodes_apart():
    nodes = [
        literal(1),
        apply("f"),
        parameter("x", "Int"),
        constant("constants.e"),
        function([], lambda: literal(1)),
    ]

    assert [node.kind for node in nodes] == list(Kind)
