"""The three places: where they are, how their land rises, where their towns and roads are."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from descartes_flow.catalog.invented.features import Town, polyline, stamp
from descartes_flow.catalog.invented.frames import Frame
from descartes_flow.catalog.invented.noise import Field, fractal, generator, logistic
from descartes_flow.catalog.invented.relief import Relief, raise_land

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of the earth that the demo pictures; kilometres are east and north of `centre`."""

    name: str
    latitude: float
    lattice: Frame
    """Cells of the relief."""

    uplift: Callable[[Field, Field], Field]
    """Slope of small streams from positions 0 to 1, rightwards and downwards."""

    outlets: tuple[tuple[float, float, float, float], ...]
    """Top, bottom, left, right, from 0 to 1, of where water leaves."""

    river: Line
    """Course of a river that comes from far away, in kilometres; streams flow into it. Empty: none."""

    base: float
    """Height of the outlets in metres above the sea."""

    towns: tuple[Town, ...]
    roads: tuple[Line, ...]
    centre: tuple[float, float] = field(init=False)
    """CRS coordinates that kilometres count from: the middle of the lattice."""

    def __post_init__(self) -> None:
        x = self.lattice.left + self.lattice.columns * self.lattice.pixel / 2
        y = self.lattice.top - self.lattice.rows * self.lattice.pixel / 2
        object.__setattr__(self, "centre", (x, y))

    def relief(self) -> Relief:
        """Heights and drainage of the whole place."""
        shape = self.lattice.shape
        down = ((np.arange(shape[0], dtype=np.float32) + 0.5) / shape[0])[:, None]
        right = ((np.arange(shape[1], dtype=np.float32) + 0.5) / shape[1])[None, :]
        bend = [0.045 * fractal(shape, generator(self.name, "bend", axis), 2.0) for axis in (0, 1)]
        leaving = np.zeros(shape, dtype=bool)
        for top, bottom, left, rightmost in self.outlets:
            leaving |= (down >= top) & (down <= bottom) & (right >= left) & (right <= rightmost)
        if self.river:
            leaving |= stamp(shape, polyline(self.lattice, self.centre, self.river, self.name), 0)
        nothing = np.zeros(shape, dtype=np.float32)
        uplift = self.uplift(right + bend[0], down + bend[1])
        return raise_land(uplift, leaving, nothing + self.base, nothing, self.lattice.pixel, self.name)


def _bump(right: Field, down: Field, at: tuple[float, float], size: tuple[float, float]) -> Field:
    """1 at a point, falling off to both sides."""
    return np.asarray(np.exp(-(((right - at[0]) / size[0]) ** 2) - ((down - at[1]) / size[1]) ** 2))


def _rise_new_mexico(right: Field, down: Field) -> Field:
    """The Sangre de Cristo east of the Rio Grande, the Jemez west of it, the Sandias in the south."""
    sangre = 0.068 * _bump(right, 0 * down, (0.66, 0.0), (0.080, 1.0)) * logistic((0.60 - down) / 0.03)
    jemez = 0.085 * _bump(right, down, (0.27, 0.43), (0.10, 0.11))
    sandia = 0.06 * _bump(right, down, (0.44, 0.86), (0.022, 0.09))
    tusas = 0.07 * _bump(right, down, (0.30, 0.05), (0.10, 0.12))
    plains = 0.017 + 0.012 * logistic((0.4 - down) / 0.1)
    return np.asarray(plains + sangre + jemez + sandia + tusas)


def _rise_iowa(right: Field, down: Field) -> Field:
    """Low hills: loess bluffs along the Missouri, flat till plains in the north-east."""
    loess = 0.020 * logistic((0.30 - right) / 0.05)
    south = 0.010 * logistic((down - 0.55) / 0.08)
    return 0.0035 + loess + south


def _rise_virginia(right: Field, down: Field) -> Field:
    """A coastal plain that rises slowly away from the bay."""
    return 0.0003 + 0.0036 * logistic((0.66 - right) / 0.05) + 0 * down


