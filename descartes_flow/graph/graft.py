"""Writing grafts: the text form of a program, a mapping from keys to expressions.

Where things are written:

* Keys are numbered from 1 in the order of a depth-first walk that ends with the result; function bodies
  count on.
* A scalar is written once per use, where it is used.
* Quoted data are written once, in the innermost function around all their uses.
* A call or a function is written once in the innermost function on whose parameters it depends, so that
  work which does not change from call to call stands outside.
* Parameters and constants are referred to by their names. See `names` for bound names that would hide others.
"""

from collections.abc import Iterator

from descartes_flow.errors import GraftNameError
from descartes_flow.graph.leaves import quoted
from descartes_flow.graph.names import is_function_type, written_name
from descartes_flow.graph.node import Kind, Node, is_bound
from descartes_flow.graph.traversal import children, postorder


def write_graft(node: Node) -> dict[str, object]:
    """Graft of a program: plain data, ready for JSON.

    Parameters
    ----------
    node : Node
        A function is written as a function graft, with ``parameters``; anything else as a value.

    Returns
    -------
    dict
        A new one each time; the same for the same program. ``parameters`` stands first, then the keys
        ascending, then ``returns``.

    Raises
    ------
    GraftNameError
        If a parameter of a function is used outside of it.
    ValueError
        If a parameter of a function type has the name of an operation that the program uses.

    Examples
    --------
    >>> from descartes_flow.graph import apply, literal
    >>> write_graft(apply("add", literal(1), literal(1)))
    {'1': 1, '2': 1, '3': ['add', '1', '2'], 'returns': '3'}
    """
    return _Writer(node).graft()


class _Scope:
    """One function body of the graft, or the whole."""

    def __init__(self, parent: "_Scope | None") -> None:
        self.parent = parent
        self.graft: dict[str, object] = {}
        self.returns = ""
        self.keys: dict[Node, str] = {}
        """Calls and functions written here."""
        self.entries: dict[int, object] = {}
        """Expressions written here, by the number that is their key."""
        self.names: dict[Node, str] = {}
        """Names of the function's parameters, as written."""

    def name_parameters(self, function: Node, called: set[str]) -> None:
        """Name the function's parameters, so that none hides a parameter used inside or what is `called`."""
        taken = {self.name(param) for param in function.free} | called
        for param in function.params:
            self.names[param] = written_name(param.value[0], taken)
            taken.add(self.names[param])
        self.graft["parameters"] = list(self.names.values())

    def outwards(self) -> "Iterator[_Scope]":
        """The scope itself and those around it."""
        scope: _Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def name(self, param: Node) -> str:
        """Key of a parameter, as seen from here."""
        if not is_bound(param):
            return str(param.value[0])
        for scope in self.outwards():
            if param in scope.names:
                return scope.names[param]
        raise GraftNameError(
            f"parameter {param.value[0]!r} of a function is used outside of that function; "
            "let the function return what is needed, instead of keeping its argument"
        )

    def home(self, node: Node) -> "_Scope":
        """Where a call or function that is used here is written: as far out as its parameters allow."""
        for scope in self.outwards():
            if not scope.names.keys().isdisjoint(node.free):
                break
        return scope

    def common(self, other: "_Scope") -> "_Scope":
        """The innermost scope around this one and `other`."""
        around = set(self.outwards())
        return next(scope for scope in other.outwards() if scope in around)

    def finish(self) -> None:
        """Fill the graft, now that every entry is known."""
        for number in sorted(self.entries):
            self.graft[str(number)] = self.entries[number]
        self.graft["returns"] = self.returns


def _called(node: Node) -> set[str]:
    """Names of the operations and constants in a program."""
    names: set[str] = set()
    for part in postorder(node):
        if part.kind is Kind.CONSTANT:
            names.add(part.value)
        elif isinstance(part.callee, str):
            names.add(part.callee)
    return names


