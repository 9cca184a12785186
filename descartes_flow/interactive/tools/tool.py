"""`Tool`: what a button in the toolbar of a map turns on and off."""

from __future__ import annotations

import threading
from typing import Any as AnyValue
from typing import ClassVar

import ipyleaflet
import ipywidgets
import traitlets

from ..buttons import icon_button
from ..closing import close_parts
from ..map import Map


class Tool(traitlets.HasTraits):
    """A tool of a map; while it is active it may show a card on the map.

    A kind of tool defines `name`, `icon`, `title`, and `start` and `stop`, which are never called at the same
    time, though in any thread.

    Parameters
    ----------
    map : Map

    Attributes
    ----------
    active : bool
        Whether it is in use; setting it starts and stops the tool.
    """

    name: ClassVar[str]
    """What code calls it: ``wf.map.tools["inspector"]``."""

    icon: ClassVar[str]
    """One of the Font Awesome 4 icons that JupyterLab has."""

    title: ClassVar[str]
    """What it does, as a tooltip and as heading of its card."""

    position: str = "bottomright"
    """Corner of the map where the card is shown."""

    takes_clicks: ClassVar[bool] = False
    """Whether clicks on the map are meant for it; only one such tool is active at a time."""

    begins_active: ClassVar[bool] = False
    """Whether it is in use as soon as the map is displayed."""

    active = traitlets.Bool(False)

    def __init__(self, map: Map) -> None:
        super().__init__()
        self.map = map
        self._card: ipyleaflet.WidgetControl | None = None
        self._started = False
        self._lock = threading.RLock()  # one switch at a time
        self.observe(self._switch, "active")

    def start(self) -> ipywidgets.Widget | None:
        """Begin; what is returned is shown in a card on the map, and ended with it."""
        return None

    def stop(self) -> None:
        """Let go of the map; the card is taken away after that."""

    def close(self) -> None:
        """End the tool for good."""
        self.active = False
        self.unobserve_all()

    def _switch(self, change: AnyValue) -> None:
        with self._lock:
            if self.active == self._started:
                return  # switched back meanwhile, by another thread
            self._started = self.active
            if self._started:
                content = self.start()
                if content is not None:
                    self._card = self._control(content)
                    self.map.add(self._card)
            else:
                self.stop()
                card, self._card = self._card, None
                if card is not None:
                    if card in self.map.controls:  # not after `Map.clear`
                        self.map.remove(card)
                    close_parts(card.widget)
                    card.widget.close()
                    card.close()

    def _control(self, content: ipywidgets.Widget) -> ipyleaflet.WidgetControl:
        """The card: `content` in a frame."""
        return ipyleaflet.WidgetControl(widget=self._framed(content), position=self.position)

    def _framed(self, content: ipywidgets.Widget) -> ipywidgets.Widget:
        """`content` below a heading with a button that turns the tool off."""
        heading = ipywidgets.Label(self.title)
        heading.add_class("descartes-flow-heading")
        away = icon_button("times", f"Close: {self.title}", lambda: self.set_trait("active", False))
        card = ipywidgets.VBox((ipywidgets.HBox((heading, away)), content))
        card.children[0].add_class("descartes-flow-titlebar")
        card.add_class("descartes-flow-card")
        return card
