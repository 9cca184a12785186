"""The node: one immutable, interned piece of a program."""

import enum
import threading
import weakref
from collections import deque
from hashlib import blake2b
from typing import Any


class Kind(enum.Enum):
    """What a node is; decides which of its fields mean something."""

    LITERAL = "literal"
    """A scalar, or quoted JSON data: `value`."""

    APPLICATION = "application"
    """A call: `callee`, `args`, `kwargs`."""

    PARAMETER = "parameter"
    """A value given later: `value` is ``(name, type name)``, or ``(name, level)`` if a function binds it."""

    CONSTANT = "constant"
    """Something built in, as ``constants.e``: `value` is its name."""

    LAMBDA = "lambda"
    """A function: `params`, `body`."""


class _Fields:
    """The fields of a node while they are filled: the node itself refuses to be changed."""

    kind: Kind
    callee: "str | Node | None"
    args: "tuple[Node, ...]"
    kwargs: "tuple[tuple[str, Node], ...]"
    value: Any
    params: "tuple[Node, ...]"
    body: "Node | None"
    free: "tuple[Node, ...]"
    level: int
    key: bytes
    origin: tuple[str, int] | None

    __slots__ = (
        "__weakref__",
        "args",
        "body",
        "callee",
        "free",
        "key",
        "kind",
        "kwargs",
        "level",
        "origin",
        "params",
        "value",
    )


class Node(_Fields):
    """One piece of a program.

    Nodes are made by `literal`, `apply`, `parameter`, `constant` and `function`, never directly. Equal
    content is one object, so ``is``, ``==`` and ``hash`` all compare programs, and work that two expressions
    share is shared. Nodes are immutable, apart from `origin`.

    Attributes
    ----------
    kind : Kind
        What the node is; fields of other kinds are None or empty.
    callee : str, Node or None
        What an application calls: the name of an operation, or a node that yields a function.
    args : tuple of Node
        Positional arguments of an application.
    kwargs : tuple of (str, Node)
        Named arguments of an application, in the order given.
    value : object
        See `Kind`. Quoted data (list or dict) is for reading only.
    params : tuple of Node
        Parameters that a function binds. They are identified by name and by the function's `level`, so
        that the key of a function does not depend on where it was written.
    body : Node or None
        What a function returns.
    free : tuple of Node
        Parameters that the node still depends on, first seen first. Those of a function leave out its own.
    level : int
        Height of the functions inside: 0 without any; a function is one above the highest in its body.
    key : bytes
        Digest of the content, 16 bytes; the same program has the same key in every process.
    origin : tuple of (str, int) or None
        File and line of the user's code that made the node last; applications and functions have it.
        It has no part in `key`.
    """

    __slots__ = ()

    def __init__(self) -> None:
        raise TypeError("Node(): nodes are made by literal, apply, parameter, constant and function")

    def __setattr__(self, name: str, value: object) -> None:
        if name != "origin":
            raise AttributeError(f"Node.{name}: nodes are immutable; build another one instead")
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"Node.{name}: nodes are immutable")

    def __copy__(self) -> "Node":
        return self

    def __deepcopy__(self, memo: object) -> "Node":
        return self

    def __repr__(self) -> str:
        if self.kind is Kind.APPLICATION:
            name = self.callee if isinstance(self.callee, str) else "<function>"
            content = f"{name}/{len(self.args) + len(self.kwargs)}"
        elif self.kind is Kind.LAMBDA:
            content = ", ".join(param.value[0] for param in self.params)
        else:
            content = str(self.value)
            content = content if len(content) <= 40 else content[:37] + "..."
        return f"<{self.kind.value} {content} {self.key.hex()[:8]}>"


def is_bound(param: Node) -> bool:
    """Whether a parameter belongs to a function, rather than being given by the user."""
    return isinstance(param.value[1], int)


class _Entry(weakref.ref[Node]):
    """A reference in the table of interned nodes; it outlives its node for a while."""

    __slots__ = ("key",)
    key: bytes


# Readers need no lock, one `get` is atomic. A callback may run at any moment, even inside the locked part,
# so it only notes the entry (one atomic append), and the next insert removes what has been noted.
# A WeakValueDictionary takes twice the time.
_table: dict[bytes, _Entry] = {}
_dead: deque[_Entry] = deque()
_note = _dead.append
_lock = threading.RLock()

set_origin = _Fields.__dict__["origin"].__set__
"""``(node, origin)``: the one field that may change, in a third of the time of an assignment."""


def digest(content: bytes) -> bytes:
    """Key of a node with this content."""
    return blake2b(content, digest_size=16).digest()


def interned(key: bytes) -> Node | None:
    """The living node of this key."""
    entry = _table.get(key)
    return None if entry is None else entry()


def intern(
    key: bytes,
    kind: Kind,
    *,
    callee: str | Node | None = None,
    args: tuple[Node, ...] = (),
    kwargs: tuple[tuple[str, Node], ...] = (),
    value: Any = None,
    params: tuple[Node, ...] = (),
    body: Node | None = None,
    free: tuple[Node, ...] = (),
    level: int = 0,
) -> Node:
    """The node of this key, made of these fields if there is none yet."""
    node: Any = _Fields()
    node.kind = kind
    node.callee = callee
    node.args = args
    node.kwargs = kwargs
    node.value = value
    node.params = params
    node.body = body
    node.free = (node,) if kind is Kind.PARAMETER else free
    node.level = level
    node.key = key
    node.origin = None
    node.__class__ = Node  # a third of the time that it takes to fill one that refuses
    with _lock:
        while _dead:
            gone = _dead.popleft()
            if _table.get(gone.key) is gone:
                del _table[gone.key]
        present = interned(key)  # another thread may have been faster
        if present is not None:
            return present
        entry = _Entry(node, _note)
        entry.key = key
        _table[key] = entry
    made: Node = node
    return made
