"""`Bounds`: an extent that says which number is which."""

from typing import NamedTuple


class Bounds(NamedTuple):
    """An extent in some CRS, in the order that GeoJSON, STAC and rasterio use.

    As longitudes and latitudes, an extent across the antimeridian has ``left > right`` (RFC 7946, 5.2).

    Examples
    --------
    >>> Bounds(left=10.0, bottom=45.0, right=12.0, top=46.0).width
    2.0
    """

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """``right - left``."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """``top - bottom``."""
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        """``(x, y)`` of the middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def grown(self, x: float, y: float) -> "Bounds":
        """These bounds with `x` added on the left and right and `y` at the bottom and top."""
        return Bounds(self.left - x, self.bottom - y, self.right + x, self.top + y)
