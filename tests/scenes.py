"""Scenes whose every pixel is known: small GeoTIFFs, one per band, in a catalog of their own."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import descartes_flow as wf
from descartes_flow import io
from descartes_flow._settings import settings
from descartes_flow.catalog.store import current_store
from descartes_flow.engine.run import VALUES
from descartes_flow.geo import AOI

UTM = "EPSG:32633"
LEFT, TOP = 500_000.0, 5_000_000.0
NAN = float("nan")
"""In an array given to `Scenes.add`: a pixel without a value."""


def area(rows: int = 2, cols: int = 2, *, row: int = 0, col: int = 0, pixel: float = 10) -> AOI:
    """The context of ``rows x cols`` pixels, `row` and `col` of them south and east of (LEFT, TOP)."""
    left, top = LEFT + col * pixel, TOP - row * pixel
    bounds = (left, top - rows * pixel, left + cols * pixel, top)
    return AOI(bounds=bounds, bounds_crs=UTM, crs=UTM, resolution=pixel, align_pixels=False)


class Scenes:
    """Makes scenes; the upper left corner of each is (LEFT, TOP) unless it is moved.

    Attributes
    ----------
    files : dict of (scene id, band) -> Path
        The file of each band.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[tuple[str, str], Path] = {}

    def add(
        self,
        name: str,
        bands: Mapping[str, Any],
        *,
        product: str = "test",
        date: str = "2020-06-01",
        row: int = 0,
        col: int = 0,
        pixel: float = 10,
        aliases: Mapping[str, str] | None = None,
        rules: Mapping[str, Any] | None = None,
        **properties: Any,
    ) -> str:
        """A scene of float64 bands, 2-d arrays by name; its id. NaN means that a pixel has no value.

        `rules` are those that `catalog.add` takes for bands.
        """
        identity = f"{product}:{name}"
        assets = {}
        for band, values in bands.items():
            path = self.files[identity, band] = self.folder / product / f"{name}_{band}.tif"
            write(path, np.asarray(values, float), row, col, pixel)
            said = {"name": band, "common_name": (aliases or {}).get(band, band)}
            assets[band] = {"href": str(path), "type": "image/tiff", "roles": ["data"], "eo:bands": [said]}
        item = {
            "type": "Feature",
            "stac_version": "1.0.0",
            "id": name,
            "geometry": None,
            "properties": {"datetime": f"{date}T10:00:00Z", **properties},
            "links": [],
            "assets": assets,
        }
        wf.catalog.add(product, item, bands=rules)
        return identity

    def image(self, name: str, bands: Mapping[str, Any], **options: Any) -> wf.Image:
        """The Image of a new scene."""
        return wf.Image.from_id(self.add(name, bands, **options))

    def collection(
        self, *scenes: Mapping[str, Any], product: str = "test", **options: Any
    ) -> wf.ImageCollection:
        """The ImageCollection of new scenes, one day apart in this order; the property ``number`` counts."""
        for number, bands in enumerate(scenes):
            date = f"2020-06-{number + 1:02}"
            self.add(f"s{number:02}", bands, product=product, date=date, number=number, **options)
        return wf.ImageCollection.from_id(product)


def write(path: Path, values: np.ndarray, row: int, col: int, pixel: float) -> None:
    """A GeoTIFF of one float64 band."""
    path.parent.mkdir(parents=True, exist_ok=True)
    transform = rasterio.Affine(pixel, 0, LEFT + col * pixel, 0, -pixel, TOP - row * pixel)
    rows, cols = values.shape
    profile = {"driver": "GTiff", "count": 1, "height": rows, "width": cols, "dtype": "float64", "crs": UTM}
    with rasterio.open(path, "w", transform=transform, **profile) as file:
        file.write(values, 1)


def pixels(result: Any) -> Any:
    """Values of a computed Image or ImageCollection as nested lists, None where a pixel is masked."""
    return result.ndarray.tolist()


@contextlib.contextmanager
def catalog_in(folder: Path) -> Iterator[Scenes]:
    """An empty catalog below `folder`, and caches that hold nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "home", folder / "home")
        forget()
        yield Scenes(folder / "files")
        current_store().close()
        forget()


def forget() -> None:
    """Drop what was read and computed."""
    io.clear()
    VALUES.clear()


@pytest.fixture
def scenes(tmp_path: Path) -> Iterator[Scenes]:
    """An empty catalog, and caches that hold nothing."""
    with catalog_in(tmp_path) as made:
        yield made
