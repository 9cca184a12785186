"""Seeded random fields: what relief, cover and clouds are drawn from."""

import zlib

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
Mask = NDArray[np.bool_]
Points = NDArray[np.float64]


def generator(*words: object) -> np.random.Generator:
    """A random generator that depends on nothing but `words`."""
    return np.random.default_rng(zlib.crc32("/".join(map(str, words)).encode()))


def fractal(
    shape: tuple[int, int],
    random: np.random.Generator,
    roughness: float = 2.0,
    longest: float | None = None,
    stretch: tuple[float, float] = (1.0, 1.0),
) -> Field:
    """Noise that repeats at its edges and looks alike at every scale.

    Parameters
    ----------
    shape : tuple of int
        Rows and columns.
    random : numpy.random.Generator
        Where the phases come from.
    roughness : float
        Amplitude falls with frequency to this power: 1 is grainy, 3 is smooth.
    longest : float, optional
        Waves longer than this many pixels are left out.
    stretch : tuple of float
        Along rows and columns: waves are this many times as long.

    Returns
    -------
    numpy.ndarray
        float32 of `shape`, mean 0, standard deviation 1.
    """
    rows, columns = shape
    down = np.fft.fftfreq(rows).astype(np.float32)[:, None] * np.float32(stretch[0])
    right = np.fft.rfftfreq(columns).astype(np.float32)[None, :] * np.float32(stretch[1])
    frequency = np.hypot(down, right)
    frequency[0, 0] = 1.0
    amplitude = frequency**-roughness
    amplitude[frequency < (1.0 / longest if longest else 0.0)] = 0.0
    amplitude[0, 0] = 0.0
    parts = random.standard_normal((2, *amplitude.shape), dtype=np.float32)
    waves = np.fft.irfft2((parts[0] + 1j * parts[1]) * amplitude, s=shape)
    field = waves.astype(np.float32)
    return np.asarray(field / field.std(), dtype=np.float32)


def enlarge(
    field: Field, shape: tuple[int, int], window: tuple[float, float, float, float] | None = None
) -> Field:
    """Cubic (Catmull-Rom) copy of `field` on a finer lattice.

    Parameters
    ----------
    field : numpy.ndarray
        float32 (y, x).
    shape : tuple of int
        Rows and columns of the copy.
    window : tuple of float, optional
        Top, bottom, left, right of the part to copy, in pixels of `field`; the whole when not given.
    """
    top, bottom, left, right = window or (0.0, field.shape[0], 0.0, field.shape[1])
    return _resample(_resample(field, top, bottom, shape[0]).T, left, right, shape[1]).T


def _resample(field: Field, start: float, stop: float, count: int) -> Field:
    """`count` rows, evenly placed between the edges `start` and `stop` (in rows of `field`)."""
    position = start + (np.arange(count) + 0.5) * (stop - start) / count - 0.5
    first = np.floor(position).astype(int)
    t = (position - first).astype(np.float32)[:, None]
    last = len(field) - 1
    before, here, after, beyond = (field[np.clip(first + k, 0, last)] for k in (-1, 0, 1, 2))
    slope, next_slope = (after - before) / 2, (beyond - here) / 2
    gap = here - after
    curve = ((2 * gap + slope + next_slope) * t - 3 * gap - 2 * slope - next_slope) * t + slope
    return np.asarray(here + curve * t, dtype=np.float32)


def block_mean(field: Field, factor: int) -> Field:
    """Mean of each block of `factor` x `factor` pixels; the shape must be a multiple of it."""
    parts = (field[row::factor, column::factor] for row in range(factor) for column in range(factor))
    return np.asarray(sum(parts, np.float32(0)) / np.float32(factor**2), dtype=np.float32)


def logistic(field: NDArray[np.floating]) -> Field:
    """Smooth step from 0 to 1 around 0."""
    return np.asarray(0.5 + 0.5 * np.tanh(field / 2), dtype=np.float32)
