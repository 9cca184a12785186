"""What the catalog tells about whole products: `Product`, and the report of an `add`."""

from dataclasses import dataclass
from datetime import datetime

from descartes_flow.geo.bounds import Bounds

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Product:
    """Images that belong together: same sensor, same processing."""

    id: str
    description: str
    """What it is, in a sentence; may be empty."""

    bands: tuple[str, ...]
    """Union of the bands of its images, those of the earliest image first."""

    images: int
    """How many images it holds."""

    start: datetime | None
    """Moment of the first image, UTC; None where there is none."""

    end: datetime | None
    """Moment of the last image, UTC."""

    bounds: Bounds | None
    """Degrees, around all footprints; None where there is no image."""

    def __repr__(self) -> str:
        lines = [f"Product {self.id!r}: {self.images} {'image' if self.images == 1 else 'images'}"]
        if self.start is not None and self.end is not None:
            lines[0] += f", {self.start:%Y-%m-%d} to {self.end:%Y-%m-%d}"
        if self.description:
            lines.append(f"  {self.description}")
        if self.bands:
            lines.append(f"  bands: {' '.join(self.bands)}")
        if self.bounds is not None:
            west, south, east, north = self.bounds
            lines.append(f"  lon {west:.3f} to {east:.3f}, lat {south:.3f} to {north:.3f}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class AddReport:
    """What an `add` did."""

    product: str

    added: tuple[str, ...]
    """Names of the images that are new, without the product."""

    updated: tuple[str, ...]
    """Names of the images that were there before and hold what the source says now."""

    skipped: tuple[tuple[str, str], ...]
    """What was left out, as (name of file, asset or item, reason)."""

    def __repr__(self) -> str:
        counts = f"{len(self.added)} added, {len(self.updated)} updated, {len(self.skipped)} skipped"
        lines = [f"{self.product!r}: {counts}"]
        lines += [f"  {name}: {reason}" for name, reason in self.skipped[:_SHOWN]]
        if len(self.skipped) > _SHOWN:
            lines.append(f"  ... and {len(self.skipped) - _SHOWN} more, see .skipped")
        return "\n".join(lines)
