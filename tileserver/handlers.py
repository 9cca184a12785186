"""From a URL to a request, and from a response to HTTP."""

import asyncio
import hmac
import http.client
import logging
import re
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from tornado import httputil, routing, web

from tileserver.flights import NOT_FOUND, Answer, Flights
from tileserver.source import Response, TileRequest

logger = logging.getLogger(__name__)

TOKEN = r"[0-9A-Za-z_-]{1,128}"
LAYER = r"[0-9A-Za-z_-]{1,64}"
VERSION = r"[0-9A-Za-z_]{1,128}"
NUMBER = r"(?:0|[1-9][0-9]{0,8})"
TILE_ROUTE = re.compile(
    rf"/(?P<token>{TOKEN})/tiles/(?P<layer>{LAYER})/(?P<version>{VERSION})(?:-[0-9]{{1,9}})?"
    rf"/(?P<z>{NUMBER})/(?P<x>-?{NUMBER})/(?P<y>{NUMBER})\.png\Z",
    re.ASCII,
)
"""The path as it was sent: no part can hold a slash, a dot or a percent sign."""

DEEPEST_ZOOM = 24

WRONG_HOST = Response.refusal(403, "not a host of this server")


def application(
    flights: Flights, token: str, port: int, further: Sequence[routing.Rule] = ()
) -> web.Application:
    """What the server answers: nothing to strange hosts, tiles to who knows the token, 404 to the rest.

    Rules in `further` come before that for tiles.
    """
    rules = [
        routing.Rule(StrangeHost(port), RefusalHandler, {"response": WRONG_HOST}),
        *further,
        routing.Rule(routing.PathMatches(TILE_ROUTE), TileHandler, {"flights": flights, "token": token}),
        routing.Rule(routing.AnyMatches(), RefusalHandler, {"response": NOT_FOUND}),
    ]
    # Tornado's own access log would write the token.
    return web.Application(rules, log_function=lambda handler: None)


def tile_request(layer: str, version: str, z: str, x: str, y: str) -> TileRequest | None:
    """The tile that a URL names; None if the world has no such tile. Columns wrap around the world."""
    zoom, row = int(z), int(y)
    if zoom > DEEPEST_ZOOM or row >= 2**zoom:
        return None
    return TileRequest(layer=layer, version=version, x=int(x) % 2**zoom, y=row, z=zoom)


class StrangeHost(routing.Matcher):
    """Matches requests that name another host than this machine's loopback and our port.

    A web page elsewhere can point a name of its own at 127.0.0.1 (DNS rebinding); then the name shows here.
    """

    def __init__(self, port: int) -> None:
        self._ours = re.compile(
            rf"(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9-]{{1,63}}\.){{0,8}}localhost):{port}",
            re.IGNORECASE | re.ASCII,
        )

    def match(self, request: httputil.HTTPServerRequest) -> dict[str, Any] | None:
        """An empty dict, which tornado takes for a match, or None."""
        return None if self._ours.fullmatch(request.headers.get("Host", "")) else {}


class PlainHandler(web.RequestHandler):
    """Answers with a `Response`, and says no more about itself than that."""

    SUPPORTED_METHODS: tuple[str, ...] = ("GET", "HEAD")

    _etag: str | None = None

    def set_default_headers(self) -> None:
        """Headers of every response."""
        self.clear_header("Server")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")

    def respond(self, response: Response) -> None:
        """Send `response`, or 304 where the client has its ETag."""
        self.set_status(response.status)
        self.set_header("Content-Type", response.content_type)
        self.set_header("Cache-Control", response.cache_control)
        for name, value in response.headers.items():
            self.set_header(name, value)
        self._etag = response.etag
        self.finish(response.body)

    def compute_etag(self) -> str | None:
        """The source's name of the body; tornado compares it with If-None-Match and sends the 304."""
        return None if self._etag is None else f'"{self._etag}"'

    def write_error(self, status_code: int, **_: Any) -> None:
        """A short text for what tornado or an error of ours refused."""
        allowed = {"Allow": ", ".join(self.SUPPORTED_METHODS)} if status_code == 405 else {}
        self.respond(Response.refusal(status_code, http.client.responses[status_code].lower(), **allowed))

    def log_exception(
        self, typ: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None
    ) -> None:
        """Log errors of ours; without the URL, which holds the token."""
        if not isinstance(value, web.HTTPError):
            logger.error("a request failed", exc_info=value)


class RefusalHandler(PlainHandler):
    """Answers everything with one refusal."""

    SUPPORTED_METHODS = web.RequestHandler.SUPPORTED_METHODS

    def initialize(self, response: Response) -> None:
        """Take the arguments of the routing rule."""
        self._response = response

    def prepare(self) -> None:
        """Refuse, whatever the method is."""
        self.respond(self._response)


class TileHandler(PlainHandler):
    """Answers with the tile, once it is there."""

    def initialize(self, flights: Flights, token: str) -> None:
        """Take the arguments of the routing rule."""
        self._flights = flights
        self._token = token
        self._answer: Answer | None = None

    async def get(self, token: str, layer: str, version: str, z: str, x: str, y: str) -> None:
        """Wait for the tile and send it."""
        request = tile_request(layer, version, z, x, y)
        if not hmac.compare_digest(token, self._token) or request is None:
            self.respond(NOT_FOUND)
            return
        self._answer = self._flights.join(request)
        await asyncio.wait([self._answer])
        if not self._answer.cancelled():
            self.respond(self._answer.result())

    head = get

    def on_connection_close(self) -> None:
        """Give up the tile: the client is gone."""
        if self._answer is not None:
            self._answer.cancel()
