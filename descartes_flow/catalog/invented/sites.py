"""The frames that scenes share, and the ground on each."""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

from descartes_flow.catalog.invented.cover import Painting, paint_iowa, paint_new_mexico, paint_virginia
from descartes_flow.catalog.invented.frames import Frame
from descartes_flow.catalog.invented.land import Land
from descartes_flow.catalog.invented.landscape import FINER, Ground
from descartes_flow.catalog.invented.places import IOWA, NEW_MEXICO, VIRGINIA, Place
from descartes_flow.catalog.invented.relief import Relief, refine


@dataclass(frozen=True, slots=True)
class Site:
    """A frame in a place, pictured again and again."""

    place: Place
    frame: Frame
    paint: Callable[[Land], Painting]
    near: Frame | None = None
    """Lattice of a finer relief; None where that of the place is fine enough."""

    def ground(self, relief: Relief) -> Ground:
        """The ground of this site, from the relief of its place."""
        lattice = self.place.lattice
        if self.near is not None:
            relief, lattice = refine(relief, lattice, self.near, f"{self.place.name} near"), self.near
        land = Land(self.place, self.frame.split(FINER), relief, lattice)
        return Ground.of(self.paint(land), self.frame)


SITES: Mapping[str, Site] = {
    "new-mexico": Site(NEW_MEXICO, Frame(32613, 341360.0, 4023440.0, 340.0, 432, 432), paint_new_mexico),
    "new-mexico-modis": Site(
        NEW_MEXICO, Frame(32613, 364800.0, 4000000.0, 500.0, 200, 200), paint_new_mexico
    ),
    "santa-fe": Site(
        NEW_MEXICO,
        Frame(32613, 393296.0, 3971504.0, 112.0, 384, 384),
        paint_new_mexico,
        near=Frame(32613, 393296.0, 3971504.0, 168.0, 256, 256),
    ),
    "iowa": Site(IOWA, Frame(32615, 258292.5, 4743307.5, 300.0, 798, 785), paint_iowa),
    "york-river": Site(VIRGINIA, Frame(32618, 335224.0, 4160816.0, 168.0, 384, 384), paint_virginia),
}
"""Sites that optical sensors see."""

COARSER = {"santa-fe-radar": ("santa-fe", 2), "york-river-radar": ("york-river", 2)}
"""Sites that are another one in larger pixels: its name, and how many times larger."""


def grounds(names: Collection[str], pool: Executor) -> dict[str, Ground]:
    """Ground of each of these sites."""
    needed = {COARSER[name][0] if name in COARSER else name for name in names}
    places = {SITES[name].place for name in needed}
    reliefs = dict(zip(places, pool.map(Place.relief, places), strict=True))
    made = pool.map(lambda name: SITES[name].ground(reliefs[SITES[name].place]), needed)
    fine = dict(zip(needed, made, strict=True))
    return {
        name: fine[COARSER[name][0]].coarser(COARSER[name][1]) if name in COARSER else fine[name]
        for name in names
    }


def place_of(site: str) -> Place:
    """Place in which a site lies."""
    return SITES[COARSER[site][0] if site in COARSER else site].place
