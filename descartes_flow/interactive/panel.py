"""`LayerPanel`: the rows of the layers, on the map itself."""

from __future__ import annotations

from typing import Any as AnyValue

import ipywidgets

from .closing import close_parts
from .controls import LayerControllerList
from .map import Map


class LayerPanel(ipywidgets.VBox):  # type: ignore[misc]
    """A heading that folds the list of layers, and the list.

    Parameters
    ----------
    map : Map

    Attributes
    ----------
    rows : LayerControllerList
    """

    def __init__(self, map: Map) -> None:
        self.rows = LayerControllerList(map)
        self._fold = ipywidgets.ToggleButton(
            True, description="Layers", icon="chevron-down", tooltip="Show or hide the list of layers"
        )
        self._fold.observe(self._folded, "value")
        super().__init__(children=(self._fold, self.rows))
        self.add_class("descartes-flow-card")
        self.add_class("descartes-flow-panel")

    def close(self) -> None:
        """End the rows."""
        if self.comm is None:
            return  # closed before
        close_parts(self)
        super().close()

    def _folded(self, change: AnyValue) -> None:
        self._fold.icon = "chevron-down" if change.new else "chevron-right"
        self.rows.layout.display = None if change.new else "none"
