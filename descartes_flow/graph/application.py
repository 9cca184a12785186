"""Calls: an operation, or a node that yields a function, applied to nodes."""

import functools

from descartes_flow.graph.names import RESERVED, is_function_type, is_number
from descartes_flow.graph.node import Kind, Node, digest, intern, interned, is_bound, set_origin
from descartes_flow.graph.origin import origin_here

Named = tuple[tuple[str, Node], ...]


def apply(callee: str | Node, /, *args: Node, **kwargs: Node) -> Node:
    """Node of a call.

    Parameters
    ----------
    callee : str or Node
        Name of an operation, or a node that yields a function: a function, a parameter, another call.
    *args, **kwargs : Node
        Arguments. The order of named ones counts, it is the order of the graft.

    Raises
    ------
    TypeError
        If an argument is not a node, the callee cannot be called, or a function is called with arguments
        that do not fit its parameters.
    ValueError
        If parameters of one name and different types meet, or the name of the operation cannot be one.

    Examples
    --------
    >>> from descartes_flow.graph import literal
    >>> apply("add", literal(1), literal(1)) is apply("add", literal(1), literal(1))
    True
    """
    node = application(callee, args, tuple(kwargs.items()))
    set_origin(node, origin_here())
    return node


def application(callee: str | Node, args: tuple[Node, ...], kwargs: Named) -> Node:
    """`apply` for programs that rewrite or read others: leaves `Node.origin` alone."""
    nodes = args if isinstance(callee, str) else (callee, *args)
    if kwargs:
        nodes += tuple([arg for _, arg in kwargs])
    for node in nodes:
        if node.__class__ is not Node:
            raise _not_a_node(callee, args, kwargs)
    head = _head(callee if isinstance(callee, str) else None, len(args), tuple([name for name, _ in kwargs]))
    key = digest(head + b"".join([node.key for node in nodes]))
    known = interned(key)
    if known is not None:
        return known
    _check_call(callee, args, kwargs)
    level = max([node.level for node in nodes], default=0)
    free = _union(nodes)
    return intern(key, Kind.APPLICATION, callee=callee, args=args, kwargs=kwargs, free=free, level=level)


@functools.lru_cache(maxsize=4096)
def _head(callee: str | None, positional: int, names: tuple[str, ...]) -> bytes:
    """How the content of a call begins; keys of its nodes follow."""
    # lengths stand before names, and every key has 16 bytes: no two calls have the same content
    called = "C" if callee is None else f"A{len(callee)}:{callee}"
    named = "".join([f"{len(name)}:{name}" for name in names])
    return f"{called}{positional},{len(names)}:{named}".encode("utf-8", "surrogatepass")


def _union(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Parameters that any of the nodes depends on; an existing tuple wherever one will do."""
    free: tuple[Node, ...] = ()
    for node in nodes:
        more = node.free
        if not more or more is free:
            continue
        if more[: len(free)] == free:
            free = more
            continue
        known = set(free)
        added = tuple(param for param in more if param not in known)
        if added:
            free += added
            _refuse_two_types(free)
    return free


def _refuse_two_types(free: tuple[Node, ...]) -> None:
    types: dict[str, object] = {}
    for param in free:
        name, of = param.value
        if not is_bound(param) and types.setdefault(name, of) != of:
            raise ValueError(
                f"parameter {name!r} is used both as {types[name]} and as {of} in one program; "
                "give the two different names"
            )


def _check_call(callee: str | Node, args: tuple[Node, ...], kwargs: Named) -> None:
    if isinstance(callee, str):
        if not callee or callee in RESERVED or is_number(callee):
            raise ValueError(f"apply(callee=): {callee!r} cannot name an operation")
    elif callee.kind is Kind.LAMBDA:
        _check_arguments(callee, args, kwargs)
    elif callee.kind is Kind.LITERAL or callee.kind is Kind.CONSTANT:
        raise TypeError(f"apply(callee=): expected the name of an operation or a function, got {callee!r}")
    elif callee.kind is Kind.PARAMETER and not is_bound(callee):
        name, of = callee.value
        if not is_function_type(of):
            raise TypeError(f"apply(callee=): parameter {name!r} is of type {of}, which cannot be called")


def _check_arguments(function: Node, args: tuple[Node, ...], kwargs: Named) -> None:
    names = [param.value[0] for param in function.params]
    if len(args) > len(names):
        raise TypeError(f"Too many positional arguments: expected {len(names)}, got {len(args)}")
    missing = names[len(args) :]
    unexpected = []
    for name, _ in kwargs:
        if name in missing:
            missing.remove(name)
        else:
            unexpected.append(name)
    if unexpected:
        raise TypeError(f"Unexpected named {_listed(sorted(unexpected))}")
    if missing:
        raise TypeError(f"Missing required {_listed(missing)}")


def _listed(names: list[str]) -> str:
    return ("argument " if len(names) == 1 else "arguments ") + ", ".join(map(repr, names))


def _not_a_node(
    callee: object, args: tuple[object, ...], kwargs: tuple[tuple[str, object], ...]
) -> TypeError:
    places: list[tuple[object, object]] = [*enumerate(args, start=1), *kwargs]
    wrong = [(f"argument {place}", value) for place, value in places if not isinstance(value, Node)]
    where, value = wrong[0] if wrong else ("callee", callee)
    name = callee if isinstance(callee, str) else "apply"
    return TypeError(
        f"{name}({where}): expected a Node, got {type(value).__name__} {value!r}; "
        "plain values go through literal()"
    )
