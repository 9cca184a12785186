"""`Toolbar`: a button for each tool of a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any as AnyValue

import ipywidgets

from ..buttons import ICON_WIDTH
from ..closing import close_parts
from .tool import Tool


class Toolbar(ipywidgets.HBox):  # type: ignore[misc]
    """Buttons that turn tools on and off, side by side: a column would reach down to the legends.

    Parameters
    ----------
    tools : sequence of Tool
        They end with the toolbar.

    Attributes
    ----------
    tools : mapping of str to Tool
        By name.
    """

    def __init__(self, tools: Sequence[Tool]) -> None:
        self.tools: Mapping[str, Tool] = {tool.name: tool for tool in tools}
        self._buttons: dict[Tool, ipywidgets.ToggleButton] = {}
        for tool in tools:
            button = ipywidgets.ToggleButton(
                tool.active, icon=tool.icon, tooltip=tool.title, layout={"width": ICON_WIDTH}
            )
            # Not a link of traitlets: it fails where two threads press at the same time.
            tool.observe(self._press, "active")
            button.observe(self._pressed, "value")
            tool.observe(self._take_clicks, "active")
            self._buttons[tool] = button
        super().__init__(children=tuple(self._buttons.values()))
        self.add_class("descartes-flow-toolbar")

    def close(self) -> None:
        """End the tools and their buttons."""
        if self.comm is None:
            return  # closed before
        for tool, button in self._buttons.items():
            button.unobserve(self._pressed, "value")
            tool.close()
        close_parts(self)
        super().close()

    def _press(self, change: AnyValue) -> None:
        self._buttons[change.owner].value = change.owner.active

    def _pressed(self, change: AnyValue) -> None:
        for tool, button in self._buttons.items():
            if button is change.owner:
                tool.active = button.value

    def _take_clicks(self, change: AnyValue) -> None:
        """A tool that takes clicks ends the one that took them until now."""
        if change.new and change.owner.takes_clicks:
            for tool in self.tools.values():
                if tool.takes_clicks and tool is not change.owner:
                    tool.active = False
