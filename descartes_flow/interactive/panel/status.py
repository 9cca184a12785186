"""What the tiles of a layer are doing, in its row."""

from __future__ import annotations

import ipywidgets

from ..buttons import icon_button
from ..closing import close_parts
from ..layer import WorkflowsLayer
from ..tiles.progress import TileProgress

INSTANT = 0.05
"""Seconds below which nobody waits, as when the browser had the tiles already."""

FOLLOWED = ["progress", "content"]

NO_IMAGE = ("no image", "a parameter has no value, or one that does not fit, which the log tells")


class StatusLine(ipywidgets.HBox):  # type: ignore[misc]
    """How far the tiles of the view are, a bar, and a button that stops them; then how long they took.

    Parameters
    ----------
    layer : WorkflowsLayer
    """

    def __init__(self, layer: WorkflowsLayer) -> None:
        self.layer = layer
        self._text = ipywidgets.HTML()
        self._stop = icon_button("stop-circle-o", "Stop loading tiles", layer.cancel_tiles)
        super().__init__((self._text, self._stop))
        self.add_class("descartes-flow-status")
        layer.observe(self._show, FOLLOWED)
        self._show()

    def close(self) -> None:
        """Let go of the layer."""
        if self.comm is None:
            return  # closed before
        self.layer.unobserve(self._show, FOLLOWED)
        close_parts(self)
        super().close()

    def _show(self, change: object = None) -> None:
        progress = self.layer.progress
        bar = _bar(progress) if progress.under_way else ""
        told, why = summary(progress), explanation(progress)
        if not self.layer.content:
            told, why = NO_IMAGE
        self._text.value = f'<span title="{why}">{told}</span>{bar}' if told else bar
        self._stop.layout.display = None if progress.under_way else "none"


def summary(progress: TileProgress) -> str:
    """A few words on the tiles of a view; none where all are there and nobody had to wait.

    Examples
    --------
    >>> summary(TileProgress(done=12, wanted=30, failed=2, seconds=1.43, under_way=16))
    '12/30 · 1.4 s · 2 failed'
    >>> summary(TileProgress(done=30, wanted=30, seconds=2.12))
    '2.1 s'
    >>> summary(TileProgress(done=12, wanted=30, seconds=1.43))
    '12/30 · stopped'
    >>> summary(TileProgress())
    ''
    """
    ended = not progress.under_way
    if not progress.wanted or (ended and not progress.done and not progress.failed):
        return ""  # nobody has asked for a tile
    missing = progress.wanted - progress.done
    parts = [f"{progress.done}/{progress.wanted}"] if missing or not ended else []
    if ended and missing > progress.failed:
        parts.append("stopped")
    elif progress.seconds >= INSTANT:
        parts.append(f"{progress.seconds:.1f} s")
    if progress.failed:
        parts.append(f"{progress.failed} failed")
    return " · ".join(parts)


def explanation(progress: TileProgress) -> str:
    """What the words of `summary` stand for.

    Examples
    --------
    >>> explanation(TileProgress(done=30, wanted=30, seconds=2.12))
    '30 of 30 tiles of the view, in 2.1 seconds'
    """
    failed = f"; {progress.failed} failed, the log tells why" if progress.failed else ""
    return (
        f"{progress.done} of {progress.wanted} tiles of the view, in {progress.seconds:.1f} seconds{failed}"
    )


def _bar(progress: TileProgress) -> str:
    share = (progress.done + progress.failed) / max(progress.wanted, 1)
    return f'<div class="descartes-flow-progress"><i style="width: {share:.0%}"></i></div>'
