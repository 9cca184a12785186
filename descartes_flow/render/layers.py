"""`LayerTiles`: the tiles of all layers of this process; what the tile server asks."""

from __future__ import annotations

import hashlib
import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tileserver.source import FAILED, TILE_STATUS, LayerState, Response, TileRequest

from .. import kernels
from .._settings import settings
from ..engine.bind import where
from ..engine.bindings import Bindings
from ..engine.caches import SingleFlightCache
from ..engine.compute import Bound, default_runner
from ..engine.run import Runner
from ..errors import DescartesFlowError, JobCancelled, JobDeadlineExceeded, JobOOM, ReadError, TileTooCostly
from ..geo import Grid, Tile, crs, tile_bounds, tile_grid
from ..geo.earth import LONLAT, WEB_MERCATOR
from ..geo.pixels import Pixels
from ..geo.positions import Position
from ..graph import Node
from ..steps.raster import Raster
from .cost import refuse_costly
from .drawing import Drawing
from .locality import extent_note
from .message import message_tile
from .paint import paint
from .picture import Picture, blank
from .pixels import PIXELS, tile_pixels
from .png import encode_png
from .workers.order import Notice, neighbourhood, order_for
from .workers.pool import WORKERS

IMMUTABLE = "private, max-age=3600, immutable"
DEGRADED = "degraded"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TileNote:
    """Something about a tile that the user should know."""

    kind: Literal["error", "skipped", "extent"]
    """error: the tile shows a message. skipped: scenes were left out of it. extent: values depend on it."""

    message: str
    """What happened, with the operation and the user's line where they are known."""

    tile: Tile

    traceback: str = ""

    @property
    def place(self) -> str:
        """The tile and its middle: ``tile 10/210/402, around 35.7465, -106.0840``."""
        x, y = tile_bounds(self.tile).centre
        (lon,), (lat,) = crs.project([x], [y], WEB_MERCATOR, LONLAT)
        return f"tile {self.tile.z}/{self.tile.x}/{self.tile.y}, around {Position(lat, lon)}"


Listener = Callable[[TileNote], None]


