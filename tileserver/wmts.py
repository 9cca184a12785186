"""Tiles at an address that stays while the layer changes, and the document that describes it."""

import asyncio
import hmac
import re
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from tornado import routing

from tileserver.flights import BUSY, NOT_FOUND, SUPERSEDED, Flights
from tileserver.handlers import LAYER, NUMBER, TOKEN, PlainHandler, TileHandler, tile_request
from tileserver.source import Response

LATEST = "latest"
"""Stands where a version would: whatever the layer shows now. No version is called so."""

LATEST_ROUTE = re.compile(
    rf"/(?P<token>{TOKEN})/tiles/(?P<layer>{LAYER})/{LATEST}/(?P<z>{NUMBER})/(?P<x>-?{NUMBER})/(?P<y>{NUMBER})"
    r"\.png\Z",
    re.ASCII,
)
WMTS_ROUTE = re.compile(rf"/(?P<token>{TOKEN})/wmts/(?P<layer>{LAYER})/WMTSCapabilities\.xml\Z", re.ASCII)

ATTEMPTS = 3
"""How often a tile is begun anew because the layer changed meanwhile."""

LONGEST_TITLE = 200

DEEPEST_MATRIX = 22
"""At the next one but one the world would have more columns of pixels than fit into 32 bits."""

TOP_LEFT = 20037508.342789244
"""Metres from the middle of the world to its edges in EPSG:3857."""

WORLD_DENOMINATOR = 559082264.0287178
"""Scale denominator at zoom 0, for pixels of 0.28 mm."""


def routes(flights: Flights, token: str) -> list[routing.Rule]:
    """Rules that come before those of tiles of one version."""
    options = {"flights": flights, "token": token}
    return [
        routing.Rule(routing.PathMatches(LATEST_ROUTE), LatestHandler, options),
        routing.Rule(routing.PathMatches(WMTS_ROUTE), CapabilitiesHandler, options),
    ]


class LatestHandler(TileHandler):
    """Answers with the tile of whatever the layer shows now; clients ask again each time, by its ETag."""

    async def get(self, token: str, layer: str, z: str, x: str, y: str) -> None:  # type: ignore[override]
        """Wait for the tile and send it; begin anew if the layer changes meanwhile."""
        if not hmac.compare_digest(token, self._token):
            self.respond(NOT_FOUND)
            return
        for _ in range(ATTEMPTS):
            version = self._flights.latest(layer)
            request = None if version is None else tile_request(layer, version, z, x, y)
            if request is None:
                self.respond(NOT_FOUND)
                return
            self._answer = self._flights.join(request)
            await asyncio.wait([self._answer])
            if self._answer.cancelled():
                return
            response = self._answer.result()
            if response.status != SUPERSEDED.status:
                self.respond(
                    response if response.etag is None else replace(response, cache_control="no-cache")
                )
                return
        self.respond(BUSY)

    head = get  # type: ignore[assignment]


class CapabilitiesHandler(PlainHandler):
    """Answers with the capabilities document of one layer."""

    def initialize(self, flights: Flights, token: str) -> None:
        """Take the arguments of the routing rule."""
        self._flights = flights
        self._token = token

    def get(self, token: str, layer: str) -> None:
        """Describe the layer, under the title in the query."""
        if not hmac.compare_digest(token, self._token) or self._flights.latest(layer) is None:
            self.respond(NOT_FOUND)
            return
        title = self.get_query_argument("title", layer)[:LONGEST_TITLE]
        folder = f"http://{self.request.host}/{token}/tiles/{layer}/{LATEST}"
        body = capabilities(layer, "".join(filter(str.isprintable, title)), folder).encode()
        self.respond(
            Response(body=body, content_type="application/xml; charset=utf-8", cache_control="no-cache")
        )

    head = get


def capabilities(layer: str, title: str, folder: str) -> str:
    """The capabilities document of one layer in web-mercator tiles of 256 pixels.

    Parameters
    ----------
    layer : str
        Identifier.
    title : str
        What people read.
    folder : str
        URL below which the tiles are.

    References
    ----------
    OGC 07-057r7, Web Map Tile Service 1.0.0; its well-known scale set GoogleMapsCompatible.
    """
    template = quoteattr(f"{folder}/{{TileMatrix}}/{{TileCol}}/{{TileRow}}.png")
    matrices = "".join(_matrix(zoom) for zoom in range(DEEPEST_MATRIX + 1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Capabilities version="1.0.0"
    xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1">
  <ows:ServiceIdentification>
    <ows:Title>{escape(title)}</ows:Title>
    <ows:ServiceType>OGC WMTS</ows:ServiceType>
    <ows:ServiceTypeVersion>1.0.0</ows:ServiceTypeVersion>
  </ows:ServiceIdentification>
  <Contents>
    <Layer>
      <ows:Title>{escape(title)}</ows:Title>
      <ows:WGS84BoundingBox>
        <ows:LowerCorner>-180 -85.0511287798</ows:LowerCorner>
        <ows:UpperCorner>180 85.0511287798</ows:UpperCorner>
      </ows:WGS84BoundingBox>
      <ows:Identifier>{escape(layer)}</ows:Identifier>
      <Style isDefault="true"><ows:Identifier>default</ows:Identifier></Style>
      <Format>image/png</Format>
      <TileMatrixSetLink><TileMatrixSet>GoogleMapsCompatible</TileMatrixSet></TileMatrixSetLink>
      <ResourceURL format="image/png" resourceType="tile" template={template}/>
    </Layer>
    <TileMatrixSet>
      <ows:Identifier>GoogleMapsCompatible</ows:Identifier>
      <ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
      <WellKnownScaleSet>urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible</WellKnownScaleSet>{matrices}
    </TileMatrixSet>
  </Contents>
</Capabilities>
"""


def _matrix(zoom: int) -> str:
    return f"""
      <TileMatrix>
        <ows:Identifier>{zoom}</ows:Identifier>
        <ScaleDenominator>{WORLD_DENOMINATOR / 2**zoom!r}</ScaleDenominator>
        <TopLeftCorner>-{TOP_LEFT!r} {TOP_LEFT!r}</TopLeftCorner>
        <TileWidth>256</TileWidth>
        <TileHeight>256</TileHeight>
        <MatrixWidth>{2**zoom}</MatrixWidth>
        <MatrixHeight>{2**zoom}</MatrixHeight>
      </TileMatrix>"""
