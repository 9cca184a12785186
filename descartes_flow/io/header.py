"""`read_header`: all that a file says about itself, read once when it is added."""

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rasterio
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.errors import NotGeoreferencedWarning

from descartes_flow.errors import ContextError, ReadError
from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.crs import normalise_crs
from descartes_flow.geo.footprints import footprint
from descartes_flow.io.datasets import (
    GDAL_ERRORS,
    gdal_options,
    local_fingerprint,
    open_dataset,
    what_gdal_said,
)
from descartes_flow.io.hrefs import is_remote, shown


@dataclass(frozen=True, slots=True)
class BandHeader:
    """What a file says about one of its bands."""

    dtype: str
    nodata: float | None
    scale: float
    offset: float
    description: str | None
    unit: str | None
    colour: str
    """Meaning of the band as GDAL names it: ``gray``, ``red``, ``alpha``, ``palette``, ``undefined``, ..."""

    tags: dict[str, str]


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about itself."""

    href: str
    driver: str
    crs: str | None
    """In the form of `normalise_crs`; None if the file has no CRS that places it on the earth."""

    transform: tuple[float, float, float, float, float, float]
    rows: int
    cols: int
    bands: tuple[BandHeader, ...]
    """In the order of the file; an alpha band is among them."""

    overviews: tuple[int, ...]
    """Decimation factors."""

    overview_resampling: str | None
    """How the overviews were made, in capitals (``NEAREST``, ``AVERAGE``, ...), where the file says so."""

    block: tuple[int, int]
    alpha: int | None
    """Place of the alpha band, from 1."""

    internal_mask: bool
    footprint: dict[str, Any] | None
    """GeoJSON geometry in WGS84, cut at the antimeridian; around all corners if the image is rotated."""

    size: int
    modified: int
    """Bytes and time of change (ns) of a local file; 0 for others."""

    tags: dict[str, str]
    """Tags of the file, such as ``TIFFTAG_DATETIME`` or ``attribution``."""


def read_header(path_or_href: str | Path, driver: str = "GTiff") -> Header:
    """Read what a file says about itself; no pixels.

    Parameters
    ----------
    path_or_href : str or Path
        Absolute path, or URL with one of the schemes https, s3, gs, az.
    driver : str
        The one format that the file may have: GTiff or JP2OpenJPEG.

    Returns
    -------
    Header
        Sidecar files (.aux.xml, .ovr, .msk) are not looked at.

    Raises
    ------
    ReadError
        If the file is missing, refused, or not of that format; its `band` is "".
    """
    href = str(path_or_href)
    name = shown(href)
    try:
        size, modified = (0, 0) if is_remote(href) else local_fingerprint(href)
        with warnings.catch_warnings(), rasterio.Env(**gdal_options(href)):
            warnings.simplefilter("ignore", NotGeoreferencedWarning)  # the header says it
            with open_dataset(href, driver) as dataset:
                return _header(href, dataset, size, modified)
    except GDAL_ERRORS as error:
        raise ReadError(name, "", what_gdal_said(href, error)) from error
    except ValueError as error:
        raise ReadError(name, "", str(error)) from error


def _header(href: str, dataset: Any, size: int, modified: int) -> Header:
    a, b, c, d, e, f = map(float, dataset.transform[:6])
    crs = _crs(dataset)
    structure = dataset.tags(ns="IMAGE_STRUCTURE")
    made_by = structure.get("OVERVIEW_RESAMPLING") or dataset.tags().get("OVERVIEW_RESAMPLING")
    flags = dataset.mask_flag_enums[0]
    alphas = [index for index, colour in enumerate(dataset.colorinterp, 1) if colour == ColorInterp.alpha]
    return Header(
        href=href,
        driver=dataset.driver,
        crs=crs,
        transform=(a, b, c, d, e, f),
        rows=dataset.height,
        cols=dataset.width,
        bands=tuple(_band(dataset, index) for index in dataset.indexes),
        overviews=tuple(dataset.overviews(1)),
        overview_resampling=made_by.upper() if made_by else None,
        block=dataset.block_shapes[0],
        alpha=alphas[0] if alphas else None,
        internal_mask=MaskFlags.per_dataset in flags and MaskFlags.alpha not in flags,
        footprint=_footprint(dataset, crs),
        size=size,
        modified=modified,
        tags=dataset.tags(),
    )


def _band(dataset: Any, index: int) -> BandHeader:
    place = index - 1
    nodata = dataset.nodatavals[place]
    return BandHeader(
        dtype=dataset.dtypes[place],
        nodata=None if nodata is None else float(nodata),
        scale=float(dataset.scales[place]),
        offset=float(dataset.offsets[place]),
        description=dataset.descriptions[place],
        unit=dataset.units[place] or None,
        colour=dataset.colorinterp[place].name,
        tags=dataset.tags(index),
    )


def _crs(dataset: Any) -> str | None:
    if dataset.crs is None or dataset.transform.is_identity:
        return None
    try:
        return normalise_crs(dataset.crs)
    except ContextError:
        return None  # an engineering CRS, for instance: it has no place on the earth


def _footprint(dataset: Any, crs: str | None) -> dict[str, Any] | None:
    if crs is None:
        return None
    a, b, c, d, e, f, *_ = dataset.transform
    rows, cols = dataset.shape
    x = [c, c + a * cols, c + b * rows, c + a * cols + b * rows]
    y = [f, f + d * cols, f + e * rows, f + d * cols + e * rows]
    try:
        return dict(footprint(Bounds(min(x), min(y), max(x), max(y)), crs).__geo_interface__)
    except ContextError:
        return None
