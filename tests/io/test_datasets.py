import dataclasses
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.errors import RasterioIOError

from descartes_flow.errors import ReadError, StaleSourceError
from descartes_flow.io import read_band
from descartes_flow.io.blocks import BLOCKS
from descartes_flow.io.datasets import POOL, DatasetPool
from tests.io.rasters import native_grid, source_of, utm_grid, write, write_cog


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    data = np.random.default_rng(0).integers(0, 255, (512, 512)).astype("uint8")
    return write_cog(tmp_path / "noise.tif", data)


def open_files(path: Path) -> int:
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        pytest.skip("no /proc: open files cannot be counted here")
    found = 0
    for entry in folder.iterdir():
        try:
            found += os.readlink(entry) == str(path)
        except FileNotFoundError:
            continue
    return found


def test_a_dataset_is_used_by_one_thread_at_a_time(noise: Path):
    pool, source = DatasetPool(), source_of(noise)
    with pool.dataset(source, None) as first, pool.dataset(source, None) as second:
        assert first is not second
    with pool.dataset(source, None) as third:
        assert third is first or third is second
    assert pool.open_count == 2

    pool.clear()
    assert pool.open_count == open_files(noise) == 0


def test_the_longest_idle_dataset_is_closed_when_there_are_too_many(tmp_path: Path):
    pool = DatasetPool(limit=3)
    for number in range(5):
        source = source_of(write(tmp_path / f"{number}.tif", [[1.0]]))
        with pool.dataset(source, None):
            pass

    assert pool.open_count == 3
    assert [open_files(tmp_path / f"{number}.tif") for number in range(5)] == [0, 0, 1, 1, 1]
    pool.clear()


def test_more_readers_than_the_limit_all_get_a_dataset(noise: Path):
    pool, source = DatasetPool(limit=2), source_of(noise)

    def shape(_: int) -> tuple[int, int]:
        with pool.dataset(source, None) as dataset:
            return dataset.read(1).shape

    with ThreadPoolExecutor(8) as threads:
        shapes = set(threads.map(shape, range(40)))

    assert shapes == {(512, 512)}
    assert pool.open_count <= 2
    pool.clear()


def test_a_dataset_that_failed_is_closed(noise: Path):
    pool, source = DatasetPool(), source_of(noise)
    with pytest.raises(ReadError, match="cut off") as caught, pool.dataset(source, None):
        raise RasterioIOError("cut off")

    assert (caught.value.item, caught.value.band) == ("test:scene", "b1")
    assert pool.open_count == open_files(noise) == 0


def test_an_error_that_is_not_gdals_passes_and_still_closes(noise: Path):
    pool = DatasetPool()
    with pytest.raises(KeyboardInterrupt), pool.dataset(source_of(noise), None):
        raise KeyboardInterrupt

    assert pool.open_count == open_files(noise) == 0


def damaged(path: Path, how: str) -> None:
    content = path.read_bytes()
    middle = len(content) // 2
    damage = {
        "truncated": content[:middle],
        "corrupt": content[: middle // 2] + bytes(middle) + content[middle // 2 + middle :],
        "a header only": content[:100],
        "empty": b"",
        "a page": b"<!doctype html><html><body>Please log in</body></html>",
    }
    path.write_bytes(damage[how])


@pytest.mark.parametrize("how", ["truncated", "corrupt", "a header only", "empty", "a page"])
def test_a_damaged_file_is_an_error_that_heals_with_the_file(noise: Path, how: str):
    source = source_of(noise, size=0, modified=0)  # as if added without a fingerprint
    grid, content = native_grid(source), noise.read_bytes()
    expected = read_band(source, grid).data.tobytes()
    BLOCKS.clear()
    POOL.clear()

    damaged(noise, how)
    with pytest.raises(ReadError) as caught:
        read_band(source, grid)
    assert "noise.tif" in caught.value.reason
    assert POOL.open_count == open_files(noise) == 0

    noise.write_bytes(content)
    assert read_band(source, grid).data.tobytes() == expected


def test_a_missing_file_is_an_error_that_heals_with_the_file(noise: Path):
    source, grid = source_of(noise), utm_grid(0, 0, 20, 10, 10)
    away = noise.rename(noise.with_name("away.tif"))
    with pytest.raises(ReadError, match="No such file") as caught:
        read_band(source, grid)
    away.rename(noise)

    assert not isinstance(caught.value, StaleSourceError)
    assert read_band(source, grid).mask is None


@pytest.mark.parametrize("level", [10, 20], ids=["full", "overview"])
def test_a_file_that_changed_since_it_was_added_is_not_read(noise: Path, level: int):
    source, grid = source_of(noise), utm_grid(0, 0, level, 10, 10)
    read_band(source, grid)
    BLOCKS.clear()  # the dataset stays open
    write(noise, np.zeros((512, 512), "uint8"))

    with pytest.raises(StaleSourceError, match="changed since it was added"):
        read_band(source, grid)
    assert open_files(noise) == 0


def test_only_a_new_time_is_a_change_too(noise: Path):
    source = source_of(noise)
    os.utime(noise, ns=(source.modified, source.modified + 1))

    with pytest.raises(StaleSourceError, match="add it again"):
        read_band(source, native_grid(source))


def test_without_a_fingerprint_another_shape_is_a_change(noise: Path):
    source = source_of(noise, size=0, modified=0, rows=100)

    with pytest.raises(StaleSourceError, match=r"\(512, 512\)"):
        read_band(source, native_grid(source))


def test_an_overview_that_is_not_there_is_an_error(noise: Path):
    source = dataclasses.replace(source_of(noise), overviews=(2, 4, 8))

    with pytest.raises(ReadError, match="overview level 2"):
        read_band(source, utm_grid(0, 0, 80, 10, 10))


def test_reading_leaves_no_option_of_gdal_behind(noise: Path):
    source = source_of(noise, size=0, modified=0)  # which GDAL reads
    before = rasterio.env.getenv() if rasterio.env.hasenv() else None  # other packages leave theirs
    read_band(source, native_grid(source))

    assert (rasterio.env.getenv() if rasterio.env.hasenv() else None) == before
    assert "GDAL_DISABLE_READDIR_ON_OPEN" not in os.environ


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_reads_with_handles_of_its_own(noise: Path):
    program = """
import os, sys
from descartes_flow.io import read_band
from descartes_flow.io.datasets import POOL
from tests.io.rasters import native_grid, source_of
source = source_of(sys.argv[1], size=0, modified=0)  # which GDAL reads
grid = native_grid(source)
expected = read_band(source, grid).data.tobytes()
before = POOL.open_count
child = os.fork()
if not child:
    fresh = POOL.open_count == 0
    os._exit(0 if fresh and read_band(source, grid).data.tobytes() == expected else 1)
status = os.waitpid(child, 0)[1]
print(before, status, read_band(source, grid).data.tobytes() == expected)
"""
    ran = subprocess.run(
        # Python 3.12 warns of forks of processes that have threads, as numpy's libraries make them.
        [sys.executable, "-W", "ignore", "-c", program, str(noise)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
        check=False,
    )

    assert (ran.stdout.split(), ran.stderr) == (["1", "0", "True"], "")
