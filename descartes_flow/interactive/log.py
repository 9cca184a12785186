"""What the layers of a map have to say."""

import threading
from typing import NamedTuple

import ipywidgets

from .closing import close_parts
from .coalescing import Coalescer

MOST_LINES = 200


class Line(NamedTuple):
    """One line of a log: who says it, how bad it is, what it says."""

    source: str
    level: str
    text: str


class Log:
    """Lines of layers, oldest first, each distinct one once; shown in a widget.

    Safe on any thread: the widget's outputs are set as a whole, never through its context manager, which
    would redirect whatever another thread prints meanwhile.

    Attributes
    ----------
    output : ipywidgets.Output
        Shows the lines as ``name: LEVEL - message``.
    """

    def __init__(self) -> None:
        self.output = ipywidgets.Output()
        self._lock = threading.Lock()
        self._lines: dict[Line, str] = {}  # with the name that the source had
        self._showing = Coalescer(self._show)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as they are shown."""
        with self._lock:
            return tuple(
                f"{name}: {line.level} - {line.text}" if name else f"{line.level} - {line.text}"
                for line, name in self._lines.items()
            )

    def add(self, source: str, level: str, text: str, name: str = "") -> None:
        """Say `text`, unless `source` has said it already.

        Parameters
        ----------
        source : str
            Id of the layer.
        level : {"INFO", "WARNING", "ERROR"}
        text : str
        name : str
            Name of the layer now.
        """
        with self._lock:
            line = Line(source, level, text)
            if line in self._lines:
                return
            self._lines[line] = name
            while len(self._lines) > MOST_LINES:
                del self._lines[next(iter(self._lines))]
        self._showing.request()

    def forget(self, source: str, level: str | None = None) -> None:
        """Drop what `source` said, or only what it said at one level; it may say it again."""
        with self._lock:
            before = len(self._lines)
            self._lines = {
                line: name
                for line, name in self._lines.items()
                if line.source != source or level not in (None, line.level)
            }
            changed = len(self._lines) < before
        if changed:
            self._showing.request()

    def clear(self) -> None:
        """Drop all lines."""
        with self._lock:
            self._lines.clear()
        self._showing.request()

    def close(self) -> None:
        """Take the widget away."""
        self._showing.close()
        close_parts(self.output)
        self.output.close()

    def _show(self) -> None:
        text = "".join(f"{line}\n" for line in self.lines)
        stream = {"output_type": "stream", "name": "stdout", "text": text}
        self.output.outputs = (stream,) if text else ()
