"""All colormaps at a glance, to choose one by its colours."""

from __future__ import annotations

from typing import Any as AnyValue

import ipywidgets

from ...colour import COLORMAPS, colours
from ...colour.gradient import gradient
from ..closing import close_parts
from ..looks import Looks

REVERSED = "_r"

FORWARD = tuple(name for name in COLORMAPS if not name.endswith(REVERSED))

STOPS = 10
"""Colours of a button; it is small."""


class Palette(ipywidgets.VBox):  # type: ignore[misc]
    """A button in its colours for each colormap; a reversed one stays reversed when another is chosen.

    Parameters
    ----------
    layer : Looks

    Attributes
    ----------
    buttons : ipywidgets.ToggleButtons
        Their value is the name of a colormap that is not reversed, or None.
    """

    def __init__(self, layer: Looks) -> None:
        self._layer = layer
        self.buttons = ipywidgets.ToggleButtons(options=FORWARD, value=None, tooltips=FORWARD)
        super().__init__(children=(ipywidgets.HTML(_stylesheet()), self.buttons))
        self.add_class("descartes-flow-palette")
        self._follow()
        self.buttons.observe(self._choose, "value")
        layer.observe(self._follow, "colormap")

    def close(self) -> None:
        """Let go of the layer."""
        if self.comm is None:
            return  # closed before
        self._layer.unobserve(self._follow, "colormap")
        close_parts(self)
        super().close()

    def _choose(self, change: AnyValue) -> None:
        if change.new is not None:
            backwards = (self._layer.colormap or "").endswith(REVERSED)
            self._layer.colormap = change.new + (REVERSED if backwards else "")

    def _follow(self, change: object = None) -> None:
        colormap = self._layer.colormap
        self.buttons.value = None if colormap is None else colormap.removesuffix(REVERSED)


def turned(colormap: str) -> str:
    """The colormap that runs the other way.

    Examples
    --------
    >>> turned("viridis"), turned("viridis_r")
    ('viridis_r', 'viridis')
    """
    return colormap.removesuffix(REVERSED) if colormap.endswith(REVERSED) else colormap + REVERSED


def _stylesheet() -> str:
    rules = [
        f'.descartes-flow-palette button[data-value="{name}"] '
        f"{{ background: {gradient(colours(name), STOPS)}; }}"
        for name in FORWARD
    ]
    return f"<style>{''.join(rules)}</style>"
