"""STAC 1.0 items of demo scenes."""

from collections.abc import Mapping

import numpy as np
from pyproj import Transformer

from descartes_flow.catalog.invented.frames import Frame
from descartes_flow.catalog.invented.imaging import MASK_NODATA, SCALE, Exposure
from descartes_flow.catalog.invented.noise import Points
from descartes_flow.catalog.invented.scenes import Scene
from descartes_flow.catalog.invented.spectra import BANDS, WAVELENGTHS

DATA = "data"
"""Key of the asset with the values."""

EXTENSIONS = {
    "eo": "https://stac-extensions.github.io/eo/v1.1.0/schema.json",
    "proj": "https://stac-extensions.github.io/projection/v1.1.0/schema.json",
    "raster": "https://stac-extensions.github.io/raster/v1.1.0/schema.json",
    "view": "https://stac-extensions.github.io/view/v1.0.0/schema.json",
    "classification": "https://stac-extensions.github.io/classification/v1.1.0/schema.json",
}
COMMON_NAMES = {"coastal-aerosol": "coastal", "red-edge": "rededge", "swir1": "swir16", "swir2": "swir22"}
CIRRUS_WAVELENGTH = 1.373

Described = dict[str, object]


def describe(scene: Scene, frame: Frame, exposure: Exposure, hrefs: Mapping[str, str]) -> Described:
    """STAC item of a scene.

    Parameters
    ----------
    hrefs : mapping
        By asset: `DATA` and, where there are masks, that of the sensor's `mask_asset`.
    """
    ring = _ring(frame, exposure.corners)
    longitudes, latitudes = ring[:, 0], ring[:, 1]
    assets: Described = {DATA: _asset(hrefs[DATA], ["data"], _data_bands(scene))}
    extensions = ["eo", "proj", "raster"] + ["view"] * (exposure.sun is not None)
    if scene.sensor.mask_asset is not None:
        masks = [_mask_band(name) for name in scene.sensor.masks]
        assets[scene.sensor.mask_asset] = _asset(hrefs[scene.sensor.mask_asset], ["data", "cloud"], masks)
        extensions.append("classification")
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "stac_extensions": [EXTENSIONS[name] for name in extensions],
        "id": scene.id,
        "collection": scene.product,
        "geometry": {"type": "Polygon", "coordinates": [ring.round(7).tolist()]},
        "bbox": [longitudes.min(), latitudes.min(), longitudes.max(), latitudes.max()],
        "properties": _properties(scene, frame, exposure),
        "assets": assets,
        "links": [],
    }


def _ring(frame: Frame, corners: Points) -> Points:
    """Closed ring of lon, lat, anticlockwise; edges have points in between, since they bend on the way."""
    start = corners[::-1]
    along = np.linspace(0, 1, 8, endpoint=False)[None, :, None]
    points = (start[:, None] + along * (np.roll(start, -1, axis=0) - start)[:, None]).reshape(-1, 2)
    points = np.vstack([points, points[:1]])
    x, y = frame.left + points[:, 0] * frame.pixel, frame.top - points[:, 1] * frame.pixel
    to_lonlat = Transformer.from_crs(frame.epsg, 4326, always_xy=True)
    return np.column_stack(to_lonlat.transform(x, y))


def _properties(scene: Scene, frame: Frame, exposure: Exposure) -> Described:
    moment = scene.moment.isoformat()
    properties: Described = {
        "datetime": moment.replace("+00:00", "Z"),
        "acquired": moment,
        "platform": scene.sensor.platform,
        "gsd": frame.pixel,
        "proj:epsg": frame.epsg,
        "proj:shape": list(frame.shape),
        "proj:transform": list(frame.transform),
        **scene.properties,
    }
    if exposure.cloud_fraction is not None:
        properties["cloud_fraction"] = properties["cloud_fraction_0"] = exposure.cloud_fraction
        properties["eo:cloud_cover"] = 100 * exposure.cloud_fraction
    if exposure.sun is not None:
        properties["view:sun_elevation"] = round(exposure.sun.elevation, 3)
        properties["view:sun_azimuth"] = round(exposure.sun.azimuth, 3)
    return dict(sorted(properties.items()))


def _asset(href: str, roles: list[str], bands: list[tuple[Described, Described]]) -> Described:
    return {
        "href": href,
        "type": "image/tiff; application=geotiff; profile=cloud-optimized",
        "roles": roles,
        "eo:bands": [spectral for spectral, _ in bands],
        "raster:bands": [stored for _, stored in bands],
    }


def _data_bands(scene: Scene) -> list[tuple[Described, Described]]:
    stored: Described = {"data_type": "uint16", "nodata": 0, "scale": SCALE, "offset": 0.0}
    return [(_spectral(name), stored) for name in scene.sensor.stored]


def _spectral(name: str) -> Described:
    if name == "cirrus":
        return {"name": name, "common_name": name, "center_wavelength": CIRRUS_WAVELENGTH}
    if name not in BANDS:
        return {"name": name, "description": f"Backscatter {name.upper()}, linear power"}
    wavelength = WAVELENGTHS[BANDS.index(name)]
    return {"name": name, "common_name": COMMON_NAMES.get(name, name), "center_wavelength": wavelength}


def _mask_band(name: str) -> tuple[Described, Described]:
    what = "cirrus" if name.startswith("cirrus") else "cloud"
    classes = [
        {"value": 0, "name": "clear", "description": f"no {what}"},
        {"value": 1, "name": what, "description": what},
    ]
    return {"name": name}, {"data_type": "uint8", "nodata": MASK_NODATA, "classification:classes": classes}
