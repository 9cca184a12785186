"""A catalog of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from descartes_flow._settings import settings
from descartes_flow.catalog.store import current_store


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder that ``settings.home`` names for the time of the test."""
    folder = tmp_path / "home"
    monkeypatch.setattr(settings, "home", folder)
    yield folder
    current_store().close()
