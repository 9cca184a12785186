"""Compiled loops of reading give the bits of their plain forms."""

from pathlib import Path

import numpy as np
import pytest

from descartes_flow import io, kernels
from descartes_flow.geo import Grid, Tile, tile_grid
from tests.io.rasters import LEFT, TOP, UTM, source_of, utm_grid, write, write_cog

GRIDS = {
    "the same pixels": utm_grid(0, 0, 10, 300, 400),
    "between them": utm_grid(-33, -47, 7.3, 300, 400),
    "coarser": utm_grid(100, 100, 33, 90, 110),
    "beyond the image": utm_grid(-400, 2000, 10, 200, 200),
    "another zone": Grid("EPSG:32634", 29000.0, 5022000.0, 11.0, 11.0, 256, 256),
    "degrees": Grid("EPSG:4326", 15.0, 45.16, 1e-4, 1e-4, 200, 300),
    "a tile": tile_grid(Tile(x=8875, y=5909, z=14)),
}


@pytest.fixture(scope="module", params=["uint16", "float32", "int16"])
def noise(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = np.random.default_rng(3)
    data = rng.integers(1, 3000, (384, 512)).astype(request.param)
    data[rng.random(data.shape) < 0.05] = 0
    if request.param == "float32":
        data[rng.random(data.shape) < 0.05] = np.nan
        data[200, 300] = np.inf
    return write_cog(tmp_path_factory.mktemp("noise") / "noise.tif", data, nodata=0)


def bits(pixels: io.reader.Pixels) -> tuple[bytes, bytes | None]:
    return pixels.data.tobytes(), None if pixels.mask is None else pixels.mask.tobytes()


@pytest.mark.parametrize("resampling", ["near", "bilinear"])
@pytest.mark.parametrize("where", GRIDS)
def test_compiled_reading_gives_the_bits_of_plain_numpy(noise: Path, where: str, resampling: str, plain):
    source = source_of(noise, scale=0.0001, offset=-0.1)
    io.clear_places()
    found = bits(io.read_band(source, GRIDS[where], resampling))

    with plain():
        io.clear_places()
        expected = bits(io.read_band(source, GRIDS[where], resampling))
    assert found == expected


def test_without_a_scale_stored_numbers_stay(noise: Path, plain):
    grid = utm_grid(0, 0, 10, 300, 400)
    found = bits(io.read_band(source_of(noise), grid))

    with plain():
        assert bits(io.read_band(source_of(noise), grid)) == found


def test_a_window_is_written_where_one_says(tmp_path: Path):
    source = source_of(write(tmp_path / "a.tif", np.array([[1, 2], [0, 4]], "uint8"), nodata=0))
    stack, masks = np.full((3, 2, 2), -1.0), np.zeros((3, 2, 2), bool)
    grid = Grid(UTM, LEFT, TOP, 10.0, 10.0, 2, 2)
    io.read_band(source, grid, out=io.reader.Pixels(stack[1], masks[1]))

    assert stack.tolist() == [[[-1, -1], [-1, -1]], [[1, 2], [0, 4]], [[-1, -1], [-1, -1]]]
    assert masks.tolist() == [[[False] * 2] * 2, [[False, False], [True, False]], [[False] * 2] * 2]


@pytest.mark.parametrize("kind", ["uint16", "float32", "float64"])
def test_the_loops_mean_the_same_as_python(kind: str):
    rng = np.random.default_rng(1)
    window = rng.integers(0, 4, 30).astype(kind)
    nearest, outside = rng.integers(0, 22, 50).astype("i4"), rng.random(50) < 0.2
    down, across = rng.random(50), rng.random(50)
    kernel = kernels.gather[kind]
    results = []
    for run in (kernel.loop, kernel.run):
        data, mask = np.zeros(50), np.zeros(50, bool)
        found = run(window, True, 2.0, 1.0, 2.0, nearest, outside, 6, nearest, down, across, data, mask)
        results.append((found, data.tolist(), mask.tolist()))

    assert results[0] == results[1]
    assert results[0][0]
