"""Which processes live: each locks a file of its own for as long as it does.

The system frees the lock however the process ends, and no other process can be taken for it, as could happen
with the number of a process. A forked child does not inherit the lock.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import threading
from pathlib import Path
from typing import IO

_HELD: dict[Path, tuple[str, IO[bytes]]] = {}
"""Our token in each folder of locks, and the locked file: to close any handle on it would unlock it."""

_LOCK = threading.Lock()

_INHERITED: list[IO[bytes]] = []
"""Files of a parent process."""


def _begin_as_child() -> None:
    global _LOCK
    _INHERITED.extend(file for _, file in _HELD.values())
    _HELD.clear()
    _LOCK = threading.Lock()  # another thread of the parent may have held it


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_as_child)


def own_token(folder: Path) -> str:
    """The name under which this process is known to live, in a folder of locks that exists."""
    with _LOCK:
        if folder not in _HELD:
            token = secrets.token_hex(16)
            file = open(folder / token, "wb")  # noqa: SIM115 (open as long as the process lives)
            _lock(file)
            _HELD[folder] = token, file
        return _HELD[folder][0]


def is_alive(folder: Path, token: str) -> bool:
    """Whether the process with that token lives; the file of one that does not is removed."""
    with _LOCK:
        if folder in _HELD and _HELD[folder][0] == token:
            return True
        path = folder / token
        try:
            with path.open("r+b") as file:
                _lock(file)
        except FileNotFoundError:
            return False
        except OSError:  # locked by its owner
            return True
        with contextlib.suppress(OSError):
            path.unlink()
        return False


def leave() -> None:
    """Remove our files, as the process ends: nothing that it runs is unfinished any more."""
    for folder, (token, _) in _HELD.items():
        with contextlib.suppress(OSError):
            (folder / token).unlink()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        """Lock a file for this process, or raise OSError."""
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        """Lock a file for this process, or raise OSError."""
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
