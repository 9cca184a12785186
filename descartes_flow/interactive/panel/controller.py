"""`LayerController`: the rows of the layers and where the map is, on the map itself."""

from __future__ import annotations

from typing import Any as AnyValue

import ipyleaflet
import ipywidgets

from ..closing import close_parts
from ..map import Map
from ..stylesheet import STYLESHEET
from .map_controller import MapController
from .rows import LayerControllerList


class LayerController(ipyleaflet.WidgetControl):  # type: ignore[misc]
    """The list of layers as a control: ``map.add(LayerController(map))``.

    The position of the map stands below the list, and a heading over it folds both.

    Parameters
    ----------
    map : Map

    Attributes
    ----------
    rows : LayerControllerList
    folded : bool
        Whether only the heading is shown.

    Examples
    --------
    >>> from descartes_flow import Map
    >>> map = Map()
    >>> controller = LayerController(map)
    >>> _ = map.add(controller)
    >>> controller.folded
    False
    """

    def __init__(self, map: Map, position: str = "topright") -> None:
        self.rows = LayerControllerList(map)
        self._heading = ipywidgets.ToggleButton(
            True, description="Layers", icon="caret-down", tooltip="Show or hide the list of layers"
        )
        self._heading.add_class("descartes-flow-heading")
        self._heading.observe(self._fold, "value")
        stylesheet = ipywidgets.HTML(STYLESHEET, layout={"display": "none"})
        self._body = ipywidgets.VBox((self.rows, MapController(map)))
        self._body.add_class("descartes-flow-body")
        panel = ipywidgets.VBox((stylesheet, self._heading, self._body))
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
        self._body.layout.display = None if change.new else "none"
