"""A small edition of the generated scenes, in a catalog of its own."""

import pytest

import descartes_flow as wf
from benchmarks import imagery

SIDE, SCENES = 1024, 3


@pytest.fixture(scope="session")
def small_scenes(tmp_path_factory):
    """STAC items of three scenes of 1024 x 1024."""
    folder = tmp_path_factory.mktemp("scenes")
    for number in range(SCENES):
        imagery.write_scene(number, folder, SIDE)
    return imagery.make(folder, SCENES, SIDE)


@pytest.fixture
def in_catalog(small_scenes, tmp_path, monkeypatch):
    """The same, in an empty catalog."""
    monkeypatch.setattr(wf.settings, "home", tmp_path)
    wf.catalog.add(imagery.PRODUCT, small_scenes)
    return small_scenes
