"""Random scenes of known pixels, as files in a catalog and as arrays."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

import descartes_flow as wf
from descartes_flow.geo import AOI
from tests.laws.areas import Area, Box
from tests.laws.nodes import Env
from tests.laws.oracle import EMPTY, Col, Img
from tests.scenes import LEFT, TOP, UTM, area

GRIDS = [(1, 1), (1, 7), (5, 1), (2, 3), (9, 11), (16, 16), (33, 20), (97, 103)]
MARGIN = 2
"""By how many pixels the scenes reach beyond the area, and by how many they are shifted at most."""


@dataclass(frozen=True)
class Scene:
    """The pixels of a scene, ``(band, y, x)``, and where its upper left pixel lies."""

    identity: str
    row: int
    col: int
    data: Any
    mask: Any

    def over(self, row: int, col: int, rows: int, cols: int) -> tuple[Any, Any]:
        """Data and mask of an area; outside the scene everything is masked."""
        bands, height, width = self.data.shape
        data, mask = np.zeros((bands, rows, cols)), np.ones((bands, rows, cols), bool)
        top, left = max(self.row, row), max(self.col, col)
        bottom, right = min(self.row + height, row + rows), min(self.col + width, col + cols)
        if top < bottom and left < right:
            target = np.s_[:, top - row : bottom - row, left - col : right - col]
            source = np.s_[:, top - self.row : bottom - self.row, left - self.col : right - self.col]
            data[target], mask[target] = self.data[source], self.mask[source]
        return np.where(mask, 0, data), mask


class World:
    """Three products of 0 to 12 scenes, of differing types, scales and masks, on one grid.

    Attributes
    ----------
    rows, cols : int
        Size of the area that all scenes cover for the most part.
    cutline : Box or None
        What the geometry of the world's contexts leaves.
    proxies : dict of str to proxy
        What programs call them.
    """

    def __init__(self, seed: int, folder: Path) -> None:
        self.random = np.random.default_rng(seed)
        self.folder = folder
        self.rows, self.cols = GRIDS[self.random.integers(len(GRIDS))]
        self.cutline = self._cutline()
        counts = zip(
            ("a", "b", "c"), ("xyz", "xy", "x"), self.random.integers((0, 1, 1), (13, 7, 4)), strict=True
        )
        self.scenes = {
            product: [self._scene(product, number, bands) for number in range(count)]
            for product, bands, count in counts
        }
        nothing = wf.ImageCollection([])
        self.proxies: dict[str, Any] = {"wf": wf, "nothing": nothing, "none": nothing[0]}
        for product, scenes in self.scenes.items():
            self.proxies[product] = wf.ImageCollection.from_id(product) if scenes else nothing
            for number, scene in enumerate(scenes[:2]):
                self.proxies[f"{product}{number}"] = wf.Image.from_id(scene.identity)

    def env(self, margin: int = 0) -> Env:
        """What the proxies are worth over the area: pixels of arrays, metadata as the catalog gives it.

        Arrays hold `margin` pixels more at each edge.
        """
        area = Area(self.rows, self.cols, margin, self.cutline)
        found: Env = {"area": area, "nothing": Col(), "none": EMPTY}
        for product, scenes in self.scenes.items():
            images = []
            for number, scene in enumerate(scenes):
                data, mask = scene.over(-margin, -margin, *area.shape)
                image = Img(data, mask | area.outside, *self._said[scene.identity])
                images.append(image)
                if number < 2:
                    found[f"{product}{number}"] = image
            shared = self._said[product]
            found[product] = Col([Img(image.data, image.mask, shared, image.props) for image in images])
        return found

    @functools.cached_property
    def _said(self) -> dict[str, Any]:
        """Bandinfo of products; of scenes also properties."""
        said: dict[str, Any] = {}
        for product, scenes in self.scenes.items():
            said[product] = dict(self.proxies[product].bandinfo.compute(self.here))
            for scene in scenes:
                image = wf.Image.from_id(scene.identity)
                properties = image.properties.compute(self.here)
                said[scene.identity] = dict(image.bandinfo.compute(self.here)), properties
        return said

    @functools.cached_property
    def here(self) -> AOI:
        """The context of the area."""
        return self.cut(area(self.rows, self.cols))

    def cut(self, context: AOI) -> AOI:
        """A context with the cutline of the world, if it has one."""
        return context if self.cutline is None else context.assign(geometry=self.cutline.geojson())

    def _cutline(self) -> Box | None:
        """A box that holds a pixel of the area, for some of the worlds."""
        if self.random.random() < 0.6:
            return None
        row, col = self.random.integers((self.rows, self.cols))
        before, after = self.random.integers(0, max(self.rows, self.cols) + 3, (2, 2))
        return Box(
            *(
                int(place)
                for place in (row - before[0], col - before[1], row + 1 + after[0], col + 1 + after[1])
            )
        )

    def beyond(self) -> AOI:
        """A context of several blocks, somewhere in which the scenes lie."""
        rows, cols = self.rows + 270, self.cols + 30
        row, col = -int(self.random.integers(100, 260)), -int(self.random.integers(3, 20))
        return self.cut(area(rows, cols, row=row, col=col))

    def _scene(self, product: str, number: int, bands: str) -> Scene:
        dtype = str(self.random.choice(["float64", "int16", "uint8"]))
        row, col = (int(place) - MARGIN for place in self.random.integers(-MARGIN, MARGIN + 1, 2))
        nodata = self.random.choice([None, 0, 2])
        scale, offset = ((1, 0), (0.5, 0), (0.5, -1))[self.random.choice(3, p=[0.7, 0.15, 0.15])]
        raw = [self._raw(dtype) for _ in bands]
        assets = {}
        for name, values in zip(bands, raw, strict=True):
            path = self.folder / f"{product}{number}{name}.tif"
            self._write(path, values.astype(dtype), row, col, nodata, scale, offset)
            said = {"name": name, "common_name": name}
            assets[name] = {"href": str(path), "type": "image/tiff", "roles": ["data"], "eo:bands": [said]}
        item = {
            "type": "Feature",
            "stac_version": "1.0.0",
            "id": f"s{number}",
            "geometry": None,
            "properties": {
                "datetime": f"2020-06-{number + 1:02}T10:00:00Z",
                "number": number,
                "odd": number % 2,
            },
            "links": [],
            "assets": assets,
        }
        wf.catalog.add(product, item)
        data = np.stack(raw)
        hidden = np.isnan(data) if nodata is None else np.isnan(data) | (data == nodata)
        return Scene(f"{product}:s{number}", row, col, data * scale + offset, hidden)

    def _raw(self, dtype: str) -> Any:
        shape = (self.rows + 2 * MARGIN, self.cols + 2 * MARGIN)
        values = self.random.integers(0 if dtype == "uint8" else -3, 6, shape).astype(float)
        if dtype == "float64":
            values += self.random.choice([0, 0.25, 0.5], shape)
            values[self.random.random(shape) < 0.1] = np.nan
            for infinity in (np.inf, -np.inf):
                if self.random.random() < 0.2:
                    values[self.random.random(shape) < 0.05] = infinity
        return values

    def _write(
        self, path: Path, values: Any, row: int, col: int, nodata: Any, scale: float, offset: float
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        rows, cols = values.shape
        profile = {"driver": "GTiff", "count": 1, "height": rows, "width": cols, "crs": UTM, "nodata": nodata}
        transform = rasterio.Affine(10, 0, LEFT + col * 10, 0, -10, TOP - row * 10)
        with rasterio.open(path, "w", dtype=values.dtype, transform=transform, **profile) as file:
            file.write(values, 1)
            if (scale, offset) != (1, 0):
                file.scales, file.offsets = [scale], [offset]
