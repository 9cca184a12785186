"""The widgets of a layer's parameters, one below the other."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping

import ipywidgets

from .closing import close_parts
from .widgets import Linked, shown


class ParameterPanel(ipywidgets.VBox):  # type: ignore[misc]
    """A title, and below it what sets each parameter; one without a widget is named only.

    Parameters
    ----------
    title : callable, optional
        Gives the title, when the panel is filled; by default there is none.
    """

    keeps_children = True

    def __init__(self, title: Callable[[], str] | None = None) -> None:
        self._title = title
        self._own: list[ipywidgets.Widget] = []
        super().__init__()
        self.add_class("descartes-flow-parameters")

    def fill(self, widgets: Mapping[str, Linked | None]) -> None:
        """Show these widgets of parameters, in their order."""
        before = self._own
        titles = [ipywidgets.HTML(f"<b>{html.escape(self._title())}</b>")] if self._title else []
        rows = {
            name: ipywidgets.Label(f"{name}: no widget for values of this type")
            for name, widget in widgets.items()
            if widget is None
        }
        self._own = [*titles, *rows.values()]
        self.children = (
            *titles,
            *(rows[name] if widget is None else shown(widget) for name, widget in widgets.items()),
        )
        _end(before)

    def close(self) -> None:
        """End the panel; the widgets of the parameters live on."""
        self.children = ()
        _end(self._own)
        close_parts(self)
        super().close()


def _end(parts: Iterable[ipywidgets.Widget]) -> None:
    for part in parts:
        close_parts(part)
        part.close()
