from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from descartes_flow import kernels


@contextmanager
def _plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        for kernel in kernels.KERNELS:
            patch.setattr(kernel, "compiled", None)
        yield


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """``with plain():`` runs what is inside without compiled loops."""
    return lambda: _plain(monkeypatch)
