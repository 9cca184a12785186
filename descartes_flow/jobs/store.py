"""The jobs of a user: one SQLite file, and files for large results, in ``settings.home / "jobs"``.

Every process may read and cancel every job; only the one that runs a job writes how far it is, and the first
end that is written is the one that counts. A job whose process is gone is ended by whoever looks at it next.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

from .._database import AtHome, Database
from .._settings import settings
from ..errors import JobCancelled, JobDestination, JobSerialization, JobStoreError, JobTerminated, NotFound
from .encoding import Encoded, decode, encode
from .facts import Facts, now_microseconds
from .processes import is_alive, own_token
from .progress import State, ended
from .work import Work

SCHEMA_VERSION = 1
IN_FILE = 1024 * 1024
"""Results of more bytes than this become files of their own."""

SECONDS_BETWEEN_SWEEPS = 3600.0
HALF_WRITTEN = ".part"

_SCHEMA = (
    """CREATE TABLE jobs (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        process TEXT NOT NULL,                 -- token of the process that runs it
        working TEXT NOT NULL, status TEXT NOT NULL, finished INTEGER NOT NULL, total INTEGER NOT NULL,
        updated INTEGER NOT NULL,
        cancel INTEGER NOT NULL DEFAULT 0,     -- whether somebody wants it to stop
        type TEXT NOT NULL, channel TEXT NOT NULL, version TEXT NOT NULL,
        cache INTEGER NOT NULL, on_error TEXT NOT NULL,
        created INTEGER NOT NULL, expires INTEGER NOT NULL,   -- microseconds since 1970, UTC
        error TEXT,                            -- why it failed, or why its result is not kept
        work TEXT NOT NULL,                    -- object, arguments, area, as JSON
        result BLOB,
        file TEXT                              -- name of the file of a large result
    )""",
    "CREATE INDEX jobs_by_end ON jobs (expires)",
)

_OF_FACTS = tuple(field.name for field in fields(Facts))

_UNFINISHED = "status IN ('PENDING', 'RUNNING')"


@dataclass(frozen=True, slots=True)
class Row:
    """What the store tells about a job."""

    facts: Facts
    process: str
    state: State
    updated: int
    error: Exception | None


class JobStore:
    """The jobs in one folder, made on first use.

    Every method raises JobStoreError where the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._results = folder / "results"
        self._alive = folder / "alive"
        self._database = Database(
            folder / "jobs.sqlite", _SCHEMA, SCHEMA_VERSION, "store of jobs", JobStoreError
        )
        self._swept = -SECONDS_BETWEEN_SWEEPS
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the file as soon as nobody uses it."""
        self._database.close()

    def add(self, facts: Facts, work: Work, state: State) -> None:
        """Enter a job that this process runs; jobs that have expired go on the way."""
        values = (self._prepare(), *state, facts.created, json.dumps(work.to_text()))
        columns = (*_OF_FACTS, "process", "working", "status", "finished", "total", "updated", "work")
        marks = ", ".join("?" * len(columns))
        with self._database.writing() as connection:
            connection.execute(
                f"INSERT INTO jobs ({', '.join(columns)}) VALUES ({marks})", (*astuple(facts), *values)
            )

    def update(self, id: str, state: State) -> bool:
        """Write how far a job is; whether somebody wants it to stop."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE jobs SET working = ?, status = ?, finished = ?, total = ?, updated = ? "
                f"WHERE id = ? AND {_UNFINISHED}",
                (*state, now_microseconds(), id),
            )
            row = connection.execute("SELECT cancel FROM jobs WHERE id = ?", (id,)).fetchone()
        return row is not None and bool(row[0])

    def succeed(self, id: str, state: State, value: Any, limit: float) -> None:
        """Write the end of a job, and its result if that can be kept and has at most `limit` bytes."""
        data, file, error = None, None, None
        try:
            encoded = encode(value)
            if encoded.size > limit:
                raise JobDestination(
                    f"the result was handed out when it was computed; of {encoded.size:,} bytes, it was too "
                    "large to be kept as well: compute it again with resubmit()",
                    id,
                )
            if encoded.size > IN_FILE:
                file = self._write_file(id, encoded)
            else:
                data = encoded.to_bytes()
        except (JobSerialization, JobDestination) as reason:
            error = _error_text(reason)
        self._end(id, state, error, data, file)

    def fail(self, id: str, state: State, error: Exception) -> None:
        """Write the end of a job that has no result."""
        self._end(id, state, _error_text(error), None, None)

    def cancel(self, id: str) -> None:
        """Ask the process that runs a job to stop it; one that has not begun is cancelled at once."""
        reason = _error_text(JobCancelled(f"job {id} was cancelled"))
        with self._database.writing() as connection:
            connection.execute(f"UPDATE jobs SET cancel = 1 WHERE id = ? AND {_UNFINISHED}", (id,))
            connection.execute(
                "UPDATE jobs SET status = 'CANCELLED', updated = ?, error = ? "
                "WHERE id = ? AND status = 'PENDING'",
                (now_microseconds(), reason, id),
            )

    def row(self, id: str) -> Row:
        """What is known about a job.

        Raises
        ------
        NotFound
            If there is no such job.
        """
        found = self._found(id)
        if not found.state.done and not is_alive(self._alive, found.process):
            gone = JobTerminated("the process that ran the job was killed, or crashed", id)
            self.fail(id, ended(found.state, "FAILURE"), gone)
            return self._found(id)
        return found

    def work(self, id: str) -> dict[str, Any]:
        """Object, arguments and area of a job, as `Work.to_text` wrote them."""
        text: dict[str, Any] = json.loads(self._select(id, "work")[0])
        return text

    def result(self, id: str) -> Any:
        """The result of a job that has succeeded."""
        data, file, error = self._select(id, "result, file, error")
        if error is not None:
            raise decode(error.encode())
        return decode(self._results / file if file is not None else data)

    def _prepare(self) -> str:
        """Make the folder, which is the user's own, show that we live, and throw away what has expired."""
        try:
            for folder in (self.folder, self._results, self._alive):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            token = own_token(self._alive)
        except OSError as error:
            raise JobStoreError(
                f"the store of jobs cannot be written: {error}; choose another folder with settings.home"
            ) from error
        with self._lock:
            now = time.monotonic()
            is_due = now - self._swept >= SECONDS_BETWEEN_SWEEPS
            if is_due:
                self._swept = now
        if is_due:
            self.sweep()
        return token

    def sweep(self) -> None:
        """Remove jobs that have expired, files of results that belong to no job, and of processes gone."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM jobs WHERE expires <= ?", (now_microseconds(),))
            kept = {name for (name,) in connection.execute("SELECT file FROM jobs WHERE file IS NOT NULL")}
        hour_ago = time.time() - SECONDS_BETWEEN_SWEEPS  # what is younger may be on its way
        for path in self._results.iterdir():
            with contextlib.suppress(OSError):  # another process was faster
                if path.name not in kept and path.stat().st_mtime < hour_ago:
                    path.unlink()
        for path in self._alive.iterdir():
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < hour_ago:
                    is_alive(self._alive, path.name)

    def _write_file(self, id: str, encoded: Encoded) -> str:
        """Write a large result; a process that dies half-way leaves nothing that looks whole."""
        name = f"{id}.npz"
        part = self._results / (name + HALF_WRITTEN)
        try:
            with part.open("wb") as file:
                encoded.write(file)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._results / name)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise JobDestination(f"the result could not be written: {error}", id) from error
        return name

    def _end(self, id: str, state: State, error: str | None, data: bytes | None, file: str | None) -> None:
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE jobs SET working = ?, status = ?, finished = ?, total = ?, updated = ?, error = ?, "
                f"result = ?, file = ? WHERE id = ? AND {_UNFINISHED}",
                (*state, now_microseconds(), error, data, file, id),
            )

    def _found(self, id: str) -> Row:
        columns = (*_OF_FACTS, "process", "working", "status", "finished", "total", "updated", "error")
        found = self._select(id, ", ".join(columns))
        known, (process, *state, updated, error) = found[: len(_OF_FACTS)], found[len(_OF_FACTS) :]
        facts = replace(Facts(*known), cache=bool(known[_OF_FACTS.index("cache")]))
        failed = error is not None and state[1] != "SUCCESS"
        return Row(facts, process, State(*state), updated, decode(error.encode()) if failed else None)

    def _select(self, id: str, columns: str) -> Sequence[Any]:
        row = None
        if (self.folder / "jobs.sqlite").exists():  # else a mere question would make the file
            with self._database.reading() as connection:
                row = connection.execute(
                    f"SELECT {columns} FROM jobs WHERE id = ? AND expires > ?", (id, now_microseconds())
                ).fetchone()
        if row is None:
            raise NotFound(
                f"there is no job {id!r} in {str(self.folder)!r}; jobs are kept for {settings.job_days:g} "
                "days (settings.job_days), those of compute() only where their id was shown"
            )
        found: Sequence[Any] = row
        return found


def _error_text(error: Exception) -> str:
    return encode(error).text


STORE = AtHome(lambda home: JobStore(home / "jobs"))
"""The jobs in ``settings.home``."""
