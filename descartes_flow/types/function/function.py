"""Function: a proxy of a function of proxies."""

from __future__ import annotations

import inspect
import keyword
from collections.abc import Callable
from typing import Any as AnyValue
from typing import ClassVar, Self

from ...errors import ProxyTypeError
from ...graph import Node, apply, function, substitute
from ..generics import GenericProxy
from ..names import TYPES, type_by_name
from ..promotion import Callback, resolve
from ..proxytype import ProxyMeta, Proxytype, describe
from .annotations import annotated, argument_types, proxytype_of, result_type
from .making import DESCRIPTION, Kind, checked, incompatible, interface, made, of_operation
from .tracing import argument_names, plain_parameters


class Function(GenericProxy):
    """A function whose body is part of the graph: ``Function[A1, ..., {name: T}, R]``.

    The types of arguments that are given by position come first, then a dict of those that have a name (and
    may be given by position too), then the type of the result. All arguments are required. A function of
    named arguments fits where one of positional arguments is expected, not the other way round; arguments
    are contravariant, the result is covariant.

    Operations such as ``map`` make a Function from the Python function they are given, by calling it once
    with placeholder proxies. Python control flow on those proxies does not work: see `wf.ifelse`.

    Parameters
    ----------
    function : callable, Function or str
        A Python function of these arguments; a Function whose type fits; or the name of an operation, as
        grafts call it.

    Attributes
    ----------
    arg_types : tuple of types
        Of the arguments that have no name.
    kwarg_types : dict
        Types of the named arguments.
    all_arg_types : tuple of types
        Of all arguments, in order.
    return_type : type

    Raises
    ------
    TypeError
        If a Python function takes other arguments or returns another type.
    ProxyTypeError
        If what is given is no function, or a Function of another type.

    Examples
    --------
    >>> from descartes_flow import Float, Int
    >>> half = Function[{"n": Int}, Float](lambda n: n / 2)
    >>> half(3).compute(), half.compute(n=5)
    (1.5, 2.5)
    """

    __slots__ = ("__dict__",)

    arg_types: ClassVar[tuple[Kind, ...]] = ()
    kwarg_types: ClassVar[dict[str, Kind]] = {}
    all_arg_types: ClassVar[tuple[Kind, ...]] = ()
    return_type: ClassVar[Kind] = Proxytype
    uncomputable: ClassVar[str] = "call it and compute the result, or pass all its arguments by name"

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not cls.parameters:
            return
        *positional, named, result = cls.parameters
        cls.arg_types, cls.kwarg_types, cls.return_type = tuple(positional), named, result
        cls.all_arg_types = (*positional, *named.values())

    def __init__(self, function: AnyValue) -> None:
        self._require_concrete(
            "its types must be specified (like `Function[Int, Int]`), or use Function.from_callable"
        )
        cls = type(self)
        if isinstance(function, str):
            done: Function = of_operation(cls, function)
        elif isinstance(function, Function):
            if not isinstance(function, cls):
                raise ProxyTypeError(incompatible(type(function), cls))
            done = function
        elif callable(function) and not isinstance(function, Proxytype):
            names = argument_names(function, cls.arg_types, cls.kwarg_types)
            done = made(Function, function, names, cls.arg_types, cls.kwarg_types, cls.return_type)
        else:
            raise ProxyTypeError(f"{cls.__name__}: expected a function, got {describe(function)}")
        self._node = done._node
        self.__dict__.update(done.__dict__)

    @classmethod
    def _from_node(cls, node: Node) -> Self:
        proxy = super()._from_node(node)
        proxy.__dict__.update(interface(cls))
        return proxy

    @classmethod
    def _normalise_parameters(cls, given: tuple[AnyValue, ...]) -> tuple[AnyValue, ...]:
        if not given:
            raise TypeError("Function takes the types of its arguments and that of its result")
        *positional, result = given
        named = positional.pop() if positional and isinstance(positional[-1], dict) else {}
        for kind in (*positional, *named.values(), result):
            if not isinstance(kind, ProxyMeta):
                raise TypeError(f"Type parameters of a Function must be Proxytypes, got {kind!r}")
        for name in named:
            if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name):
                raise TypeError(f"names of arguments must be Python identifiers, got {name!r}")
        return (*positional, named, result)

    @classmethod
    def _accepts_parameters(cls, parameters: tuple[AnyValue, ...]) -> bool:
        *positional, named, result = parameters
        given = [*positional, *named.values()]
        names = list(cls.kwarg_types)
        return (
            len(given) == len(cls.all_arg_types)
            and len(names) <= len(named)
            and names == list(named)[len(named) - len(names) :]
            and all(map(issubclass, cls.all_arg_types, given))
            and issubclass(result, cls.return_type)
        )

    @classmethod
    def from_callable(
        cls, function: Callable[..., AnyValue], *arg_types: Kind, return_type: Kind | None = None
    ) -> Function:
        """A Python function as a Function, its types read from annotations; also a decorator.

        Parameters
        ----------
        function : callable
            With plain arguments, without defaults. It is called once, with placeholder proxies.
        *arg_types : types
            For each argument its type; left out: its annotation. Python's ``int``, ``float``, ``bool``,
            ``str``, ``list[...]``, ``tuple[...]``, ``dict[...]`` and ``datetime`` stand for their proxies.
        return_type : type, optional
            Left out: the annotation, or whatever the function returns.

        Returns
        -------
        Function
            Of arguments named as those of `function` (positional-only ones have no name). A Function is
            returned as it is.

        Raises
        ------
        TypeError
            If an argument has no type, their number is wrong, the function returns another type, or a given
            Function does not fit the types.

        Examples
        --------
        >>> @Function.from_callable
        ... def scaled(x: float, by: int) -> float:
        ...     "x times by."
        ...     return x * by
        >>> type(scaled).__name__, scaled.__doc__
        ("Function[{'x': Float, 'by': Int}, Float]", 'x times by.')
        >>> scaled(1.5, by=2).compute()
        3.0
        """
        if isinstance(function, Function):
            return checked(Function, function, _whole_types(arg_types), return_type)
        if not callable(function) or isinstance(function, Proxytype):
            raise ProxyTypeError(f"Function.from_callable(): expected a function, got {describe(function)}")
        parameters = plain_parameters(function)
        names = [parameter.name for parameter in parameters]
        signature = annotated(function)
        kinds = _whole_types(arg_types) or argument_types(function, names, signature)
        if len(kinds) != len(parameters):
            argument_names(function, kinds, {})  # raises, with both signatures
        without_name = [p for p in parameters if p.kind is inspect.Parameter.POSITIONAL_ONLY]
        positional, rest = kinds[: len(without_name)], kinds[len(without_name) :]
        return_type = return_type or result_type(function, signature)
        named = dict(zip(names[len(without_name) :], rest, strict=True))
        return made(Function, function, names, positional, named, return_type or object)

    @classmethod
    def from_object(cls, obj: Proxytype) -> Function:
        """A Function of the parameters that an object depends on, in the order of ``obj.params``.

        Raises
        ------
        ValueError
            If `obj` is itself a parameter.
        ProxyTypeError
            If it is no proxy.

        Examples
        --------
        >>> from descartes_flow import Int, parameter
        >>> Function.from_object(parameter("x", Int) + 1)(3).compute()
        4
        """
        if not isinstance(obj, Proxytype):
            raise ProxyTypeError(f"Function.from_object(): expected a proxy, got {describe(obj)}")
        params = obj._node.free
        if params == (obj._node,):
            raise ValueError(
                f"Function.from_object(): {params[0].value[0]!r} is a parameter itself; "
                "pass an object that uses it"
            )
        named = {name: type_by_name(kind) for name, kind in (param.value for param in params)}
        node = function(
            list(named), lambda *given: substitute(obj._node, dict(zip(params, given, strict=True)))
        )
        return Function.of(named, type(obj))._from_node(node)

    @classmethod
    def trace(cls, callback: Callback, given: AnyValue, owner: AnyValue) -> Function:
        """`given` as a Function that takes the arguments of `callback`.

        Raises
        ------
        ProxyTypeError
            If `given` is no function.
        TypeError
            If it takes other arguments, or returns what the operation cannot use.
        """
        kinds = tuple(resolve(kind, owner) for kind in callback.arguments)
        result = resolve(callback.result, owner)
        if isinstance(given, Function):
            expected = given.return_type if result is object else result
            if issubclass(type(given), Function.of(*kinds, expected)):
                return given
        elif not callable(given) or isinstance(given, Proxytype):
            raise ProxyTypeError(f"expected a function, got {describe(given)}")
        return made(Function, given, argument_names(given, kinds, {}), kinds, {}, result)

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]) and not cls.is_generic:
            return cls._from_node(value._node)
        if not callable(value) or (isinstance(value, Proxytype) and not isinstance(value, Function)):
            raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}")
        return cls(value) if cls.parameters else cls.from_callable(value)  # type: ignore[return-value]

    def __call__(self, *args: AnyValue, **kwargs: AnyValue) -> AnyValue:
        """The proxy of the function's result for these arguments, which are promoted to its types."""
        cls = type(self)
        if not cls.parameters:
            raise TypeError(
                "a Function without types cannot be called; cast it, like f.cast(Function[Int, Int])"
            )
        given = inspect.Signature.bind(self.__dict__["__signature__"], *args, **kwargs).arguments
        nodes = [
            self._argument(name, kind, value)
            for (name, value), kind in zip(given.items(), cls.all_arg_types, strict=True)
        ]
        count = len(cls.arg_types)
        named = dict(zip(cls.kwarg_types, nodes[count:], strict=True))
        return cls.return_type._from_node(apply(self._node, *nodes[:count], **named))

    def _argument(self, name: str, kind: Kind, value: object) -> Node:
        try:
            return kind._promote(value)._node
        except ProxyTypeError as error:
            raise ProxyTypeError(
                f"Expected {kind.__name__} for argument {name!r} to {type(self).__name__}, "
                f"but got {describe(value)}"
            ) from error

    def __reduce__(self) -> tuple[AnyValue, ...]:
        kept = {name: self.__dict__[name] for name in DESCRIPTION if name in self.__dict__}
        return (*super().__reduce__(), kept)


def _whole_types(kinds: tuple[AnyValue, ...]) -> tuple[Kind, ...]:
    try:
        return tuple(map(proxytype_of, kinds))
    except ProxyTypeError as error:
        raise TypeError(f"Function.from_callable(): {error}") from error
