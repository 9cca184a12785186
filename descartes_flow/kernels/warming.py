"""Loading the compiled kernels, in the background."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from descartes_flow.kernels.composites import ordered, streamed
from descartes_flow.kernels.difference import normalized_difference
from descartes_flow.kernels.gather import gather
from descartes_flow.kernels.kernel import Kernel
from descartes_flow.kernels.painting import find_levels
from descartes_flow.kernels.placing import find_nearest, number_pixels
from descartes_flow.kernels.scenes import compose

KERNELS = (
    *(find_nearest, number_pixels, gather["uint16"], find_levels, normalized_difference, compose["uint16"]),
    *(gather["float32"], compose["float32"], ordered, streamed, gather["float64"], compose["float64"]),
)
"""All of them, in the order in which a first map needs them."""

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_now = threading.Event()
_thread: threading.Thread | None = None


def warm(within: float = 0.0) -> None:
    """Begin to load the compiled kernels, unless that was begun; returns at once.

    While numba is imported other threads run several times slower. Whoever expects something short to be
    asked for at once gives it that much time; what then calls this again begins without more delay.

    numba keeps compiled code beside the package or, where that cannot be written, in the user's cache folder
    (``NUMBA_CACHE_DIR`` names another). Without a numba that works, numpy does all; that is told once.

    Parameters
    ----------
    within : float
        Seconds in which it may begin.
    """
    global _thread
    if not within:
        _now.set()
    with _lock:
        if _thread is None:
            # Not a daemon: the interpreter must not end below a compiler that runs.
            _thread = threading.Thread(target=_compile_all, args=(within,), name="descartes-flow-kernels")
            _thread.start()


def wait(wanted: Sequence[Kernel] | None = None) -> None:
    """Load the compiled kernels now; returns when those that are wanted are there, or all, or cannot be."""
    warm()
    assert _thread is not None, "warm has started it"
    while _thread.is_alive() and any(kernel.compiled is None for kernel in wanted or KERNELS):
        _thread.join(0.05)


def ready() -> bool:
    """Whether all kernels are compiled."""
    return all(kernel.compiled is not None for kernel in KERNELS)


def _compile_all(within: float) -> None:
    _now.wait(within)
    try:
        for kernel in KERNELS:
            if threading.main_thread().is_alive():  # else the interpreter is ending
                kernel.compile()
    except (ImportError, OSError) as error:  # numba is missing or broken, or does not know this numpy
        _log.warning("numba cannot be used, so maps and composites are several times slower: %s", error)
