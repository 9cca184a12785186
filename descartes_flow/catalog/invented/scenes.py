"""Which scenes the demo holds: products, places, dates and ids."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from descartes_flow.catalog.invented.noise import generator

PRE = "landsat:LC08:PRE:TOAR"
REAL_TIME = "landsat:LC08:01:RT:TOAR"
SENTINEL_2 = "sentinel-2:L1C"
SENTINEL_1 = "sentinel-1:GRD"
MODIS = "modis:09:v2"


@dataclass(frozen=True, slots=True)
class Sensor:
    """What an instrument delivers."""

    platform: str
    bands: tuple[str, ...]
    masks: tuple[str, ...] = ()
    cirrus: bool = False
    """Whether a band at 1.37 micrometres follows the others."""

    surface: bool = False
    """Whether the air has been taken out of the reflectances."""

    @property
    def stored(self) -> tuple[str, ...]:
        """Names of the bands in the file of values."""
        return (*self.bands, "cirrus") if self.cirrus else self.bands

    @property
    def mask_asset(self) -> str | None:
        """Key of the STAC asset of the masks; None if there are none.

        The band of an asset with one band is called as its asset, so a lone mask lends the asset its name.
        """
        return self.masks[0] if len(self.masks) == 1 else "masks" if self.masks else None


OLI = Sensor(
    "landsat-8",
    ("coastal-aerosol", "blue", "green", "red", "nir", "swir1", "swir2"),
    ("cloud-mask",),
    cirrus=True,
)
MSI = Sensor(
    "sentinel-2",
    ("blue", "green", "red", "red-edge", "nir", "swir1", "swir2"),
    ("cloud-mask", "cirrus-cloud-mask"),
)
C_SAR = Sensor("sentinel-1", ("vv", "vh"))
TERRA = Sensor("terra", ("red", "nir"), surface=True)


@dataclass(frozen=True, slots=True)
class Scene:
    """One image to be made."""

    product: str
    id: str
    moment: datetime
    site: str
    sensor: Sensor
    turn: float
    """Degrees by which the footprint is turned clockwise within its frame."""

    clouds: float = 0.0
    """Part of the frame that clouds shall cover, 0 to 1, about."""

    properties: dict[str, object] = field(default_factory=dict)
    """STAC properties beyond those that every scene has."""


def all_scenes() -> list[Scene]:
    """Every scene of the demo, product by product in the order of `PRODUCTS`, by date."""
    return [*_landsat_2016(), *_landsat_2017(), *_sentinel_2(), *_sentinel_1(), *_modis()]


CLEAR = {
    "meta_LC80270312016188_v1": 0.07,
    "meta_LC80330352016022_v1": 0.04,
    "meta_LC08_L1TP_033035_20170516_20170516_01_RT_v1": 0.06,
    "2019-05-04_13SDV_99_S2B_v1": 0.05,
}
"""Clouds of scenes that the guide's examples name: they should show their land."""


def _clouds(scene_id: str) -> float:
    """Clear days are common, overcast ones rare."""
    return CLEAR.get(scene_id, float(generator(scene_id, "clouds").beta(0.55, 1.5)))


def _every(first: datetime, last: datetime, days: int) -> Iterator[datetime]:
    """Passes of a satellite, a few seconds off the minute each time."""
    while first <= last:
        late = generator("pass", first).uniform(-9, 9)
        yield first + timedelta(seconds=round(late, 3))
        first += timedelta(days=days)


def _landsat(product: str, scene_id: str, moment: datetime, path_row: str) -> Scene:
    clouds = _clouds(scene_id)
    return Scene(
        product,
        scene_id,
        moment,
        {"027031": "iowa", "033035": "new-mexico"}[path_row],
        OLI,
        turn=12.5,
        clouds=clouds,
        properties={
            "bucket": "dl-" + product.replace(":", "-").lower(),
            "confidence_dlsr": round(0.98 - 0.5 * clouds, 3),
            "landsat:wrs_path": path_row[:3],
            "landsat:wrs_row": path_row[3:],
        },
    )


def _landsat_2016() -> Iterator[Scene]:
    """A few days of 2016 in Iowa and New Mexico."""
    named = datetime(2016, 1, 22, 17, 38, 34, 696493, UTC)
    iowa = datetime(2016, 7, 6, 16, 57, 18, 221704, UTC)
    passes = [
        (named, "033035"),
        *((named + timedelta(days=days), "033035") for days in (96, 176, 272)),
        *((iowa + timedelta(days=days), "027031") for days in (0, 96)),
    ]
    for moment, path_row in sorted(passes):
        yield _landsat(PRE, f"meta_LC8{path_row}{moment:%Y%j}_v1", moment, path_row)


