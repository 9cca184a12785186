"""Functions, and replacing parameters."""

from collections.abc import Callable, Mapping, Sequence

from descartes_flow.graph.application import application
from descartes_flow.graph.leaves import bound, placeholder
from descartes_flow.graph.node import Kind, Node, digest, intern, interned
from descartes_flow.graph.origin import origin_here
from descartes_flow.graph.traversal import children


def function(names: Sequence[str], build: Callable[..., Node]) -> Node:
    """Node of a function, found out by calling `build` once with a placeholder for each parameter.

    Parameters
    ----------
    names : sequence of str
        Names of the parameters; empty for a branch of ``ifelse``.
    build : callable
        Gets one node per name and returns the node of the result. What else it uses stays outside and is
        shared; another function as its result makes a function that returns a function.

    Raises
    ------
    TypeError
        If names are not strings, or `build` does not return a node.
    ValueError
        If a name occurs twice.

    Examples
    --------
    >>> from descartes_flow.graph import apply, literal
    >>> square = function(["v"], lambda v: apply("mul", v, v))
    >>> square.body is apply("mul", *square.params * 2)
    True
    """
    if isinstance(names, str) or not all(type(name) is str for name in names):
        raise TypeError(f"function(names=): expected a sequence of str, got {names!r}")
    if len(set(names)) < len(names):
        raise ValueError(f"function(names=): expected distinct names, got {list(names)}")
    params = tuple(map(placeholder, names))
    body = build(*params)
    if not isinstance(body, Node):
        raise TypeError(f"function(build=): expected it to return a Node, got {type(body).__name__} {body!r}")
    node = abstraction(params, body)
    node.origin = origin_here()
    return node


def abstraction(params: tuple[Node, ...], body: Node) -> Node:
    """Function that binds `params` in `body`, in canonical form.

    Its parameters are renamed to (name, level), one level above every function inside. So functions that
    differ only in where they were written are one node, and no function inside can bind the same parameter.
    """
    level = 1 + body.level
    others = {param.value for param in body.free if param not in params}
    while not others.isdisjoint((param.value[0], level) for param in params):
        level += 1  # the body comes out of another function and still refers to its parameter of this name
    canonical = tuple(bound(param.value[0], level) for param in params)
    if canonical != params:
        body = substitute(body, dict(zip(params, canonical, strict=True)))
    head = f"F{level},{len(params)}:".encode()
    key = digest(head + b"".join([param.key for param in canonical]) + body.key)
    free = body.free
    if not set(free).isdisjoint(canonical):
        free = tuple(param for param in free if param not in canonical)
    return interned(key) or intern(key, Kind.LAMBDA, params=canonical, body=body, free=free, level=level)


def substitute(node: Node, values: Mapping[Node, Node]) -> Node:
    """`node` with parameters replaced by other nodes.

    Parameters
    ----------
    node : Node
        Any program; also the body of a function whose parameters shall get values.
    values : mapping of Node to Node
        A node for each parameter to replace. Parameters inside these nodes are not replaced again, and
        no function of `node` captures them.

    Returns
    -------
    Node
        What does not depend on the replaced parameters is the same object as before.

    Raises
    ------
    TypeError
        If something else than a parameter is to be replaced.
    ValueError
        If parameters of one name and different types meet.

    Examples
    --------
    >>> from descartes_flow.graph import apply, literal, parameter
    >>> x = parameter("x", "Int")
    >>> substitute(apply("neg", x), {x: literal(1)}) is apply("neg", literal(1))
    True
    """
    for param in values:
        if param.kind is not Kind.PARAMETER:
            raise TypeError(f"substitute(values=): only parameters can be replaced, got {param!r}")
    done, replaced = dict(values), values.keys()
    touchy = {*values, *(param for value in values.values() for param in value.free)}
    opened: dict[Node, tuple[tuple[Node, ...], Node]] = {}
    stack = [node]
    while stack:
        current = stack[-1]
        if current in done:
            stack.pop()
            continue
        if replaced.isdisjoint(current.free):
            done[current] = current
            continue
        if current.kind is Kind.LAMBDA and current not in opened:
            opened[current] = _opened(current, touchy)
        parts = (opened[current][1],) if current in opened else children(current)
        waiting = [part for part in parts if part not in done]
        if waiting:
            stack.extend(reversed(waiting))
            continue
        if current in opened:
            params, body = opened[current]
            done[current] = abstraction(params, done[body])
        else:
            done[current] = _rebuilt(current, done)
        done[current].origin = current.origin or done[current].origin
    return done[node]


def _opened(function: Node, touchy: set[Node]) -> tuple[tuple[Node, ...], Node]:
    """Parameters and body of a function, renamed where they could be confused with `touchy` parameters."""
    (body,) = children(function)
    if touchy.isdisjoint(function.params):
        return function.params, body
    fresh = tuple(placeholder(param.value[0]) for param in function.params)
    return fresh, substitute(body, dict(zip(function.params, fresh, strict=True)))


def _rebuilt(call: Node, done: Mapping[Node, Node]) -> Node:
    parts = [done[part] for part in children(call)]
    callee = call.callee if isinstance(call.callee, str) else parts.pop(0)
    positional = len(call.args)
    names = [name for name, _ in call.kwargs]
    return application(callee, tuple(parts[:positional]), tuple(zip(names, parts[positional:], strict=True)))
