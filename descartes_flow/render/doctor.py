"""The condition of this process, for reports of faults: versions, workers, threads, caches."""

from __future__ import annotations

import collections
import importlib.metadata
import platform
import re
import threading

from .._channel import __version__
from .._notebook import kernel_shell
from .._settings import settings
from ..engine.run import VALUES
from ..io.blocks import BLOCKS
from ..io.datasets import gdal_version
from .layers import LAYERS
from .pixels import PIXELS
from .workers.pool import WORKERS

PACKAGES = (
    "ipyleaflet",
    "jupyter-leaflet",
    "ipywidgets",
    "jupyterlab-widgets",
    "anywidget",
    "jupyterlab",
    "notebook",
    "jupyter-server",
    "ipykernel",
    "tornado",
    "rasterio",
    "numpy",
    "numba",
    "pillow",
)

MEGABYTE = 1024 * 1024


def version_of(package: str) -> str | None:
    """The installed version of a package; None if there is none."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def misfits(leaflet: str | None, extension: str | None) -> str:
    """What is wrong with the versions of ipyleaflet and of its part for the browser; "" if nothing is.

    Examples
    --------
    >>> misfits("0.20.0", "0.20.1")
    ''
    >>> misfits("0.20.0", "0.19.2")
    'jupyter-leaflet 0.19.2 does not fit ipyleaflet 0.20.0: pip install "jupyter-leaflet==0.20.*"'
    """
    if leaflet is None:
        return 'ipyleaflet is not installed: pip install "descartes-flow[map]"'
    series = ".".join(leaflet.split(".")[:2])
    if extension is not None and ".".join(extension.split(".")[:2]) == series:
        return ""
    found = "is not installed" if extension is None else f"{extension} does not fit ipyleaflet {leaflet}"
    return f'jupyter-leaflet {found}: pip install "jupyter-leaflet=={series}.*"'


def condition() -> list[str]:
    """Lines on packages, processes, threads and caches; nothing in them is secret."""
    versions = {package: version_of(package) for package in PACKAGES}
    told = ", ".join(f"{package} {version or 'missing'}" for package, version in versions.items())
    misfit = misfits(versions["ipyleaflet"], versions["jupyter-leaflet"])
    pids = WORKERS.pids()
    running = f"{len(pids)} run, {WORKERS.crashes} crashed"
    return [
        f"descartes-flow {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"packages: {told}; GDAL {gdal_version()}",
        *([f"WARNING: {misfit}"] if misfit else []),
        f"kernel: {'none, this is no notebook' if kernel_shell() is None else 'of a notebook'}",
        f"worker processes: {settings.worker_processes} wanted, {running}",
        f"threads: {_threads()}",
        f"caches: {_caches()}",
    ]


def _threads() -> str:
    """Names of threads without their numbers, and how many have each."""
    names = (re.sub(r"[-_ ]*\(?\d+.*", "", thread.name) for thread in threading.enumerate())
    counts = collections.Counter(names)
    return ", ".join(f"{name} x {count}" if count > 1 else name for name, count in sorted(counts.items()))


def _caches() -> str:
    used = {
        "blocks": (BLOCKS.nbytes, settings.block_cache_bytes),
        "values": (VALUES.bytes, settings.value_cache_bytes),
        "pixels of tiles": (PIXELS.bytes, settings.tile_cache_bytes),
        "pictures of tiles": (LAYERS.picture_bytes, settings.picture_cache_bytes),
    }
    told = (
        f"{name} {kept / MEGABYTE:.1f} of {limit / MEGABYTE:.0f} MB" for name, (kept, limit) in used.items()
    )
    return ", ".join(told)
