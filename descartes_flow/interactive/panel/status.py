"""What the tiles of a layer are doing, in its row."""

from __future__ import annotations

import ipywidgets

from ..buttons import icon_button
from ..closing import close_parts
from ..layer import WorkflowsLayer
from ..tiles.progress import TileProgress

INSTANT = 0.05
"""Seconds below which nobody waits, as when the browser had the tiles already."""


class StatusLine(ipywidgets.HBox):  # type: ignore[misc]
    """How many tiles of the view are there, a bar, and a button that stops them; takes no room while quiet.

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
        layer.observe(self._show, "progress")
        self._show()

    def close(self) -> None:
        """Let go of the layer."""
        if self.comm is None:
            return  # closed before
        self.layer.unobserve(self._show, "progress")
        close_parts(self)
        super().close()

    def _show(self, change: object = None) -> None:
        progress = self.layer.progress
        bar = _bar(progress) if progress.under_way else ""
        self._text.value = f"<span>{summary(progress)}</span>{bar}"
        self._stop.layout.display = None if progress.under_way else "none"


def summary(progress: TileProgress) -> str:
    """A few words on the tiles of a view.

    Examples
    --------
    >>> summary(TileProgress(done=12, wanted=30, failed=2, seconds=1.43, under_way=16))
    '12/30 · 1.4 s · 2 failed'
    >>> summary(TileProgress(done=30, wanted=30, seconds=2.12))
    '30 · 2.1 s'
    >>> summary(TileProgress(done=12, wanted=30, seconds=1.43))
    '12/30 · stopped'
    >>> summary(TileProgress())
    ''
    """
    if not progress.wanted:
        return ""
    ended = not progress.under_way
    if ended and not progress.done and not progress.failed:
        return ""  # nobody has asked for a tile
    whole = progress.done == progress.wanted and ended
    parts = [str(progress.done) if whole else f"{progress.done}/{progress.wanted}"]
    if ended and progress.done + progress.failed < progress.wanted:
        parts.append("stopped")
    elif progress.seconds >= INSTANT:
        parts.append(f"{progress.seconds:.1f} s")
    if progress.failed:
        parts.append(f"{progress.failed} failed")
    return " · ".join(parts)


def _bar(progress: TileProgress) -> str:
    share = (progress.done + progress.failed) / max(progress.wanted, 1)
    return f'<div class="descartes-flow-progress"><i style="width: {share:.0%}"></i></div>'
