"""What the first tile needs, got ready while the map is still being drawn."""

import logging
import threading

from descartes_flow import kernels
from descartes_flow._settings import settings
from descartes_flow.errors import DescartesFlowError
from descartes_flow.render.workers.pool import WORKERS

SOON = 0.3
"""Seconds after which a browser has asked for the tiles of a layer on a map that is on the screen."""

_log = logging.getLogger(__name__)


def warm() -> None:
    """Begin to get ready; returns at once.

    Worker processes are started where tiles come from them. Else this process loads the compiled kernels,
    after its first tile if one is asked for soon. To call it again costs next to nothing.
    """
    if settings.worker_processes:
        # Not a daemon: the interpreter must not end in the middle of a start, and nothing here takes long.
        threading.Thread(target=_start_workers, name="descartes-flow-warming").start()
    else:
        kernels.warm(within=SOON)


def _start_workers() -> None:
    try:
        WORKERS.prepare()
    except DescartesFlowError as error:  # the first tile will say so
        _log.info("no worker was started: %s", error)
