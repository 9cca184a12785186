import dataclasses
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from descartes_flow.errors import ReadError
from descartes_flow.io import BandSource, hrefs, read_band, read_header
from descartes_flow.io.datasets import POOL
from tests.io.rasters import native_grid, source_of, write_cog


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[BandSource, str]]:
    """A local file and the address of a server that has it too."""
    data = np.random.default_rng(0).integers(0, 255, (400, 400)).astype("uint8")
    path = write_cog(tmp_path / "served.tif", data)
    command = [sys.executable, str(Path(__file__).with_name("range_server.py")), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        port = server.stdout.readline().strip()
        monkeypatch.setattr(hrefs, "REMOTE", hrefs.REMOTE | {"http"})
        yield source_of(path), f"http://127.0.0.1:{port}"
        POOL.clear()
        server.terminate()


def remote(source: BandSource, href: str) -> BandSource:
    return dataclasses.replace(source, href=href, size=0, modified=0)


def test_a_url_is_read_like_the_file(served):
    source, address = served
    href = f"{address}/0/ok/a.tif"
    grid = native_grid(source)

    assert read_band(remote(source, href), grid).data.tobytes() == read_band(source, grid).data.tobytes()
    assert dataclasses.replace(read_header(href), href="", size=0, modified=0) == dataclasses.replace(
        read_header(source.href), href="", size=0, modified=0
    )


def read_patiently(source: BandSource, attempts: int) -> tuple[bytes, int]:
    """Pixels on the source's own grid, and how many reads failed before."""
    for failures in range(attempts):
        try:
            return read_band(source, native_grid(source)).data.tobytes(), failures
        except ReadError:
            assert POOL.open_count == 0
    pytest.fail(f"no pixels after {attempts} attempts")


@pytest.mark.parametrize("kind", ["404", "403", "html"])
def test_a_failure_is_not_remembered_once_the_url_is_healthy(served, kind: str):
    source, address = served
    there = remote(source, f"{address}/8/{kind}/a.tif")
    pixels, failures = read_patiently(there, attempts=6)  # each makes several of the eight requests that fail

    assert failures > 0
    assert pixels == read_band(source, native_grid(source)).data.tobytes()


@pytest.mark.parametrize("kind", ["429", "503"])
def test_a_busy_server_is_asked_again(served, kind: str):
    source, address = served
    grid = native_grid(source)
    pixels = read_band(remote(source, f"{address}/2/{kind}/a.tif"), grid)

    assert pixels.data.tobytes() == read_band(source, grid).data.tobytes()


def test_a_body_that_was_cut_never_gives_wrong_pixels(served):
    source, address = served
    pixels, _ = read_patiently(remote(source, f"{address}/3/cut/a.tif"), attempts=5)

    assert pixels == read_band(source, native_grid(source)).data.tobytes()


def test_an_error_does_not_show_the_signature_of_a_url(served):
    source, address = served
    with pytest.raises(ReadError) as caught:
        read_band(remote(source, f"{address}/999/403/a.tif?sig=secret"), native_grid(source))

    assert "a.tif" in caught.value.reason
    assert "secret" not in str(caught.value)
