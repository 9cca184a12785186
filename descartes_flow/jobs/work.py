"""What a run computes: an object, values for its parameters, an area, and how; and that as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any as AnyValue

from .._channel import present_channel
from ..engine.bind import raise_located, where
from ..engine.compute import bind_program, compute_node, default_runner
from ..engine.run import Runner
from ..errors import ContextError
from ..geo.gridded import Gridded
from ..graph import Node, read_graft
from ..ops.registry import operation_name
from ..types import Function, GeoContext, Proxytype, proxify
from ..types.arguments import program
from ..types.names import type_by_name
from ..types.typespec import type_of_typespec, typespec

Text = dict[str, AnyValue]
"""A proxy as plain data: its graft, its type, and the types of its parameters by name."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a run computes.

    Attributes
    ----------
    object : Proxytype
        As the user passed it, its parameters still open.
    arguments : dict
        Values for those, as the user passed them.
    area : object
        The GeoContext, as the user passed it.
    cache : bool
    on_error : {"raise", "skip"}
    channel : str
    """

    object: Proxytype
    arguments: dict[str, AnyValue]
    area: AnyValue
    cache: bool
    on_error: str
    channel: str
    _node: Node
    _context: Gridded | None

    @classmethod
    def of(
        cls,
        obj: AnyValue,
        area: AnyValue,
        arguments: Mapping[str, AnyValue],
        cache: bool,
        on_error: str,
        call: str,
    ) -> Work:
        """The work that a `call` asks for.

        Raises
        ------
        TypeError
            If nothing computes `obj`, the area is none, or an argument is missing, unknown or of the wrong
            type.
        ValueError
            If an argument depends on parameters itself, or `on_error` is another word.
        JobInvalid
            If the area describes no grid.
        NotFound
            If there is no such channel as the one that was set.
        """
        node = program(obj, arguments, call)
        if on_error not in ("raise", "skip"):
            raise ValueError(f"{call}(on_error=): expected 'raise' or 'skip', got {on_error!r}")
        context = plain_context(area)
        return cls(
            proxify(obj), dict(arguments), area, bool(cache), on_error, present_channel(), node, context
        )

    def run(self, runner: Runner) -> AnyValue:
        """Compute it."""
        runner.use_cache, runner.skip_errors = self.cache, self.on_error == "skip"
        return compute_node(self._node, self._context, runner)

    @property
    def result_type(self) -> str:
        """Name of the proxy type whose value is computed."""
        kind = self.object.return_type if isinstance(self.object, Function) else type(self.object)
        return kind.__name__

    def geoctx(self) -> GeoContext | None:
        """The area as a proxy."""
        return None if self.area is None else GeoContext.from_geo(self.area)

    def promoted(self) -> dict[str, Proxytype]:
        """The arguments as proxies of the types that the object's parameters have."""
        kinds: dict[str, type[Proxytype]] = {
            param.value[0]: type_by_name(param.value[1]) for param in self.object._node.free
        }
        if isinstance(self.object, Function):
            kinds |= self.object.kwarg_types
        return {name: kinds[name]._promote(value) for name, value in self.arguments.items()}

    def to_text(self) -> Text:
        """The work as plain data, ready for JSON; `cache`, `on_error` and `channel` left out."""
        area = self.geoctx()
        return {
            "object": written(self.object),
            "arguments": {name: written(proxy) for name, proxy in self.promoted().items()},
            "geoctx": None if area is None else written(area),
        }


def written(proxy: Proxytype) -> Text:
    """A proxy as plain data."""
    return {
        "graft": proxy.graft,
        "type": typespec(type(proxy)),
        "parameters": dict(param.value for param in proxy._node.free),
    }


def read(text: Text) -> Proxytype:
    """The proxy that `written` has written."""
    node = read_graft(text["graft"], parameters=text["parameters"], operation=operation_name, limits=False)
    return type_of_typespec(text["type"])._from_node(node)


def plain_context(geoctx: AnyValue) -> Gridded | None:
    """The plain context that a run needs, from whatever stands for one.

    Raises
    ------
    TypeError
        If nothing stands for one.
    JobInvalid
        If the fields of a GeoContext describe no grid; the message names the field and the user's line.
    """
    if geoctx is None or isinstance(geoctx, Gridded):
        return geoctx
    if not isinstance(geoctx, GeoContext):
        raise TypeError(f"Invalid GeoContext {geoctx!r}: expected a GeoContext, AOI, DLTile or XYZTile")
    if geoctx._node.free:
        names = ", ".join(node.value[0] for node in geoctx._node.free)
        raise ValueError(f"the GeoContext depends on parameters ({names}); give it plain values")
    context: Gridded = bind_program(geoctx._node, None, default_runner()).value
    try:
        context.grid()
    except ContextError as error:
        raise_located(error, where(geoctx._node))
    return context
