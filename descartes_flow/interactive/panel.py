"""`LayerController`: the rows of the layers, on the map itself."""

from __future__ import annotations

from typing import Any as AnyValue

import ipyleaflet
import ipywidgets

from .closing import close_parts
from .controls import LayerControllerList
from .map import Map
from .stylesheet import STYLESHEET


class LayerController(ipyleaflet.WidgetControl):  # type: ignore[misc]
    """The list of layers with a heading that folds it, as a control: ``map.add(LayerController(map))``.

    Parameters
    ----------
    map : Map

    Attributes
    ----------
    rows : LayerControllerList
    folded : bool
        Whether only the heading is shown.
    """

    def __init__(self, map: Map, position: str = "topright") -> None:
        self.rows = LayerControllerList(map)
        self._heading = ipywidgets.ToggleButton(
            True, description="Layers", icon="caret-down", tooltip="Show or hide the list of layers"
        )
        self._heading.add_class("descartes-flow-heading")
        self._heading.observe(self._fold, "value")
        stylesheet = ipywidgets.HTML(STYLESHEET, layout={"display": "none"})
        panel = ipywidgets.VBox((stylesheet, self._heading, self.rows))
        for name in ("descartes-flow-card", "descartes-flow-panel"):
            panel.add_class(name)
        super().__init__(widget=panel, position=position)

    @property
    def folded(self) -> bool:
        """Whether only the heading is shown."""
        return not self._heading.value

    @folded.setter
    def folded(self, folded: bool) -> None:
        self._heading.value = not folded

    def close(self) -> None:
        """End the rows."""
        if self.comm is None:
            return  # closed before
        close_parts(self.widget)
        self.widget.close()
        super().close()

    def _fold(self, change: AnyValue) -> None:
        self._heading.icon = "caret-down" if change.new else "caret-right"
        self.rows.layout.display = None if change.new else "none"
