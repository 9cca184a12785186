"""Two layers of a map side by side, with a handle between them that one moves."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any as AnyValue
from typing import NamedTuple

import ipyleaflet
import traitlets

from .arranging import ARRANGING


class Pair(NamedTuple):
    """Two layers that are compared."""

    left: ipyleaflet.TileLayer
    right: ipyleaflet.TileLayer


class Swipe(traitlets.HasTraits):
    """The part of a Map that compares two of its layers.

    ipyleaflet's control puts its layers on the page itself, on top, and expects them not to be there. So the
    page gets `layers` without the two meanwhile, while the map keeps them in their places; and whenever the
    page's layers change the control is taken off before and put on after, since the page drops the layers
    that it does not find among those of the map, and a control without its layers fails.
    """

    swiped = traitlets.Instance(Pair, allow_none=True, read_only=True)
    _divider: AnyValue = None

    # Of the Map that this is a part of.
    layers: AnyValue
    controls: AnyValue
    add: AnyValue
    remove: AnyValue
    send_state: AnyValue

    def swipe(self, left: AnyValue, right: AnyValue = None) -> None:
        """Compare two layers: the one left of a handle, the other right of it, both over all others.

        It ends when one of them leaves the map.

        Parameters
        ----------
        left : str, ipyleaflet.TileLayer or None
            A layer of the map, or its name. None ends the comparison.
        right : str or ipyleaflet.TileLayer
            Another one.

        Raises
        ------
        ValueError
            If these are not two layers of tiles of the map.
        """
        pair = None if left is None and right is None else self._pair(left, right)
        with ARRANGING:
            if pair != self.swiped:
                with self._undivided():
                    self.set_trait("swiped", pair)
                    self.send_state("layers")

    def send_layers(self) -> None:
        """Tell the page its layers, where they are others though `layers` are not."""
        with ARRANGING, self._undivided():
            self.send_state("layers")

    def notify_change(self, change: AnyValue) -> None:
        """Tell the page and the observers of a change; see `traitlets.HasTraits`."""
        if change["name"] != "layers" or self.swiped is None:
            super().notify_change(change)
            return
        with ARRANGING, self._undivided():
            if self.swiped is not None and not all(_among(layer, self.layers) for layer in self.swiped):
                self.set_trait("swiped", None)
            super().notify_change(change)

    @contextlib.contextmanager
    def _undivided(self) -> Iterator[None]:
        """Take the control off the page, and put one on after for the layers that are compared then."""
        gone, self._divider = self._divider, None
        if gone is not None:
            if gone in self.controls:  # not after `Map.clear`
                self.remove(gone)
            gone.close()
        try:
            yield
        finally:
            if self.swiped is not None and self._divider is None:
                left, right = self.swiped
                self._divider = ipyleaflet.SplitMapControl(left_layer=left, right_layer=right)
                self.add(self._divider)

    def _pair(self, left: AnyValue, right: AnyValue) -> Pair:
        tiles = [layer for layer in self.layers if isinstance(layer, ipyleaflet.TileLayer)]
        found = []
        for name, wanted in (("left", left), ("right", right)):
            if isinstance(wanted, str):
                layer = next((layer for layer in reversed(tiles) if layer.name == wanted), None)
            else:
                layer = wanted if _among(wanted, tiles) else None
            if layer is None:
                raise ValueError(
                    f"swipe({name}=): expected a layer of tiles of the map, or its name, got {wanted!r}; "
                    f"known: {[layer.name for layer in tiles]}"
                )
            found.append(layer)
        if found[0] is found[1]:
            raise ValueError(f"swipe(right=): expected another layer than left, got {right!r} twice")
        return Pair(*found)


def _among(layer: object, layers: AnyValue) -> bool:
    return any(layer is one for one in layers)