NEW_MEXICO = Place(
    name="New Mexico",
    latitude=35.7,
    lattice=Frame(32613, 322800.0, 4042000.0, 500.0, 368, 368),
    uplift=_rise_new_mexico,
    outlets=(
        (0.995, 1, 0.405, 0.415),
        (0.945, 0.955, 0.995, 1),
        (0.55, 0.56, 0, 0.005),
        (0.2, 0.21, 0.995, 1),
    ),
    river=(),
    base=1540.0,
    towns=(
        Town(-1, -3, 3.3),
        Town(-13, 6, 1.8),
        Town(-34, 14, 3.0),
        Town(-14, 28, 3.0),
        Town(62, -12, 4.2),
        Town(-59, -64, 10.5),
        Town(-52, -46, 5.5),
        Town(25, 72, 2.6),
        Town(-3, -48, 2.0),
        Town(8, -18, 1.2),
    ),
    roads=(
        (
            (-62, -92),
            (-59, -64),
            (-45, -40),
            (-14, -16),
            (-1, -3),
            (10, -14),
            (40, -20),
            (62, -12),
            (75, 20),
            (92, 60),
        ),
        ((-1, -3), (-13, 6), (-14, 28), (5, 52), (25, 72), (28, 92)),
        ((-13, 6), (-34, 14)),
        ((-92, -58), (-59, -64), (-30, -66), (-3, -66), (40, -64), (92, -60)),
        ((-3, -48), (-3, -92)),
        ((-3, -48), (2, -25), (8, -18), (-1, -3)),
        ((-14, 28), (-40, 60), (-70, 92)),
    ),
)

IOWA = Place(
    name="Iowa",
    latitude=41.75,
    lattice=Frame(32615, 258292.5, 4743307.5, 600.0, 399, 393),
    uplift=_rise_iowa,
    outlets=((0.997, 1, 0.82, 0.83), (0.997, 1, 0.35, 0.355), (0.45, 0.46, 0.997, 1)),
    river=((-117, 130), (-112, 92), (-103, 48), (-108, 10), (-98, -26), (-100, -62), (-88, -96), (-84, -130)),
    base=285.0,
    towns=(
        Town(72, -19, 12),
        Town(72, 29, 5),
        Town(-104, -88, 11),
        Town(-62, 52, 2.2),
        Town(20, 74, 2.8),
        Town(-20, -30, 2.0),
        Town(-48, -66, 1.6),
        Town(12, -82, 2.0),
        Town(-78, -22, 1.8),
        Town(-8, 18, 2.2),
        Town(40, 46, 1.8),
        Town(52, -58, 2.4),
        Town(96, -62, 2.2),
        Town(-36, 96, 1.8),
        Town(98, 84, 2.6),
        Town(-90, 24, 1.6),
        Town(24, 6, 1.3),
        Town(-14, -104, 1.5),
        Town(58, 104, 1.7),
        Town(-44, -2, 1.2),
    ),
    roads=(
        ((-118, -76), (-104, -84), (-48, -66), (0, -38), (46, -22), (72, -19), (118, -22)),
        ((74, -120), (72, -60), (72, -19), (73, 29), (72, 80), (70, 120)),
        ((-118, 60), (-62, 52), (20, 50), (73, 52), (118, 50)),
    ),
)

VIRGINIA = Place(
    name="Virginia",
    latitude=37.3,
    lattice=Frame(32618, 331480.0, 4164560.0, 200.0, 360, 360),
    uplift=_rise_virginia,
    outlets=((0.0, 1.0, 0.995, 1.0),),
    river=(),
    base=-7.5,
    towns=(
        Town(-16, -4, 4.5),
        Town(4, -26, 8.0),
        Town(8, -32, 6.5),
        Town(-3, 12, 1.6),
        Town(-28, 18, 1.4),
        Town(12, 14, 1.0),
        Town(-20, -26, 1.8),
        Town(-6, 30, 1.2),
    ),
    roads=(
        ((-36, 6), (-16, -1), (-4, -16), (4, -26), (8, -36)),
        ((-3, -10), (-3, 12), (-12, 26), (-24, 36)),
        ((-36, -22), (-20, -26), (-8, -34)),
        ((-3, 12), (12, 14)),
    ),
)
