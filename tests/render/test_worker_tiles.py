"""Tiles of layers that worker processes make, over a real socket."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator

import mercantile
import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.colour import Style
from descartes_flow.io.blocks import BLOCKS
from descartes_flow.render.drawing import known_bands
from descartes_flow.render.workers.pool import WORKERS
from tests.render.test_layers import GREY, PROGRAMS, RGB, SANTA_FE, scene
from tests.render.test_layers import served as served
from tests.render.test_workers import until
from tests.scenes import scenes as scenes
from tileserver.source import TILE_STATUS


@pytest.fixture(scope="module", autouse=True)
def worker() -> Iterator[None]:
    """One worker process, for all tests; the demo imagery is made before a tile has to wait for it."""
    known_bands(scene()._node)
    settings.worker_processes = 1
    yield
    settings.worker_processes = 0
    until(lambda: WORKERS.pids() == [])


def replaced(served, monkeypatch, image, style):
    """The same tile made in the kernel, by a server without pictures."""
    served.layers.clear_cache()
    with monkeypatch.context() as patch:
        patch.setattr(settings, "worker_processes", 0)
        return served.get(served.show(image, style), SANTA_FE)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_worker_makes_the_tile_that_the_kernel_would(served, monkeypatch, name):
    program, style = PROGRAMS[name]
    status, headers, picture = served.get(served.show(program(), style), SANTA_FE)

    expected = replaced(served, monkeypatch, program(), style)

    assert (status, [note for note in served.notes if note.kind != "extent"]) == (200, [])
    assert headers["Etag"] == expected[1]["Etag"]
    assert np.array_equal(picture, expected[2])


def test_the_kernel_reads_no_pixel(served):
    wf.clear_cache()
    reads = BLOCKS.reads
    status, _, _ = served.get(served.show(scene().pick_bands("red green blue"), RGB), SANTA_FE)

    assert status == 200
    assert BLOCKS.reads == reads


def test_a_scene_that_a_worker_skips_is_told_of(served, scenes):
    identity = scenes.add("gone", {"red": np.ones((40, 40))}, pixel=5_000)
    (file,) = scenes.files.values()
    file.unlink()

    tile = mercantile.tile(16.2, 44.2, 11)
    status, headers, _ = served.get(served.show(wf.Image.from_id(identity), GREY), tile)

    assert (status, headers[TILE_STATUS], headers["Cache-Control"]) == (200, "degraded", "no-store")
    assert [note.kind for note in served.notes] == ["skipped"]
    assert identity in served.notes[0].message


def test_an_error_in_a_worker_is_a_readable_tile_and_a_note_with_the_users_line(served):
    image = scene().pick_bands("red green blue nir")

    status, headers, picture = served.get(served.show(image, Style(scales=((0, 1),) * 3)), SANTA_FE)

    assert (status, headers[TILE_STATUS], headers["Cache-Control"]) == (200, "failed", "no-store")
    assert picture is not None
    assert "at most 3 bands can be drawn, got 4" in served.notes[0].message


def test_a_tile_whose_worker_is_killed_is_made_all_the_same(served):
    WORKERS.prepare()
    crashes = WORKERS.crashes
    (first,) = WORKERS.pids()
    os.kill(first, signal.SIGSTOP)  # so that the tile is surely under way
    answers = []
    drawing = served.show(scene().pick_bands("red"), GREY)
    asking = threading.Thread(target=lambda: answers.append(served.get(drawing, SANTA_FE)))
    asking.start()
    until(lambda: WORKERS._slots[0]._cancelled is not None)

    os.kill(first, signal.SIGKILL)
    asking.join()

    assert (answers[0][0], served.notes) == (200, [])
    assert TILE_STATUS not in answers[0][1]
    assert WORKERS.crashes == crashes + 1
    assert WORKERS.pids() != [first]


def test_a_tile_whose_workers_die_says_so(served):
    ended = threading.Event()

    def kill_all():
        while not ended.wait(0.001):
            for pid in WORKERS.pids():
                with contextlib.suppress(ProcessLookupError):  # it ended by itself just now
                    os.kill(pid, signal.SIGKILL)

    killing = threading.Thread(target=kill_all)
    killing.start()
    try:
        status, headers, picture = served.get(served.show(scene().pick_bands("nir"), GREY), SANTA_FE)
    finally:
        ended.set()
        killing.join()

    assert (status, headers[TILE_STATUS], headers["Cache-Control"]) == (200, "failed", "no-store")
    assert picture is not None
    assert "the worker process that made this tile died (SIGKILL)" in served.notes[0].message
    assert served.get(served.show(scene().pick_bands("nir"), GREY), SANTA_FE)[1].get(TILE_STATUS) is None
