"""Backscatter of the ground at C band, as Sentinel-1 sees it."""

import numpy as np

from descartes_flow.catalog.invented.landscape import Ground
from descartes_flow.catalog.invented.noise import Field
from descartes_flow.catalog.invented.spectra import COVERS

POLARISATIONS = ("vv", "vh")

BACKSCATTER = {
    "water": (0.010, 0.0011),
    "conifer": (0.115, 0.0280),
    "woodland": (0.125, 0.0310),
    "scrub": (0.055, 0.0100),
    "grass": (0.062, 0.0100),
    "dry grass": (0.045, 0.0070),
    "corn": (0.090, 0.0200),
    "soy": (0.080, 0.0160),
    "alfalfa": (0.070, 0.0140),
    "wheat": (0.060, 0.0110),
    "fallow": (0.050, 0.0060),
    "rock": (0.095, 0.0150),
    "sand": (0.022, 0.0030),
    "town": (0.420, 0.0700),
    "pavement": (0.045, 0.0060),
    "marsh": (0.150, 0.0220),
}
"""Linear power (vv, vh) of each cover."""

SPECKLE = 0.27
"""Standard deviation of the logarithm of speckle; about 14 looks."""

SLOPE_EFFECT = 3.2
SHIP = (2.6, 0.35)
SHIPS = 14


def backscatter(ground: Ground, ascending: bool, day: int, random: np.random.Generator) -> Field:
    """Linear power, (polarisation, y, x).

    Slopes that face the sensor are brighter: it looks east on ascending passes, west on descending ones.
    Crops grow brighter in vh; wind roughens open water from day to day, and ships cross it.
    """
    leaf = np.array([cover.greenness(day) for cover in COVERS.values()], dtype=np.float32)
    power = np.array([BACKSCATTER[name] for name in COVERS], dtype=np.float32).T
    growth = np.stack([0.85 + 0.3 * leaf, 0.6 + 0.6 * leaf])
    wind = np.exp(random.normal(0.0, 0.45))
    growth[:, list(COVERS).index("water")] = wind
    moisture = np.float32(np.exp(random.normal(0.0, 0.08)))
    flat = ground.shares[ground.kinds].reshape(len(ground.kinds), -1)
    seen = ((power * growth)[:, ground.kinds] @ flat).reshape(2, *ground.frame.shape) * moisture
    rise = ground.surface.east_rise if ascending else -ground.surface.east_rise
    seen *= np.exp(np.clip(SLOPE_EFFECT * rise, -1.6, 1.6)) * ground.surface.tone
    _sail(seen, ground.share("water"), random)
    speckle = random.standard_normal(seen.shape, dtype=np.float32)
    return np.asarray(seen * np.exp(np.float32(SPECKLE) * speckle - np.float32(SPECKLE**2 / 2)), np.float32)


def _sail(seen: Field, water: Field, random: np.random.Generator) -> None:
    """Put ships on open water: single bright pixels, elsewhere on every date."""
    rows, columns = np.nonzero(water > 0.99)
    if rows.size < 0.05 * water.size:
        return
    chosen = random.integers(0, rows.size, SHIPS)
    seen[:, rows[chosen], columns[chosen]] = np.array(SHIP, dtype=np.float32)[:, None]
