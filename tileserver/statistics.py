"""How many tiles each layer wanted, and what became of them."""

import threading
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class LayerCounts:
    """Tiles of one layer since the server began: ``wanted - done - failed - cancelled`` are under way."""

    wanted: int = 0
    """Tiles asked for; requests that share a rendering count once."""

    done: int = 0

    failed: int = 0
    """Errors, pictures of errors, tiles that took too long, tiles turned away because the queue was full."""

    cancelled: int = 0
    """Tiles that were superseded, or whose client went away."""

    seconds: float = 0.0
    """Time that worker threads spent on the layer."""


class Statistics:
    """Counts by layer; the server's loop writes them, any thread may read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, LayerCounts] = {}

    def add(
        self,
        layer: str,
        *,
        wanted: int = 0,
        done: int = 0,
        failed: int = 0,
        cancelled: int = 0,
        seconds: float = 0.0,
    ) -> None:
        """Count what has happened; only a tile that is wanted adds a layer, so a forgotten one stays away."""
        with self._lock:
            before = self._counts.get(layer, LayerCounts() if wanted else None)
            if before is None:
                return
            self._counts[layer] = replace(
                before,
                wanted=before.wanted + wanted,
                done=before.done + done,
                failed=before.failed + failed,
                cancelled=before.cancelled + cancelled,
                seconds=before.seconds + seconds,
            )

    def by_layer(self) -> dict[str, LayerCounts]:
        """A snapshot."""
        with self._lock:
            return dict(self._counts)

    def forget(self, layer: str) -> None:
        """Drop what was counted for a layer that is gone."""
        with self._lock:
            self._counts.pop(layer, None)
