"""What pixels on a grid must be, computed without a line of the package: pyproj, rasterio, plain numpy."""

import functools
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT

from descartes_flow.geo import Grid
from descartes_flow.geo.pixels import Pixels
from descartes_flow.io import BandSource

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def exact_places(
    source: BandSource, grid: Grid, level: tuple[int, int], step: int = 1
) -> tuple[Floats, Floats]:
    """Rows and columns, in a level of this shape, of each ``step``-th pixel's centre; else not finite."""
    x, y = np.meshgrid(grid.centre_x()[::step], grid.centre_y()[::step])
    if grid.crs != source.crs:
        x, y = transformer(grid.crs, source.crs).transform(x, y)
    if CRS.from_user_input(source.crs).is_geographic:
        middle = source.transform[2] + source.transform[0] * source.cols / 2
        x = x - 360 * np.round((x - middle) / 360)
    a, b, left, d, e, top = source.transform
    inverse = np.linalg.inv([[a, b], [d, e]])
    # The corner is taken off first: whole pixels of large coordinates stay whole.
    with np.errstate(invalid="ignore"):
        col, row = np.tensordot(inverse, np.stack([x - left, y - top]), axes=1)
    return row * (level[0] / source.rows), col * (level[1] / source.cols)


@functools.cache
def transformer(source: str, target: str) -> Transformer:
    """Kept: one takes milliseconds to make."""
    return Transformer.from_crs(source, target, always_xy=True)


def expected_level(source: BandSource, grid: Grid) -> int | None:
    """Index of the coarsest overview at least as fine as the target, from pixels all over the image."""
    if not source.overviews:
        return None
    a, b, left, d, e, top = source.transform
    cols, rows = (
        v.ravel() for v in np.meshgrid(*((np.array([1, 3, 5]) / 6 * n) for n in (source.cols, source.rows)))
    )
    to_target = transformer(source.crs, grid.crs).transform
    there = []
    for right, below in ((0, 0), (1, 0), (0, 1)):
        col, row = cols + right, rows + below
        there.append(np.stack(to_target(a * col + b * row + left, d * col + e * row + top)))
    size = np.array([[grid.xres], [grid.yres]])
    jacobian = np.stack([(there[1] - there[0]) / size, (there[2] - there[0]) / size]).transpose(2, 1, 0)
    edges = np.linalg.norm(np.linalg.inv(jacobian), axis=1)
    usable = [
        (factor, index) for index, factor in enumerate(source.overviews) if factor <= edges.min() * (1 + 1e-6)
    ]
    return max(usable)[1] if usable else None


def read_level(source: BandSource, level: int | None) -> tuple[Any, Bools]:
    """All pixels of a level, as stored, and which of them have no value."""
    with rasterio.open(source.href, **opening(level)) as file:
        data = file.read(source.index)
        return data, (file.read_masks(source.index) == 0) | np.isnan(data)


def opening(level: int | None) -> dict[str, Any]:
    """What `rasterio.open` is told."""
    return {} if level is None else {"overview_level": level}


def warped(source: BandSource, grid: Grid, level: int | None, resampling: str) -> Pixels:
    """GDAL's pixels on a grid, of one level, by the nearest or by 2 x 2; in stored units.

    Left to itself it allows coordinates to be off by an eighth of a pixel, and widens the kernel where its
    window of the source, turned or sheared, has more pixels than the target.
    """
    method = {"near": Resampling.nearest, "bilinear": Resampling.bilinear}[resampling]
    with (
        rasterio.open(source.href, **opening(level)) as file,
        WarpedVRT(
            file,
            crs=grid.crs,
            transform=rasterio.Affine(*grid.transform),
            width=grid.cols,
            height=grid.rows,
            resampling=method,
            tolerance=1e-4,
            dtype="float64",
            XSCALE=1,
            YSCALE=1,
        ) as view,
    ):
        found = view.read(source.index, masked=True)
    return Pixels(found.data, np.ma.getmaskarray(found) | np.isnan(found.data))


def nearest(row: Floats, col: Floats, data: Any, hidden: Bools) -> Pixels:
    """The pixel that holds each place, from the definition."""
    inside = (row > 0) & (row < data.shape[0]) & (col > 0) & (col < data.shape[1])
    index = np.floor(row[inside]).astype(int), np.floor(col[inside]).astype(int)
    values, mask = np.zeros(row.shape), np.ones(row.shape, bool)
    values[inside], mask[inside] = data[index], hidden[index]
    return Pixels(values, mask)


def bilinear(row: Floats, col: Floats, data: Any, hidden: Bools) -> Pixels:
    """Between 2 x 2 centres, from the definition: neighbours without a value do not count."""
    total, weights = np.zeros(row.shape), np.zeros(row.shape)
    finite = np.isfinite(row) & np.isfinite(col)
    row, col = np.where(finite, row, -9.0), np.where(finite, col, -9.0)
    values = np.where(hidden, 0, data).astype(float)
    for down in (0, 1):
        for right in (0, 1):
            r, c = np.floor(row - 0.5).astype(int) + down, np.floor(col - 0.5).astype(int) + right
            there = (r >= 0) & (r < data.shape[0]) & (c >= 0) & (c < data.shape[1])
            r, c = np.where(there, r, 0), np.where(there, c, 0)
            weight = (1 - np.abs(row - 0.5 - r)) * (1 - np.abs(col - 0.5 - c)) * there * ~hidden[r, c]
            total, weights = total + weight * values[r, c], weights + weight
    own = nearest(row, col, data, hidden).mask
    return Pixels(total / np.where(weights > 0, weights, 1), own)


def beside_an_edge(row: Floats, col: Floats, allowed: float) -> Bools:
    """True where a coordinate within ``allowed`` pixels of this one lies in another pixel."""
    with np.errstate(invalid="ignore"):
        return np.minimum(np.abs(row - np.round(row)), np.abs(col - np.round(col))) <= allowed


def mask_of(pixels: Pixels, shape: tuple[int, int]) -> Bools:
    """The mask, of False where there is none."""
    return np.zeros(shape, bool) if pixels.mask is None else pixels.mask
