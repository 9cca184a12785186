"""Making the demo imagery on disk."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rasterio.enums import Resampling

from descartes_flow._settings import settings
from descartes_flow.catalog.invented import PRODUCTS
from descartes_flow.catalog.invented.imaging import MASK_NODATA, SCALE, expose
from descartes_flow.catalog.invented.landscape import Ground
from descartes_flow.catalog.invented.scenes import Scene, all_scenes
from descartes_flow.catalog.invented.sites import grounds, place_of
from descartes_flow.catalog.invented.stac import DATA, describe
from descartes_flow.io.cog import write_cog
from descartes_flow.io.drafts import draft


def build(folder: Path) -> list[tuple[str, list[dict[str, object]]]]:
    """Make what is missing of the demo imagery.

    Scenes are computed from fixed seeds; what is there already is left alone. Each file appears whole, so
    that two processes may build in one folder, and a build that was stopped goes on where it ended.

    Parameters
    ----------
    folder : Path
        Where the files are, or will be: one folder for each product.

    Returns
    -------
    list of tuple
        For each product of `PRODUCTS` its id and its STAC 1.0 items, by date, with absolute hrefs.
    """
    folder = Path(folder).absolute()
    scenes = all_scenes()
    missing = [scene for scene in scenes if not _is_made(folder, scene)]
    if missing:
        for product in PRODUCTS:
            _place(folder, product).mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(settings.threads, thread_name_prefix="demo") as pool:
            ground = grounds(sorted({scene.site for scene in missing}), pool)
            for _ in pool.map(lambda scene: _make(folder, scene, ground[scene.site]), missing):
                pass
    items: dict[str, list[dict[str, object]]] = {product: [] for product in PRODUCTS}
    for scene in scenes:
        items[scene.product].append(_read(folder, scene))
    return list(items.items())


def _place(folder: Path, product: str) -> Path:
    """Folder of a product; colons mean something in paths of some systems."""
    return folder / product.replace(":", "-")


def _files(folder: Path, scene: Scene) -> dict[str, Path]:
    """Rasters of a scene by asset."""
    stem = _place(folder, scene.product) / scene.id
    files = {DATA: stem.with_name(f"{scene.id}.tif")}
    if scene.sensor.mask_asset is not None:
        files[scene.sensor.mask_asset] = stem.with_name(f"{scene.id}_mask.tif")
    return files


def _record(folder: Path, scene: Scene) -> Path:
    """The STAC item of a scene, written after its rasters."""
    return _place(folder, scene.product) / f"{scene.id}.json"


def _is_made(folder: Path, scene: Scene) -> bool:
    return all(path.is_file() for path in (_record(folder, scene), *_files(folder, scene).values()))


def _make(folder: Path, scene: Scene, ground: Ground) -> None:
    exposure = expose(scene, ground, place_of(scene.site).latitude)
    files, sensor = _files(folder, scene), scene.sensor
    place = f"EPSG:{ground.frame.epsg}", ground.frame.transform
    data = exposure.data
    write_cog(files[DATA], data, sensor.stored, *place, nodata=0, scale=SCALE, resampling=Resampling.average)
    if sensor.mask_asset is not None:
        path = files[sensor.mask_asset]
        nearest = Resampling.nearest  # classes have no average
        write_cog(path, exposure.masks, sensor.masks, *place, nodata=MASK_NODATA, resampling=nearest)
    hrefs = {asset: f"./{path.name}" for asset, path in files.items()}
    record = _record(folder, scene)
    with draft(record) as written:
        written.write_text(
            json.dumps(describe(scene, ground.frame, exposure, hrefs), indent=1), encoding="utf-8"
        )


def _read(folder: Path, scene: Scene) -> dict[str, Any]:
    """The item of a scene with absolute hrefs."""
    record = _record(folder, scene)
    item: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
    for asset in item["assets"].values():
        asset["href"] = str(record.parent / asset["href"])
    return item
