"""How declared signatures are written for people, editors and type checkers.

A declaration says ``limit: Float | Int``; what a user may pass is ``float | Float | Int``.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from types import GenericAlias
from typing import TYPE_CHECKING, Literal, get_origin
from typing import Any as AnyValue

from ..graph import literal
from ..types import (
    Any,
    Array,
    Arraylike,
    Bool,
    Callback,
    Datetime,
    DType,
    Element,
    Feature,
    FeatureCollection,
    Float,
    Geometry,
    GeometryCollection,
    Image,
    ImageCollection,
    Imagery,
    Int,
    Key,
    List,
    MaskedArray,
    NoneType,
    Number,
    Proxytype,
    Same,
    Scalar,
    Slice,
    Str,
    Timedelta,
    Tuple,
)
from ..types.array.arguments import AnyArray, AnyNumber, ArrayList, ArrayOrNumber
from ..types.names import TYPES
from ..types.promotion import alternatives

if TYPE_CHECKING:
    from .overload import Argument, Overload

STARRED = inspect.Parameter.VAR_POSITIONAL
DOUBLE_STARRED = inspect.Parameter.VAR_KEYWORD

PROMOTED: dict[AnyValue, tuple[str, ...]] = {
    Int: ("int", "Int"),
    Float: ("float", "Float", "Int"),
    Bool: ("bool", "Bool"),
    Str: ("str", "Str"),
    Datetime: ("datetime.date", "str", "float", "Datetime"),
    Timedelta: ("datetime.timedelta", "Timedelta"),
    Slice: ("slice", "Slice"),
    **{
        kind: ("Mapping[str, AnyValue]", "HasGeoInterface", kind.__name__)
        for kind in (Geometry, GeometryCollection, Feature, FeatureCollection)
    },
    List: ("Sequence[object]", "List[AnyValue]"),
    Tuple: ("Tuple[*tuple[AnyValue, ...]]",),
    Arraylike: ("Array", "MaskedArray"),
    AnyNumber: ("float", "Number", "Bool", "Scalar"),
    AnyArray: ("float", "Sequence[object]", "np.ndarray[AnyValue, AnyValue]", "Arraylike"),
    ArrayOrNumber: (
        "float",
        "Sequence[object]",
        "np.ndarray[AnyValue, AnyValue]",
        "Arraylike",
        "Number",
        "Scalar",
    ),
    ArrayList: ("Sequence[object]", "List[AnyValue]"),
    Array: ("float", "Sequence[object]", "np.ndarray[AnyValue, AnyValue]", "Array"),
    MaskedArray: ("np.ndarray[AnyValue, AnyValue]", "MaskedArray"),
    Scalar: ("Scalar",),
    DType: ("str", "type", "np.dtype[AnyValue]", "DType"),
    Any: ("object",),
    object: ("object",),
    NoneType: ("None",),
    type(None): ("None",),
}
"""What may be passed for a type; other proxies only for themselves."""

CONTAINED = {"int": {"float"}, "bool": {"int", "float"}}
"""What a type checker takes for another type anyway."""

ABSTRACT = (Number, Imagery)
CONCRETE: dict[type, tuple[type, ...]] = {Imagery: (Image, ImageCollection), Arraylike: (Array, MaskedArray)}
"""The classes that share the methods of an abstract one."""

UNKNOWN = "AnyValue"
"""The type of what is known only when a program is built."""


def accepted(annotation: AnyValue) -> str:
    """What may be passed for an annotation: ``float | Float`` for Float."""
    return union(piece for option in alternatives(annotation) for piece in _pieces(option))


def union(pieces: Iterable[str]) -> str:
    """The types joined, each once, None last."""
    kept = dict.fromkeys(pieces)
    shown = [piece for piece in kept if not CONTAINED.get(piece, set()) & kept.keys()]
    return " | ".join(sorted(shown, key=lambda piece: piece == "None"))


def _pieces(option: AnyValue) -> Iterator[str]:
    if isinstance(option, Callback):
        yield f"Callable[[{', '.join(map(given, option.arguments))}], object]"
    elif get_origin(option) is Literal:
        yield from PROMOTED[Str]
    elif option in PROMOTED:
        yield from PROMOTED[option]
    elif isinstance(option, type) and issubclass(option, Proxytype) and option.origin is List:
        yield f"Sequence[{accepted(option.parameters[0])}]"
        yield option.__name__
    elif option not in ABSTRACT:  # their subclasses are named beside them
        yield given(option)


def given(annotation: AnyValue) -> str:
    """What a call gives, for the annotation of a result."""
    if annotation is Same:
        return "Self"
    if annotation in (AnyValue, Element, Key, object):
        return UNKNOWN
    if isinstance(annotation, type) and not isinstance(annotation, GenericAlias):
        return annotation.__name__
    return str(annotation).replace("collections.abc.", "")


class Written(str):
    """An annotation that ``help`` and notebooks show as it is, without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def signature(overload: Overload) -> inspect.Signature:
    """The signature of a declaration as ``help`` and notebooks show it, with ``self`` or ``cls``."""
    shown = [
        argument.parameter.replace(annotation=Written(accepted(argument.annotation)))
        for argument in overload.arguments
    ]
    if overload.options.constructs is not None:
        shown.insert(0, inspect.Parameter("cls", inspect.Parameter.POSITIONAL_ONLY))
    elif overload.options.on is not None:
        shown[0] = shown[0].replace(annotation=inspect.Parameter.empty)
    found = dict.fromkeys(result for _, result in results(overload))
    return inspect.Signature(shown, return_annotation=Written(" | ".join(found)))


