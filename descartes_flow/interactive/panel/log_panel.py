"""`LogPanel`: the log of a map on the page."""

from __future__ import annotations

import html
import threading

import ipywidgets

from ..buttons import icon_button
from ..closing import close_parts
from ..coalescing import Coalescer
from ..log import Line, Log

MOST_SHOWN = 50
PAUSE = 0.2
"""Seconds between two updates: nobody reads a count that changes faster."""


class LogPanel(ipywidgets.VBox):  # type: ignore[misc]
    """The lines of a log, the newest first, and a button that clears them; not there while there are none.

    Parameters
    ----------
    log : Log
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._closing = threading.Lock()
        heading = ipywidgets.Label("Log")
        heading.add_class("descartes-flow-heading")
        titlebar = ipywidgets.HBox((heading, icon_button("trash-o", "Clear the log", log.clear)))
        titlebar.add_class("descartes-flow-titlebar")
        self._entries: dict[tuple[str, ...], LogEntry] = {}
        self.entries = ipywidgets.VBox()
        self.entries.add_class("descartes-flow-entries")
        super().__init__((titlebar, self.entries), layout={"display": "none"})
        self.add_class("descartes-flow-log")
        self._updates = Coalescer(self._show, PAUSE)
        log.changed = self._updates.request
        self._updates.request()

    def close(self) -> None:
        """Show nothing of the log any more."""
        self._updates.close()
        with self._closing:
            if self.comm is None:
                return  # closed before
            self._log.changed = lambda: None
            close_parts(self)
            super().close()

    def _show(self) -> None:
        """Keep the entries of lines that are still there, so that what is open in them stays open."""
        with self._closing:
            if self.comm is None:
                return
            before, self._entries = self._entries, {}
            for line in reversed(self._log.entries[-MOST_SHOWN:]):
                entry = self._entries[line.key] = before.pop(line.key) if line.key in before else LogEntry()
                entry.show(line)
            self.entries.children = tuple(self._entries.values())
            self.layout.display = None if self._entries else "none"
            for gone in before.values():
                close_parts(gone)
                gone.close()


class LogEntry(ipywidgets.VBox):  # type: ignore[misc]
    """One line, and below it, folded, where it came up first and how."""

    def __init__(self) -> None:
        self.head, self.details = ipywidgets.HTML(), ipywidgets.HTML()
        super().__init__((self.head, self.details))
        self.add_class("descartes-flow-entry")

    def show(self, line: Line) -> None:
        """Show `line`; what has not changed is left alone, for somebody may read it."""
        level = line.level.lower()
        times = f"<small>\N{MULTIPLICATION SIGN} {line.times}</small>" if line.times > 1 else ""
        parts = (f"<b>{level}</b>", f"<i>{html.escape(line.name)}</i>" if line.name else "")
        told = f"<span>{html.escape(line.text)}</span>"
        self.head.value = f'<div class="descartes-flow-{level}">{"".join(parts)}{told}{times}</div>'
        self.details.value = _details(line)
        self.details.layout.display = None if self.details.value else "none"


def _details(line: Line) -> str:
    place = f"<p>First at {html.escape(line.place)}.</p>" if line.place else ""
    traceback = f"<pre>{html.escape(line.traceback)}</pre>" if line.traceback else ""
    if not place and not traceback:
        return ""
    return f"<details><summary>details</summary>{place}{traceback}</details>"
