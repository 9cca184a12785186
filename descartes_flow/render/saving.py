"""What a layer shows as a file: its values or its colours."""

from __future__ import annotations

import os
from pathlib import Path

from ..colour import Style
from ..engine.compute import bind_program, default_runner, image_pixels
from ..geo.gridded import Gridded
from ..graph import Node
from ..io.datasets import GDAL_ERRORS
from ..io.drafts import draft
from ..io.geotiff import write_geotiff
from .preview import draw_image

VALUES = (".tif", ".tiff")
COLOURS = (".png",)


def save_image(
    path: str | os.PathLike[str], node: Node, context: Gridded, style: Style, *, overwrite: bool
) -> Path:
    """Write an Image program: its values as GeoTIFF, or its colours as PNG; the path with ``~`` expanded.

    Parameters
    ----------
    path : str or path-like
        Ends in .tif, .tiff or .png; its folder is there.
    node : Node
        Without parameters.
    context : Gridded
    style : Style
        Of a PNG.
    overwrite : bool
        Whether a file may be replaced.

    Raises
    ------
    ValueError
        If the name ends otherwise, or the image is empty.
    FileExistsError, FileNotFoundError
        If the file is there, or its folder is not.
    OSError
        If it cannot be written.
    StyleError, JobComputeError, ReadError
        As drawing and computing do.
    """
    wanted = checked(path, overwrite)
    try:
        _write(wanted, node, context, style)
    except GDAL_ERRORS as error:
        raise OSError(
            f"save(path={str(path)!r}): cannot be written: {error}; is the folder yours, the disk not full?"
        ) from error
    return wanted


def _write(path: Path, node: Node, context: Gridded, style: Style) -> None:
    if path.suffix.lower() in COLOURS:
        picture = draw_image(node, context, style)
        with draft(path) as written:
            picture.save(written)
        return
    grid, runner = context.grid(), default_runner()
    raster, pixels = image_pixels(bind_program(node, grid, runner), grid, runner)
    if pixels is None:
        raise ValueError(f"save(path={str(path)!r}): the image is empty here, there are no values to save")
    write_geotiff(path, pixels, raster.bands, grid)


def checked(path: str | os.PathLike[str], overwrite: bool) -> Path:
    """A path to which a file can be written; errors are those of `save_image`."""
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"save(path=): expected a path, got {type(path).__name__} {path!r}")
    wanted = Path(path).expanduser()
    known = (*VALUES, *COLOURS)
    if wanted.suffix.lower() not in known:
        raise ValueError(f"save(path=): expected a name that ends in one of {known}, got {str(path)!r}")
    if not wanted.parent.is_dir():
        raise FileNotFoundError(f"save(path={str(path)!r}): there is no folder {str(wanted.parent)!r}")
    if wanted.is_dir() or (os.path.lexists(wanted) and not overwrite):
        raise FileExistsError(
            f"save(path={str(path)!r}): it is there already; overwrite=True replaces a file"
        )
    return wanted
