from collections.abc import Iterator
from pathlib import Path

import pytest

from descartes_flow import io
from tests.io import rasters


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    io.clear()
    yield
    io.clear()


@pytest.fixture(scope="session")
def positions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rasters.positions(tmp_path_factory.mktemp("positions") / "positions.tif")