class LayerTiles:
    """What each layer shows now, and its tiles; fulfils `tileserver.source.TileSource`, on many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._drawings: dict[str, Drawing] = {}
        self._hearers: dict[str, Listener] = {}
        self._told: dict[str, str] = {}  # by layer, the version of which `extent_note` was told
        self._bindings = Bindings()
        self._pictures: SingleFlightCache[bytes] = SingleFlightCache(
            lambda: settings.picture_cache_bytes, len
        )

    def show(self, layer: str, drawing: Drawing) -> None:
        """Make `drawing` what `layer` shows; versions before it are superseded."""
        with self._lock:
            self._drawings[layer] = drawing

    def forget(self, layer: str) -> None:
        """Remove a layer and its listener."""
        with self._lock:
            self._drawings.pop(layer, None)
            self._hearers.pop(layer, None)
            self._told.pop(layer, None)

    def current(self, layer: str) -> Drawing | None:
        """What a layer shows now."""
        return self._drawings.get(layer)

    def listen(self, layer: str, listener: Listener) -> None:
        """Call `listener` with every note on the layer's tiles, from the thread that renders."""
        with self._lock:
            self._hearers[layer] = listener

    def clear_cache(self) -> None:
        """Forget the tiles that are ready, their pixels, what was bound for them, and what workers keep."""
        self._pictures.clear()
        PIXELS.clear()
        self._bindings.clear()
        WORKERS.tell(Notice.CLEAR)

    @property
    def picture_bytes(self) -> int:
        """Bytes of the tiles that are ready."""
        return self._pictures.bytes

    def state(self, layer: str, version: str) -> LayerState:
        """Whether `version` is what `layer` shows now."""
        drawing = self._drawings.get(layer)
        if drawing is None:
            return "unknown"
        return "current" if drawing.version == version else "superseded"

    def pixels(self, program: Node, tile: Tile, runner: Runner) -> tuple[Raster, Pixels | None]:
        """Metadata and pixels ``(band, y, x)`` of an Image on a tile, from which it is painted in any style.

        Tiles that are kept are not computed again; None for an empty Image. Raises JobInvalid where a tile
        would cost too much, and what binding and running raise.
        """
        grid = tile_grid(tile)
        return tile_pixels(self._affordable(program, grid, runner), grid, runner)

    def latest(self, layer: str) -> str | None:
        """The version that a layer shows now, or showed last if it is hidden; None if it never showed any."""
        drawing = self._drawings.get(layer)
        return None if drawing is None else drawing.version

    def render_tile(self, request: TileRequest, cancelled: Callable[[], bool]) -> Response:
        """The tile, or a picture that says why there is none."""
        drawing = self._drawings.get(request.layer)
        if drawing is None or drawing.version != request.version:
            return Response.refusal(410, "superseded")
        return self.tile(drawing, Tile(x=request.x, y=request.y, z=request.z), cancelled, request.layer)

    def tile(self, drawing: Drawing, tile: Tile, cancelled: Callable[[], bool], layer: str = "") -> Response:
        """A tile of a drawing, which need not be what a layer shows; the listener of `layer` hears of it."""
        runner = default_runner()
        runner.cancelled, runner.skip_errors = cancelled, True
        try:
            return self._rendered(layer, drawing, tile, runner)
        except JobCancelled:
            return Response.refusal(503, "cancelled")
        except TileTooCostly as error:
            text = f"{where(drawing.node)}: tiles are not drawn: {error.limit}"
            self._note(layer, TileNote("error", text, tile))
            return _failed(error)
        except DescartesFlowError as error:
            self._note(layer, TileNote("error", _located(error, drawing), tile, traceback.format_exc()))
            return _failed(error)
        except MemoryError:
            self._note(layer, TileNote("error", f"a tile was given up: {NO_MEMORY}", tile))
            return _message("Out of memory", NO_MEMORY)

    def broken(self, request: TileRequest, error: Exception) -> Response:
        """A picture that says so; what the error says, which may be a path, is for the log only."""
        tile = Tile(x=request.x, y=request.y, z=request.z)
        told = "".join(traceback.format_exception(error))
        text = f"a fault of descartes_flow, to be reported with the details: {type(error).__name__}: {error}"
        self._note(request.layer, TileNote("error", text, tile, told))
        return _message(
            "Fault", f"{type(error).__name__}: an error in descartes_flow; the log has the details"
        )

    def too_slow(self, request: TileRequest, seconds: float) -> Response:
        """A picture that says so."""
        text = (
            f"it takes longer than settings.tile_seconds ({seconds:g} s); zoom in, choose fewer scenes with "
            "dates, filter or limit, or raise the setting before the first map is shown"
        )
        return self._given_up(request, "Too slow", text)

    def held_up(self, request: TileRequest, seconds: float) -> Response:
        """A picture that says so."""
        text = (
            "all settings.threads are held up by tiles that take longer than settings.tile_seconds "
            f"({seconds:g} s); move the map or redraw the layer when they have ended"
        )
        return self._given_up(request, "Busy", text)

    def _given_up(self, request: TileRequest, title: str, text: str) -> Response:
        tile = Tile(x=request.x, y=request.y, z=request.z)
        self._note(request.layer, TileNote("error", f"a tile was given up: {text}", tile))
        return _message(title, text)

    def _rendered(self, layer: str, drawing: Drawing, tile: Tile, runner: Runner) -> Response:
        grid = tile_grid(tile)
        bound = self._affordable(drawing.node, grid, runner)
        self._tell_extent(layer, drawing, bound, tile)
        key = _etag(bound, drawing, grid)
        try:
            body = self._pictures.get(key, lambda: _picture(bound, drawing, grid, runner))
        except _Incomplete as incomplete:
            return self._incomplete(layer, tile, incomplete)
        return Response(body=body, etag=key, cache_control=IMMUTABLE)

    def _affordable(self, program: Node, grid: Grid, runner: Runner) -> Bound:
        bound = self._bindings.get(program, grid, runner)
        refuse_costly(bound.plan, grid)
        return bound

    def _tell_extent(self, layer: str, drawing: Drawing, bound: Bound, tile: Tile) -> None:
        """Say once of each version what depends on the extent."""
        if self._told.get(layer) == drawing.version:
            return
        text = extent_note(drawing.node, bound.plan)
        if text is not None:
            self._told[layer] = drawing.version
            self._note(layer, TileNote("extent", text, tile))

    def _incomplete(self, layer: str, tile: Tile, incomplete: _Incomplete) -> Response:
        for issue in incomplete.issues:
            self._note(layer, TileNote("skipped", str(issue), tile))
        return Response(body=incomplete.body, headers={TILE_STATUS: DEGRADED})

    def _note(self, layer: str, note: TileNote) -> None:
        listener = self._hearers.get(layer)
        if listener is not None:
            listener(note)
        _log.info("tile %s of layer %s: %s", note.tile, layer, note.message)


