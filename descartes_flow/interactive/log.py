"""What the layers of a map have to say."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from typing import NamedTuple

MOST_LINES = 200

NUMBER = re.compile(r"(?<![\w.:'\"])\d[\d.,]*(?![\w'\"])")
"""A number that stands alone: no part of a name, and not the line of a file."""


LEVELS = {name: getattr(logging, name) for name in ("DEBUG", "INFO", "WARNING", "ERROR")}
"""How bad things are, as `logging` counts."""


class Line(NamedTuple):
    """Something that was said, and how often."""

    source: str
    """Id of the layer."""

    level: str
    """INFO, WARNING or ERROR."""

    text: str

    name: str = ""
    """What the layer was called."""

    place: str = ""
    """Where on the map it happened first."""

    traceback: str = ""
    """How it came to that, the first time."""

    times: int = 1

    @property
    def key(self) -> tuple[str, str, str]:
        """What lines that are one have in common."""
        return self.source, self.level, self.text if self.level == "INFO" else NUMBER.sub("0", self.text)

    def __str__(self) -> str:
        told = f"{self.level} - {self.text}"
        return f"{self.name}: {told}" if self.name else told


class Log:
    """Lines of layers, oldest first, each distinct one once. Safe on any thread.

    Warnings and errors that differ in numbers only are one line: tiles count differently upon one cause.

    Attributes
    ----------
    entries : tuple of Line
    changed : callable
        Called after each change, in the thread that made it.
    """

    def __init__(self) -> None:
        self.changed: Callable[[], None] = lambda: None
        self._lock = threading.Lock()
        self._lines: dict[tuple[str, str, str], Line] = {}

    @property
    def entries(self) -> tuple[Line, ...]:
        """The lines with all that is known of them."""
        with self._lock:
            return tuple(self._lines.values())

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as text: ``name: LEVEL - message``."""
        return tuple(map(str, self.entries))

    def add(
        self, source: str, level: str, text: str, name: str = "", place: str = "", traceback: str = ""
    ) -> None:
        """Say `text`; where `source` has said it already, it has said it once more.

        Parameters
        ----------
        source : str
            Id of the layer.
        level : {"INFO", "WARNING", "ERROR"}
        text : str
        name : str
            Name of the layer now.
        place : str
            Where on the map it happened.
        traceback : str
        """
        line = Line(source, level, text, name, place, traceback)
        with self._lock:
            known = self._lines.get(line.key)
            if known is not None:
                line = known._replace(text=text, name=name, times=known.times + 1)
            self._lines[line.key] = line
            while len(self._lines) > MOST_LINES:
                del self._lines[next(iter(self._lines))]
        self.changed()

    def forget(self, source: str, level: str | None = None) -> None:
        """Drop what `source` said, or only what it said at one level."""
        with self._lock:
            before = len(self._lines)
            self._lines = {
                key: line
                for key, line in self._lines.items()
                if line.source != source or level not in (None, line.level)
            }
            changed = len(self._lines) < before
        if changed:
            self.changed()

    def clear(self) -> None:
        """Drop all lines."""
        with self._lock:
            self._lines.clear()
        self.changed()
