"""The base of all proxies: a typed handle on a node of the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, NoReturn, Self
from typing import Any as AnyValue

from ..errors import ProxyTypeError
from ..graph import Kind, Node, write_graft
from .mistakes import unknown_attribute
from .names import TYPES, article, type_by_name

VERBS: dict[str, Callable[..., AnyValue]] = {}
"""What `compute`, `visualize`, `Widget.widget`, ... do: the api layer, above this one, fills it."""

load_verbs: list[Callable[[], object]] = []
"""How to load the api layer on first use; the package's ``__init__`` appends it."""


def verb(name: str) -> Callable[..., AnyValue]:
    """The function behind a method such as ``compute`` that needs the layers above."""
    if name not in VERBS:
        for load in load_verbs:
            load()
    return VERBS[name]


WIDGETS: dict[tuple[str, str], AnyValue] = {}
"""What sets a parameter, by (name, type name): filled by `wf.widgets`, where the latest wins."""

OF_WIDGETS = frozenset({"default", "label", "observe", "unobserve", "value", "widget", "_repr_mimebundle_"})
"""Attributes that a parameter has of its widget."""

INTERNAL = frozenset(
    {"arity", "concrete", "element_type", "is_generic", "of", "origin", "parameters", "uncomputable"}
)
"""Attributes of proxy classes that notebooks do not offer: they describe types, not values."""


def _offered(names: Iterable[str]) -> list[str]:
    return [name for name in names if name not in INTERNAL]


class ProxyMeta(type):
    """Class of proxy classes: makes ``isinstance`` and ``issubclass`` see generics as covariant."""

    origin: ProxyMeta | None
    parameters: tuple[AnyValue, ...]

    def __subclasscheck__(cls, sub: type) -> bool:
        if type.__subclasscheck__(cls, sub):
            return True
        if cls.origin is None or not isinstance(sub, ProxyMeta) or sub.origin is None:
            return False
        if not type.__subclasscheck__(cls.origin, sub.origin) or not sub.parameters:
            return False
        return cls._accepts_parameters(sub.parameters)

    def __instancecheck__(cls, instance: object) -> bool:
        kind = type(instance)
        if cls.origin is None:  # most are no generics
            return type.__subclasscheck__(cls, kind)
        return cls.__subclasscheck__(kind)

    def _accepts_parameters(cls, parameters: tuple[AnyValue, ...]) -> bool:
        """Whether a generic with `parameters` fits where this one is expected: covariant, item by item."""
        return len(parameters) == len(cls.parameters) and all(
            _covariant(expected, given) for expected, given in zip(cls.parameters, parameters, strict=True)
        )

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, AnyValue]) -> None:
        super().__init__(name, bases, body)
        if not cls.parameters:
            TYPES[name] = cls

    def __dir__(cls) -> list[str]:
        return _offered(super().__dir__())

    def __repr__(cls) -> str:
        return f"<class '{cls.__module__}.{cls.__qualname__}'>"

    if not TYPE_CHECKING:  # checkers know misspelt attributes themselves

        def __getattr__(cls, name: str) -> NoReturn:
            raise AttributeError(unknown_attribute(cls, name, f"type object {short_name(cls)!r}"))


def _covariant(expected: AnyValue, given: AnyValue) -> bool:
    if isinstance(expected, dict):
        return (
            isinstance(given, dict)
            and list(expected) == list(given)
            and all(_covariant(expected[name], given[name]) for name in expected)
        )
    if isinstance(expected, type) and isinstance(given, type):
        return issubclass(given, expected)
    return bool(expected == given)


