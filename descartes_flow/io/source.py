"""What must be known about one band of one file to read it."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BandSource:
    """One band of one file, with everything needed to read it; a plain value that never touches the file.

    Examples
    --------
    >>> red = BandSource("demo:a", "red", "/images/a.tif", 1, "EPSG:32633", (10, 0, 500000, 0, -10, 5000000),
    ...                  rows=512, cols=512, dtype="uint16", nodata=0, scale=0.0001)
    >>> red.pixel_size
    (10.0, 10.0)
    """

    item: str
    """Id of the scene, for errors."""

    band: str
    """Name of the band, for errors."""

    href: str
    """Absolute path or unsigned URL."""

    index: int
    """Place of the band in the file, from 1."""

    crs: str
    transform: tuple[float, float, float, float, float, float]
    """Affine (a, b, c, d, e, f): x = a * col + b * row + c, y = d * col + e * row + f; of any orientation."""

    rows: int
    cols: int
    dtype: str
    nodata: float | None
    scale: float = 1.0
    offset: float = 0.0
    """Physical value = stored value * scale + offset."""

    overviews: tuple[int, ...] = ()
    """Decimation factors, in the order of the file."""

    block: tuple[int, int] = (256, 256)
    """Rows and columns of the file's own blocks at full resolution."""

    alpha: int | None = None
    """Place of the band that hides pixels where it is 0."""

    internal_mask: bool = False
    """Whether the file holds a mask of its own that hides pixels where it is 0."""

    categorical: bool = False
    """Classes or bits, which have no values in between: always read by nearest."""

    safe_overviews: bool = True
    """Whether overviews hold values that the band itself holds (made by NEAREST or MODE). Where they do not,
    classes and the order statistics are read at full resolution."""

    size: int = 0
    modified: int = 0
    """Bytes of the file and its time of change in nanoseconds when it was added; 0 = unknown, not checked."""

    driver: str = "GTiff"

    def __post_init__(self) -> None:
        a, b, _, d, e, _ = self.transform
        if a * e == b * d:
            raise ValueError(f"BandSource(transform=): expected pixels with an area, got {self.transform}")
        if min(self.index, self.rows, self.cols) < 1:
            place = (self.index, self.rows, self.cols)
            raise ValueError(f"BandSource(index=, rows=, cols=): expected numbers from 1, got {place}")

    @property
    def pixel_size(self) -> tuple[float, float]:
        """Edges of a pixel along a row and down a column, in units of the CRS."""
        a, b, _, d, e, _ = self.transform
        return float((a * a + d * d) ** 0.5), float((b * b + e * e) ** 0.5)

    @property
    def key(self) -> bytes:
        """Digest of all that decides pixel values; the names of scene and band do not."""
        content = (
            (self.href, self.driver, self.size, self.modified, self.index, self.alpha, self.internal_mask),
            (self.crs, tuple(map(float, self.transform)), self.rows, self.cols, self.overviews),
            (self.dtype, self.nodata if self.nodata is None else float(self.nodata)),
            (float(self.scale), float(self.offset), self.categorical, self.safe_overviews),
        )
        return hashlib.blake2b(repr(content).encode(), digest_size=16).digest()