class _Incomplete(Exception):
    """A tile without some of its scenes: sent, never kept."""

    def __init__(self, body: bytes, issues: list[ReadError]) -> None:
        super().__init__("scenes were skipped")
        self.body = body
        self.issues = issues


def _etag(bound: Bound, drawing: Drawing, grid: Grid) -> str:
    """Name of the tile's bytes: the bound plan, whether there is anything, the looks and the grid."""
    digest = hashlib.blake2b(bound.key + drawing.style.key + grid.key, digest_size=16)
    digest.update(repr(getattr(bound.value, "bands", None)).encode())
    return digest.hexdigest()


def _picture(bound: Bound, drawing: Drawing, grid: Grid, runner: Runner) -> bytes:
    if settings.worker_processes and bound.steps:
        body = _drawn_by_a_worker(bound, drawing, grid, runner)
    else:
        body = encode_png(draw(bound, drawing, grid, runner))
        kernels.warm()  # which the first tile did not want beside it
    if runner.issues:
        raise _Incomplete(body, list(runner.issues))
    return body


def _drawn_by_a_worker(bound: Bound, drawing: Drawing, grid: Grid, runner: Runner) -> bytes:
    order = order_for(bound, drawing.style, grid)
    drawn = WORKERS.draw(order, neighbourhood(grid), runner.cancelled)
    runner.issues.extend(drawn.issues)
    return drawn.body


def draw(bound: Bound, drawing: Drawing, grid: Grid, runner: Runner) -> Picture:
    """The colours of a bound Image on a grid."""
    raster, pixels = tile_pixels(bound, grid, runner)
    if pixels is None:
        return blank(*grid.shape, checks=drawing.style.checkerboard)
    return paint(pixels.data, pixels.mask, drawing.style, raster.bands)


KINDS: tuple[tuple[type[DescartesFlowError], str], ...] = (
    (JobOOM, "Out of memory"),
    (JobDeadlineExceeded, "Too slow"),
    (ReadError, "Cannot be read"),
)
"""What has gone wrong, in two words, by the kind of the error."""

NO_MEMORY = "this machine has none left for it; choose fewer images or bands, or lower settings.threads"


def _located(error: DescartesFlowError, drawing: Drawing) -> str:
    """What an error says, after the operation and the user's line: at least those of the whole imagery."""
    return str(error) if getattr(error, "is_located", False) else f"{where(drawing.node)}: {error}"


def _failed(error: DescartesFlowError) -> Response:
    """A picture that says what kind of error it is, and the next step."""
    if isinstance(error, TileTooCostly):
        return _message(error.kind, error.message)
    title = next((title for kind, title in KINDS if isinstance(error, kind)), "Cannot be drawn")
    text = getattr(error, "message", None) or str(error)
    if isinstance(error, ReadError):  # its reason may hold a path or a signed address
        text = f"{error.what}; the log below the map says why"
    return _message(title, text)


def _message(title: str, text: str) -> Response:
    return Response(body=message_tile(title, text), headers={TILE_STATUS: FAILED})


LAYERS = LayerTiles()
"""The layers of this process."""
