"""Open datasets, each in the hands of one thread at a time."""

import atexit
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import cachetools
import rasterio
from rasterio._err import CPLE_BaseError
from rasterio.errors import RasterioError

from descartes_flow.errors import ReadError, StaleSourceError
from descartes_flow.io.hrefs import DRIVERS, is_remote, refusal, shown
from descartes_flow.io.source import BandSource

GDAL_OPTIONS: dict[str, Any] = {
    # Without it, opening a URL probes for sidecar files while every Python thread stands still.
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    # With more threads, a read after one that failed can give wrong pixels without an error.
    "GDAL_NUM_THREADS": 1,
    "GDAL_HTTP_MAX_RETRY": 3,
    "GDAL_HTTP_RETRY_DELAY": 0.2,
    "GDAL_HTTP_TIMEOUT": 20,
    "GDAL_HTTP_CONNECTTIMEOUT": 5,
    "GDAL_HTTP_MERGE_CONSECUTIVE_RANGES": "YES",
    # Decoded blocks are kept by us; the bytes that they came from need not be kept as well.
    "VSI_CACHE": "FALSE",
}
"""Given to each read by `rasterio.Env`; the environment of the process belongs to the user."""

# Where rasterio does not translate an error of GDAL, it lets this private base class through.
GDAL_ERRORS = (RasterioError, CPLE_BaseError, OSError)


class FileKey(NamedTuple):
    """One level of one state of one file."""

    href: str
    driver: str
    size: int
    modified: int
    level: int | None
    """Index of an overview, or None for full resolution."""

    @classmethod
    def of(cls, source: BandSource, level: int | None) -> "FileKey":
        """Key of the file that holds ``source``."""
        return cls(source.href, source.driver, source.size, source.modified, level)


class Layout(NamedTuple):
    """Shape of one level of a file, and of the blocks in which it is stored."""

    rows: int
    cols: int
    block: tuple[int, int]


class DatasetPool:
    """Open datasets: taken by one thread at a time, closed after any error.

    A handle shared by two threads crashes the process, and one that failed can give wrong pixels later.

    Parameters
    ----------
    limit : int
        Most datasets that stay open. More are open for a moment when more threads than that read at once.
    """

    def __init__(self, limit: int = 64) -> None:
        self.limit = limit
        self._inherited: list[Any] = []
        self.reset()

    def reset(self) -> None:
        """Begin anew in a forked child: neither the parent's locks nor its handles can be used there."""
        self._lock = threading.Lock()
        self._idle: OrderedDict[FileKey, list[Any]] = OrderedDict()
        # Closing a handle takes locks of GDAL, which a thread of the parent may have held: they stay open.
        self._inherited.append(self._idle)
        self._layouts: cachetools.LRUCache[FileKey, Layout] = cachetools.LRUCache(8192)
        self._open = 0

    @property
    def open_count(self) -> int:
        """Number of datasets that are open now, idle or in use."""
        return self._open

    @contextmanager
    def dataset(self, source: BandSource, level: int | None) -> Iterator[Any]:
        """The open dataset of ``source`` at ``level``, for the calling thread alone.

        Raises
        ------
        StaleSourceError
            If the file is not the one that was added: other bytes, time of change or shape.
        ReadError
            If the file is missing, refused, or not what it claims to be; also for what rasterio raises inside
            the ``with`` block.
        """
        key = FileKey.of(source, level)
        with rasterio.Env(**gdal_options(source.href)):
            dataset = self._take(key, source)
            healthy = False
            try:
                yield dataset
                healthy = True
            except GDAL_ERRORS as error:
                raise ReadError(source.item, source.band, what_gdal_said(source.href, error)) from error
            finally:
                self._give_back(key, dataset, healthy)

    def layout(self, source: BandSource, level: int | None) -> Layout:
        """Shape and blocks of ``source`` at ``level``; opens the file the first time for an overview."""
        if level is None:
            return Layout(source.rows, source.cols, source.block)
        key = FileKey.of(source, level)
        with self._lock:
            known = self._layouts.get(key)
        if known is None:
            with self.dataset(source, level) as dataset:
                known = Layout(dataset.height, dataset.width, dataset.block_shapes[0])
            with self._lock:
                self._layouts[key] = known
        return known

    def clear(self) -> None:
        """Close what is idle and forget what is known about files."""
        with self._lock:
            idle = [dataset for datasets in self._idle.values() for dataset in datasets]
            self._idle.clear()
            self._layouts.clear()
            self._open -= len(idle)
        _close(idle)

    def _take(self, key: FileKey, source: BandSource) -> Any:
        try:
            _check_place(source)
        except ReadError:
            self._drop(key)
            raise
        with self._lock:
            datasets = self._idle.get(key)
            if datasets:
                dataset = datasets.pop()
                if not datasets:
                    del self._idle[key]
                return dataset
            self._open += 1
            surplus = self._surplus()
        _close(surplus)
        dataset = None
        try:
            dataset = _open(key, source)
        finally:
            if dataset is None:
                with self._lock:
                    self._open -= 1
        return dataset

    def _give_back(self, key: FileKey, dataset: Any, healthy: bool) -> None:
        with self._lock:
            if healthy:
                self._idle.setdefault(key, []).append(dataset)
                self._idle.move_to_end(key)
                done = self._surplus()
            else:
                self._open -= 1
                done = [dataset]
        _close(done)

    def _drop(self, key: FileKey) -> None:
        with self._lock:
            datasets = self._idle.pop(key, [])
            self._open -= len(datasets)
        _close(datasets)

    def _surplus(self) -> list[Any]:
        """Take out the idle datasets, longest unused first, that are over the limit."""
        taken: list[Any] = []
        while self._open > self.limit and self._idle:
            key = next(iter(self._idle))
            taken.append(self._idle[key].pop(0))
            if not self._idle[key]:
                del self._idle[key]
            self._open -= 1
        return taken


