"""The values that the catalog hands out: `Item` and `Band`, and the text in which the store keeps them."""

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from descartes_flow.catalog.dates import utc
from descartes_flow.errors import CatalogError
from descartes_flow.geo.bounds import Bounds
from descartes_flow.io.source import BandSource


@dataclass(frozen=True, slots=True)
class Band:
    """One band of an item: what it is called, what is known about it, and where its pixels are.

    Examples
    --------
    ``item.band("red").source`` is what the reader needs.
    """

    name: str
    """Name in ``pick_bands``; unique in its item."""

    aliases: tuple[str, ...]
    """Other names that find this band and no other of the item."""

    info: dict[str, Any]
    """What ``bandinfo`` shows: id, name, scale, offset, nodata, resolution (units of the CRS), ..."""

    source: BandSource
    """Everything that the reader needs, so that it asks nobody."""


@dataclass(frozen=True, slots=True)
class Item:
    """One scene of a product, complete: nothing in it needs a file to be opened."""

    id: str
    """``<product>:<item>``."""

    product: str
    """Id of the product; may contain colons itself."""

    datetime: datetime
    """Moment of acquisition, aware, UTC."""

    properties: dict[str, Any]
    """STAC properties, flat, with ``id``, ``product``, ``date``, ``acquired``, ``crs`` and ``geotrans``."""

    geometry: dict[str, Any]
    """Footprint as GeoJSON in lon/lat, cut at the antimeridian where it crosses it."""

    bounds: Bounds
    """Degrees; ``left > right`` where the footprint crosses the antimeridian."""

    bands: tuple[Band, ...]
    """In the order of the source."""

    version: str
    """Digest of all the rest, fingerprints of the files included."""

    def __hash__(self) -> int:
        # Equal items have equal ids and versions; the dicts inside cannot be hashed.
        return hash((self.id, self.version))

    def __repr__(self) -> str:
        names = " ".join(band.name for band in self.bands)
        return f"<Item {self.id!r} of {self.datetime:%Y-%m-%d %H:%M:%S} UTC; bands: {names}>"

    def band(self, name: str) -> Band | None:
        """Band of this name or alias, or None."""
        for band in self.bands:
            if band.name == name:
                return band
        return next((band for band in self.bands if name in band.aliases), None)


def item_text(
    properties: dict[str, Any], geometry: dict[str, Any], bounds: Bounds, bands: Iterable[Band]
) -> str:
    """JSON of an item, equal for equal items; the id and the date stand beside it in the store.

    Raises
    ------
    CatalogError
        If a property is of a type that JSON cannot hold.
    """
    document = {
        "properties": properties,
        "geometry": geometry,
        "bounds": bounds,
        "bands": [
            {
                "name": band.name,
                "aliases": band.aliases,
                "info": band.info,
                "source": _source_fields(band.source),
            }
            for band in bands
        ],
    }
    return json.dumps(document, separators=(",", ":"), default=_plain)


def text_version(text: str) -> str:
    """Version of an item whose text this is."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def read_item(product: str, name: str, moment: datetime, version: str, text: str) -> Item:
    """The item that `item_text` wrote."""
    document = json.loads(text)
    item_id = f"{product}:{name}"
    properties = document["properties"]
    properties["date"] = moment
    if "geotrans" in properties:
        properties["geotrans"] = tuple(properties["geotrans"])
    return Item(
        id=item_id,
        product=product,
        datetime=moment,
        properties=properties,
        geometry=document["geometry"],
        bounds=Bounds(*document["bounds"]),
        bands=tuple(_read_band(item_id, band) for band in document["bands"]),
        version=version,
    )


def _read_band(item_id: str, band: dict[str, Any]) -> Band:
    info = band["info"]
    for name in ("data_range", "physical_range"):
        if name in info:
            info[name] = tuple(info[name])
    fields = band["source"]
    for name in ("transform", "overviews", "block"):
        if name in fields:
            fields[name] = tuple(fields[name])
    source = BandSource(item=item_id, band=band["name"], **fields)
    return Band(band["name"], tuple(band["aliases"]), info, source)


_DEFAULTS = {field.name: field.default for field in dataclasses.fields(BandSource)}


def _source_fields(source: BandSource) -> dict[str, Any]:
    """Fields that differ from their defaults; item and band are known from around them."""
    fields = {name: getattr(source, name) for name in _DEFAULTS if name not in ("item", "band")}
    return {name: value for name, value in fields.items() if value != _DEFAULTS[name]}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return utc(value, "add(): a property").isoformat()
    raise CatalogError(f"a property holds a {type(value).__name__}, which JSON cannot hold: {value!r}")
