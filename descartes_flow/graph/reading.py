"""Reading grafts: from plain data to nodes. Nothing in a graft is ever run."""

from collections.abc import Callable, Mapping

from descartes_flow.errors import GraftNameError, GraftSyntaxError, GraftTypeError
from descartes_flow.graph.application import application
from descartes_flow.graph.leaves import constant, parameter
from descartes_flow.graph.names import is_constant, is_function_type, is_number
from descartes_flow.graph.node import Node
from descartes_flow.graph.origin import origin_here
from descartes_flow.graph.rewrite import abstraction
from descartes_flow.graph.scopes import Call, Scope, in_order
from descartes_flow.graph.syntax import MAX_PARAMETERS, parse


def _as_is(name: str) -> str:
    return name


def read_graft(
    graft: Mapping[str, object],
    *,
    parameters: Mapping[str, str] | None = None,
    operation: Callable[[str], str] = _as_is,
    limits: bool = True,
) -> Node:
    """Node of the program that a graft describes.

    Parameters
    ----------
    graft : mapping
        As `write_graft` makes it, or from elsewhere. One with ``parameters`` becomes a function.
    parameters : mapping of str to str, optional
        Type names of the parameters that the graft leaves open; those not named here are of type ``Any``.
        A name is called as a parameter only if its type is a function's.
    operation : callable, optional
        Gets each name that is called and not defined in the graft; returns the name of the operation, or
        raises `GraftNameError`.
    limits : bool, optional
        Refuse what is too large to come from an honest user: 20,000 expressions, 1 MiB of text and 10 MiB of
        literals, functions nested 32 deep, 100 parameters in sight of each other.

    Returns
    -------
    Node
        Unused keys leave no trace in it.

    Raises
    ------
    GraftSyntaxError
        If the graft is not well formed, even where nothing uses it, or exceeds a limit.
    GraftNameError
        If a key is not defined, or an operation unknown.
    GraftTypeError
        If something is called that is no function, or with arguments that do not fit.
    GraftRuntimeError
        If a key needs itself.

    Examples
    --------
    >>> from descartes_flow.graph import apply, literal
    >>> read_graft({"a": 1, "b": ["neg", "a"], "returns": "b"}) is apply("neg", literal(1))
    True
    """
    scope = parse(graft, limits=limits)
    return Reader(parameters or {}, operation, limits=limits, origin=origin_here()).node(scope)


class Reader:
    """Parameters that a graft has left open so far, and how to read it."""

    def __init__(
        self,
        types: Mapping[str, str],
        operation: Callable[[str], str] = _as_is,
        *,
        limits: bool = False,
        origin: tuple[str, int] | None = None,
    ) -> None:
        self._types = types
        self._operation = operation
        self._limits = limits
        self._origin = origin
        self._open: set[str] = set()

    def node(self, outermost: Scope) -> Node:
        """What a parsed graft returns."""
        program = Scope(expressions={"returns": outermost})  # a reserved word, so no key of the graft
        for scope, key in in_order(program, "returns"):
            expression = scope.expressions[key]
            if isinstance(expression, Scope):
                node = self._look_up(expression.returns, expression)
                if expression.names is not None:
                    node = abstraction(expression.params, node)
            else:
                node = self._call(expression, key, scope)
            node.origin = self._origin or node.origin
            scope.nodes[key] = node
        return program.nodes["returns"]

    def _call(self, call: Call, key: str, scope: Scope) -> Node:
        callee = self._callee(call.callee, scope)
        args = tuple(self._look_up(arg, scope) for arg in call.args)
        plain = _plain_names(call.callee, scope) if call.kwargs else {}
        kwargs = tuple(
            (plain.get(name, name), self._look_up(arg, scope)) for name, arg in call.kwargs.items()
        )
        try:
            return application(callee, args, kwargs)
        except TypeError as error:
            raise GraftTypeError(f"graft key {key!r}: {error}") from error

    def _callee(self, name: str, scope: Scope) -> str | Node:
        if scope.owner(name) is not None or is_function_type(self._types.get(name, "")):
            return self._look_up(name, scope)
        if not name or is_number(name):
            raise _undefined(name)
        return self._operation(name)

    def _look_up(self, name: str, scope: Scope) -> Node:
        owner = scope.owner(name)
        if owner is not None:
            return owner.nodes[name]
        if is_constant(name):
            return constant(name)
        if not name or is_number(name):
            raise _undefined(name)
        self._open.add(name)
        if self._limits and len(self._open) > MAX_PARAMETERS:
            raise GraftSyntaxError(f"a graft from outside may leave open at most {MAX_PARAMETERS} parameters")
        return parameter(name, self._types.get(name, "Any"))


def _plain_names(callee: str, scope: Scope) -> dict[str, str]:
    """Names of a called function's parameters, by the names that its graft and its callers write."""
    owner = scope.owner(callee)
    function = None if owner is None else owner.expressions.get(callee)
    if not isinstance(function, Scope):
        return {}
    return dict(zip(function.names or (), (param.value[0] for param in function.params), strict=True))


def _undefined(name: str) -> GraftNameError:
    return GraftNameError(f"graft key {name!r} is not defined")