def local_fingerprint(path: str) -> tuple[int, int]:
    """Bytes of a local file and its time of change in nanoseconds; raises OSError if there is none."""
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns


def open_dataset(href: str, driver: str, **how: Any) -> Any:
    """Open a file with the one driver named, after checking that its place may be opened.

    Raises
    ------
    ValueError
        If the place or the driver is refused.
    RasterioError
        As rasterio says.
    """
    reason = refusal(href)
    if reason:
        raise ValueError(reason)
    if driver not in DRIVERS:
        raise ValueError(f"expected a driver of {sorted(DRIVERS)}, got {driver!r}")
    # sharing=False: GDAL would hand one handle to two threads that open the same name.
    return rasterio.open(href, driver=driver, sharing=False, **how)


def gdal_options(href: str) -> dict[str, Any]:
    """Options of GDAL for reading ``href``."""
    if not is_remote(href):
        return GDAL_OPTIONS
    scheme, _, place = href.partition("://")
    name = f"/vsicurl/{href}" if scheme.startswith("http") else f"/vsi{scheme}/{place}"
    # GDAL remembers a failure of a URL as long as the process lives, unless it is told not to.
    return {**GDAL_OPTIONS, "CPL_VSIL_CURL_NON_CACHED": name}


def gdal_version() -> str:
    """The version of GDAL that rasterio brings."""
    return str(rasterio.__gdal_version__)


def _check_place(source: BandSource) -> None:
    """Hold a local file against the fingerprint taken when it was added."""
    if is_remote(source.href) or not (source.size or source.modified):
        return
    try:
        found = local_fingerprint(source.href)
    except (OSError, ValueError) as error:
        raise ReadError(source.item, source.band, str(error)) from error
    if found != (source.size, source.modified):
        reason = (
            f"{source.href} has changed since it was added (then {source.size} bytes, {source.modified} ns; "
            f"now {found[0]} bytes, {found[1]} ns); add it again"
        )
        raise StaleSourceError(source.item, source.band, reason)


def _open(key: FileKey, source: BandSource) -> Any:
    how = {} if key.level is None else {"overview_level": key.level}
    try:
        dataset = open_dataset(key.href, key.driver, **how)
    except GDAL_ERRORS as error:
        raise ReadError(source.item, source.band, what_gdal_said(key.href, error)) from error
    except ValueError as error:
        raise ReadError(source.item, source.band, str(error)) from error
    if key.level is None and dataset.shape != (source.rows, source.cols):
        dataset.close()
        added = (source.rows, source.cols)
        reason = f"{dataset.shape} rows and columns, {added} when it was added; add it again"
        raise StaleSourceError(source.item, source.band, reason)
    return dataset


def what_gdal_said(href: str, error: BaseException) -> str:
    """What GDAL said about ``href``, without the query of a URL."""
    cause = error.__cause__ or error  # rasterio's own text is often "See previous exception for details."
    said = str(getattr(cause, "errmsg", cause))
    return f"{shown(href)}: {said.replace(href, shown(href))}"


def _close(datasets: list[Any]) -> None:
    for dataset in datasets:
        dataset.close()


POOL = DatasetPool()
atexit.register(
    POOL.clear
)  # handles that outlive the interpreter's modules make rasterio 1.5 complain at exit
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=POOL.reset)
