"""Composites in one loop over the files' pixels have the bits of those computed step by step."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import descartes_flow as wf
from descartes_flow.engine import recipes as making
from descartes_flow.engine import run as running
from descartes_flow.engine.compute import default_runner
from descartes_flow.engine.onepass import compose
from descartes_flow.geo import AOI, Grid, Tile, tile_grid
from descartes_flow.kernels.scenes import compose as loops
from tests.engine.programs import bound
from tests.scenes import LEFT, TOP, UTM

SIDE = 200
HERE = AOI(
    bounds=(LEFT, TOP - 2000, LEFT + 2000, TOP), bounds_crs=UTM, crs=UTM, resolution=10, align_pixels=False
)
GRIDS = {
    "the same pixels": HERE.grid(),
    "between them": Grid(UTM, LEFT - 3, TOP + 4, 7.0, 7.0, 200, 230),
    "beyond the edges": Grid(UTM, LEFT - 333, TOP + 444, 10.0, 10.0, 300, 310),
    "a tile": tile_grid(Tile(x=35499, y=23536, z=16)),
    "coarse": Grid(UTM, LEFT, TOP, 25.0, 25.0, 80, 80),
    "beside": Grid(UTM, LEFT + 9000, TOP, 10.0, 10.0, 50, 50),
    "cut": AOI(
        {
            "type": "Polygon",
            "coordinates": [[[15.001, 45.14], [15.02, 45.14], [15.01, 45.151], [15.001, 45.14]]],
        },
        crs=UTM,
        resolution=10,
    ).grid(),
}


def write(path: Path, data: np.ndarray, pixel: float, left: float = LEFT, **profile: Any) -> dict[str, Any]:
    """One band, and what an item says of it."""
    transform = rasterio.Affine(pixel, 0, left, 0, -pixel, TOP)
    shape = {"height": data.shape[0], "width": data.shape[1], "dtype": data.dtype, "count": 1}
    with rasterio.open(path, "w", driver="GTiff", crs=UTM, transform=transform, **shape, **profile) as file:
        file.write(data, 1)
    return {"href": str(path), "type": "image/tiff", "roles": ["data"], "eo:bands": [{"name": path.stem[-1]}]}


def add(
    folder: Path, product: str, count: int, dtype: str = "uint16", classes: float = 10, **options: Any
) -> None:
    """Scenes of bands a, b and c, and classes s that are 0 without a value; collars of nodata, and holes."""
    rng = np.random.default_rng(count)
    items = []
    for number in range(count):
        assets = {}
        for band in "abc":
            data = rng.integers(1, 4000, (SIDE, SIDE)).astype(dtype)
            row, col = np.mgrid[:SIDE, :SIDE]
            data[row + 0.3 * col < 10 * number] = 0
            data[rng.random(data.shape) < 0.02] = 0
            if dtype == "float32":
                data[rng.random(data.shape) < 0.02] = np.nan
            assets[band] = write(
                folder / f"{product}-{number}-{band}.tif",
                data,
                10,
                LEFT + number * options.get("apart", 0),
                nodata=0,
            )
            scaling = {"scale": options.get("scale", 0.0001), "offset": -0.1 * options.get("offset", 0)}
            assets[band]["raster:bands"] = [scaling]
        side = int(SIDE * 10 / classes)
        kinds = rng.integers(0, 12, (side, side)).astype("uint8")
        assets["s"] = write(folder / f"{product}-{number}-s.tif", kinds, classes, nodata=0)
        assets["s"]["classification:classes"] = [{"value": value, "name": f"k{value}"} for value in range(12)]
        items.append(item_of(number, assets))
    wf.catalog.add(product, items)


def item_of(number: int, assets: dict[str, Any]) -> dict[str, Any]:
    """A scene of its own day."""
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": f"s{number}",
        "geometry": None,
        "properties": {"datetime": f"2020-06-{number + 1:02}T10:00:00Z", "worst": number % 3 + 7},
        "links": [],
        "assets": assets,
    }


@pytest.fixture
def in_one_go(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each composite that had a recipe, whether it was computed in one go."""
    told: list[bool] = []

    def telling(*args: Any) -> Any:
        found = compose(*args)
        told.append(found is not None)
        return found

    monkeypatch.setattr(running, "compose", telling)
    return told


def both(program: wf.Proxytype, grid: Grid, monkeypatch: pytest.MonkeyPatch) -> tuple[list, list]:
    """Values and masks in one go, and step by step."""
    plan = bound(program, HERE).plan
    found = []
    for recipes in (running.recipes_of, lambda plan: {}):
        with monkeypatch.context() as patch:
            patch.setattr(running, "recipes_of", recipes)
            runner = default_runner()
            runner.use_cache = False
            (pixels,) = runner.run(plan, grid)
            mask = np.broadcast_to(False if pixels.mask is None else pixels.mask, pixels.data.shape)
            found.append([np.where(mask, 0, pixels.data).tolist(), mask.tolist()])
    return found[0], found[1]


def cloudy(col: wf.ImageCollection) -> wf.ImageCollection:
    kinds = col.pick_bands("s")
    return (kinds == 3) | (kinds >= 8)


