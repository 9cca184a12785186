"""When a layer has to be drawn from nothing, because a new address alone would be lost.

Leaflet gives a new address to tiles that it shows; those that it still waits for keep the old one, which the
server refuses from then on, and so they would stay empty.
"""

from tileserver import LayerCounts


class FirstTiles:
    """Whether the browser may still wait for the first picture of some tile of a layer.

    A tile has its first picture when the server has handed out all that was asked for; later requests replace
    pictures that stay until the new ones are there.
    """

    def __init__(self) -> None:
        self._settled = False
        self._finished_before = 0

    def pending(self, counts: LayerCounts, loading: bool) -> bool:
        """Whether a change now must draw the layer from nothing.

        Parameters
        ----------
        counts : LayerCounts
            The server's, of the layer.
        loading : bool
            What the browser said last; after a pan or zoom it waits for first pictures too.
        """
        finished = counts.done + counts.failed
        self._settled |= counts.under_way == 0 and finished > self._finished_before
        return loading or not self._settled

    def begin(self, counts: LayerCounts) -> None:
        """From now on the layer is drawn from nothing: its tiles are first ones again."""
        self._settled = False
        self._finished_before = counts.done + counts.failed
