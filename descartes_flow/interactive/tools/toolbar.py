"""`Toolbar`: a button for each tool of a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any as AnyValue

import ipywidgets
import traitlets

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
        self._links = []
        buttons = []
        for tool in tools:
            button = ipywidgets.ToggleButton(
                tool.active, icon=tool.icon, tooltip=tool.title, layout={"width": ICON_WIDTH}
            )
            self._links.append(traitlets.link((tool, "active"), (button, "value")))
            tool.observe(self._take_clicks, "active")
            buttons.append(button)
        super().__init__(children=buttons)
        self.add_class("descartes-flow-toolbar")

    def close(self) -> None:
        """End the tools and their buttons."""
        if self.comm is None:
            return  # closed before
        for link in self._links:
            link.unlink()
        for tool in self.tools.values():
            tool.close()
        close_parts(self)
        super().close()

    def _take_clicks(self, change: AnyValue) -> None:
        """A tool that takes clicks ends the one that took them until now."""
        if change.new and change.owner.takes_clicks:
            for tool in self.tools.values():
                if tool.takes_clicks and tool is not change.owner:
                    tool.active = False