class _Frame:
    """A call or function on its way: parts still to come, and keys of the parts that are written."""

    def __init__(self, node: Node | None, home: _Scope, scope: _Scope, parts: tuple[Node, ...]) -> None:
        self.node = node
        self.home = home
        self.scope = scope
        self.parts = iter(parts)
        self.keys: list[str] = []


class _Writer:
    """Numbers given out and scopes opened so far, for one graft."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._called = _called(node)
        self._count = 0
        self._scopes: list[_Scope] = []
        self._quoted: dict[Node, tuple[int, _Scope]] = {}
        self._renamed: dict[str, dict[str, str]] = {}

    def graft(self) -> dict[str, object]:
        self._refuse_ambiguous()
        node = self._node
        outermost = self._open(None, node)
        (result,) = children(node) if node.kind is Kind.LAMBDA else (node,)
        outermost.returns = self._write(result, outermost)
        for data, (number, scope) in self._quoted.items():
            # a copy: what the user does to a graft must not reach the node
            scope.entries[number] = [quoted(data.value)]
        for scope in self._scopes:
            scope.finish()
        return outermost.graft

    def _refuse_ambiguous(self) -> None:
        for name, of in (param.value for param in self._node.free if not is_bound(param)):
            if is_function_type(of) and name in self._called:
                raise ValueError(
                    f"parameter {name!r} of type {of} has the name of an operation that the program uses; "
                    "give it another name"
                )

    def _open(self, parent: _Scope | None, node: Node) -> _Scope:
        scope = _Scope(parent)
        self._scopes.append(scope)
        if node.kind is Kind.LAMBDA:
            scope.name_parameters(node, self._called)
        return scope

    def _write(self, node: Node, outermost: _Scope) -> str:
        """Key of `node`, after writing it and what it needs."""
        frames = [_Frame(None, outermost, outermost, (node,))]
        while True:
            frame = frames[-1]
            part = next(frame.parts, None)
            if part is None:
                frames.pop()
                if frame.node is None:
                    return frame.keys[0]
                frames[-1].keys.append(self._close(frame.node, frame))
                continue
            key = self._known_key(part, frame.scope)
            if key is not None:
                frame.keys.append(key)
                continue
            home = frame.scope.home(part)
            scope = self._open(home, part) if part.kind is Kind.LAMBDA else home
            frames.append(_Frame(part, home, scope, children(part)))

    def _known_key(self, node: Node, scope: _Scope) -> str | None:
        """Key of a node used in `scope`; None for a call or function that is not written yet."""
        if node.kind is Kind.PARAMETER:
            return scope.name(node)
        if node.kind is Kind.CONSTANT:
            return str(node.value)
        if node.kind is not Kind.LITERAL:
            return scope.home(node).keys.get(node)
        if not isinstance(node.value, (list, dict)):
            return self._enter(node.value, scope)
        if node in self._quoted:
            number, placed = self._quoted[node]
            self._quoted[node] = number, placed.common(scope)
            return str(number)
        self._count += 1
        self._quoted[node] = self._count, scope
        return str(self._count)

    def _enter(self, expression: object, scope: _Scope) -> str:
        self._count += 1
        scope.entries[self._count] = expression
        return str(self._count)

    def _close(self, node: Node, frame: _Frame) -> str:
        """Write a call or function whose parts are written; its key."""
        if node.kind is Kind.LAMBDA:
            frame.scope.returns = frame.keys[0]
            key = self._enter(frame.scope.graft, frame.home)
            self._renamed[key] = {param.value[0]: name for param, name in frame.scope.names.items()}
        else:
            key = self._enter(self._call(node, frame.keys), frame.home)
        frame.home.keys[node] = key
        return key

    def _call(self, node: Node, keys: list[str]) -> list[object]:
        if isinstance(node.callee, str):
            keys = [node.callee, *keys]
        positional = 1 + len(node.args)
        if not node.kwargs:
            return [*keys]
        names = self._renamed.get(keys[0], {})
        named = zip((names.get(name, name) for name, _ in node.kwargs), keys[positional:], strict=True)
        return [*keys[:positional], dict(named)]
