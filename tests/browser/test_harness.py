"""The harness sees what a user would: two colours of tiles, from a tornado server of this test."""

import asyncio
import io
import queue
import threading
from collections.abc import Iterator

import pytest
from PIL import Image
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from tests.browser.map_view import MapView, Place

WEST = (200, 30, 60)
EAST = (20, 140, 90)
ZAGREB = Place(lon=15.98, lat=45.81)
SANTA_FE = Place(lon=-105.9, lat=35.7)


class HalvesHandler(RequestHandler):
    """Tiles left of Greenwich in one colour, those right of it in another."""

    def get(self, z: str, x: str) -> None:
        colour = WEST if int(x) < 2 ** (int(z) - 1) else EAST
        body = io.BytesIO()
        Image.new("RGB", (256, 256), colour).save(body, "PNG")
        self.set_header("Content-Type", "image/png")
        self.finish(body.getvalue())


@pytest.fixture
def tile_url() -> Iterator[str]:
    """Address of tiles whose colour changes at Greenwich."""
    started: queue.SimpleQueue[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = queue.SimpleQueue()

    async def serve() -> None:
        server = HTTPServer(Application([(r"/(\d+)/(\d+)/\d+\.png", HalvesHandler)], log_function=_quiet))
        sockets = bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        stop = asyncio.Event()
        started.put((sockets[0].getsockname()[1], asyncio.get_running_loop(), stop))
        await stop.wait()
        server.stop()
        await server.close_all_connections()

    thread = threading.Thread(target=asyncio.run, args=[serve()], name="tiles")
    thread.start()
    port, loop, stop = started.get(timeout=10)
    yield f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png"
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)


def _quiet(handler: RequestHandler) -> None:
    """Keep tile requests out of the log of the tests."""


def cells_of_a_map(url: str, centre: Place, zoom: int) -> list[str]:
    return [
        f"""
            from ipyleaflet import Map, TileLayer
            tiles = TileLayer(url={url!r})
            m = Map(center=({centre.lat}, {centre.lon}), zoom={zoom}, layers=[tiles])
        """.replace("\n            ", "\n"),
        "m",
    ]


def test_a_colour_is_found_where_its_tile_lies(open_notebook, tile_url):
    notebook = open_notebook(cells_of_a_map(tile_url, centre=Place(lon=3.0, lat=45.81), zoom=4))
    notebook.run_all()
    view = MapView(notebook, "m")
    view.wait_for_tiles("/4/")

    # At zoom 4 a degree of longitude is 256 * 16 / 360 = 11.4 pixels: a fifth of one is two pixels.
    places = [ZAGREB, Place(0.2, 40.0), Place(-0.2, 40.0), Place(-9.0, 50.0)]
    assert view.colours_at(*places) == [EAST, EAST, WEST, WEST]
    with pytest.raises(ValueError, match="outside the map"):
        view.colours_at(SANTA_FE)


def test_tiles_that_a_pan_needs_are_counted(open_notebook, tile_url):
    notebook = open_notebook(cells_of_a_map(tile_url, centre=ZAGREB, zoom=6))
    notebook.run_all()
    view = MapView(notebook, "m")
    view.wait_for_tiles("/6/")
    first = set(notebook.tile_urls)
    notebook.tile_urls.clear()
    notebook.ask(f"m.center = ({SANTA_FE.lat}, {SANTA_FE.lon})")
    notebook.page.wait_for_function(
        "() => document.querySelectorAll('img.leaflet-tile[src*=\"/6/13/\"]').length > 0"
    )
    view.wait_for_tiles("/6/")

    # (-105.9 + 180) / 360 * 64 = 13.2: the map's new centre is in column 13.
    assert any("/6/13/" in url for url in notebook.tile_urls)
    assert first.isdisjoint(notebook.tile_urls)
    assert view.colours_at(SANTA_FE) == [WEST]


def test_the_kernel_answers_with_what_it_printed_or_raised(open_notebook):
    notebook = open_notebook(["scenes = ['a', 'b']", "1 / 0"])

    with pytest.raises(AssertionError, match="ZeroDivisionError: division by zero"):
        notebook.run_all()
    assert notebook.ask("print(len(scenes))") == "2"
    with pytest.raises(AssertionError, match="NameError"):
        notebook.ask("print(no_such_name)")
