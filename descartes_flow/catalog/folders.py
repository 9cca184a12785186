"""GeoTIFFs that no STAC describes: which files make one scene, what its bands are called, and its date."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from descartes_flow.catalog.dates import date_in_name, utc
from descartes_flow.catalog.headers import Headers
from descartes_flow.catalog.scenes import Scene, Skip
from descartes_flow.errors import CatalogError, ReadError
from descartes_flow.io.header import Header

NO_DATE = (
    "no date: neither its name nor its TIFFTAG_DATETIME holds one; "
    "give datetime=<one date for all>, or pattern= with a group 'date' (and its strptime format as datetime=)"
)
_ONE_ASSET = "band"


@dataclass(frozen=True, slots=True)
class Naming:
    """How the names of files are read.

    Parameters
    ----------
    pattern : re.Pattern, optional
        Searched in the name of each file, then in its path below the folder; groups item, band and date.
    fixed : datetime, optional
        Date of all scenes.
    format : str, optional
        strptime format of the group ``date``.
    """

    pattern: re.Pattern[str] | None = None
    fixed: datetime | None = None
    format: str | None = None

    @classmethod
    def read(cls, pattern: object, moment: object) -> "Naming":
        """Naming from the arguments of `add`.

        Raises
        ------
        CatalogError
            If the pattern is no regular expression or has other groups, or a format has no group to read.
        """
        groups = re.compile(_checked_pattern(pattern)) if pattern is not None else None
        if isinstance(moment, str) and "%" in moment:
            if groups is None or "date" not in groups.groupindex:
                raise CatalogError(
                    f"add(datetime={moment!r}): a strptime format needs pattern= with a group 'date'"
                )
            return cls(groups, None, moment)
        try:
            return cls(groups, None if moment is None else utc(moment, "add(datetime=)"))
        except (TypeError, ValueError) as error:
            raise CatalogError(f"{error}, or a strptime format of the pattern's group 'date'") from error


@dataclass(slots=True)
class _Group:
    """Files of one scene, by band; the band of a file that stands alone is ""."""

    name: str
    files: dict[str, Path] = field(default_factory=dict)
    date: str | None = None


def files_below(folder: Path) -> list[Path]:
    """GeoTIFFs in a folder and its subfolders, sorted; what is hidden is left out.

    Raises
    ------
    CatalogError
        If there is none.
    """
    found = [path for path in folder.rglob("*") if path.suffix.lower() in (".tif", ".tiff")]
    visible = [
        path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not visible:
        raise CatalogError(
            f"add(source=): no .tif or .tiff file in {str(folder)!r}; of a STAC catalog, give its file"
        )
    return sorted(visible)


def scenes_of_files(
    files: Iterable[Path], folder: Path, naming: Naming, headers: Headers, skip: Skip
) -> Iterator[Scene]:
    """Scenes that these files make, as STAC items without geometry.

    Parameters
    ----------
    folder : Path
        Where relative paths begin.
    headers : Headers
        Asked for descriptions of bands and for dates.
    """
    for group in _groups(list(files), folder, naming, skip):
        readable = {}
        for band, path in group.files.items():
            try:
                readable[band] = headers(os.path.abspath(path))
            except ReadError as error:
                skip(path.name, error.reason)
        if not readable:
            continue
        first = group.files[next(iter(readable))]
        try:
            moment = _date(group, naming, readable.values(), first.name)
        except ValueError as error:
            skip(first.name, str(error))
            continue
        assets = {_asset_key(band, header): _asset(group.files[band]) for band, header in readable.items()}
        yield Scene(_stac(group.name, moment, assets), "")


def _checked_pattern(pattern: object) -> str:
    try:
        groups = re.compile(str(pattern)).groupindex if isinstance(pattern, (str, re.Pattern)) else None
    except re.error as error:
        raise CatalogError(f"add(pattern={pattern!r}): no regular expression: {error}") from error
    if groups is None or not groups or set(groups) - {"item", "band", "date"}:
        raise CatalogError(
            f"add(pattern={pattern!r}): expected a regular expression with some of the groups "
            "(?P<item>...), (?P<band>...) and (?P<date>...)"
        )
    return pattern.pattern if isinstance(pattern, re.Pattern) else str(pattern)


def _groups(files: list[Path], folder: Path, naming: Naming, skip: Skip) -> list[_Group]:
    groups: dict[tuple[Path, str], _Group] = {}
    shared = _shared_prefixes(files)
    for path in files:
        if naming.pattern is not None:
            found = _match(naming.pattern, path, folder)
            if found is None:
                skip(path.name, "its name does not match the pattern")
                continue
            place, (item, band, date) = folder, found
        else:
            place, (item, band), date = path.parent, _split(path), None
            if (place, item) not in shared:
                item, band = path.stem, ""
        group = groups.setdefault((place, item), _Group(item, date=date))
        if date != group.date:
            reason = f"its date is {date!r}, but {group.date!r} in other files of {item!r}"
            skip(path.name, f"{reason}: let the group 'item' tell them apart")
        elif band in group.files:
            skip(path.name, f"{'band ' + repr(band) if band else 'a file'} of {item!r} is there already")
        else:
            group.files[band] = path
    return _with_unique_names(groups, folder)


def _match(pattern: re.Pattern[str], path: Path, folder: Path) -> tuple[str, str, str | None] | None:
    """Item, band and date of a file by the pattern; None if it does not match."""
    relative = os.path.relpath(path, folder).replace(os.sep, "/")
    match = pattern.search(path.name) or pattern.search(relative)
    if match is None:
        return None
    found = match.groupdict()
    return found.get("item") or _without_band(path, match), found.get("band") or "", found.get("date")


def _shared_prefixes(files: list[Path]) -> set[tuple[Path, str]]:
    """What stands before the last underscore of several names in a folder, if what follows can be a band."""
    splits = ((path.parent, *_split(path)) for path in files)
    counts = Counter(
        (folder, prefix) for folder, prefix, last in splits if prefix and re.search("[A-Za-z]", last)
    )
    return {prefix for prefix, count in counts.items() if count > 1}


def _split(path: Path) -> tuple[str, str]:
    prefix, _, last = path.stem.rpartition("_")
    # scene_20230402 and scene_20230407 are two scenes, not two bands
    return (prefix, last) if date_in_name(last) is None else ("", path.stem)


def _without_band(path: Path, match: re.Match[str]) -> str:
    """Stem of the file without its band, so that the bands of one scene agree."""
    if "band" not in match.re.groupindex or match["band"] is None or match.string != path.name:
        return path.stem
    before, after = path.name[: match.start("band")], path.stem[match.end("band") :]
    return before.rstrip("_-.") + after


def _with_unique_names(groups: dict[tuple[Path, str], _Group], folder: Path) -> list[_Group]:
    """Groups of equal names in several folders get the folder into their names."""
    folders = Counter(name for _, name in groups)
    for (place, name), group in groups.items():
        if folders[name] > 1:
            group.name = f"{os.path.relpath(place, folder).replace(os.sep, '/')}/{name}"
    return list(groups.values())


def _date(group: _Group, naming: Naming, headers: Iterable[Header], file_name: str) -> datetime:
    if naming.fixed is not None:
        return naming.fixed
    if group.date is not None:
        return _date_of_text(group.date, naming.format)
    for header in headers:
        text = header.tags.get("TIFFTAG_DATETIME", "")
        try:
            return datetime.strptime(text, "%Y:%m:%d %H:%M:%S").replace(tzinfo=UTC)
        except ValueError:
            continue  # missing, or not in the form that TIFF prescribes
    found = date_in_name(file_name)
    if found is None:
        raise ValueError(NO_DATE)
    return found


def _date_of_text(text: str, form: str | None) -> datetime:
    if form is None:
        return date_in_name(text) or utc(
            text, "the pattern's group 'date' without a strptime format as datetime="
        )
    return utc(datetime.strptime(text, form), "the pattern's group 'date'")


def _asset_key(band: str, header: Header) -> str:
    if band:
        return band
    return (header.bands[0].description if len(header.bands) == 1 else None) or _ONE_ASSET


def _asset(path: Path) -> dict[str, Any]:
    return {"href": os.path.abspath(path), "type": "image/tiff; application=geotiff", "roles": ["data"]}


def _stac(name: str, moment: datetime, assets: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "id": name,
        "geometry": None,
        "properties": {"datetime": moment.isoformat()},
        "assets": assets,
    }
