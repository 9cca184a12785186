"""The generated scenes are what the workloads are said to run on."""

import os

import numpy as np
import pytest
import rasterio

from benchmarks import imagery
from tests.benchmarks.conftest import SIDE


def href(scene, band):
    return scene["assets"][band]["href"]


@pytest.mark.parametrize("band", ["red", "green", "blue", "nir"])
def test_a_band_compresses_like_a_real_one(small_scenes, band):
    """Real scenes of 10 m: 1.4 to 1.8 times fewer bytes; in this small edition the fields are smaller."""
    stored = SIDE**2 * 2 * (1 + 1 / 4 + 1 / 16 + 1 / 64 + 1 / 256)

    assert 1.25 < stored / os.path.getsize(href(small_scenes[0], band)) < 2.2


def test_files_have_blocks_of_512_and_overviews_of_their_kind(small_scenes):
    for band, made in (("red", "AVERAGE"), (imagery.CLASSES, "NEAREST")):
        with rasterio.open(href(small_scenes[0], band)) as file:
            assert file.block_shapes == [(512, 512)]
            assert file.overviews(1) == [2, 4, 8, 16]
            assert file.nodata == 0
            assert file.tags()["OVERVIEW_RESAMPLING"] == made


def test_collars_clouds_and_ground_are_there_and_the_same_every_time(small_scenes, tmp_path):
    with rasterio.open(href(small_scenes[1], "red")) as file:
        red = file.read(1)
    with rasterio.open(href(small_scenes[1], imagery.CLASSES)) as file:
        classes = file.read(1)
    imagery.write_scene(1, tmp_path, SIDE)
    with rasterio.open(tmp_path / "scene-01-red.tif") as file:
        again = file.read(1)

    np.testing.assert_array_equal((red == 0), (classes == 0))
    assert 0.05 < (red == 0).mean() < 0.5
    assert {4, 5, 8, 9} <= set(np.unique(classes))
    np.testing.assert_array_equal(red, again)


def test_what_is_there_is_not_made_again(small_scenes, tmp_path):
    folder = os.path.dirname(href(small_scenes[0], "red"))
    before = {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(folder)}

    imagery.make(imagery.Path(folder), len(small_scenes), SIDE)
    assert {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(folder)} == before
