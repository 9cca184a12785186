"""`add`: from a source to items in the store."""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias, cast

import pystac

from descartes_flow.catalog.folders import Naming, files_below, scenes_of_files
from descartes_flow.catalog.rows import Addition, is_id, row_of
from descartes_flow.catalog.rules import Rules
from descartes_flow.catalog.scenes import Scene, is_stac_file, scenes_of, scenes_of_file
from descartes_flow.catalog.store import Row, current_store
from descartes_flow.catalog.summaries import AddReport
from descartes_flow.errors import CatalogError

Stac: TypeAlias = Mapping[str, Any] | pystac.STACObject | pystac.ItemCollection
Source: TypeAlias = str | Path | Stac | Iterable[str | Path | Stac]

_REASONS_SHOWN = 10


def add(
    product_id: str,
    source: Source,
    *,
    pattern: str | None = None,
    bands: Mapping[str, Mapping[str, Any]] | None = None,
    datetime: date | str | None = None,
    scale: float | None = None,
    offset: float | None = None,
    nodata: float | None = None,
    description: str | None = None,
) -> AddReport:
    r"""Add images to a product, or bring them up to date.

    Afterwards no search opens a file: all that a computation needs to know is in the catalog.

    Parameters
    ----------
    product_id : str
        Name of the product, freely chosen; it is made if there is none.
    source : path, STAC or several of them
        A folder of GeoTIFFs, subfolders included; paths of GeoTIFFs; a file with a STAC item, ItemCollection,
        list of items, collection or catalog; the same as dicts or objects of pystac.
        Local files are described by their headers. Nothing is fetched from the network: a remote asset needs
        ``proj:code``, ``proj:transform``, ``proj:shape`` and a data type in its item, and its overviews
        remain unknown. JPEG 2000 counts where an item has no GeoTIFF.
    pattern : str, optional
        For GeoTIFFs without STAC: a regular expression, searched in each file name and, if it is not found
        there, in the path below the folder, with the groups ``item``, ``band`` and ``date``. By default
        ``{item}_{band}.tif`` makes one image where several files share ``item``; any other file is an image.
    bands : mapping of str to mapping, optional
        Rules for bands, by name, asset or alias: ``alias``, ``scale``, ``offset``, ``nodata``, ``unit``,
        ``classes`` ({value: name}; None: no class band), ``safe_overviews`` and, for remote files, ``dtype``.
    datetime : datetime, date or str, optional
        One date for all images, or the strptime format of the group ``date``. Without it: STAC, the group
        ``date``, the file's TIFFTAG_DATETIME, or the first date in the file name. No time zone means UTC.
    scale, offset, nodata : float, optional
        Rules for all bands that hold no classes: physical value = stored value * scale + offset.
        Rules win over flags such as ``earthsearch:boa_offset_applied``, these over STAC, STAC over TIFF tags.
    description : str, optional
        What the product is, in a sentence.

    Returns
    -------
    AddReport
        What was added, updated and skipped. What cannot be used is skipped with a reason, the rest added.

    Raises
    ------
    CatalogError
        If nothing at all can be added, or an argument is wrong; the catalog is unchanged then.

    Examples
    --------
    >>> add("mine", "/nowhere")
    Traceback (most recent call last):
    ...
    descartes_flow.errors.CatalogError: add(source=): no such file or folder: '/nowhere'
    """
    if not is_id(product_id):
        raise CatalogError(f"add(product_id=): expected a name, got {product_id!r}")
    rules, naming = Rules.read(bands, scale, offset, nodata), Naming.read(pattern, datetime)
    addition = Addition(product_id, rules, naming)
    rows: dict[str, Row] = {}
    for scene in _scenes(source, addition):
        try:
            row = row_of(scene, addition)
        except (CatalogError, ValueError, TypeError) as error:
            addition.skip(scene.name or "an item without an id", str(error))
            continue
        if row.name in rows:
            addition.skip(row.name, "a second image of this name in the same source: the last one counts")
        rows[row.name] = row
    if addition.band_names:
        rules.check_used(addition.band_names)
    if not rows:
        raise CatalogError(_nothing_added(addition.skipped))
    before = current_store().write(product_id, description, rows.values())
    return AddReport(
        product=product_id,
        added=tuple(name for name in rows if name not in before),
        updated=tuple(name for name in rows if name in before),
        skipped=tuple(addition.skipped),
    )


def _scenes(source: Source, addition: Addition) -> Iterator[Scene]:
    """Scenes of all parts of the source; loose files are grouped together."""
    one = isinstance(source, (str, Path, Mapping, pystac.STACObject, pystac.ItemCollection))
    if one and isinstance(source, (str, Path)) and not Path(source).expanduser().exists():
        raise CatalogError(f"add(source=): no such file or folder: {str(source)!r}")
    parts: list[Any] = [source] if one else list(cast(Iterable[Any], source))
    paths = [
        Path(os.path.abspath(Path(part).expanduser())) for part in parts if isinstance(part, (str, Path))
    ]
    loose = [path for path in paths if not path.is_dir() and not is_stac_file(path)]
    for part in parts:
        if not isinstance(part, (str, Path)):
            yield from scenes_of(part, addition.skip)
    for path in paths:
        try:
            if is_stac_file(path):
                yield from scenes_of_file(path, addition.skip)
            elif path.is_dir():
                yield from _scenes_of_files(files_below(path), path, addition)
        except CatalogError as error:
            if one:
                raise
            addition.skip(path.name, str(error))
    if loose:
        yield from _scenes_of_files(loose, loose[0].parent, addition)


def _scenes_of_files(files: list[Path], folder: Path, addition: Addition) -> Iterator[Scene]:
    return scenes_of_files(files, folder, addition.naming, addition.headers, addition.skip)


def _nothing_added(skipped: list[tuple[str, str]]) -> str:
    if not skipped:
        return "add(source=): there is no image in the source"
    reasons = [f"  {name}: {reason}" for name, reason in skipped[:_REASONS_SHOWN]]
    if len(skipped) > _REASONS_SHOWN:
        reasons.append(f"  ... and {len(skipped) - _REASONS_SHOWN} more")
    return "\n".join(["add(source=): nothing can be added:", *reasons])
