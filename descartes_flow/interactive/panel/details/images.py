"""How the images of a collection become one."""

import ipywidgets

from ....render.reduction import REDUCTIONS
from ...layer import WorkflowsLayer
from ...map import Map
from .section import Section


class Images(Section):
    """A list of reductions."""

    def __init__(self, layer: WorkflowsLayer) -> None:
        reduction = ipywidgets.Dropdown(
            options=REDUCTIONS, value=layer.reduction, tooltip="How the images of the collection become one"
        )
        super().__init__("Images", reduction)
        self.link(layer, "reduction", reduction)


def images(map: Map, layer: WorkflowsLayer) -> Images | None:
    """The section of a layer that shows a collection."""
    return Images(layer) if layer.reducible else None
