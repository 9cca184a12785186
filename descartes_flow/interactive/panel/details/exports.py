"""How a layer leaves the notebook: code, files and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import ipywidgets

from ....errors import DescartesFlowError
from ...latest import Latest
from ...layer import WorkflowsLayer
from ...map import Map
from .section import Section

UNFIT = re.compile(r"[^\w.-]+")
"""What no name of a file should hold, on any system."""


class Exports(Section):
    """Buttons that copy a layer's code or addresses, and that save it beside the notebook.

    Saved is the area of interest, where there is one, else the view.

    Attributes
    ----------
    text : ipywidgets.Textarea
        What was copied last, to be copied by hand where the browser does not; hidden until then.
    note : ipywidgets.Label
        What became of the last click.
    """

    def __init__(self, map: Map, layer: WorkflowsLayer) -> None:
        self._map, self._layer = map, layer
        self._saving: Latest[str] = Latest(self._say, "not saved", "save")
        self.text = ipywidgets.Textarea(rows=2, disabled=True, layout={"display": "none"})
        self.note = ipywidgets.Label(layout={"display": "none"})
        self.note.add_class("descartes-flow-note")
        buttons = ipywidgets.HBox(
            (
                _button("Code", "Copy the code of this layer", lambda: self._copy("code", layer.code)),
                _button("GeoTIFF", "Save the values of view or area", lambda: self._save(".tif")),
                _button("PNG", "Save the colours of view or area", lambda: self._save(".png")),
                _button("XYZ", "Copy the address of the tiles", lambda: self._copy("address", layer.xyz_url)),
                _button("WMTS", "Copy the address for QGIS", lambda: self._copy("address", layer.wmts_url)),
            )
        )
        buttons.add_class("descartes-flow-exports")
        super().__init__("Export", ipywidgets.VBox((buttons, self.text, self.note)))

    def close(self) -> None:
        """End the section; a file that is being written still is."""
        self._saving.drop()
        super().close()

    def _copy(self, what: str, make: Callable[[], str]) -> None:
        self._saving.drop()
        try:
            text = make()
        except (DescartesFlowError, ValueError) as error:
            self._say(str(error))
            return
        self.text.value = text
        self.text.layout.display = None
        self._map.page.copy(text)
        self._say(f"{what} copied" if self._map.page.ready else f"{what}, to be copied by hand")

    def _save(self, ending: str) -> None:
        path = free_path(self._layer.name, ending)
        self._say(f"saving {path.name} ...")
        self._saving.start(lambda cancelled: self._saved(path))

    def _saved(self, path: Path) -> str:
        try:
            area = None if self._map.aoi is None else self._map.geocontext(aoi=True)
            self._layer.save(path, area)
        except (DescartesFlowError, OSError, ValueError) as error:
            return f"not saved: {error}"
        return f"saved: {path.name}"

    def _say(self, text: str) -> None:
        self.note.value = self.note.tooltip = text
        self.note.layout.display = None


def exports(map: Map, layer: WorkflowsLayer) -> Exports:
    """The section of any computed layer."""
    return Exports(map, layer)


def free_path(name: str, ending: str) -> Path:
    """A path in the present folder that is still free, named after a layer.

    Examples
    --------
    >>> free_path("NDVI, 2020/06", ".tif").name
    'NDVI-2020-06.tif'
    """
    stem = UNFIT.sub("-", name).strip("-.") or "layer"
    path, number = Path.cwd() / f"{stem}{ending}", 1
    while path.exists():
        number += 1
        path = path.with_name(f"{stem}-{number}{ending}")
    return path


def _button(text: str, tooltip: str, act: Callable[[], object]) -> ipywidgets.Button:
    button = ipywidgets.Button(description=text, tooltip=tooltip)
    button.on_click(lambda _: act())
    return button