def scenes_of(product: str, resampler: str) -> wf.ImageCollection:
    return wf.ImageCollection.from_id(product, resampler=resampler)


def difference(col: Any) -> Any:
    return wf.normalized_difference(col.pick_bands("b"), col.pick_bands("a"))


PROGRAMS: dict[str, Callable[[wf.ImageCollection], wf.Image]] = {
    "bands": lambda col: col.pick_bands("a b c").median(axis="images"),
    "masked": lambda col: col.mask(cloudy(col)).pick_bands("c a").median(axis="images"),
    "a percentile": lambda col: col.mask(cloudy(col)).pick_bands("a").percentile(35, axis="images"),
    "an index": lambda col: difference(col.mask(cloudy(col))).median(axis="images"),
    "an index, masked last": lambda col: difference(col).mask(cloudy(col)).median(axis="images"),
    "mapped": lambda col: col.map(lambda img: difference(img.mask(img.pick_bands("s") == 9))).median(
        axis="images"
    ),
    "a class for each": lambda col: col.map(
        lambda img: img.mask(img.pick_bands("s") >= img.properties["worst"]).pick_bands("b")
    ).median(axis="images"),
    "odd classes": lambda col: (
        col.mask((col.pick_bands("s") * 7 % 3).log() > 0.1).pick_bands("a").median("images")
    ),
}


