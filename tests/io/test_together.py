"""Bands that are read together have the bits of those read one by one."""

from pathlib import Path

import numpy as np
import pytest

from descartes_flow import io
from descartes_flow.engine.sharing import share
from descartes_flow.geo import Grid
from descartes_flow.io.bundles import Bundle
from tests.io.rasters import LEFT, TOP, source_of, utm_grid, write

RNG = np.random.default_rng(11)
WHOLE = RNG.integers(0, 50, (60, 70))
REAL = np.where(WHOLE % 11 == 0, np.nan, WHOLE / 7)
INFINITE = np.where(WHOLE % 13 == 0, np.inf, np.where(WHOLE % 17 == 0, -np.inf, WHOLE / 7))
GRIDS = {
    "between": utm_grid(-33, -47, 7.3, 60, 70),
    "inside": utm_grid(55, 65, 3, 40, 50),
    "beyond": utm_grid(-400, 300, 10, 90, 80),
    "degrees": Grid("EPSG:4326", 15.0, 45.152, 1e-4, 1e-4, 60, 90),
}
ONE_BY_ONE = {
    "infinite",
    "the second infinite",
    ("without nodata", "between", "bilinear"),  # what lies outside would look like a value
    ("without nodata", "degrees", "bilinear"),
}
"""What only reading band by band can do."""

TILED = {"tiled": True, "blockxsize": 64, "blockysize": 64}
KINDS = {
    "uint8": [(WHOLE.astype("uint8"), 0)] * 2,
    "int16": [(WHOLE.astype("int16") - 20, -20), (WHOLE.astype("int16") - 20, -20)],
    "int32": [(WHOLE.astype("int32") * 100_000, 0)] * 2,
    "float64": [(REAL, np.nan)] * 2,
    "without nodata": [(WHOLE.astype("uint16"), None), (WHOLE.astype("uint8"), None)],
    "infinite": [(INFINITE.astype("float32"), None)] * 2,
    "the second infinite": [(WHOLE.astype("int16"), None), (INFINITE.astype("float32"), None)],
}


def bundle_of(folder: Path, kind: str) -> Bundle:
    sources = []
    for number, (data, nodata) in enumerate(KINDS[kind]):
        kept = TILED if nodata is None else {**TILED, "nodata": nodata}
        path = write(folder / f"{number}.tif", data, **kept)
        sources.append(source_of(path, scale=0.5, offset=number))
    bundle = Bundle.of(sources)
    assert bundle is not None
    return bundle


def shown(mask: np.ndarray | None, row: object, grid: Grid) -> list[list[bool]]:
    """A mask, or one of a stack, at its full size."""
    return np.broadcast_to(False if mask is None else mask[row], grid.shape).tolist()


@pytest.mark.parametrize("resampling", ["near", "bilinear"])
@pytest.mark.parametrize("where", GRIDS)
@pytest.mark.parametrize("kind", KINDS)
def test_together_they_have_the_bits_of_each_alone(tmp_path: Path, kind: str, where: str, resampling: str):
    bundle, grid = bundle_of(tmp_path, kind), GRIDS[where]
    found = io.read_bands(bundle, grid, resampling, share)
    alone = [io.read_band(source, grid, resampling) for source in bundle.sources]

    assert (found is None) == (kind in ONE_BY_ONE or (kind, where, resampling) in ONE_BY_ONE)
    for row, expected in enumerate(alone if found else []):
        assert found.data[row].tobytes() == expected.data.tobytes()
        assert shown(found.mask, row, grid) == shown(expected.mask, ..., grid)


@pytest.mark.parametrize(
    "differing",
    [
        {"transform": (10, 0, LEFT + 5, 0, -10, TOP)},
        {"dtype": "float32"},
        {"nodata": 7},
        {"crs": "EPSG:32634"},
    ],
    ids=lambda differing: next(iter(differing)),
)
def test_bands_that_differ_make_no_bundle(tmp_path: Path, differing: dict):
    path = write(tmp_path / "a.tif", WHOLE.astype("uint16"), nodata=0)
    first, other = source_of(path), source_of(path, **differing)

    assert Bundle.of([first, first]) is not None
    assert Bundle.of([first, other]) is None