def parameters(overload: Overload) -> list[str]:
    """The parameters of a declaration, beginning with ``self`` or ``cls`` where it is a method."""
    arguments = overload.arguments
    if overload.options.constructs is not None:
        return ["cls", *map(_parameter, arguments)]
    if overload.options.on is not None:
        return ["self", *map(_parameter, arguments[1:])]
    return list(map(_parameter, arguments))


def _parameter(argument: Argument) -> str:
    stars = {STARRED: "*", DOUBLE_STARRED: "**"}.get(argument.kind, "")
    default = "" if argument.default is inspect.Parameter.empty else f" = {argument.default!r}"
    return f"{stars}{argument.name}: {accepted(argument.annotation)}{default}"


def results(overload: Overload) -> list[tuple[list[str], str]]:
    """The ways to call a declaration: its parameters and what it gives, one for each type of the result."""
    shown = parameters(overload)
    rule = overload.result
    if isinstance(rule, type) or rule in (Same, Element, AnyValue) or not callable(rule):
        return [(shown, given(rule))]
    others = [alternatives(argument.annotation) for argument in overload.arguments[1:]]
    if overload.options.on is None or len(others) > 1 or not all(map(_are_types, others)):
        return [(shown, UNKNOWN)]
    if not others:
        return [(shown, outcome(rule, overload.options.on))]
    name = overload.arguments[1].name
    found = by_result((option, outcome(rule, overload.options.on, option)) for option in others[0])
    return [([*shown[:1], f"{name}: {taken}"], result) for result, taken in found.items()]


def _are_types(options: Sequence[AnyValue]) -> bool:
    return all(isinstance(option, type) and issubclass(option, Proxytype) for option in options)


def by_result(found: Iterable[tuple[AnyValue, str]], *, python_only: bool = False) -> dict[str, str]:
    """By type of the result what may be passed for it; what fits twice counts where it comes first.

    With `python_only` proxies are left out.
    """
    first: dict[str, str] = {}
    for option, result in found:
        for piece in _pieces(option):
            known = CONTAINED.get(piece, set()) & first.keys()  # a checker would never come to it
            if not known and not (python_only and piece.partition("[")[0] in TYPES):
                first.setdefault(piece, result)
    kinds = dict.fromkeys(first.values())
    return {kind: union(piece for piece in first if first[piece] == kind) for kind in kinds}


def outcome(rule: AnyValue, owner: type, *others: AnyValue, reflected: bool = False) -> str:
    """What a declaration's rule gives for an object of `owner` and other operands of known types."""
    made: list[tuple[AnyValue, AnyValue]] = []
    for own in CONCRETE.get(owner, (owner,)):
        operands = [_sample(own), *(_sample(own if other is Same else other) for other in others)]
        made.append((type(operands[0]), rule(*(reversed(operands) if reflected else operands))))
    if all(result is own for own, result in made):
        return "Self"
    result = made[0][1]
    depends = result.parameters or (result is Any and owner is not Any)
    return UNKNOWN if depends or any(other is not result for _, other in made) else str(result.__name__)


def _sample(kind: AnyValue) -> Proxytype:
    """Any proxy of a type, to ask a rule with."""
    concrete: type[Proxytype] = kind.of(*[Any] * (kind.arity or 1)) if kind.is_generic else kind
    return concrete._from_node(literal(None))
