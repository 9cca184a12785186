"""`Kernel`: one loop over pixels, compiled once numba is there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from types import FunctionType
from typing import Any

CODES = {"uint16": "u2", "float32": "f4", "float64": "f8"}
"""Types of source pixels that loops are compiled for, and what numba calls them."""


class Kernel:
    """A loop over arrays that is compiled in the background.

    Loading numba and its compiled code takes half a second, compiling it the first time a few. Nobody waits
    for that: until `compile` has run, who needs the loop uses a form in plain numpy that gives the same bits.

    Parameters
    ----------
    loop : callable
        Plain Python that numba can compile; no closures, arrays of one exact layout. Plain functions that it
        calls are compiled with it.
    signature : str
        Types of result and arguments as numba writes them, such as ``"void(f8[::1], i8)"``.
    reads : int
        How many arguments, the first ones, are never written to and so may be read-only.
    """

    def __init__(self, loop: Callable[..., Any], signature: str, reads: int) -> None:
        self.loop = loop
        self.signature = signature
        self.reads = reads
        self.compiled: Callable[..., Any] | None = None

    def run(self, *args: Any) -> Any:
        """What the compiled loop gives; only after `compile`."""
        assert self.compiled is not None, "the caller has looked"
        return self.compiled(*args)

    def compile(self) -> None:
        """Load the compiled loop from numba's cache on disk, or compile it."""
        import numba

        if self.compiled is None:
            loop = _with_callees(self.loop, numba.njit)
            normalised: Any = numba.core.sigutils.normalize_signature
            types, result = normalised(self.signature)
            arguments = [
                kind.copy(readonly=True)
                if place < self.reads and isinstance(kind, numba.types.Array)
                else kind
                for place, kind in enumerate(types)
            ]
            try:
                self.compiled = numba.njit(result(*arguments), nogil=True, cache=True)(loop)
            except (
                RuntimeError,
                OSError,
            ):  # no folder that can be written, or no room: each process compiles
                self.compiled = numba.njit(result(*arguments), nogil=True)(loop)


def _with_callees(loop: Callable[..., Any], njit: Callable[..., Any]) -> FunctionType:
    """The same loop, but instead of plain functions that it calls by name it calls compiled ones.

    numba keeps compiled code by the loop's name and the time of its file, so the name tells what the loop
    takes from elsewhere.
    """
    used = {name: loop.__globals__[name] for name in loop.__code__.co_names if name in loop.__globals__}
    callees = {
        name: _with_callees(value, njit) for name, value in used.items() if isinstance(value, FunctionType)
    }
    compiled = {name: njit(callee) for name, callee in callees.items()}
    copy = FunctionType(loop.__code__, {**loop.__globals__, **compiled}, loop.__name__)
    taken: list[Any] = [item for item in used.items() if isinstance(item[1], (int, float))]
    for callee in callees.values():
        taken += callee.__qualname__, callee.__code__.co_code, callee.__code__.co_consts
    digest = hashlib.blake2b(repr(taken).encode(), digest_size=8).hexdigest()
    copy.__qualname__, copy.__module__ = f"{loop.__qualname__}_{digest}", loop.__module__
    return copy


def kernel(signature: str, reads: int = 0) -> Callable[[Callable[..., Any]], Kernel]:
    """Make a `Kernel` of the decorated loop."""
    return lambda loop: Kernel(loop, signature, reads)


def by_type(loop: Callable[..., Any], signature: str, reads: int) -> dict[str, Kernel]:
    """Kernels of one loop by the type of its pixels, which stands as ``{}`` in `signature`."""
    return {name: Kernel(loop, signature.format(code), reads) for name, code in CODES.items()}
