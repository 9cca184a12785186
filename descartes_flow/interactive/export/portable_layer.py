"""`PortableLayer`: how a layer leaves the notebook."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable
from typing import Any as AnyValue

from ...colour import Style
from ...geo.gridded import Gridded
from ...jobs.work import plain_context
from ...render.saving import save_image
from ...types import Image
from ..tiles.serving import tile_server
from .code import layer_code


class PortableLayer:
    """Code, files and addresses of a layer; see `WorkflowsLayer`."""

    # Of the layer that this is a part of.
    name: str
    key: AnyValue
    colormap: AnyValue
    checkerboard: AnyValue
    _view: Callable[[], Gridded]

    @property
    def image_value(self) -> Image | None:
        """The Image that is drawn; None while a parameter is None."""
        raise NotImplementedError

    def style(self) -> Style | None:
        """The looks as one value; None while half of them are missing."""
        raise NotImplementedError

    def code(self) -> str:
        """The call of `visualize` that makes the layer as it is now, for pasting.

        The imagery is named by the notebook's variable that holds it, or else written out as its graft.
        Parameters have the values that they have now, widgets or not.

        Examples
        --------
        >>> from descartes_flow import Image
        >>> scene = Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
        >>> layer = scene.pick_bands("nir").visualize("infrared to paste", scales=[0, 0.5])
        >>> print(layer.code().splitlines()[-1])
        imagery.visualize('infrared to paste', scales=[[0.0, 0.5]])
        """
        return layer_code(self)  # type: ignore[arg-type]

    def save(
        self, path: str | os.PathLike[str], geocontext: AnyValue = None, *, overwrite: bool = False
    ) -> pathlib.Path:
        """Write the layer as a file: values as GeoTIFF, or colours as PNG.

        Parameters
        ----------
        path : str or path-like
            Ends in ``.tif`` or ``.tiff``: the values of all bands, cloud-optimized, in the CRS of the area,
            hidden pixels as nodata. Ends in ``.png``: the colours, without coordinates.
        geocontext : GeoContext, AOI, DLTile or XYZTile, optional
            Area and pixels; by default those of the map.
        overwrite : bool
            Whether a file that is there is replaced.

        Returns
        -------
        pathlib.Path
            Where it is. It is written whole or not at all.

        Raises
        ------
        ValueError
            If the name ends otherwise, the image is empty, or a parameter has no value.
        FileExistsError, FileNotFoundError
            If the file is there, or its folder is not.
        OSError
            If it cannot be written.
        JobComputeError, ReadError
            As compute does.

        Examples
        --------
        >>> import tempfile
        >>> from descartes_flow import Image
        >>> scene = Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
        >>> layer = scene.pick_bands("nir").visualize("near infrared", scales=[0, 0.5])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     layer.save(f"{folder}/nir.tif").name
        'nir.tif'
        """
        image = self.image_value
        if image is None:
            raise ValueError(f"save(path={str(path)!r}): a parameter of {self.name!r} has no value")
        context = plain_context(geocontext) or self._view()
        style = self.style() or Style(None, self.colormap, self.checkerboard)
        return save_image(path, image._node, context, style, overwrite=overwrite)

    def xyz_url(self) -> str:
        """Address of the tiles for other programs on this machine, such as QGIS.

        It stays the same while the layer changes, and works until the kernel ends. Whoever has it can see
        the layer.

        Returns
        -------
        str
            With ``{z}``, ``{x}`` and ``{y}``. A layer that was never visible answers 404.
        """
        return tile_server().latest_template(self.key)

    def wmts_url(self) -> str:
        """Address of the layer as a Web Map Tile Service, for other programs; as long-lived as `xyz_url`."""
        return tile_server().wmts_url(self.key, self.name)
