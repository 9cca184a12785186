"""`PortableMap`: how a map leaves the notebook, and comes back."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from typing import Any as AnyValue
from typing import Self

from PIL.Image import Image

from ..._settings import settings
from .code import map_code
from .doctor import Report, report
from .picture import map_snapshot
from .state import map_state, restore


class PortableMap:
    """Code and data of a map; see `Map`."""

    def code(self) -> str:
        """Python code that makes the view and all computed layers again.

        Imagery is named by the notebook's variable that holds it; imagery that no variable holds any more is
        written out as its graft. Parameters have the values that they have now, widgets or not.

        Examples
        --------
        >>> from descartes_flow import Map
        >>> print(Map(center=(44.2, 16.2), zoom=9).code())
        import descartes_flow as wf
        <BLANKLINE>
        map = wf.Map(center=(44.2, 16.2), zoom=9)
        <BLANKLINE>
        map
        """
        return map_code(self)  # type: ignore[arg-type]

    def state(self) -> dict[str, AnyValue]:
        """Centre, zoom, basemap, area and all computed layers, the lowest first, as plain data for JSON.

        Programs are kept as grafts; parameters have the values that they have now, widgets or not.

        Examples
        --------
        >>> from descartes_flow import Map
        >>> Map(center=(44.2, 16.2), zoom=9).state()
        {'version': 1, 'center': [44.2, 16.2], 'zoom': 9.0, 'basemap': 'auto', 'aoi': None, 'layers': []}
        """
        return map_state(self)  # type: ignore[arg-type]

    def restore(self, state: Mapping[str, AnyValue]) -> None:
        """Show what `state` gave instead of the present layers.

        Parameters
        ----------
        state : mapping
            It is data: nothing of it is executed. Imagery is read like any graft from outside.

        Raises
        ------
        ValueError
            If it is no such state, or one of another version; the message names the key, and the map stays
            as it was.

        Examples
        --------
        >>> from descartes_flow import Map
        >>> Map().restore({"version": 1, "center": [44.2, 16.2]})
        Traceback (most recent call last):
        ...
        ValueError: state['zoom']: missing; known here: ['version', 'center']
        """
        restore(self, state)  # type: ignore[arg-type]

    def doctor(self) -> Report:
        """What a report of a fault needs: versions, tile server, caches, threads, layers, end of the log.

        It holds names of layers and lines of the log, which may name files; no token is in it.

        Returns
        -------
        str
            A notebook shows it line by line.

        Examples
        --------
        >>> from descartes_flow import Map
        >>> "ipyleaflet" in Map().doctor()
        True
        """
        return report(self)  # type: ignore[arg-type]

    def to_image(self, width: int | None = None, height: int | None = None) -> Image:
        """What the map shows, computed without a browser.

        All visible computed layers with their opacities, around the present centre at the present zoom.
        Layers of other kinds are not in it; tiles that cannot be drawn show why.

        Parameters
        ----------
        width, height : int, optional
            Pixels; by default the size of the map, or 960 x 400 before it is displayed.

        Returns
        -------
        PIL.Image.Image
            RGB; a notebook shows it, ``.save("map.png")`` writes it.

        Raises
        ------
        ValueError
            If there are no pixels, or more than ``settings.max_side`` along a side.

        Examples
        --------
        >>> from descartes_flow import Map
        >>> Map().to_image(300, 200).size
        (300, 200)
        """
        for name, side in (("width", width), ("height", height)):
            if side is None or (isinstance(side, numbers.Integral) and 1 <= side <= settings.max_side):
                continue
            raise ValueError(f"to_image({name}=): expected 1 to {settings.max_side} pixels, got {side!r}")
        return map_snapshot(self, width, height).image  # type: ignore[arg-type]

    @classmethod
    def from_state(cls, state: Mapping[str, AnyValue]) -> Self:
        """A new map that shows what `state` gave; errors as of `restore`.

        Examples
        --------
        >>> from descartes_flow import Map
        >>> Map.from_state(Map(zoom=11).state()).zoom
        11.0
        """
        made = cls()
        try:
            made.restore(state)
        except ValueError:
            made.close()  # type: ignore[attr-defined]
            raise
        return made
