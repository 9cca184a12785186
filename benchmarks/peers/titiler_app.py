"""titiler.core as its documentation builds it, an application around a reader of STAC items; by uvicorn."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import http_pan
from benchmarks.looks import BRIGHTEST, RGB
from benchmarks.peers.peer import Scene
from descartes_flow.geo import Tile

PATH = "/tiles/WebMercatorQuad/{z}/{x}/{y}.png"


class Titiler:
    """A server in a process of its own, as seen from here."""

    def __init__(self, port: int, item: Path) -> None:
        query = [("url", str(item)), *(("assets", band) for band in RGB)]
        query += [("rescale", f"0,{BRIGHTEST}"), ("resampling", "bilinear"), ("reproject", "bilinear")]
        self._template = f"http://127.0.0.1:{port}{PATH}?{urlencode(query)}"

    def url(self, tile: Tile) -> str:
        """Address of a tile."""
        path, _, query = self._template.partition("?")
        return f"{path.format(x=tile.x, y=tile.y, z=tile.z)}?{query}"


@contextmanager
def server(scene: Scene, folder: Path, workers: int = 1) -> Iterator[Titiler]:
    """Start titiler on a free port, and stop it."""
    item = folder / f"{scene['id']}.json"
    item.write_text(json.dumps(scene), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "uvicorn", f"{__name__}:app", "--port", str(port)]
    with subprocess.Popen([*command, "--workers", str(workers), "--log-level", "warning"]) as process:
        try:
            _wait(port)
            yield Titiler(port, item)
        finally:
            process.terminate()


def _wait(port: int, seconds: float = 60) -> None:
    """Until it answers."""
    end = time.perf_counter() + seconds
    while True:
        try:
            http_pan.fetch(f"http://127.0.0.1:{port}/healthz")
            return
        except OSError:
            if time.perf_counter() > end:
                raise
            time.sleep(0.1)


def __getattr__(name: str) -> object:
    if name != "app":
        raise AttributeError(name)
    # Only the server needs them.
    from fastapi import FastAPI
    from rio_tiler.io import STACReader
    from titiler.core.factory import MultiBaseTilerFactory

    app = FastAPI()
    app.include_router(MultiBaseTilerFactory(reader=STACReader).router)
    app.add_api_route("/healthz", lambda: "ready")
    return app
