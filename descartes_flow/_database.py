"""One SQLite file, shared by threads and processes: the catalog is one, the store of jobs another.

The database is in WAL mode, which needs a local disk: readers never wait for a writer, and writers wait for
each other. A process that dies in mid-change leaves the file as it was before.
"""

import atexit
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from ._settings import settings
from .errors import DescartesFlowError

_BUSY_SECONDS = 30.0
_IDLE_CONNECTIONS = 8

# A forked child must not close what its parent opened: that would end the parent's locks.
_INHERITED: list[sqlite3.Connection] = []


class Database:
    """A file with a schema, made on first use.

    The state is a stack of idle connections; one that is in use belongs to one thread.

    Parameters
    ----------
    path : Path
        The file; its folder is made if need be.
    schema : sequence of str
        Statements that make an empty file ready.
    version : int
        Kept in the file; one of another version is refused.
    noun : str
        What errors call the file.
    error : type
        What is raised where the file cannot be used.
    """

    def __init__(
        self, path: Path, schema: Sequence[str], version: int, noun: str, error: type[DescartesFlowError]
    ) -> None:
        self.noun = noun
        self.error = error
        self.path = path
        self.schema = schema
        self.version = version
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._process = os.getpid()
        self._closed = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for this thread alone.

        Raises
        ------
        DescartesFlowError
            The `error` of this database, if the file cannot be used: locked for too long, no database, a
            full or read-only disk, ...
        """
        try:
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)
        except sqlite3.Error as error:
            raise self.error(
                f"the {self.noun} {str(self.path)!r} cannot be used: {error}; free or repair it, "
                "move it away, or choose another folder with settings.home"
            ) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction: all that is done with it counts, or nothing after an error."""
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close what is idle now, and what is in use as soon as it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._process != os.getpid():
                _INHERITED.extend(self._idle)
                self._idle, self._process = [], os.getpid()
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.rollback()
        with self._lock:
            if not self._closed and len(self._idle) < _IDLE_CONNECTIONS:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> sqlite3.Connection:
        folder = self.path.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self.error(
                f"the {self.noun}'s folder {str(folder)!r} cannot be made: {error.strerror}; "
                "choose another one with settings.home"
            ) from error
        connection = sqlite3.connect(
            self.path,
            timeout=_BUSY_SECONDS,
            isolation_level=None,  # transactions begin and end where this module says so
            check_same_thread=False,
        )
        try:
            connection.execute(
                "PRAGMA synchronous = NORMAL"
            )  # as safe as FULL in WAL mode but for a power cut
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        version = _version(connection)
        if version == 0:
            _enter_wal_mode(connection)
            connection.execute("BEGIN IMMEDIATE")
            version = _version(connection)
            if version == 0:  # else another process was faster
                for statement in self.schema:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {self.version}")
                version = self.version
            connection.execute("COMMIT")
        if version != self.version:
            raise self.error(
                f"the {self.noun} {str(self.path)!r} has layout {version}, this version of the package "
                f"reads layout {self.version}; use the version that wrote it, or another folder with "
                "settings.home"
            )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _enter_wal_mode(connection: sqlite3.Connection) -> None:
    # SQLite does not wait for other connections here, whatever the timeout.
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


class Closable(Protocol):
    """Something that holds files open."""

    def close(self) -> None:
        """Close them as soon as nobody uses them."""


S = TypeVar("S", bound=Closable)


class AtHome(Generic[S]):
    """The one store of its kind in ``settings.home``, also after that has changed.

    Parameters
    ----------
    make : callable
        The store in a folder.
    """

    def __init__(self, make: Callable[[Path], S]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._home: Path | None = None
        self._store: S | None = None
        atexit.register(self.close)

    def current(self) -> S:
        """The store."""
        home = settings.home.absolute()
        with self._lock:
            if self._store is None or self._home != home:
                if self._store is not None:
                    self._store.close()
                self._store, self._home = self._make(home), home
            return self._store

    def close(self) -> None:
        """Close the store as soon as nobody uses it."""
        if self._store is not None:
            self._store.close()
