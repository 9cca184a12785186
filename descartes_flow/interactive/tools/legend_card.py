"""The legend of a map: what the colours of its layers stand for."""

from __future__ import annotations

import contextlib
import html
import threading
from collections.abc import Callable
from typing import Any as AnyValue

import ipywidgets

from ...colour.gradient import gradient
from ...errors import DescartesFlowError, NeedsContext
from ...geo.gridded import Gridded
from ...render.bars import tick_marks
from ...render.extent import data_bounds
from ...render.legend import Legend, legend
from ...render.meaning import Meaning, meaning
from ...render.sample import sampled
from ..closing import close_parts
from ..coalescing import Coalescer
from ..latest import Cancelled, Latest
from ..layer import WorkflowsLayer
from ..looks import LIMITS
from ..map import Map
from ..scaling import sampled_area

UNKNOWN = Meaning()

LOOKS = ["name", "visible", "colormap", *sum(LIMITS, ())]

SECONDS = 1.0
"""Between two times that a layer is asked what it means, while a slider changes it."""


class Entry:
    """What the legend knows of one layer.

    Parameters
    ----------
    layer : WorkflowsLayer
    view : callable
        Gives the context of what the map shows: where a collection is bound to be asked what it means.
    changed : callable
        Called, in any thread, whenever `text` may be another one.
    """

    def __init__(
        self, layer: WorkflowsLayer, view: Callable[[], Gridded], changed: Callable[[], None]
    ) -> None:
        self._layer = layer
        self._view = view
        self._changed = changed
        self._meaning = UNKNOWN
        self._found = Latest(self._take, UNKNOWN, "legend")
        self._asking = Coalescer(lambda: self._found.start(self._find), SECONDS)
        layer.observe(self._look, LOOKS)
        layer.observe(self._ask, "content")
        self._asking.request()

    def text(self, grey: bool) -> str:
        """HTML of the layer's part of the legend; empty where there is nothing to explain.

        Parameters
        ----------
        grey : bool
            Whether a layer without a colormap, whose values are no classes, has a part too.
        """
        layer, style = self._layer, self._layer.style()
        if not layer.visible or style is None:
            return ""
        found = legend(style, self._meaning)
        if found is None or not (found.swatches or style.colormap is not None or grey):
            return ""
        return legend_html(layer.name, found)

    def close(self) -> None:
        """Let go of the layer."""
        self._layer.unobserve(self._look, LOOKS)
        self._layer.unobserve(self._ask, "content")
        self._asking.close()
        self._found.drop()

    def _look(self, change: object) -> None:
        self._changed()

    def _ask(self, change: object) -> None:
        self._asking.request()

    def _find(self, cancelled: Cancelled) -> Meaning:
        with contextlib.suppress(DescartesFlowError, ValueError):
            image = self._layer.image_value
            return UNKNOWN if image is None else _meaning_in_view(image._node, self._view())
        return UNKNOWN  # the tiles say what is wrong with it

    def _take(self, found: Meaning) -> None:
        self._meaning = found
        self._changed()


class LegendCard(ipywidgets.HTML):  # type: ignore[misc]
    """The parts of all visible layers, the topmost first; not there while there is nothing to explain.

    Parameters
    ----------
    map : Map
    grey : bool
        Whether layers in plain grey have a part, too.
    """

    def __init__(self, map: Map, grey: bool = False) -> None:
        self._map = map
        self._grey = grey
        self._entries: dict[str, Entry] = {}
        self._lock = threading.RLock()  # one arrangement at a time, of whichever thread
        super().__init__(layout={"display": "none"})
        self.add_class("descartes-flow-legend")
        self._showing = Coalescer(self._show)
        map.observe(self._arrange, "layers")
        self._arrange()

    def set_grey(self, grey: bool) -> None:
        """Have parts for layers in plain grey, or have none."""
        self._grey = grey
        self._showing.request()

    def close(self) -> None:
        """Let go of the map and its layers."""
        if self.comm is None:
            return  # closed before
        self._map.unobserve(self._arrange, "layers")
        with self._lock:
            entries, self._entries = self._entries, {}
            for entry in entries.values():
                entry.close()
            self._showing.close()
            close_parts(self)
            super().close()

    def _arrange(self, change: object = None) -> None:
        """Have an entry for each layer, the topmost first."""
        with self._lock:
            if self.comm is None:
                return
            layers = [layer for layer in reversed(self._map.layers) if isinstance(layer, WorkflowsLayer)]
            before = self._entries
            self._entries = {
                layer.model_id: before.get(layer.model_id) or self._new_entry(layer) for layer in layers
            }
            for gone in before.keys() - self._entries.keys():
                before[gone].close()
        self._showing.request()

    def _new_entry(self, layer: WorkflowsLayer) -> Entry:
        return Entry(layer, self._map.view_context, self._look)

    def _look(self) -> None:
        self._showing.request()

    def _show(self) -> None:
        with self._lock:
            if self.comm is None:
                return
            text = "".join(entry.text(self._grey) for entry in self._entries.values())
            self.value = text
            self.layout.display = None if text else "none"


def legend_html(name: str, found: Legend) -> str:
    """A part of a legend: the name of the layer, and what its colours stand for.

    Examples
    --------
    >>> legend_html("a < b", Legend()).partition("</b>")[0]
    '<section><b>a &lt; b'
    """
    caption = f"<small>{html.escape(found.caption)}</small>" if found.caption else ""
    swatches = "".join(
        f'<li><i style="background: rgb{swatch.colour}"></i>{html.escape(swatch.text)}</li>'
        for swatch in found.swatches
    )
    ramp = ""
    if found.ramp is not None:
        bar = f'<div class="descartes-flow-bar" style="background: {gradient(found.ramp)}"></div>'
        ramp = f"<div>{bar}{tick_marks(found.ticks)}</div>"
    return f"<section><b>{html.escape(name)}</b>{caption}<ul>{swatches}</ul>{ramp}</section>"


def _meaning_in_view(node: AnyValue, view: Gridded) -> Meaning:
    """What a program means, where there is nothing in view over all of its data; it may block."""
    try:
        return meaning(node, None)
    except NeedsContext:
        found = meaning(node, sampled(view.grid()))
    bounds = data_bounds(node)
    if found.bands is not None or bounds is None:
        return found
    return meaning(node, sampled_area(bounds).grid())
