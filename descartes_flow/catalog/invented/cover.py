"""What grows or stands on each pixel: one painter for each place."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from descartes_flow.catalog.invented.features import circles, parcels, polyline, settled, stamp
from descartes_flow.catalog.invented.land import Land
from descartes_flow.catalog.invented.noise import Field, Mask, block_mean, enlarge, generator, logistic
from descartes_flow.catalog.invented.spectra import CODES

Codes = NDArray[np.uint8]


@dataclass(slots=True)
class Painting:
    """Cover of a frame, painted layer over layer."""

    land: Land
    codes: Codes
    vigour: Field
    """How well plants grow; 1 is usual."""

    tone: Field
    """Factor on reflectances."""

    @classmethod
    def of(cls, land: Land, cover: str) -> "Painting":
        """Canvas of one cover."""
        codes = np.full(land.frame.shape, CODES[cover], dtype=np.uint8)
        vigour = 1 + 0.13 * land.noise("vigour", 1.4)
        tone = 1 + 0.055 * land.noise("tone", 1.4) + 0.006 * land.grain("tone")
        return cls(land, codes, vigour.astype(np.float32), tone.astype(np.float32))

    def paint(self, cover: str, where: Mask) -> None:
        """Cover the pixels where `where` is True."""
        self.codes[where] = CODES[cover]

    def sow(self, number: NDArray[np.intp], where: Mask, crops: dict[str, float]) -> None:
        """Plant parcels: each gets one of `crops` (shares that sum to 1), its own soil and vigour."""
        random = generator(self.land.place.name, "crops")
        chosen = random.choice([CODES[crop] for crop in crops], size=4096, p=list(crops.values()))
        vigour = random.normal(0.98, 0.10, 4096).astype(np.float32)
        tone = random.normal(1.0, 0.09, 4096).astype(np.float32)
        number = np.broadcast_to(number, where.shape)[where]
        self.codes[where] = chosen[number]
        self.vigour[where] = vigour[number] + 0.3 * (self.vigour[where] - 1)
        self.tone[where] = tone[number] + 0.5 * (self.tone[where] - 1)

    def settle(self) -> None:
        """Build the towns and roads of the place; streets and gardens alternate."""
        land = self.land
        place, frame = land.place, land.frame
        density = settled(land.east, land.north, place.towns, land.noise("suburbs", 1.1))
        grain = land.grain("houses")
        self.paint("town", (density > 0.1) & (grain < 4.5 * density - 1.2))
        self.paint("pavement", (density > 0.3) & (grain > 1.9 - 1.3 * density))
        self.paint("woodland", (density > 0.1) & (land.noise("parks", 0.8) > 1.5))
        for k, stops in enumerate(place.roads):
            course = stamp(frame.shape, polyline(frame, place.centre, stops, f"{place.name}{k}"), 0)
            # A road fills a pixel of 40 m, but only a part of larger ones.
            self.paint("pavement", course & (grain > frame.pixel / 75 - 1.6))

    def flood(self, where: Mask, turbidity: Field | float) -> None:
        """Put water where `where` is True; `turbidity` is 0 for clear, 1 for loaded with silt."""
        self.paint("water", where)
        self.vigour[where] = np.clip(np.broadcast_to(turbidity, where.shape)[where], 0, 1.3)
        self.tone[where] = 1 + 0.4 * (self.tone[where] - 1)


WELLS = (
    (-13, -15, 6.5),
    (-17, 7, 4.5),
    (5, -20, 4),
    (14, -62, 16),
    (66, -48, 15),
    (-60, 52, 13),
    (58, 60, 11),
)
"""Where New Mexico is irrigated by pivots: kilometres east and north of its centre, and across."""


def paint_new_mexico(land: Land) -> Painting:
    """Scrub and grass, forest by height and aspect, rock above; fields where water is."""
    painting = Painting.of(land, "scrub")
    height = land.height + 70 * land.noise("timber", 1.2)
    painting.paint(
        "dry grass", (land.noise("steppe", 1.3) + 0.35 * land.grain("steppe")) > 0.25 + (height - 1850) / 300
    )
    painting.paint("rock", (land.slope > 0.16) & (land.noise("cliffs", 1.0) > 0.5) & (height < 2300))
    cool = np.clip(land.north_rise * -900, -150, 150)
    trees = logistic((height + cool - 1960) / 85)
    painting.paint("conifer", land.grain("trees") < (trees - 0.5) * 4.5)
    painting.paint("woodland", (land.noise("aspen", 0.9) > 1.0) & (height > 2500) & (height < 3050))
    painting.paint("dry grass", (land.noise("meadow", 1.0) > 1.25) & (height > 2350))
    painting.paint("rock", (height > 3420) & (land.noise("tundra", 0.8) > -0.4 - (height - 3420) / 150))
    painting.paint("sand", land.streams(9, 120, 30) & (height < 1900))
    _irrigate(painting)
    painting.paint("woodland", land.streams(450, np.inf, 260))
    painting.settle()
    painting.flood(land.streams(900, np.inf, 110), 0.8)
    return painting


def _irrigate(painting: Painting) -> None:
    """Narrow fields along large rivers, and centre pivots where wells reach water."""
    land = painting.land
    painting.sow(
        parcels(0.8 * land.east + 0.6 * land.north, 0.8 * land.north - 0.6 * land.east, 0.42, 0.21),
        land.streams(700, np.inf, 1900) & (land.slope < 0.035) & (land.noise("acequia", 0.9) > -0.7),
        {"alfalfa": 0.45, "corn": 0.2, "grass": 0.2, "fallow": 0.15},
    )
    under, number = circles(land.east, land.north, 0.82, 0.395)
    ragged = land.noise("aquifer", 1.4)
    watered = ragged > 1.9
    for east, north, radius in WELLS:
        watered |= np.hypot(land.east - east, land.north - north) < radius * (0.8 + 0.45 * ragged)
    taken = generator("pivots").random(4096)[number] < 0.82
    painting.sow(
        number,
        under & taken & watered & (land.height < 2000) & (land.slope < 0.14),
        {"alfalfa": 0.42, "corn": 0.3, "wheat": 0.16, "fallow": 0.12},
    )


def paint_iowa(land: Land) -> Painting:
    """Corn and soybeans on the section grid, pasture on rough ground, woods along streams."""
    mile = 1.6093
    township = np.floor(land.north / (6 * mile))
    shift = generator("correction lines").uniform(0, 0.4, 64).astype(np.float32)[township.astype(int) % 64]
    number = parcels(land.east + shift, land.north, mile / 2, mile / 2)
    painting = Painting.of(land, "grass")
    everywhere = np.ones(land.frame.shape, dtype=bool)
    painting.sow(
        number, everywhere, {"corn": 0.47, "soy": 0.37, "alfalfa": 0.05, "grass": 0.09, "wheat": 0.02}
    )
    steepness = land.slope / np.quantile(land.slope[::8, ::8], 0.9)
    rough = 0.75 * steepness + 0.3 * land.noise("pasture", 1.0) + 0.22 * land.grain("pasture")
    painting.paint("grass", rough > 1.0)
    painting.paint("woodland", rough > 1.5)
    grove = land.noise("grove", 0.8) > -0.4
    painting.paint("grass", land.streams(5, 40, 200))
    painting.paint("grass", land.streams(40, np.inf, 480))
    painting.paint("woodland", land.streams(40, 300, 260) & grove)
    painting.paint("woodland", land.streams(300, np.inf, 900) & grove)
    missouri = polyline(land.frame, land.place.centre, land.place.river, land.place.name)
    valley = stamp(land.frame.shape, missouri, 1100 / land.frame.pixel)
    painting.paint("woodland", valley & grove)
    painting.paint("sand", stamp(land.frame.shape, missouri, 420 / land.frame.pixel))
    painting.settle()
    painting.flood(land.streams(700, 4000, 170), 0.8)
    painting.flood(land.streams(4000, np.inf, 320), 0.9)
    painting.flood(stamp(land.frame.shape, missouri, 325 / land.frame.pixel), 1.0)
    return painting


def paint_virginia(land: Land) -> Painting:
    """Drowned valleys edged with marsh; fields and pine woods on the necks between."""
    painting = Painting.of(land, "woodland")
    painting.paint("conifer", land.noise("pines", 0.9) + 0.3 * land.grain("pines") > 0.15)
    number = parcels(
        land.east + 0.25 * land.noise("fence", 1.5), 0.9 * land.north + 0.3 * land.east, 0.62, 0.47
    )
    tilled = generator("tilled").random(4096)[number] < 0.85
    painting.sow(
        number,
        (land.noise("farms", 1.1) > 0.1) & tilled & (land.slope < 0.03),
        {"corn": 0.3, "soy": 0.34, "wheat": 0.14, "grass": 0.18, "fallow": 0.04},
    )
    painting.paint("woodland", land.streams(4, np.inf, 330))
    painting.settle()
    smooth = enlarge(block_mean(land.height, 8), land.frame.shape)
    tide = 0.3 * land.height + 0.7 * smooth + 0.25 * land.noise("tide", 1.3)
    painting.paint("marsh", tide < 1.5)
    painting.paint("sand", (tide < 0.75) & (land.noise("beach", 1.0) > 0.9))
    silt = 0.55 + 0.22 * land.noise("silt", 1.6) - 0.022 * land.east + 0.05 * np.clip(tide, -6, 0)
    painting.flood(tide < 0.5, silt)
    return painting
