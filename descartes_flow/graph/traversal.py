"""Walking over a program; loops with a stack, because programs may be deeper than Python recurses."""

from collections.abc import Iterator

from descartes_flow.graph.node import Kind, Node


def children(node: Node) -> tuple[Node, ...]:
    """Nodes that `node` is made of: callee, positional, named arguments; the body of a function."""
    if node.body is not None:
        return (node.body,)
    if node.kind is not Kind.APPLICATION:
        return ()
    callee = () if isinstance(node.callee, str) or node.callee is None else (node.callee,)
    return (*callee, *node.args, *(arg for _, arg in node.kwargs))


def postorder(node: Node) -> Iterator[Node]:
    """Each node of a program once, after everything that it is made of.

    Arguments come left to right, positional before named, the callee before them; bodies of functions are
    entered. Parameters appear where they are used.

    Examples
    --------
    >>> from descartes_flow.graph import apply, literal
    >>> [node.value or node.callee for node in postorder(apply("add", literal(1), literal(2)))]
    [1, 2, 'add']
    """
    seen: set[Node] = set()
    stack = [node]
    while stack:
        current = stack[-1]
        waiting = [child for child in children(current) if child not in seen] if current not in seen else []
        if waiting:
            stack.extend(reversed(waiting))
            continue
        stack.pop()
        if current not in seen:
            seen.add(current)
            yield current
