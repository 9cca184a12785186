"""Before anything is timed, whether all give the same picture."""

from typing import NamedTuple

import numpy as np

from benchmarks.looks import pixels_of
from benchmarks.peers.peer import Values


class Disagreement(Exception):
    """Two ways to do the work give different results: their times cannot be compared."""


class Tolerance(NamedTuple):
    """How far two pictures may be apart."""

    levels: float
    """Of 255, in the most different colour of a pixel; for values, in their own unit."""

    share: float
    """Of the pixels that must be that close."""

    masks: float = 0.999
    """Of the pixels that must be shown by both or by neither."""


SAME_GRID = Tolerance(2, 0.999)
"""Both resample full resolution pixels bilinearly; what is left are truncated against rounded colours."""

COLOURED = Tolerance(3, 0.98)
"""As `SAME_GRID`, where a step of the colormap can be three levels of one colour."""

OVERVIEW = Tolerance(12, 0.95, 0.995)
"""Both read the same overview, but GDAL widens its kernel when it reduces, and we do not."""

OWN_PIXELS = Tolerance(1e-6, 1.0)
"""NDVI without resampling, in float32 against float64."""

RESAMPLED = Tolerance(0.01, 0.98)
"""NDVI of resampled bands: the peers round them to whole stored steps, which matters over dark water, and
their coordinates may be off by an eighth of a pixel, which matters at edges of fields; ours are exact."""


def check_pictures(workload: str, ours: bytes, name: str, theirs: bytes, tolerance: Tolerance) -> None:
    """Compare two PNGs.

    Raises
    ------
    Disagreement
        If they differ by more than is tolerated, or show nothing at all.
    """
    a, b = pixels_of(ours).astype(int), pixels_of(theirs).astype(int)
    apart = np.abs(a - b)[..., :3].max(axis=-1)
    _check(f"{workload}: {name}", apart, a[..., 3] > 0, b[..., 3] > 0, tolerance)


def check_values(workload: str, ours: Values, name: str, theirs: Values, tolerance: Tolerance) -> None:
    """Compare two results; raises as `check_pictures` does."""
    apart = np.abs(ours.data - theirs.data)
    _check(f"{workload}: {name}", apart, ~ours.hidden, ~theirs.hidden, tolerance)


def _check(
    what: str,
    apart: np.ndarray,
    ours: np.ndarray,
    theirs: np.ndarray,
    tolerance: Tolerance,
) -> None:
    both = ours & theirs
    if not both.any():
        raise Disagreement(f"{what}: no pixel is shown by both")
    masks = float((ours == theirs).mean())
    share = float((apart[both] <= tolerance.levels).mean())
    if masks < tolerance.masks or share < tolerance.share:
        raise Disagreement(
            f"{what}: {share:.2%} of the pixels are within {tolerance.levels:g} "
            f"(wanted {tolerance.share:.2%}), {masks:.3%} are masked alike (wanted {tolerance.masks:.3%})"
        )
