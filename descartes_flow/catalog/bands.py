"""From drafts to `Band`s: values by order of precedence, what `bandinfo` shows, and the source to read."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from descartes_flow.catalog.assets import is_class_band, number, stored_range
from descartes_flow.catalog.drafts import Draft
from descartes_flow.catalog.items import Band
from descartes_flow.catalog.rules import UNSET, BandRule, Rules, is_dtype
from descartes_flow.catalog.scenes import Scene, Skip
from descartes_flow.errors import CatalogError
from descartes_flow.io.header import Header
from descartes_flow.io.source import BandSource

OFFSET_APPLIED_FLAGS = ("earthsearch:boa_offset_applied",)
"""Item properties that say: the stored values hold STAC's offset already, do not add it again."""

_PRIMARY_COLORS = {"red": "Red", "green": "Green", "blue": "Blue"}
_FAITHFUL_OVERVIEWS = {"NEAREST", "MODE"}
_SAID_IN_INFO = (
    "common_name",
    "center_wavelength",
    "full_width_half_max",
    "description",
    "classes",
    "bitfields",
)


def bands_of(
    item_id: str, product: str, drafts: list[Draft], scene: Scene, rules: Rules, skip: Skip
) -> list[Band]:
    """Bands with the rules applied.

    Raises
    ------
    CatalogError
        If a rule gives an alias to several bands, or the name of one band to another.
    """
    chosen = [rules.of(draft.names) for draft in drafts]
    claimed = _claimed_aliases(chosen, {draft.name for draft in drafts})
    properties = scene.stac["properties"]
    bands = []
    for draft, rule in zip(drafts, chosen, strict=True):
        dtype = _dtype(draft, rule)
        if dtype is None:
            skip(
                f"{scene.name} {draft.name}",
                "a remote file, of which STAC says no data_type; give bands={"
                f"{draft.name!r}: {{'dtype': ..., 'nodata': ...}}}}",
            )
            continue
        source = _source(item_id, draft, rule, rules.general, properties, dtype)
        own = dict.fromkeys([*rule.aliases, *(alias for alias in draft.aliases if alias not in claimed)])
        bands.append(
            Band(draft.name, tuple(own), _info(f"{product}:{draft.name}", draft, rule, source), source)
        )
    return bands


def _claimed_aliases(rules: list[BandRule], names: set[str]) -> set[str]:
    uses = Counter(alias for rule in rules for alias in rule.aliases)
    ambiguous = sorted(alias for alias in uses if uses[alias] > 1 or alias in names)
    if ambiguous:
        raise CatalogError(f"add(bands=): alias {ambiguous} would mean several bands")
    return set(uses)


def _dtype(draft: Draft, rule: BandRule) -> str | None:
    if draft.stored is not None:
        return draft.stored.dtype
    said = draft.said.get("data_type") if rule.dtype is UNSET else rule.dtype
    return said if isinstance(said, str) and is_dtype(said) else None


def _source(
    item_id: str, draft: Draft, rule: BandRule, general: BandRule, properties: Mapping[str, Any], dtype: str
) -> BandSource:
    header = draft.header
    categorical = is_class_band([draft.name, draft.asset], draft.roles, draft.said, dtype)
    if rule.classes is not UNSET:
        categorical = rule.classes is not None
    if categorical:
        general = BandRule()
    scale, offset = _calibration(draft, rule, general, properties)
    faithful = header is None or not header.overviews or header.overview_resampling in _FAITHFUL_OVERVIEWS
    return BandSource(
        item=item_id,
        band=draft.name,
        href=draft.href,
        index=draft.index,
        crs=draft.placement.crs,
        transform=draft.placement.transform,
        rows=draft.placement.rows,
        cols=draft.placement.cols,
        dtype=dtype,
        nodata=_nodata(draft, rule, general, dtype),
        scale=scale,
        offset=offset,
        categorical=categorical,
        safe_overviews=_first(rule.safe_overviews, faithful),
        driver=draft.driver,
        **(_file_fields(header) if header is not None else {}),
    )


def _file_fields(header: Header) -> dict[str, Any]:
    return {
        "overviews": header.overviews,
        "block": header.block,
        "alpha": header.alpha,
        "internal_mask": header.internal_mask,
        "size": header.size,
        "modified": header.modified,
    }


def _calibration(
    draft: Draft, rule: BandRule, general: BandRule, properties: Mapping[str, Any]
) -> tuple[float, float]:
    """Scale and offset: rules, then flags, then STAC, then the file; STAC's pair counts as a whole."""
    scale, offset = number(draft.said.get("scale")), number(draft.said.get("offset"))
    if scale is None and offset is None and draft.stored is not None:
        scale, offset = draft.stored.scale, draft.stored.offset
    if any(properties.get(flag) is True for flag in OFFSET_APPLIED_FLAGS):
        offset = 0.0
    scale = _first(rule.scale, general.scale, 1.0 if scale is None else scale)
    offset = _first(rule.offset, general.offset, 0.0 if offset is None else offset)
    return float(scale), float(offset)


def _nodata(draft: Draft, rule: BandRule, general: BandRule, dtype: str) -> float | None:
    nodata = number(draft.said.get("nodata"))
    if nodata is None and draft.stored is not None:
        nodata = draft.stored.nodata
    nodata = _first(rule.nodata, general.nodata, nodata)
    if nodata is None or (nodata != nodata and "float" not in dtype):
        return None  # NaN in whole numbers: nothing can be equal to it
    return float(nodata)


def _first(*values: Any) -> Any:
    return next(value for value in values if value is not UNSET)


def _info(band_id: str, draft: Draft, rule: BandRule, source: BandSource) -> dict[str, Any]:
    """What `bandinfo` shows; what is not known is left out."""
    said = {field: draft.said.get(field) for field in _SAID_IN_INFO}
    data_range = stored_range(source.dtype)
    physical_range = None
    if data_range is not None and not source.categorical:
        ends = [end * source.scale + source.offset for end in data_range]
        physical_range = (min(ends), max(ends))
    unit, description = draft.said.get("unit"), said["description"]
    if draft.stored is not None:
        unit = unit or draft.stored.unit
        described = draft.stored.description
        said["description"] = description or (described if described != draft.name else None)
    if isinstance(rule.classes, Mapping):
        said["classes"] = [{"value": value, "name": name} for value, name in sorted(rule.classes.items())]
    named = [str(name).lower() for name in (said["common_name"], draft.name)]
    info = {
        "color": next((_PRIMARY_COLORS[name] for name in named if name in _PRIMARY_COLORS), None),
        "name": draft.name,
        "id": band_id,
        "data_range": data_range,
        "physical_range": physical_range,
        "scale": source.scale,
        "offset": source.offset,
        "nodata": source.nodata,
        "unit": _first(rule.unit, unit),
        "resolution": source.pixel_size[0],
        **said,
    }
    return {name: value for name, value in info.items() if value is not None}
