"""Relief shaped by its rivers: heights, slopes and drainage of a place.

A landscape in which uplift and erosion balance rises along every stream with a slope that falls as the stream
grows. Heights are therefore the cheapest ways to the outlets, where a step costs
``uplift * area ** -CONCAVITY``; streams and heights are found in turns.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from descartes_flow.catalog.invented.frames import Frame
from descartes_flow.catalog.invented.noise import Field, Mask, enlarge, fractal, generator

CONCAVITY = 0.42
"""How fast streams flatten as they grow; rivers of the world have 0.4 to 0.5."""

HILLSIDE = 0.25
"""Land of less km2 carries no stream; its slopes are as steep as those of the smallest stream."""

GATE = 100.0
"""Where streams of more km2 leave a part of a place, water leaves its finer relief."""

NEIGHBOURS = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))
DIAGONAL = np.float32(np.sqrt(2.0))
FAR = np.float32(1e9)
TURNS = 3
MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Relief:
    """Heights and drainage on a square lattice."""

    height: Field
    """Metres."""

    area: Field
    """Land that drains through each cell, in km2."""

    downstream: NDArray[np.intp]
    """Flat index of the cell that each cell drains into; an outlet holds its own."""

    pixel: float
    """Side of a cell in metres."""


def _shifted(padded: Field, step: tuple[int, int]) -> Field:
    rows, columns = padded.shape[0] - 2, padded.shape[1] - 2
    return padded[1 + step[0] : 1 + step[0] + rows, 1 + step[1] : 1 + step[1] + columns]


def _sweep(height: Field, rise: Field) -> None:
    """Lower each row, in place and in turn, to what can be reached from the row before it."""
    for before, row, step in zip(height, height[1:], rise[1:], strict=False):
        across = np.minimum(before[:-2], before[2:])
        across += DIAGONAL * step
        np.minimum(across, before[1:-1] + step, out=across)
        np.minimum(row[1:-1], across, out=row[1:-1])


def _climb(rise: Field, outlets: Mask, base: Field) -> Field:
    """Heights of the cheapest ways up from the outlets, where entering a cell costs its `rise` per side."""
    height = np.full((rise.shape[0] + 2, rise.shape[1] + 2), FAR, dtype=np.float32)
    inner = height[1:-1, 1:-1]
    inner[outlets] = base[outlets]
    costs = np.pad(rise, 1, constant_values=FAR)
    for _ in range(MOST_ROUNDS):
        known = inner.copy()
        for heights, steps in ((height, costs), (height.T, costs.T)):
            _sweep(heights, steps[:, 1:-1])
            _sweep(heights[::-1], steps[::-1, 1:-1])
        if np.array_equal(inner, known):
            break
    return inner.copy()


def _downstream(height: Field) -> NDArray[np.intp]:
    """Where each cell drains: its steepest lower neighbour, or itself."""
    columns = height.shape[1]
    padded = np.pad(height, 1, constant_values=FAR)
    steepest = np.zeros_like(height)
    own = np.arange(height.size).reshape(height.shape)
    target = own.copy()
    for step in NEIGHBOURS:
        drop = (height - _shifted(padded, step)) / (1 if 0 in step else DIAGONAL)
        better = drop > steepest
        steepest = np.where(better, drop, steepest)
        target = np.where(better, own + step[0] * columns + step[1], target)
    return np.asarray(target.ravel(), dtype=np.intp)


def _accumulate(downstream: NDArray[np.intp], own: Field) -> Field:
    """Sum of `own` over everything upstream of each cell, itself included."""
    hops = (downstream != np.arange(downstream.size)).astype(np.int32)
    jump = downstream
    while hops[jump].any():  # pointer doubling: each turn looks twice as far downstream
        hops = hops + hops[jump]
        jump = jump[jump]
    order = np.argsort(hops, kind="stable")
    starts = np.searchsorted(hops[order], np.arange(1, int(hops.max()) + 2))
    total = own.astype(np.float64).ravel()
    for first, last in zip(starts[-2::-1], starts[:0:-1], strict=True):  # the farthest cells first
        cells = order[first:last]
        np.add.at(total, downstream[cells], total[cells])
    return total.reshape(own.shape).astype(np.float32)


def raise_land(uplift: Field, outlets: Mask, base: Field, inflow: Field, pixel: float, seed: str) -> Relief:
    """Relief of a place.

    Parameters
    ----------
    uplift : numpy.ndarray
        Slope of streams that drain one square kilometre; (y, x).
    outlets : numpy.ndarray
        True where water leaves the place.
    base : numpy.ndarray
        Metres above the sea, used where `outlets` is True.
    inflow : numpy.ndarray
        Land outside the place that drains into it, in km2, where it comes in.
    pixel : float
        Metres.
    seed : str
        Same seed, same relief.
    """
    # Single cells differ too, or streams would follow the rows and columns of the lattice.
    broad = fractal(uplift.shape, generator(seed, "rock"), 1.2)
    rock = np.exp(0.6 * broad + 0.25 * fractal(uplift.shape, generator(seed, "stone"), 0.3))
    steepness: Field = (uplift * rock * pixel).astype(np.float32)
    own = inflow + np.float32((pixel / 1000) ** 2)
    height = _climb(steepness, outlets, base)
    for _ in range(TURNS):
        area = np.maximum(_accumulate(_downstream(height), own), HILLSIDE)
        rise = (steepness * area**-CONCAVITY).astype(np.float32)
        height = _climb(rise, outlets, base)
    downstream = _downstream(height)
    return Relief(height, _accumulate(downstream, own), downstream, pixel)


def refine(relief: Relief, origin: Frame, lattice: Frame, seed: str) -> Relief:
    """Relief of a part on a finer lattice; its rivers come in and go out where they do in the whole.

    Parameters
    ----------
    relief : Relief
        The whole, on the lattice `origin`.
    lattice : Frame
        Cells of the part.
    seed : str
        Same seed, same relief.
    """
    window = lattice.window_in(origin)
    top, bottom, left, right = (round(edge) for edge in window)
    rows, columns = np.indices(origin.shape).reshape(2, -1)
    inside = (rows >= top) & (rows < bottom) & (columns >= left) & (columns < right)
    leaving = inside & ~inside[relief.downstream] & (relief.area.ravel() > GATE)
    entering = ~inside & inside[relief.downstream]
    finer = origin.pixel / lattice.pixel
    row = np.clip((rows + 0.5 - top) * finer, 0, lattice.rows - 1).astype(int)
    column = np.clip((columns + 0.5 - left) * finer, 0, lattice.columns - 1).astype(int)
    outlets = np.zeros(lattice.shape, dtype=bool)
    outlets[row[leaving], column[leaving]] = True
    inflow = np.zeros(lattice.shape, dtype=np.float32)
    gates = relief.downstream[entering]
    np.add.at(inflow, (row[gates], column[gates]), relief.area.ravel()[entering])
    base = enlarge(relief.height, lattice.shape, window)
    area = np.exp(enlarge(np.log(relief.area), lattice.shape, window))
    slope = np.hypot(*np.gradient(base, lattice.pixel))
    uplift = np.clip(slope * area**0.3, 0.01, 0.3).astype(np.float32)
    return raise_land(uplift, outlets, base, inflow, lattice.pixel, seed)
