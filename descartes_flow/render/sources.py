"""`NamedSources`: several makers of tiles behind one tile server."""

from collections.abc import Callable, Mapping

from tileserver.source import LayerState, Response, TileRequest, TileSource


class NamedSources:
    """Sends each request to the source of its layer; fulfils `tileserver.source.TileSource`.

    Parameters
    ----------
    named : mapping of str to TileSource
        Sources of layers that are always there, by the layer's name.
    others : TileSource
        Knows all other layers.
    """

    def __init__(self, named: Mapping[str, TileSource], others: TileSource) -> None:
        self._named = named
        self._others = others

    def state(self, layer: str, version: str) -> LayerState:
        """What a version of a layer is."""
        return self._source(layer).state(layer, version)

    def latest(self, layer: str) -> str | None:
        """The version of a layer that is to be shown."""
        return self._source(layer).latest(layer)

    def render_tile(self, request: TileRequest, cancelled: Callable[[], bool]) -> Response:
        """The tile, made by the source of its layer."""
        return self._source(request.layer).render_tile(request, cancelled)

    def broken(self, request: TileRequest, error: Exception) -> Response:
        """What the source of the layer sends instead of a tile upon which it failed."""
        return self._source(request.layer).broken(request, error)

    def too_slow(self, request: TileRequest, seconds: float) -> Response:
        """What the source of the layer sends instead of a tile that takes too long."""
        return self._source(request.layer).too_slow(request, seconds)

    def held_up(self, request: TileRequest, seconds: float) -> Response:
        """What the source of the layer sends instead of a tile that cannot begin."""
        return self._source(request.layer).held_up(request, seconds)

    def _source(self, layer: str) -> TileSource:
        return self._named.get(layer, self._others)
