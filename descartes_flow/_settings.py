"""`wf.settings`: what a user may tune, in one place.

Each field can also be set by ``DESCARTES_FLOW_<NAME>`` in the environment, read when the package is imported.
"""

import math
import os
import sys
from dataclasses import dataclass, field, fields
from pathlib import Path

MEGABYTE = 1024 * 1024

SWITCH = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}
"""What turns a setting on and off in the environment."""


def _data_folder() -> Path:
    """The platform's folder for data of applications (what platformdirs would give for this one)."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "descartes_flow"


@dataclass
class Settings:
    """Limits, budgets and places; change a field and the next run uses it.

    Examples
    --------
    >>> Settings(threads=2).threads
    2
    >>> Settings(threads=0)
    Traceback (most recent call last):
    ...
    ValueError: settings.threads: expected a number above 0, got 0
    """

    home: Path = field(default_factory=_data_folder)
    """Folder of the catalog, the demo imagery and stored results."""

    threads: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))
    """Threads that read and compute."""

    worker_processes: int = 0
    """Processes that make map tiles, so that neither a busy cell nor a crash holds them up; 0: threads of the
    kernel make them. The processes share out `threads` and the budgets for memory."""

    block_cache_bytes: int = 512 * MEGABYTE
    """Memory for decoded blocks of source files."""

    value_cache_bytes: int = 256 * MEGABYTE
    """Memory for values of costly steps: reads on a grid and reductions over images."""

    tile_cache_bytes: int = 128 * MEGABYTE
    """Memory for computed tiles, apart from their colours: a layer with other colours computes nothing."""

    picture_cache_bytes: int = 64 * MEGABYTE
    """Memory for tiles as they are sent."""

    memory_bytes: int = 4096 * MEGABYTE
    """What one run may hold at once; a run that would need more is refused before it starts."""

    block_size: int = 512
    """Side of the blocks, in pixels, into which a large GeoContext is cut."""

    max_side: int = 32768
    """Longest side of a GeoContext, in pixels."""

    max_read_pixels: int = 128 * MEGABYTE
    """Most source pixels that one read of one band may decode; a band of a whole Sentinel-2 scene fits."""

    max_scenes_per_tile: int = 400
    """Most scenes that one map tile may read."""

    max_tile_pixels: int = 1024 * MEGABYTE
    """Most source pixels that one map tile may decode, of all bands and scenes; some ten seconds of work."""

    tile_seconds: float = 30.0
    """Longest time that one map tile may take."""

    queued_tiles: int = 256
    """Most tiles that wait at once; beyond that the server answers 503."""

    map_snapshot: bool = True
    """Whether a map that is displayed leaves a picture in the notebook, of at most 150 kB, for pages without
    widgets (GitHub, nbconvert). Layers that take longer than about 2 seconds are not in it."""

    background_jobs: int = 2
    """Jobs of ``compute(block=False)`` that run at once; further ones wait for their turn."""

    job_days: float = 10.0
    """How long jobs and their results are kept."""

    job_seconds: float = math.inf
    """Longest time that one run may take; without a limit unless it is set."""

    def __post_init__(self) -> None:
        for option in fields(self):
            self._check(option.name, getattr(self, option.name))

    def __setattr__(self, name: str, value: object) -> None:
        known = [option.name for option in fields(self)]
        if name not in known:
            raise AttributeError(f"settings has no field {name!r}; known: {known}")
        if name == "home":
            value = Path(str(value)).expanduser()
        self._check(name, value)
        object.__setattr__(self, name, value)

    @staticmethod
    def _check(name: str, value: object) -> None:
        if name == "home":
            return
        if name == "map_snapshot":
            if not isinstance(value, bool):
                raise ValueError(f"settings.{name}: expected True or False, got {value!r}")
            return
        if name == "worker_processes":
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise ValueError(f"settings.{name}: expected a whole number, 0 or more, got {value!r}")
            return
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
            raise ValueError(f"settings.{name}: expected a number above 0, got {value!r}")

    @classmethod
    def from_environment(cls) -> "Settings":
        """Settings with the fields that ``DESCARTES_FLOW_<NAME>`` gives.

        Raises
        ------
        ValueError
            If a variable holds something that its field cannot be.
        """
        found = cls()
        for option in fields(cls):
            text = os.environ.get(f"DESCARTES_FLOW_{option.name.upper()}")
            if text is None:
                continue
            if option.name == "home":
                found.home = Path(text)
                continue
            kind = type(getattr(found, option.name))
            try:
                setattr(found, option.name, SWITCH.get(text.lower(), text) if kind is bool else kind(text))
            except ValueError as error:
                raise ValueError(f"DESCARTES_FLOW_{option.name.upper()}={text!r}: {error}") from error
        return found


settings = Settings.from_environment()
