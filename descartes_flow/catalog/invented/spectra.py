"""What each land cover reflects, through the year."""

from dataclasses import dataclass

import numpy as np

from descartes_flow.catalog.invented.noise import Field

BANDS = ("coastal-aerosol", "blue", "green", "red", "red-edge", "nir", "swir1", "swir2")
"""Order of the reflectances below."""

WAVELENGTHS = (0.443, 0.482, 0.561, 0.655, 0.704, 0.865, 1.609, 2.201)
"""Centres of `BANDS` in micrometres."""

PATH_RADIANCE = (0.062, 0.043, 0.022, 0.012, 0.010, 0.005, 0.001, 0.0)
"""What clear air adds to each band at the top of the atmosphere."""

SNOW = (0.78, 0.80, 0.81, 0.79, 0.77, 0.68, 0.11, 0.09)
CLOUD = (0.72, 0.71, 0.70, 0.71, 0.72, 0.73, 0.58, 0.44)

Reflectances = tuple[float, float, float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Cover:
    """A kind of land: its reflectances without and with green leaves, and when the leaves are there."""

    bare: Reflectances
    green: Reflectances
    season: tuple[int, int, int, int] = (0, 0, 366, 366)
    """Days of the year: first leaf, full, first decline, gone."""

    def greenness(self, day: int) -> float:
        """Share of full leaf on this day of the year, 0 to 1.

        Examples
        --------
        >>> COVERS["corn"].greenness(15), COVERS["corn"].greenness(215)
        (0.0, 1.0)
        """
        first, full, decline, gone = self.season
        up = np.clip((day - first) / max(full - first, 1), 0, 1)
        down = np.clip((gone - day) / max(gone - decline, 1), 0, 1)
        return float((up * up * (3 - 2 * up)) * (down * down * (3 - 2 * down)))


_SOIL = (0.055, 0.065, 0.090, 0.115, 0.135, 0.175, 0.240, 0.205)
_PALE_SOIL = (0.085, 0.100, 0.140, 0.185, 0.210, 0.255, 0.340, 0.290)
_TWIGS = (0.045, 0.052, 0.072, 0.088, 0.115, 0.185, 0.215, 0.145)
_LEAF = (0.015, 0.018, 0.038, 0.020, 0.100, 0.370, 0.165, 0.070)
_NEEDLE = (0.015, 0.018, 0.034, 0.024, 0.065, 0.215, 0.105, 0.048)
_STRAW = (0.068, 0.082, 0.122, 0.158, 0.192, 0.262, 0.335, 0.250)
_SWARD = (0.030, 0.039, 0.082, 0.060, 0.145, 0.390, 0.225, 0.115)
_CLEAR = (0.030, 0.034, 0.036, 0.020, 0.013, 0.009, 0.005, 0.003)
_TURBID = (0.048, 0.058, 0.084, 0.076, 0.053, 0.026, 0.008, 0.005)

COVERS = {
    "water": Cover(_CLEAR, _TURBID),
    "conifer": Cover(_NEEDLE, _NEEDLE),
    "woodland": Cover(_TWIGS, _LEAF, (95, 150, 270, 318)),
    "scrub": Cover(
        (0.082, 0.095, 0.132, 0.172, 0.198, 0.248, 0.315, 0.262),
        (0.055, 0.064, 0.094, 0.108, 0.155, 0.275, 0.262, 0.190),
        (110, 205, 260, 310),
    ),
    "grass": Cover(_STRAW, _SWARD, (80, 145, 215, 300)),
    "dry grass": Cover(
        _STRAW, (0.048, 0.058, 0.098, 0.100, 0.170, 0.310, 0.280, 0.185), (130, 215, 250, 300)
    ),
    "corn": Cover(_SOIL, (0.020, 0.025, 0.054, 0.028, 0.125, 0.480, 0.195, 0.080), (132, 204, 234, 276)),
    "soy": Cover(_SOIL, (0.024, 0.030, 0.070, 0.034, 0.150, 0.550, 0.225, 0.095), (146, 228, 244, 270)),
    "alfalfa": Cover(
        _PALE_SOIL, (0.022, 0.028, 0.066, 0.032, 0.140, 0.490, 0.210, 0.095), (68, 112, 270, 322)
    ),
    "wheat": Cover(_PALE_SOIL, (0.026, 0.032, 0.066, 0.040, 0.125, 0.400, 0.205, 0.105), (40, 105, 150, 182)),
    "fallow": Cover(_PALE_SOIL, _PALE_SOIL),
    "rock": Cover(
        (0.095, 0.110, 0.152, 0.200, 0.222, 0.255, 0.325, 0.285),
        (0.095, 0.110, 0.152, 0.200, 0.222, 0.255, 0.325, 0.285),
    ),
    "sand": Cover(
        (0.150, 0.175, 0.245, 0.310, 0.340, 0.385, 0.455, 0.410),
        (0.150, 0.175, 0.245, 0.310, 0.340, 0.385, 0.455, 0.410),
    ),
    "town": Cover(
        (0.125, 0.135, 0.152, 0.165, 0.178, 0.208, 0.225, 0.200),
        (0.100, 0.108, 0.128, 0.132, 0.168, 0.248, 0.212, 0.175),
        (95, 150, 270, 318),
    ),
    "pavement": Cover(
        (0.135, 0.148, 0.168, 0.182, 0.190, 0.205, 0.225, 0.210),
        (0.135, 0.148, 0.168, 0.182, 0.190, 0.205, 0.225, 0.210),
    ),
    "marsh": Cover(
        (0.040, 0.047, 0.068, 0.076, 0.098, 0.150, 0.140, 0.088),
        (0.026, 0.032, 0.058, 0.046, 0.105, 0.265, 0.125, 0.060),
        (100, 170, 260, 320),
    ),
}
"""Surface reflectances by name; the order gives the codes of cover maps."""

CODES = {name: code for code, name in enumerate(COVERS)}


def cover_spectra(day: int, swap_crops: bool) -> tuple[Field, Field]:
    """Reflectances of all covers on one day of the year.

    Parameters
    ----------
    day : int
        Day of the year, from 1.
    swap_crops : bool
        Whether fields of corn bear soy and the other way round: farmers rotate them.

    Returns
    -------
    tuple of numpy.ndarray
        Without leaves, and what the leaves of this day change; both float32 (band, cover).
    """
    names = list(COVERS)
    if swap_crops:
        corn, soy = names.index("corn"), names.index("soy")
        names[corn], names[soy] = names[soy], names[corn]
    kinds = [COVERS[name] for name in names]
    bare = np.array([kind.bare for kind in kinds], dtype=np.float32)
    green = np.array([kind.green for kind in kinds], dtype=np.float32)
    share = np.array([kind.greenness(day) for kind in kinds], dtype=np.float32)
    return bare.T, ((green - bare) * share[:, None]).T