@pytest.mark.parametrize("resampler", ["near", "bilinear"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_one_loop_gives_the_bits_of_all_steps(scenes, tmp_path, name, resampler, monkeypatch, in_one_go):
    add(tmp_path, "test", 5)
    program = PROGRAMS[name](scenes_of("test", resampler))
    for where in ("the same pixels", "between them"):
        found, expected = both(program, GRIDS[where], monkeypatch)
        assert found == expected

    assert in_one_go == [True, True]


@pytest.mark.parametrize("where", GRIDS)
@pytest.mark.parametrize(("dtype", "classes"), [("uint16", 10), ("float32", 20), ("int16", 5), ("uint8", 20)])
def test_it_does_for_all_grids_and_types(scenes, tmp_path, where, dtype, classes, monkeypatch, in_one_go):
    add(tmp_path, "test", 4, dtype, classes, offset=1)
    for program in (PROGRAMS["masked"], PROGRAMS["an index"]):
        found, expected = both(program(scenes_of("test", "bilinear")), GRIDS[where], monkeypatch)
        assert found == expected

    assert in_one_go == [where != "beside"] * 2


@pytest.mark.parametrize("name", ["bands", "an index", "a percentile"])
def test_it_does_for_numbers_beyond_the_largest(scenes, tmp_path, name, monkeypatch, in_one_go):
    add(tmp_path, "test", 3, scale=1e305)
    found, expected = both(PROGRAMS[name](scenes_of("test", "near")), GRIDS["coarse"], monkeypatch)

    assert found == expected
    assert np.isinf(found[0]).any() == (name != "an index")
    assert in_one_go == [True]


STEP_BY_STEP: dict[str, Callable[[wf.ImageCollection], wf.Image]] = {
    "another difference": lambda col: ((col.pick_bands("a") - 1) / (col.pick_bands("a") + 1)).median(
        "images"
    ),
    "two masks": lambda col: (
        col.mask(cloudy(col)).mask(col.pick_bands("s") == 4).pick_bands("a").median("images")
    ),
    "a mask of values": lambda col: col.mask(col.pick_bands("b") > 0.2).pick_bands("a").median("images"),
    "a mask that replaces": lambda col: col.mask(cloudy(col), replace=True).pick_bands("a").median("images"),
    "arithmetic": lambda col: (col.pick_bands("a") * 2).median("images"),
    "groups": lambda col: col.pick_bands("a").groupby(dates="day").median("images").mean("images"),
    "a mean": lambda col: col.pick_bands("a").mean(axis="images"),
    "bands and images": lambda col: col.pick_bands("a b").median(axis=("images", "bands")),
    "a mask of other images": lambda col: (
        col.mask(col[::-1].pick_bands("s") > 5).pick_bands("a").median("images")
    ),
    "a mask of all images": lambda col: (
        col.mask(col.pick_bands("s") > col.pick_bands("s").mean("images")).pick_bands("a").median("images")
    ),
    "one image of classes": lambda col: col.map(
        lambda img: img.mask(col[0].pick_bands("s") >= img.properties["worst"]).pick_bands("a")
    ).median("images"),
}


@pytest.mark.parametrize("name", STEP_BY_STEP)
def test_what_it_does_not_know_is_computed_step_by_step(scenes, tmp_path, name, monkeypatch, in_one_go):
    add(tmp_path, "test", 4)
    program = STEP_BY_STEP[name](scenes_of("test", "bilinear"))
    found, expected = both(program, GRIDS["between them"], monkeypatch)

    assert found == expected
    assert True not in in_one_go


@pytest.mark.parametrize("resampler", ["cubic", "average", "mode"])
def test_other_resamplers_are_left_to_gdal(scenes, tmp_path, resampler, monkeypatch, in_one_go):
    add(tmp_path, "test", 2)
    program = PROGRAMS["masked"](scenes_of("test", resampler))
    found, expected = both(program, GRIDS["between them"], monkeypatch)

    assert found == expected
    assert in_one_go == []


def test_more_images_than_the_loop_sorts_are_not_counted_on(scenes, tmp_path, monkeypatch, in_one_go):
    add(tmp_path, "test", 3)
    monkeypatch.setattr(making, "MOST_SORTED", 2)
    found, expected = both(PROGRAMS["bands"](scenes_of("test", "near")), GRIDS["coarse"], monkeypatch)

    assert found == expected
    assert in_one_go == []


def test_windows_too_large_to_be_held_together_are_read_one_by_one(scenes, tmp_path, monkeypatch, in_one_go):
    add(tmp_path, "test", 2)
    program = PROGRAMS["bands"](scenes_of("test", "near"))
    held = 2 * 3 * (SIDE + 2) ** 2 * 2  # scenes, bands, pixels, bytes of each
    for memory in (held, held - 1):
        monkeypatch.setattr(wf.settings, "memory_bytes", memory * 8)
        found, expected = both(program, GRIDS["the same pixels"], monkeypatch)
        assert found == expected

    assert in_one_go == [True, False]


def test_until_all_loops_are_loaded_it_is_computed_step_by_step(scenes, tmp_path, monkeypatch, in_one_go):
    add(tmp_path, "test", 2, "float32")
    monkeypatch.setattr(loops["float32"], "compiled", None)
    found, expected = both(PROGRAMS["bands"](scenes_of("test", "near")), GRIDS["coarse"], monkeypatch)

    assert found == expected
    assert in_one_go == [False]


def test_scenes_that_do_not_lie_alike_are_read_one_by_one(scenes, tmp_path, monkeypatch, in_one_go):
    add(tmp_path, "test", 3, apart=5)
    found, expected = both(
        PROGRAMS["masked"](scenes_of("test", "bilinear")), GRIDS["between them"], monkeypatch
    )

    assert found == expected
    assert in_one_go == []


def test_classes_without_nodata_may_end_within_the_area(scenes, tmp_path, monkeypatch, in_one_go):
    rng = np.random.default_rng(5)
    items = []
    for number in range(2):
        assets = {}
        for band, dtype, kept in (("a", "uint16", {"nodata": 0}), ("s", "uint8", {})):
            path = tmp_path / f"{number}-{band}.tif"
            assets[band] = write(path, rng.integers(0, 9, (60, 60)).astype(dtype), 10, **kept)
        assets["s"]["classification:classes"] = [{"value": value, "name": f"k{value}"} for value in range(9)]
        items.append(item_of(number, assets))
    wf.catalog.add("test", items)
    images = scenes_of("test", "bilinear")
    program = images.mask(images.pick_bands("s") >= 6).pick_bands("a").median(axis="images")
    found, expected = both(program, Grid(UTM, LEFT - 33, TOP + 47, 10.0, 10.0, 80, 80), monkeypatch)

    assert found == expected
    assert in_one_go == [True]


def test_a_file_that_has_changed_is_an_error_in_one_go_too(scenes, tmp_path, monkeypatch, in_one_go):
    add(tmp_path, "test", 3)
    with rasterio.open(tmp_path / "test-1-a.tif", "r+") as file:
        file.transform = rasterio.Affine(10, 0, LEFT + 5, 0, -10, TOP)

    with pytest.raises(wf.exceptions.ReadError):
        both(PROGRAMS["masked"](scenes_of("test", "bilinear")), GRIDS["between them"], monkeypatch)
    assert in_one_go == [False]


def test_a_scene_that_cannot_be_read_is_skipped_and_named(scenes, tmp_path, in_one_go):
    add(tmp_path, "test", 3)
    (tmp_path / "test-1-a.tif").unlink()
    result = PROGRAMS["masked"](scenes_of("test", "bilinear")).compute(HERE, on_error="skip")

    assert [(issue.item, issue.band) for issue in result.issues] == [("test:s1", "a")]
    assert in_one_go == [False]


def test_blocks_have_the_bits_of_the_whole(scenes, tmp_path, monkeypatch):
    add(tmp_path, "test", 4)
    program = PROGRAMS["an index"](scenes_of("test", "bilinear"))
    whole = program.compute(HERE, cache=False).ndarray
    monkeypatch.setattr(wf.settings, "block_size", 48)
    pieces = program.compute(HERE, cache=False).ndarray

    assert np.array_equal(whole.filled(9), pieces.filled(9))


def test_a_cancelled_run_ends(scenes, tmp_path):
    add(tmp_path, "test", 4)
    plan = bound(PROGRAMS["masked"](scenes_of("test", "bilinear")), HERE).plan
    runner = default_runner()
    asked = iter([False, True])
    runner.cancelled = lambda: next(asked, True)

    with pytest.raises(wf.exceptions.JobCancelled):
        runner.run(plan, HERE.grid())
