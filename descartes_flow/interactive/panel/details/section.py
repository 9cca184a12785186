"""`Section`: a part of the details of a layer."""

from __future__ import annotations

import contextlib
from typing import Any as AnyValue

import ipyleaflet
import ipywidgets
import traitlets

from ...closing import close_parts


class Section(ipywidgets.HBox):  # type: ignore[misc]
    """Widgets beside a label, in the column of all labels.

    Parameters
    ----------
    label : str
    *parts : ipywidgets.Widget
        They end with the section.
    """

    def __init__(self, label: str, *parts: ipywidgets.Widget) -> None:
        self.label = ipywidgets.Label(label, tooltip=label)
        self.label.add_class("descartes-flow-label")
        self._ends = contextlib.ExitStack()
        super().__init__((self.label, *parts))
        self.add_class("descartes-flow-section")

    def link(
        self, layer: ipyleaflet.Layer, trait: str, widget: ipywidgets.Widget, **options: AnyValue
    ) -> None:
        """Keep `widget` in step with a trait of the layer, until the section ends.

        Parameters
        ----------
        layer : ipyleaflet.Layer
        trait : str
        widget : ipywidgets.Widget
            Its `value` is meant.
        **options
            Of `traitlets.link`.
        """
        self._ends.callback(traitlets.link((layer, trait), (widget, "value"), **options).unlink)

    def close(self) -> None:
        """End the section and what it shows."""
        if self.comm is None:
            return  # closed before
        self._ends.close()
        close_parts(self)
        super().close()
