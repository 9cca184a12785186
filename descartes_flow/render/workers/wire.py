"""Messages between two processes of one user, over a pair of pipes."""

import os
import pickle
import struct
import threading
from typing import Any

LENGTH = struct.Struct("!Q")
CHUNK = 1024 * 1024
"""Most bytes that one call reads."""


class Wire:
    """Sends and receives values, each as its length and a pickle.

    A pickle runs code as it is read, so both ends must be ours: the pipes are anonymous, and nobody else
    holds them.

    Parameters
    ----------
    incoming, outgoing : int
        Descriptors of the ends to read from and to write to.
    """

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._unread = bytearray()
        self._sending = threading.Lock()

    def send(self, value: Any) -> None:
        """Send `value`; OSError if the other process has ended."""
        content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        unsent = memoryview(LENGTH.pack(len(content)) + content)
        with self._sending:
            while unsent:
                unsent = unsent[os.write(self._outgoing, unsent) :]

    def receive(self) -> Any:
        """Wait for the next value; EOFError or OSError if the other process has ended."""
        (length,) = LENGTH.unpack(self._read(LENGTH.size))
        return pickle.loads(self._read(length))

    def _read(self, size: int) -> bytes:
        while len(self._unread) < size:
            piece = os.read(self._incoming, CHUNK)  # all that is there: every call hands over the interpreter
            if not piece:
                raise EOFError("the other process has ended")
            self._unread += piece
        content = bytes(self._unread[:size])
        del self._unread[:size]
        return content
