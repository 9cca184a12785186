"""In which order tiles that wait are made."""

from typing import Generic, NamedTuple, TypeVar

from tileserver.source import TileRequest

F = TypeVar("F")


class View(NamedTuple):
    """What a map asks for at once: one version of a layer at one zoom."""

    layer: str
    version: str
    z: int


class Waiting(Generic[F]):
    """What waits, by request: the newest view first, and in it first come, first served.

    Were the newest tile first within a view too, the first tiles of a pan would be its last.
    """

    def __init__(self) -> None:
        self._views: dict[View, dict[TileRequest, F]] = {}  # the newest view last; none is empty
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, request: TileRequest, item: F) -> None:
        """Put `item` at the end of its view; `request` does not wait yet."""
        self._views.setdefault(_view(request), {})[request] = item
        self._count += 1

    def next(self) -> F:
        """What to make first; it stays until it is removed. KeyError if nothing waits."""
        return self._first(newest=True)

    def stalest(self) -> F:
        """What to give up first: the oldest of the oldest view. KeyError if nothing waits."""
        return self._first(newest=False)

    def remove(self, request: TileRequest) -> None:
        """Take out what waits for `request`, if anything does."""
        view = _view(request)
        waiting = self._views.get(view, {})
        if request in waiting:
            del waiting[request]
            self._count -= 1
            if not waiting:
                del self._views[view]

    def _first(self, *, newest: bool) -> F:
        if not self._views:
            raise KeyError("nothing waits")
        view = next(reversed(self._views) if newest else iter(self._views))
        return next(iter(self._views[view].values()))


def _view(request: TileRequest) -> View:
    return View(request.layer, request.version, request.z)
