"""From a scene to the row that the store keeps: bands, properties, date and footprint brought together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from descartes_flow.catalog.bands import bands_of
from descartes_flow.catalog.dates import microseconds, utc
from descartes_flow.catalog.drafts import drafts_of
from descartes_flow.catalog.folders import Naming
from descartes_flow.catalog.footprints import bounds_of, boxes_of, footprint_of, geojson_of, shape_of_bounds
from descartes_flow.catalog.headers import Headers
from descartes_flow.catalog.items import Band, item_text, text_version
from descartes_flow.catalog.rules import Rules
from descartes_flow.catalog.scenes import Scene
from descartes_flow.catalog.store import Row
from descartes_flow.errors import CatalogError
from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.footprints import footprint
from descartes_flow.io.source import BandSource

_TENTH_OF_A_METRE = 1e-6  # degrees


@dataclass(slots=True)
class Addition:
    """One `add` at work: what it was told, and what it has met so far."""

    product: str
    rules: Rules
    naming: Naming
    headers: Headers = field(default_factory=Headers)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    band_names: set[str] = field(default_factory=set)
    """Names under which a rule could have spoken of a band."""

    def skip(self, name: str, reason: str) -> None:
        """Leave something out, and say so in the report."""
        self.skipped.append((name, reason))


def is_id(value: object) -> bool:
    """Whether this can be the id of a product or an item: text that is not blank, and valid Unicode."""
    if not isinstance(value, str) or not value.strip():
        return False
    try:
        value.encode()
    except UnicodeEncodeError:  # a name of a file that is no UTF-8
        return False
    return "\0" not in value


def row_of(scene: Scene, addition: Addition) -> Row:
    """The scene as the store keeps it.

    Raises
    ------
    CatalogError, TypeError, ValueError
        If it has no id, no date, no place or no band that can be used.
    """
    if not is_id(scene.name):
        raise CatalogError(f"an item needs an id that is text, got {scene.stac.get('id')!r}")
    if not isinstance(scene.stac.get("properties"), Mapping):
        raise CatalogError("an item needs properties")
    item_id = f"{addition.product}:{scene.name}"
    drafts = drafts_of(scene, addition.headers, addition.skip)
    addition.band_names.update(name for draft in drafts for name in draft.names)
    bands = bands_of(item_id, addition.product, drafts, scene, addition.rules, addition.skip)
    if not bands:
        raise CatalogError("none of its assets can be used")
    moment = addition.naming.fixed or _date(scene.stac["properties"])
    shape = _shape(scene.stac, bands)
    bounds = bounds_of(shape)
    properties = _properties(scene, addition.product, item_id, moment, bands)
    text = item_text(properties, geojson_of(shape), bounds, bands)
    return Row(
        name=scene.name,
        datetime=microseconds(moment),
        version=text_version(text),
        bounds=bounds,
        boxes=tuple(boxes_of(shape)),
        bands=tuple(band.name for band in bands),
        document=text,
    )


def _properties(
    scene: Scene, product: str, item_id: str, moment: datetime, bands: list[Band]
) -> dict[str, Any]:
    """STAC's properties and ours, by name: equal items have equal texts, and a listing reads well."""
    finest = min((band.source for band in bands), key=_pixel_area)
    a, b, c, d, e, f = finest.transform
    derived = {
        "id": item_id,
        "product": product,
        "date": moment.isoformat(),
        "acquired": moment.isoformat(),
        "crs": finest.crs,
        "geotrans": (c, a, b, f, d, e),  # in GDAL's order
    }
    return dict(sorted({**scene.stac["properties"], **derived}.items()))


def _pixel_area(source: BandSource) -> float:
    width, height = source.pixel_size
    return width * height


def _date(properties: Mapping[str, Any]) -> datetime:
    for name in ("datetime", "start_datetime"):
        if properties.get(name) is not None:
            return utc(properties[name], f"property {name}")
    raise CatalogError(
        "neither datetime nor start_datetime is given; give one date for all images by datetime="
    )


def _shape(stac: Mapping[str, Any], bands: list[Band]) -> BaseGeometry:
    """Footprint by the item's geometry, else its bbox, else the extent of its bands."""
    if stac.get("geometry") is not None:
        return footprint_of(stac["geometry"], "geometry")
    box = stac.get("bbox")
    if box is not None:
        return shape_of_bounds(box if len(box) == 4 else [*box[:2], *box[3:5]], "bbox")
    extents = dict.fromkeys(_extent(band.source) for band in bands)
    whole = shapely.union_all([footprint(*extent) for extent in extents])
    return shapely.simplify(whole, _TENTH_OF_A_METRE)


def _extent(source: BandSource) -> tuple[Bounds, str]:
    a, b, c, d, e, f = source.transform
    corners = [(0, 0), (source.cols, 0), (0, source.rows), (source.cols, source.rows)]
    x = [a * col + b * row + c for col, row in corners]
    y = [d * col + e * row + f for col, row in corners]
    return Bounds(min(x), min(y), max(x), max(y)), source.crs
