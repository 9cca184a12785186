"""`Row`: one line of controls for one layer of a map, and details below it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from typing import Any as AnyValue
from typing import ClassVar, TypeAlias

import ipyleaflet
import ipywidgets
import traitlets

from ..buttons import icon_button
from ..closing import close_parts
from ..map import Map

SectionMaker: TypeAlias = Callable[[Map, AnyValue], ipywidgets.Widget | None]
"""Makes a part of the details of a layer; None where the layer has no use for it."""


class Row(ipywidgets.VBox):  # type: ignore[misc]
    """Name, place and removal of a layer, side by side in `line`.

    What a kind of layer has besides is in `sections`: made when the row is unfolded, ended when it is folded
    again.

    Parameters
    ----------
    map : Map
    layer : ipyleaflet.Layer

    Attributes
    ----------
    unfolded : bool
        Whether the details are there.
    details : ipywidgets.VBox or None
        The sections of an unfolded row.
    """

    sections: ClassVar[Sequence[SectionMaker]] = ()

    unfolded = traitlets.Bool(False)

    def __init__(self, map: Map, layer: ipyleaflet.Layer) -> None:
        self.map, self.layer = map, layer
        self.details: ipywidgets.VBox | None = None
        self._ends = contextlib.ExitStack()
        self._lock = threading.RLock()  # one folding at a time, of whichever thread
        name = ipywidgets.Text(
            layer.name, placeholder=type(layer).__name__, continuous_update=False, tooltip="Name of the layer"
        )
        name.add_class("descartes-flow-name")
        self._link("name", name)
        buttons = [
            icon_button("arrow-up", "Move up", lambda: map.move_layer_up(layer)),
            icon_button("arrow-down", "Move down", lambda: map.move_layer_down(layer)),
            icon_button("times", "Remove the layer", lambda: map.remove(layer)),
        ]
        self.line = ipywidgets.HBox((*self._switches(), name, *self._state(), *buttons))
        self.line.add_class("descartes-flow-row")
        super().__init__(children=(self.line,))
        self.observe(self._fold, "unfolded")

    def close(self) -> None:
        """Let go of the layer, and end all widgets of the row."""
        if self.comm is None:
            return  # closed before
        with self._lock:
            self.unobserve_all()
            self._ends.close()
            close_parts(self)
            super().close()

    def _switches(self) -> Sequence[ipywidgets.Widget]:
        """What stands before the name."""
        return ()

    def _state(self) -> Sequence[ipywidgets.Widget]:
        """What stands between the name and the buttons."""
        return ()

    def _link(self, trait: str, widget: ipywidgets.Widget) -> None:
        self._ends.callback(traitlets.link((self.layer, trait), (widget, "value")).unlink)

    def _fold(self, change: object = None) -> None:
        """Have the details, made anew, if the row is unfolded."""
        with self._lock:
            if self.comm is None:
                return
            gone, self.details = self.details, self._new_details() if self.unfolded else None
            self.children = (self.line,) if self.details is None else (self.line, self.details)
        if gone is not None:
            close_parts(gone)
            gone.close()

    def _new_details(self) -> ipywidgets.VBox:
        made = [make(self.map, self.layer) for make in self.sections]
        details = ipywidgets.VBox([section for section in made if section is not None])
        details.add_class("descartes-flow-details")
        return details
