"""Widgets whose value is the imagery of a layer that is picked from those of a map."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any as AnyValue
from typing import TypeVar

import ipywidgets

from ..errors import ProxyTypeError
from ..types import Image, ImageCollection
from ..types.proxytype import describe
from ..types.widgets import registered
from ..types.widgets.widget import Change, Widget
from .layer import WorkflowsLayer
from .map import Map
from .showing import plain_map
from .widgets import WHOLE_LABEL

NO_LAYER = ""
"""Among options, where None would mean that nothing is chosen."""

FOLLOWED = ["content", "name", "reducible"]
"""Traits of a layer that change what can be picked, or what it is."""

Imagery = Image | ImageCollection


@dataclass(frozen=True)
class Layers:
    """The imagery of a layer, or None."""

    kind: type[Imagery]

    def accepted(self, value: AnyValue) -> AnyValue:
        """`value` as it is: only the widget itself sets it."""
        return value

    def __str__(self) -> str:
        return f"layers with an {self.kind.__name__}"


class LayerPicker(Widget):
    """The imagery of a layer of a map, with the present values of its parameters; None while none is picked.

    Layers that depend on the widget itself cannot be picked. A layer that goes is picked no longer.

    Parameters
    ----------
    name, label : str
        As for other widgets.
    kind : type
        Image: what layers draw, collections reduced. ImageCollection: collections as they are.
    map : Map
    """

    def __init__(self, name: str, kind: type[Imagery], map: Map, label: str) -> None:
        super().__init__(name, Layers(kind), None, label)
        self._kind = kind
        self._map = map
        self._layer: WorkflowsLayer | None = None
        self._followed: tuple[WorkflowsLayer, ...] = ()
        self._hear = _weakly(self._arrange)
        self._arranging = threading.RLock()  # one arrangement at a time, of whichever thread
        map.observe(self._hear, "layers")
        self._arrange()

    @property
    def value(self) -> Imagery | None:
        """The imagery now; it cannot be set."""
        found: Imagery | None = self._value
        return found

    @value.setter
    def value(self, value: AnyValue) -> None:
        raise AttributeError(f"{self.name}.value: it is that of a layer, which is picked on the page")

    @property
    def layers(self) -> list[WorkflowsLayer]:
        """What can be picked, the topmost first."""
        return [
            layer for layer in reversed(self._followed) if self._fits(layer) and not self._is_behind(layer)
        ]

    def pick(self, layer: WorkflowsLayer | None) -> None:
        """Have the imagery of `layer`."""
        self._layer = layer
        self._arrange()

    def _fits(self, layer: WorkflowsLayer) -> bool:
        return self._kind is Image or layer.reducible

    def _is_behind(self, layer: WorkflowsLayer) -> bool:
        """Whether what `layer` shows depends on this widget."""
        waiting, seen = [layer], {layer}
        while waiting:
            links = waiting.pop().parameters.links()
            if self in links:
                return True
            picked = {
                link._layer for link in links if isinstance(link, LayerPicker) and link._layer is not None
            }
            waiting += picked - seen
            seen |= picked
        return False

    def _arrange(self, change: object = None) -> None:
        """Follow the layers of the map, and have the imagery of the one that is picked."""
        with self._arranging:
            present = tuple(layer for layer in self._map.layers if isinstance(layer, WorkflowsLayer))
            for layer in set(self._followed).difference(present):
                layer.unobserve(self._hear, FOLLOWED)
            for layer in set(present).difference(self._followed):
                layer.observe(self._hear, FOLLOWED)
            self._followed = present
            if self._layer not in self.layers:
                self._layer = None
            imagery = self._imagery()
        if self.mirror is not None:
            self.mirror(Change(name="layers", owner=self))
        self.take(imagery)

    def _imagery(self) -> Imagery | None:
        layer = self._layer
        if layer is None:
            return None
        try:
            return layer.image_value if self._kind is Image else layer.value
        except (
            ProxyTypeError,
            ValueError,
        ):  # a widget of that layer holds what does not fit, which its log tells
            return None

    def _make_shown(self) -> ipywidgets.Dropdown:
        made = ipywidgets.Dropdown(description=self.label, style=WHOLE_LABEL)
        lock = threading.RLock()
        changing = False

        def show(change: object = None) -> None:
            nonlocal changing
            with lock:
                changing = True  # new options choose the first for the while, which counts nothing
                made.options = [
                    ("pick a layer", NO_LAYER),
                    *((one.name, one.model_id) for one in self.layers),
                ]
                made.value = NO_LAYER if self._layer is None else self._layer.model_id
                changing = False

        def take(change: AnyValue) -> None:
            with lock:
                picked = next((layer for layer in self.layers if layer.model_id == change.new), None)
                counts = not changing
            if counts:
                self.pick(picked)

        show()
        made.observe(take, "value")
        self.mirror = show
        return made


def image(name: str, default_layer: AnyValue = None, label: str = "", map: AnyValue = None) -> Image:
    """The Image of a layer of the map, picked from a list.

    Parameters
    ----------
    name : str
        Name of the parameter; a later widget of this name takes its place.
    default_layer : WorkflowsLayer, optional
        Picked at first; by default none is, and what depends on it is not drawn.
    label : str, optional
        What stands beside the list; by default the name.
    map : Map or MapApp, optional
        Whose layers; by default ``wf.map``.

    Returns
    -------
    Image
        What the layer draws: a collection as it reduces it, with the values that its parameters have.

    Raises
    ------
    TypeError
        If `default_layer` is no computed layer, or `map` no map.
    ValueError
        If it is not on the map.

    Examples
    --------
    >>> base = image("base", label="Brightness of")
    >>> base
    <Layers 'base', 'Brightness of': None of layers with an Image>
    >>> grey = base.mean(axis="bands")
    """
    return _made("image", name, Image, default_layer, label, map)


def imagecollection(
    name: str, default_layer: AnyValue = None, label: str = "", map: AnyValue = None
) -> ImageCollection:
    """The ImageCollection of a layer of the map, before its reduction, picked from a list.

    Parameters
    ----------
    name, default_layer, label, map
        As for `image`; only layers of collections can be picked.

    Returns
    -------
    ImageCollection

    Raises
    ------
    TypeError
        If `default_layer` is no layer of a collection, or `map` no map.
    ValueError
        If it is not on the map.

    Examples
    --------
    >>> scenes = imagecollection("scenes")
    >>> latest = scenes[-1]
    """
    return _made("imagecollection", name, ImageCollection, default_layer, label, map)


P = TypeVar("P", Image, ImageCollection)


def _made(call: str, name: str, kind: type[P], default: AnyValue, label: AnyValue, map: AnyValue) -> P:
    if not isinstance(label, str):
        raise TypeError(f"{call}(label=): expected a str, got {describe(label)}")
    of_kind = isinstance(default, WorkflowsLayer) and (kind is Image or default.reducible)
    if default is not None and not of_kind:
        wanted = "a layer" if kind is Image else "a layer of an ImageCollection"
        raise TypeError(f"{call}(default_layer=): expected {wanted}, got {describe(default)}")
    picker = LayerPicker(name, kind, plain_map(map, call), label)
    if default is not None:
        if default not in picker.layers:
            raise ValueError(f"{call}(default_layer=): {default.name!r} is not on the map")
        picker.pick(default)
    return registered(kind, picker)


def _weakly(method: Callable[[AnyValue], None]) -> Callable[[AnyValue], None]:
    """An observer that does not keep alive the object whose method it calls, and goes with it."""
    known = weakref.WeakMethod(method)

    def hear(change: AnyValue) -> None:
        alive = known()
        if alive is None:
            change.owner.unobserve(hear, change.name)
        else:
            alive(change)

    return hear
