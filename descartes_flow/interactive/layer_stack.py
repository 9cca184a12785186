"""`LayerStack`: the layers of a map, one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any as AnyValue

from .arranging import ARRANGING
from .layer import WorkflowsLayer


class LayerStack:
    """Finds, moves and removes layers; see `Map`."""

    # Of the Map that this is a part of.
    layers: tuple[AnyValue, ...]
    remove: AnyValue

    def find(self, name: str) -> AnyValue:
        """The topmost layer of this name that is no base layer, or None."""
        return next((layer for layer in reversed(self.layers) if layer.name == name and not layer.base), None)

    def remove_layer(self, layer: AnyValue) -> None:
        """Remove a layer.

        Parameters
        ----------
        layer : str or ipyleaflet.Layer
            The layer or its name.

        Raises
        ------
        ValueError
            If it is not on the map.
        """
        self.remove(self._require(layer, "remove_layer"))

    def clear_layers(self) -> None:
        """Remove all layers but base layers."""
        with ARRANGING:
            gone = [layer for layer in self.layers if not layer.base]
            self.layers = tuple(layer for layer in self.layers if layer.base)
        for layer in gone:
            if isinstance(layer, WorkflowsLayer):
                layer.close()

    def move_layer(self, layer: AnyValue, index: int) -> None:
        """Move a layer to a place in ``layers``, at most down to the base layers.

        Parameters
        ----------
        layer : ipyleaflet.Layer
        index : int
            Place in ``layers``, 0 the lowest; what lies outside is taken for the nearest place.

        Raises
        ------
        ValueError
            If it is a base layer, or not on the map.
        """
        with ARRANGING:
            layer = self._require(layer, "move_layer")
            others = [other for other in self.layers if other is not layer]
            lowest = max((place for place, other in enumerate(others, 1) if other.base), default=0)
            place = min(max(index, lowest), len(others))
            moved = (*others[:place], layer, *others[place:])
            if moved != self.layers:
                self.layers = moved

    def move_layer_up(self, layer: AnyValue) -> None:
        """Move a layer over the next; see `move_layer`."""
        with ARRANGING:
            self.move_layer(layer, self._place(layer, "move_layer_up") + 1)

    def move_layer_down(self, layer: AnyValue) -> None:
        """Move a layer under the one below; see `move_layer`."""
        with ARRANGING:
            self.move_layer(layer, self._place(layer, "move_layer_down") - 1)

    def _place(self, layer: AnyValue, call: str) -> int:
        return list(self.layers).index(self._require(layer, call))

    def _require(self, layer: AnyValue, call: str) -> AnyValue:
        """`layer`, or the layer of this name, if it may be moved or removed."""
        found = self.find(layer) if isinstance(layer, str) else layer
        movable: Sequence[AnyValue] = [known for known in self.layers if not known.base]
        if not any(found is known for known in movable):
            names = [known.name for known in movable]
            raise ValueError(
                f"{call}(layer=): expected a layer of the map that is no base layer, got {layer!r}; "
                f"known: {names}"
            )
        return found
