"""`Kernel`: one loop over pixels, compiled once numba is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Kernel:
    """A loop over arrays that is compiled in the background.

    Loading numba and its compiled code takes half a second, compiling it the first time a few. Nobody waits
    for that: until `compile` has run, who needs the loop uses a form in plain numpy that gives the same bits.

    Parameters
    ----------
    loop : callable
        Plain Python that numba can compile; no closures, arrays of one exact layout.
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
            normalised: Any = numba.core.sigutils.normalize_signature
            types, result = normalised(self.signature)
            arguments = [
                kind.copy(readonly=True)
                if place < self.reads and isinstance(kind, numba.types.Array)
                else kind
                for place, kind in enumerate(types)
            ]
            try:
                self.compiled = numba.njit(result(*arguments), nogil=True, cache=True)(self.loop)
            except (
                RuntimeError,
                OSError,
            ):  # no folder that can be written, or no room: each process compiles
                self.compiled = numba.njit(result(*arguments), nogil=True)(self.loop)


def kernel(signature: str, reads: int = 0) -> Callable[[Callable[..., Any]], Kernel]:
    """Make a `Kernel` of the decorated loop."""
    return lambda loop: Kernel(loop, signature, reads)
