"""The widgets of a layer's parameters."""

from ...layer import WorkflowsLayer
from ...map import Map
from ..parameter_panel import ParameterPanel


def parameters(map: Map, layer: WorkflowsLayer) -> ParameterPanel | None:
    """The section of a layer that depends on parameters."""
    return layer.parameters.make_widget(title=False) if layer.parameterized else None
