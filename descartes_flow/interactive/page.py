"""`Page`: what only the page in the browser can do for a map, and Python cannot."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any as AnyValue

import anywidget
import ipyleaflet
import traitlets

from .closing import close_parts
from .log import Log


class Page(anywidget.AnyWidget):
    """An invisible part of a map's app; all the JavaScript there is, in ``page.js``.

    It keeps JupyterLab's shortcuts from the map, where ``b`` would insert a cell and ``d d`` delete one; it
    tells readers of the screen what the map shows and what its buttons do; and it copies text. Where the
    browser cannot load it, the map does without.

    Parameters
    ----------
    map : ipyleaflet.Map
    log : Log
        Gets the text that the browser would not copy.

    Attributes
    ----------
    label : str
        Name of the map, from its layers, the topmost first.
    ready : bool
        Whether a browser has loaded it.
    """

    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

    label = traitlets.Unicode("Map").tag(sync=True)
    ready = traitlets.Bool(False).tag(sync=True)

    def __init__(self, map: ipyleaflet.Map, log: Log) -> None:
        self._map = map
        self._log = log
        self._named: tuple[ipyleaflet.Layer, ...] = ()
        self._naming = threading.RLock()  # one list of layers at a time, of whichever thread
        super().__init__(layout={"display": "none"})
        self.on_msg(self._hear)
        map.observe(self._name, "layers")
        self._name()

    def copy(self, text: str) -> None:
        """Put `text` on the clipboard; call it from the click on a button, else browsers refuse.

        Where none can do it the log shows the text, to be copied by hand.
        """
        if self.ready:
            self.send({"copy": text})
        else:
            self._hand_over(text)

    def close(self) -> None:
        """Let go of the map."""
        if self.comm is None:
            return  # closed before
        self._map.unobserve(self._name, "layers")
        with self._naming:
            self._follow(())
        close_parts(self)
        super().close()

    def _name(self, change: object = None) -> None:
        with self._naming:
            self._follow(tuple(layer for layer in reversed(self._map.layers) if not layer.base))
            names = ", ".join(layer.name for layer in self._named)
            self.label = f"Map: {names}" if names else "Map"

    def _follow(self, layers: tuple[ipyleaflet.Layer, ...]) -> None:
        for layer in set(self._named).difference(layers):
            layer.unobserve(self._name, "name")
        for layer in set(layers).difference(self._named):
            layer.observe(self._name, "name")
        self._named = layers

    def _hear(self, page: AnyValue, message: AnyValue, buffers: AnyValue) -> None:
        self._hand_over(message["refused"])

    def _hand_over(self, text: str) -> None:
        self._log.add("", "INFO", f"the browser copies nothing by itself; this is the text:\n{text}")
