"""Buttons that show a picture instead of a text."""

from collections.abc import Callable

import ipywidgets

ICON_WIDTH = "32px"
"""Of a button in the toolbar."""


def icon_button(icon: str, tooltip: str, act: Callable[[], object]) -> ipywidgets.Button:
    """A button that shows a picture; a screen reader reads its tooltip."""
    button = ipywidgets.Button(icon=icon, tooltip=tooltip)
    button.add_class("descartes-flow-icon")
    button.on_click(lambda _: act())
    return button
