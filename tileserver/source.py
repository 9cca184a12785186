"""What the server asks of whoever makes the tiles."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

LayerState = Literal["current", "superseded", "unknown"]
"""What a version of a layer is: the one to show, one that was replaced, or none that the source knows."""

TILE_STATUS = "X-Tile-Status"
"""Header of a response that is a picture, and yet not the tile that was asked for."""

FAILED = "failed"
"""Value of `TILE_STATUS` where the picture tells of an error; such a tile counts as failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TileRequest:
    """One tile of one version of a layer; equal requests are answered by one rendering."""

    layer: str
    version: str
    """As in the URL, without the suffix ``-<n>`` of a forced retry."""

    x: int
    """Column from the west, already within ``0 .. 2**z - 1``."""

    y: int
    """Row from the north, within ``0 .. 2**z - 1``."""

    z: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer to a request."""

    status: int = 200

    body: bytes = b""

    content_type: str = "image/png"

    etag: str | None = None
    """Name of this body, without quotes. A client that has it already gets 304 and no body."""

    cache_control: str = "no-store"

    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers, such as `TILE_STATUS`."""

    @property
    def failed(self) -> bool:
        """Whether this is an error, be it in the shape of a picture."""
        return self.status >= 400 or self.headers.get(TILE_STATUS) == FAILED

    @classmethod
    def refusal(cls, status: int, reason: str, **headers: str) -> "Response":
        """A short text instead of a tile, which no cache keeps."""
        return cls(
            status=status, body=reason.encode(), content_type="text/plain; charset=utf-8", headers=headers
        )


class TileSource(Protocol):
    """Makes tiles."""

    def state(self, layer: str, version: str) -> LayerState:
        """Whether `version` is what `layer` shows now.

        Called several times per tile, on the server's loop: it must not wait, and must not raise.
        """

    def latest(self, layer: str) -> str | None:
        """The version that `layer` shows now; None for an unknown layer. Called like `state`."""

    def render_tile(self, request: TileRequest, cancelled: Callable[[], bool]) -> Response:
        """The tile; called in a worker thread.

        Once ``cancelled()`` is True nobody waits for the result: return early, with anything. It may raise
        anything; that becomes a line in the log.
        """

    def broken(self, request: TileRequest, error: Exception) -> Response:
        """What is sent instead of a tile upon which `render_tile` raised `error`.

        Called on the server's loop: it must not wait, and must not raise. No cache should keep it.
        """

    def too_slow(self, request: TileRequest, seconds: float) -> Response:
        """What is sent instead of a tile that takes longer than `seconds`; called like `broken`."""

    def held_up(self, request: TileRequest, seconds: float) -> Response:
        """What is sent instead of a tile that cannot begin; called like `broken`.

        Every thread is busy with a tile that takes longer than `seconds`, and does not stop.
        """
