"""What STAC says about the assets of an item, in one vocabulary for all its versions."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from descartes_flow.geo.crs import normalise_crs

Metadata = dict[str, Any]

_GEOTIFF = re.compile(r"image/tiff|geotiff", re.IGNORECASE)
_JPEG2000 = re.compile(r"image/jp(eg)?2", re.IGNORECASE)
# Rendered for eyes, not values; Planetary Computer gives such assets the role "data".
_RENDERED_KEYS = re.compile(
    r"(visual|tci|overview|preview|rendered|thumbnail|browse)([^a-z]|$)", re.IGNORECASE
)
_RENDERED_ROLES = {"visual", "overview", "thumbnail", "metadata", "tiles"}
_CLASS_ROLES = {
    "cloud",
    "cloud-shadow",
    "cloud-mask",
    "data-mask",
    "land-water",
    "saturation",
    "scene-classification",
}
_CLASS_ROLES |= {"snow-ice", "water-mask"}
_CLASS_WORDS = {"scl", "qa", "bqa", "qa60", "fmask", "cfmask", "mask", "classi", "classification", "pixelqa"}
_PREFIXED = re.compile(r"^(eo|raster|classification):")


class Placement(NamedTuple):
    """Where the pixels of an asset lie, as its item says."""

    crs: str
    transform: tuple[float, float, float, float, float, float]
    rows: int
    cols: int


def raster_assets(stac: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Assets with values to compute with: GeoTIFFs, or JPEG 2000 where the item has no GeoTIFF."""
    values = {
        str(key): asset
        for key, asset in stac["assets"].items()
        if isinstance(asset, Mapping)
        and isinstance(asset.get("href"), str)
        and not _is_rendered(str(key), asset)
    }
    tiffs = {key: asset for key, asset in values.items() if _is_of_kind(asset, _GEOTIFF, (".tif", ".tiff"))}
    return tiffs or {key: asset for key, asset in values.items() if is_jpeg2000(asset)}


def is_jpeg2000(asset: Mapping[str, Any]) -> bool:
    """Whether the asset is JPEG 2000, by its media type or, without one, its name."""
    return _is_of_kind(asset, _JPEG2000, (".jp2",))


def band_metadata(asset: Mapping[str, Any], properties: Mapping[str, Any]) -> list[Metadata]:
    """What is said about each band of an asset; empty if its bands are not listed.

    The extensions ``raster:bands``, ``eo:bands`` and the ``bands`` of STAC 1.1 are merged, prefixes left out;
    what the asset itself says of this kind holds for each band. STAC 0.7 lists numbers into the item's bands.
    """
    shared = _without_prefixes({key: asset[key] for key in asset if _describes_bands(key)})
    lists = [_list(asset.get(name)) for name in ("raster:bands", "eo:bands", "bands")]
    common = _list(properties.get("eo:bands"))
    merged = []
    for index in range(max(map(len, lists))):
        entry = dict(shared)
        for bands in lists:
            said = bands[index] if index < len(bands) else None
            if isinstance(said, int) and 0 <= said < len(common):
                said = common[said]
            if isinstance(said, Mapping):
                entry.update(_without_prefixes(said))
        merged.append(entry)
    return merged or ([shared] if shared else [])


def placement(asset: Mapping[str, Any], properties: Mapping[str, Any]) -> Placement:
    """Place of the pixels by the projection extension of the asset or, failing that, of its item.

    Raises
    ------
    ValueError
        If it is incomplete or wrong.
    """
    said = {**properties, **asset}
    crs = said.get("proj:code") or said.get("proj:epsg") or said.get("proj:wkt2")
    transform, shape = said.get("proj:transform"), said.get("proj:shape")
    if crs is None or not isinstance(transform, list) or not isinstance(shape, list):
        raise ValueError("a remote file, of which STAC does not say proj:code, proj:transform and proj:shape")
    a, b, c, d, e, f = (float(part) for part in transform[:6])
    rows, cols = (int(side) for side in shape)
    return Placement(normalise_crs(crs), (a, b, c, d, e, f), rows, cols)


def number(value: object) -> float | None:
    """Number that STAC gives, also as "nan" or "inf"; None if it is none."""
    try:
        return float(value) if isinstance(value, (int, float, str)) else None
    except ValueError:
        return None


def is_class_band(names: list[str], roles: object, said: Metadata, dtype: str) -> bool:
    """Whether a band holds classes or bits, which have no values in between.

    The classification extension decides; else roles, or a word of its names such as ``SCL`` or ``QA_PIXEL``,
    unless a scale says that its numbers measure something: ``ST_QA`` of Landsat is an uncertainty in kelvin.
    """
    if said.get("classes") or said.get("bitfields"):
        return True
    if "float" in dtype or (number(said.get("scale")) or 1.0) != 1.0:
        return False
    words = {word for name in names for word in re.split(r"[^a-z0-9]+", name.lower())}
    return bool(words & _CLASS_WORDS) or (
        isinstance(roles, list) and bool(_CLASS_ROLES.intersection(map(str, roles)))
    )


def stored_range(dtype: str) -> tuple[float, float] | None:
    """Least and greatest value that an integer type can hold; None for other types."""
    match = re.fullmatch(r"(u?)int(\d+)", dtype)
    if match is None:
        return None
    values = 2.0 ** int(match[2])
    return (0.0, values - 1) if match[1] else (-values / 2, values / 2 - 1)


def _is_rendered(key: str, asset: Mapping[str, Any]) -> bool:
    roles = set(map(str, asset.get("roles") or []))
    return _RENDERED_KEYS.match(key) is not None or ("data" not in roles and bool(roles & _RENDERED_ROLES))


def _is_of_kind(asset: Mapping[str, Any], media: re.Pattern[str], suffixes: tuple[str, ...]) -> bool:
    kind = asset.get("type")
    if kind:
        return media.search(str(kind)) is not None
    return str(asset["href"]).partition("?")[0].lower().endswith(suffixes)


def _describes_bands(key: str) -> bool:
    return key in ("nodata", "data_type", "unit") or (
        _PREFIXED.match(key) is not None and not key.endswith(":bands")
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _without_prefixes(said: Mapping[str, Any]) -> Metadata:
    return {_PREFIXED.sub("", key): value for key, value in said.items()}