def _landsat_2017() -> Iterator[Scene]:
    """Every pass over New Mexico from March to December 2017, two over Iowa."""
    first, last = datetime(2017, 3, 13, 17, 38, 10, tzinfo=UTC), datetime(2017, 12, 31, tzinfo=UTC)
    passes = [(moment, "033035") for moment in _every(first, last, 16)]
    first, last = datetime(2017, 5, 22, 16, 56, 40, tzinfo=UTC), datetime(2017, 7, 15, tzinfo=UTC)
    passes += [(moment, "027031") for moment in _every(first, last, 48)]
    for moment, path_row in sorted(passes):
        day = f"{moment:%Y%m%d}"
        yield _landsat(REAL_TIME, f"meta_LC08_L1TP_{path_row}_{day}_{day}_01_RT_v1", moment, path_row)


def _sentinel_2() -> Iterator[Scene]:
    """Every tenth day of 2018 and some days of 2019 in New Mexico; a few days in Virginia."""
    passes = [
        (moment, "13SDV", "santa-fe")
        for first, last, days in (
            (datetime(2018, 1, 9, 17, 49, 11, tzinfo=UTC), datetime(2018, 12, 31, tzinfo=UTC), 10),
            (datetime(2019, 2, 3, 17, 49, 11, tzinfo=UTC), datetime(2019, 8, 31, tzinfo=UTC), 30),
        )
        for moment in _every(first, last, days)
    ]
    first, last = datetime(2018, 4, 17, 15, 58, 51, tzinfo=UTC), datetime(2019, 5, 31, tzinfo=UTC)
    passes += [(moment, "18SUG", "york-river") for moment in _every(first, last, 100)]
    for moment, tile, site in sorted(passes):
        scene_id = f"{moment:%Y-%m-%d}_{tile}_99_S2B_v1"
        clouds = _clouds(scene_id) * (0.3 if site == "york-river" else 1.0)
        own: dict[str, object] = {"grid:code": f"MGRS-{tile}", "bucket": "dl-sentinel-2-l1c"}
        yield Scene(SENTINEL_2, scene_id, moment, site, MSI, 6.0, clouds, own)


def _sentinel_1() -> Iterator[Scene]:
    """Both passes over New Mexico, descending ones only over Virginia, every twelfth day."""
    tracks = (
        ("049A0903", "santa-fe-radar", datetime(2018, 1, 3, 1, 11, 42, tzinfo=UTC)),
        ("056D0476", "santa-fe-radar", datetime(2018, 1, 4, 13, 8, 5, tzinfo=UTC)),
        ("004D0471", "york-river-radar", datetime(2018, 1, 1, 23, 5, 54, tzinfo=UTC)),
    )
    last = datetime(2019, 9, 30, tzinfo=UTC)
    passes = [(moment, track, site) for track, site, first in tracks for moment in _every(first, last, 12)]
    passes.append((datetime(2020, 6, 9, 1, 11, 56, 318204, UTC), "049A0903", "santa-fe-radar"))
    for moment, track, site in sorted(passes):
        ascending = track[3] == "A"
        yield Scene(
            SENTINEL_1,
            f"meta_{moment:%Y-%m-%d}_{track}_S1B",
            moment,
            site,
            C_SAR,
            turn=-11.0 if ascending else 11.0,
            properties={
                "pass": "ASCENDING" if ascending else "DESCENDING",
                "relative_orbit": int(track[:3]),
                "bucket": "dl-sentinel-1-grd",
            },
        )


def _modis() -> Iterator[Scene]:
    """New Mexico on every day from January to July 2019."""
    for moment in _every(datetime(2019, 1, 1, 17, 55, tzinfo=UTC), datetime(2019, 7, 31, 23, tzinfo=UTC), 1):
        scene_id = f"meta_MOD09GA_{moment:%Y-%m-%d}_h09v05_v2"
        own: dict[str, object] = {"bucket": "dl-modis-09-v2"}
        yield Scene(MODIS, scene_id, moment, "new-mexico-modis", TERRA, 7.0, _clouds(scene_id), own)