class Proxytype(metaclass=ProxyMeta):
    """A value that will be known after ``compute``; operations on it grow a typed graph.

    Attributes
    ----------
    graft : dict
        The program as named expressions; see `docs/graph.md`.
    params : tuple of Proxytype
        The parameters that the value depends on, in the order in which they were first used.
    """

    __slots__ = ("__weakref__", "_node")

    origin: ClassVar[ProxyMeta | None] = None
    parameters: ClassVar[tuple[AnyValue, ...]] = ()
    is_generic: ClassVar[bool] = False
    uncomputable: ClassVar[str] = ""
    """What to do instead of computing proxies of a type that nothing computes; "" for all others."""

    _elsewhere: ClassVar[str] = ""
    """Where to look for an attribute ``{name}`` that the type does not have; the end of an error text."""

    _written: ClassVar[str] = ""
    """How error texts call the type, if it has a name that users do not know."""

    _instead_of_if: ClassVar[str] = "wf.ifelse"
    """What chooses between two values by the truth of a proxy."""

    _node: Node

    @classmethod
    def _from_node(cls, node: Node) -> Self:
        """A proxy of this class for `node`; nothing is checked."""
        proxy = object.__new__(cls)
        object.__setattr__(proxy, "_node", node)
        return proxy

    @classmethod
    def _promote(cls, value: object) -> Self:
        """`value` as a proxy of this class, or ProxyTypeError."""
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}")

    def _cast(self, cls: type[Proxytype]) -> Proxytype:
        """The same value seen as another type; nothing is checked."""
        return cls._from_node(self._node)

    @property
    def graft(self) -> dict[str, AnyValue]:
        """The program that computes this value, as a JSON mapping."""
        return write_graft(self._node)

    @property
    def params(self) -> tuple[Proxytype, ...]:
        """The parameters that this value depends on, in the order of first use."""
        return tuple(_parameter_proxy(node) for node in self._node.free)

    def compute(self, geoctx: object = None, **options: AnyValue) -> AnyValue:
        """Compute the value over an area; see `descartes_flow.compute`."""
        return verb("compute")(self, geoctx, **options)

    def inspect(self, geoctx: object = None, **options: AnyValue) -> AnyValue:
        """Compute the value without a job or progress; see `descartes_flow.inspect`."""
        return verb("inspect")(self, geoctx, **options)

    def __bool__(self) -> bool:
        raise TypeError(
            f"The truth value of {article(short_name(type(self)))} is known only after .compute(); "
            f"use {self._instead_of_if} instead of if, (a < x) & (x < b) instead of a < x < b, "
            "& | ~ instead of and, or, not, x.contains(y) instead of in"
        )

    def __format__(self, spec: str) -> str:
        if spec:
            raise TypeError(
                f"the format {spec!r} needs a value now, and that of {article(type(self).__name__)} proxy is "
                f"known only after .compute(); wf.format('{{:{spec}}}', x) formats it lazily"
            )
        return repr(self)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> AnyValue:
            if name in OF_WIDGETS and (widget := widget_of(self._node)) is not None:
                return getattr(widget, name)
            if not name.startswith("_") and hasattr(type(self), name):
                return object.__getattribute__(self, name)  # a property that failed: its own error
            raise AttributeError(unknown_attribute(type(self), name, f"{short_name(type(self))!r} object"))

    def __contains__(self, other: object) -> bool:
        raise TypeError(self._unsupported("in", "contains", ".contains(other)"))

    def __len__(self) -> int:
        raise TypeError(self._unsupported("len()", "length", ".length()"))

    def __iter__(self) -> NoReturn:
        raise TypeError(self._unsupported("iteration", "map", ".map(...)"))

    def _unsupported(self, what: str, method: str, instead: str) -> str:
        hint = f"; use {instead}" if hasattr(type(self), method) else ""
        name = article(short_name(type(self)))
        return f"{what} does not work on {name}: it is known only after .compute(){hint}"

    def __setattr__(self, name: str, value: object) -> None:
        if name == "value" and (widget := widget_of(self._node)) is not None:
            widget.value = value
            return
        if name != "_node":
            raise AttributeError(f"{article(type(self).__name__)} is immutable: cannot set {name!r}")
        object.__setattr__(self, name, value)

    def __reduce__(self) -> tuple[AnyValue, ...]:
        return _restore, (type(self).__name__, self._node)

    def __dir__(self) -> list[str]:
        own = object.__dir__(self)
        return _offered(own if widget_of(self._node) is None else sorted({*own, *OF_WIDGETS}))

    def __repr__(self) -> str:
        widget = widget_of(self._node)
        if widget is not None:
            return repr(widget)
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}>"


class Promoted(Proxytype):
    """A proxy that is built of whatever can be promoted to its type. Abstract."""

    __slots__ = ()

    def __init__(self, value: object) -> None:
        self._node = self._promote(value)._node


def short_name(cls: ProxyMeta) -> str:
    """The name of a class for an error text; of long type parameters only that there are some."""
    long = cls.origin is not None and len(cls.__name__) > LONGEST_NAME
    return f"{cls.origin.__name__}[...]" if long and cls.origin is not None else cls.__name__


LONGEST_NAME = 60


def describe(value: object) -> str:
    """`value` for an error text: its type and, on one line cut to 80 characters, itself."""
    if value is None:
        return "None"
    if isinstance(value, Proxytype):
        return f"{article(type(value).__name__)} proxy"
    text = " ".join(repr(value).split())
    return f"{type(value).__name__} {text if len(text) <= 80 else text[:77] + '...'}"


def _restore(name: str, node: Node) -> Proxytype:
    proxy: Proxytype = type_by_name(name)._from_node(node)
    return proxy


PARAMETERS: dict[tuple[str, str], Proxytype] = {}
"""The latest proxy of each parameter by (name, type name)."""


def widget_of(node: Node) -> AnyValue:
    """The widget that sets a parameter; None for one without, and for a node that is no parameter."""
    return WIDGETS.get(node.value) if node.kind is Kind.PARAMETER else None


def _parameter_proxy(node: Node) -> Proxytype:
    name, kind = node.value
    known = PARAMETERS.get((name, kind))
    if known is not None:
        return known
    made: Proxytype = type_by_name(kind)._from_node(node)
    return made
