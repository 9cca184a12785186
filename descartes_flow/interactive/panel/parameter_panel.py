"""The widgets of a layer's parameters, one below the other."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping

import ipywidgets

from ..closing import close_parts
from ..widgets import Linked, shown


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
        before, self._own = self._own, []
        if self._title is not None:
            self._own.append(ipywidgets.HTML(_heading(self._title())))
        titles = tuple(self._own)
        self.children = (*titles, *(self._row(name, widget) for name, widget in widgets.items()))
        _end(before)

    def retitle(self) -> None:
        """Show the title as it is now."""
        if self._title is not None and self.children:
            self.children[0].value = _heading(self._title())

    def _row(self, name: str, linked: Linked | None) -> ipywidgets.Widget:
        widget = None if linked is None else shown(linked)
        if widget is not None and getattr(widget, "description", None):
            return widget
        label = ipywidgets.Label(name if widget is not None else f"{name}: no widget")
        self._own.append(label)
        if widget is None:
            return label
        row = ipywidgets.HBox((label, widget))
        row.keeps_children = True
        self._own.append(row)
        return row

    def close(self) -> None:
        """End the panel; the widgets of the parameters live on."""
        self.children = ()
        _end(self._own)
        close_parts(self)
        super().close()


def _heading(title: str) -> str:
    return f"<b>{html.escape(title)}</b>"


def _end(parts: Iterable[ipywidgets.Widget]) -> None:
    for part in parts:
        close_parts(part)
        part.close()
