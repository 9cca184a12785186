"""A home without jobs, and runs that wait until they are let go."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from descartes_flow._settings import settings
from descartes_flow.jobs.background import BACKGROUND, Background
from descartes_flow.jobs.store import STORE
from tests.jobs.held import Held
from tests.scenes import scenes as scenes


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for ``settings.home`` in which there is nothing yet."""
    monkeypatch.setattr(settings, "home", tmp_path / "home")
    yield settings.home
    STORE.current().close()


@pytest.fixture
def held(home: Path) -> Iterator[type[Held]]:
    """Work that waits; what a test forgets to let go is let go at its end."""
    Held.begin()
    yield Held
    Held.let_go()
    while tasks := BACKGROUND.unfinished:
        tasks[0].wait_for_change(tasks[0].state, 0.1)


@pytest.fixture
def background() -> Background:
    """The runs of this process."""
    return BACKGROUND
