"""`WorkflowsLayer`: imagery as a layer of tiles, computed while one looks at it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping
from typing import Any as AnyValue

import ipyleaflet
import traitlets

from ..colour import Style, validate_scales
from ..errors import DescartesFlowError
from ..geo.gridded import Gridded
from ..jobs.work import plain_context
from ..render.drawing import Drawing, known_bands
from ..render.layers import TileNote
from ..render.stretch import Deviations, Percentiles, Rule
from ..types import Image, ImageCollection
from .coalescing import Coalescer
from .drawn_images import DrawnImages
from .export.portable_layer import PortableLayer
from .latest import Latest
from .log import LEVELS, Log
from .looks import LIMITS, Looks, Pair, check_looks
from .parameters import ParameterSet, check_parameters
from .scaling import Scaling, filled_up, pasted, scales_of_area, scales_of_view
from .subject import Subject
from .tiles.loading import Loading
from .tiles.serving import ServedLayer
from .view import DEEPEST_ZOOM

LEVEL_OF_NOTE = {"error": "ERROR", "skipped": "WARNING", "extent": "INFO"}
"""How bad it is what the log tells of tiles."""


class WorkflowsLayer(Looks, DrawnImages, Loading, PortableLayer, ipyleaflet.TileLayer):  # type: ignore[misc]
    """An Image on the map; made by ``image.visualize("name")``.

    Setting a trait or a parameter draws the layer anew, from any thread; quick changes are drawn as one.

    Parameters
    ----------
    subject : Subject
        What to show.
    name : str
        Shown in the list of layers.
    view : callable
        Gives the context of what the map shows, to find scales from.
    log : Log
        Where the layer tells what happened.
    parameters : mapping of str to object, optional
        A value, proxy or widget for each parameter of the imagery.

    Attributes
    ----------
    r_min, r_max, g_min, g_max, b_min, b_max : float or None
        Value drawn darkest and value drawn brightest, of the first, second and third band; half a pair
        changes nothing. A layer with a colormap uses the first pair.
    colormap : str or None
        One of `descartes_flow.colour.COLORMAPS`; None draws one band grey, three as red, green, blue.
    checkerboard : bool
        Whether pixels without a value show a check pattern.
    reduction : str
        How the images of a collection become one.
    date : datetime.date or None
        The day, in UTC, whose images are drawn of a collection; None draws all. `value` has them all always.
    reducible : bool
        Whether the imagery is a collection; read-only.
    parameterized : bool
        Whether it depends on parameters; read-only.
    parameters : ParameterSet
        ``layer.parameters.x = 1`` sets a parameter.
    url : str
        Where the tiles are; empty while the layer is hidden, scales are being found or a parameter is None.
    autoscaling : bool
        Whether scales are being found; read-only.
    content : str
        Another one whenever the layer shows another program, whatever its looks; read-only.
    tiles_done, tiles_wanted, tiles_failed : int
        Of the tiles that the present view needs of what the layer shows: those that are there, all of them,
        those with an error; read-only, told at most five times a second.
    tile_seconds : float
        How long the latest of them took, from the first request to the last answer; read-only.
    progress : TileProgress
        The same numbers at once, and how many tiles are under way; read-only.
    log_level : int
        What is less bad than this, by the numbers of `logging`, is not told from now on.
    found : list of pairs or None
        The scales that were found last.
    asked : object
        What visualize asked for last.

    Examples
    --------
    >>> scene = Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> layer = scene.pick_bands("nir").visualize("infrared in magma", scales=[0, 0.5])
    >>> layer.colormap = "magma"
    >>> layer
    <WorkflowsLayer 'infrared in magma': scales=[(0.0, 0.5)], colormap='magma'>
    """

    url: str
    parameterized = traitlets.Bool(False, read_only=True)
    autoscaling = traitlets.Bool(False, read_only=True)
    content = traitlets.Unicode("", read_only=True)
    log_level = traitlets.Int(LEVELS["DEBUG"])

    def __init__(
        self,
        subject: Subject,
        name: str,
        view: Callable[[], Gridded],
        log: Log,
        parameters: Mapping[str, AnyValue] | None = None,
    ) -> None:
        self.parameters = ParameterSet(self._request, lambda: self.name)
        self._subject = subject
        self._choosing = threading.Lock()  # reduction and date may be set at once, in two threads
        self._view = view
        self._log = log
        self._search = Latest(self._take, Scaling((), ()), "autoscale")
        self._searched = False  # whether to draw without scales: then the tiles say what is missing
        self.found: list[Pair] | None = None
        self.asked: AnyValue = None
        self._served = ServedLayer(self._hear, self._take_progress, self.redraw)
        self._updates = Coalescer(self._update)
        super().__init__(name=name, url="", max_zoom=DEEPEST_ZOOM, reduction=subject.reduction)
        self.observe(self._request, ["visible", "checkerboard", "colormap", *sum(LIMITS, ())])
        self.observe(self._redraw_of, ["reduction", "date"])
        self.observe(lambda change: self.parameters.retitle(), "name")
        self.set_subject(subject, parameters or {})

    @property
    def key(self) -> str:
        """Name of the layer in the URLs of its tiles."""
        return self._served.key

    @property
    def subject(self) -> Subject:
        """What is shown, apart from its looks."""
        return self._subject

    @property
    def imagery(self) -> Image | ImageCollection:
        """What was visualized."""
        return self._subject.imagery

    @property
    def image_value(self) -> Image | None:
        """The Image that is drawn: of the day, reduced, with values of parameters; None while one is None.

        Raises
        ------
        ProxyTypeError, ValueError
            If a widget holds a value that does not fit its parameter.
        """
        program = self._subject.program(self.parameters.nodes())
        return None if program is None else Image._from_node(program)

    @property
    def value(self) -> Image | ImageCollection | None:
        """The imagery with values for its parameters; None while one is None. Errors as of `image_value`."""
        return self._subject.value(self.parameters.nodes())

    def set_imagery(self, imagery: AnyValue, **parameters: AnyValue) -> None:
        """Show other imagery, in the same looks.

        Raises
        ------
        ProxyTypeError
            If it is no imagery.
        ValueError
            If parameters are missing or unknown.
        """
        reduction = self.reduction if isinstance(imagery, ImageCollection) else None
        subject = Subject.of(imagery, reduction, "set_imagery")
        check_parameters(subject.parameters, parameters, "set_imagery")
        self.set_subject(subject, parameters)

    def set_subject(self, subject: Subject, parameters: Mapping[str, AnyValue]) -> None:
        """Show `subject` with these parameters, which `check_parameters` accepts.

        The date stays where the collection is the same.
        """
        same = subject.imagery._node is self._subject.imagery._node
        day = self.date if same else None
        if day is not None:
            subject = subject.changed(reduction=subject.reduction, date=day)
        with self.hold_url_updates():
            self._subject = subject
            self.date = day
            self.parameters.update(subject.parameters, parameters)
            self.set_trait("reducible", isinstance(subject.imagery, ImageCollection))
            self.set_trait("parameterized", bool(subject.parameters))
            self.reduction = subject.reduction
            image = self.image_value
            self.bands = None if image is None else known_bands(image._node)

    def set_scales(self, scales: AnyValue, colormap: AnyValue = False) -> None:
        """Set all limits at once.

        Parameters
        ----------
        scales : sequence or None
            ``[min, max]`` or up to three of them; None leaves them to be found with `autoscale`.
        colormap : str or None, optional
            Also set the colormap; False leaves it.

        Raises
        ------
        StyleError, ProxyTypeError
            If they cannot be drawn.
        """
        pairs = validate_scales(scales, "set_scales")
        kept = self.colormap if colormap is False else colormap
        check_looks(self.bands, len(pairs), kept, "set_scales")
        with self.hold_url_updates():
            self._search.drop()
            self._searched = False
            self.colormap = kept
            self.set_limits(pairs)
            self.set_trait("autoscaling", False)

    def hold_url_updates(self) -> contextlib.AbstractContextManager[None]:
        """Make several changes one update, when the outermost ``with`` ends."""
        return self._updates.hold()

    def autoscale(
        self, percentiles: Pair = (2, 98), *, deviations: float | None = None, geoctx: AnyValue = None
    ) -> None:
        """Set the scales to percentiles of what the map shows, found in a thread of its own.

        The log tells the numbers, as an argument for `visualize`. A band without a value in view keeps its
        scale. A layer that has no scales shows nothing until they are found.

        Parameters
        ----------
        percentiles : (float, float)
            ``(0, 100)`` takes the least and the greatest value.
        deviations : float, optional
            Instead of percentiles: so many standard deviations below and above the mean, but not beyond the
            least and the greatest value.
        geoctx : GeoContext, AOI, DLTile or XYZTile, optional
            An area instead of what the map shows, such as ``wf.map.geocontext(aoi=True)``.

        Raises
        ------
        ValueError
            If the percentiles are out of order or out of range, or `deviations` is not above 0.
        TypeError, JobInvalid
            If `geoctx` is no context.
        """
        rule = Percentiles(*percentiles) if deviations is None else Deviations(deviations)
        area = plain_context(geoctx)
        self.set_trait("autoscaling", True)
        self._search.start(lambda cancelled: self._find_scales(rule, area))

    def clear_logs(self) -> None:
        """Drop what the layer has said; it may say it again."""
        self._log.forget(self.key)

    def close(self) -> None:
        """End the layer: its tiles, its lines in the log, its links to widgets."""
        if self.comm is None:
            return  # closed before
        self._search.drop()
        self._updates.close()
        self.parameters.close()
        self._served.close()
        super().close()
        self.unobserve_all()
        self._log.forget(self.key)

    def _repr_mimebundle_(self, **options: AnyValue) -> dict[str, AnyValue]:
        """The widgets of its parameters; by itself, away from a map, Leaflet cannot draw a layer."""
        text = {"text/plain": repr(self)}
        if not self.parameterized or self.comm is None:  # closed
            return text
        return {**self.parameters.widget._repr_mimebundle_(**options), **text}

    def __repr__(self) -> str:
        looks = {"scales": self.get_scales(), "colormap": self.colormap, **self.parameters.to_dict()}
        told = ", ".join(f"{name}={value!r}" for name, value in looks.items() if value is not None)
        return f"<{type(self).__name__} {self.name!r}{told and f': {told}'}>"

    def _say(self, level: str, text: str, **details: str) -> None:
        if self.comm is not None and LEVELS[level] >= self.log_level:  # without a comm it is closed
            self._log.add(self.key, level, text, self.name, **details)

    def _hear(self, note: TileNote) -> None:
        self._say(LEVEL_OF_NOTE[note.kind], note.message, place=note.place, traceback=note.traceback)

    def _request(self, change: object = None) -> None:
        self._updates.request()

    def _redraw_of(self, change: AnyValue) -> None:
        """Draw other images of the collection, or reduce them in another way."""
        with self._choosing:
            before = self._subject
            if change.new == getattr(before, change.name):
                return
            self._subject = before.changed(reduction=self.reduction, date=self.date)
        self._request()

    def _update(self) -> None:
        """Bring tiles and URL up to date; one call at a time, in any thread."""
        try:
            style, image = self.style(), self.image_value
        except (DescartesFlowError, ValueError) as error:
            self.set_trait("content", "")
            self._say("ERROR", str(error))
            self._hide()
            return
        self.set_trait("content", "" if image is None else image._node.key.hex())
        if style is None:
            return  # half a pair is missing: somebody is typing
        if image is None or not self.visible or not (style.scales or self._searched):
            self._hide()
            return
        self._show(image, style)

    def _show(self, image: Image, style: Style) -> None:
        drawing = Drawing.of(image._node, style)
        if self._served.show(drawing):
            self._log.forget(self.key, "ERROR")
        url = self._served.url(drawing)
        if url == self.url:
            return
        from_nothing = self._served.supersede(first=not self.url, loading=self.loading)
        self.url = url
        if from_nothing:
            ipyleaflet.TileLayer.redraw(self)

    def _hide(self) -> None:
        self.url = ""
        self._served.hide()

    def _find_scales(self, rule: Rule, area: Gridded | None) -> Scaling:
        try:
            image = self.image_value
            if image is None:
                return Scaling((), ("no scales found: a parameter has no value",))
            if area is not None:
                return scales_of_area(image._node, area, rule)
            return scales_of_view(image._node, self._view(), rule)
        except (DescartesFlowError, ValueError) as error:
            return Scaling((), (f"no scales found: {error}",))

    def _take(self, found: Scaling) -> None:
        """Set the scales that a search found; called in its thread."""
        with self.hold_url_updates():
            for note in found.notes:
                self._say("WARNING", note)
            if found.pairs:
                pairs = filled_up(found.pairs, self.limits())
                self.set_limits(pairs)
                self.found = pairs
                self._say("INFO", pasted(pairs))
            self._searched = True
            self.set_trait("autoscaling", False)
            self._request()
