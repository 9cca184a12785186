"""What the tiles of a layer are doing, in its row."""

import ipywidgets

from .layer import WorkflowsLayer


class StatusLine(ipywidgets.HTML):  # type: ignore[misc]
    """A place in the row of a computed layer that takes no room while there is nothing to say.

    Parameters
    ----------
    layer : WorkflowsLayer
    """

    def __init__(self, layer: WorkflowsLayer) -> None:
        self.layer = layer
        super().__init__()
        self.add_class("descartes-flow-status")
