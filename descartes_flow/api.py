"""The verbs that join the layers: compute, inspect, preview, visualize."""

from __future__ import annotations

from typing import Any as AnyValue

from PIL.Image import Image as Picture

from . import io
from .colour import Style
from .engine.run import VALUES
from .jobs import Job, Work, compute_waiting
from .jobs.work import plain_context
from .render.layers import LAYERS
from .render.preview import draw_image, whole
from .render.reduction import reduced
from .types.arguments import program
from .types.proxytype import VERBS

__all__ = ["clear_cache", "compute", "inspect", "preview", "visualize"]


def compute(
    obj: AnyValue,
    geoctx: AnyValue = None,
    *,
    timeout: float | None = None,
    block: bool = True,
    progress_bar: AnyValue = None,
    cache: bool = True,
    on_error: str = "raise",
    **arguments: AnyValue,
) -> AnyValue:
    """Compute the value of a proxy.

    Parameters
    ----------
    obj : Proxytype, or list or tuple of those
        What to compute; several are computed together and share their work. A Function whose arguments are
        all named is called with those that are passed here.
    geoctx : GeoContext, AOI, DLTile or XYZTile, optional
        The area, CRS and resolution; may be left out where nothing spatial is involved.
    timeout : float, optional
        Seconds after which the run is cancelled.
    block : bool
        False: do not wait; the result is a `Job`, which runs in the background.
    progress_bar : None, bool or object, optional
        Where progress is written while one waits: None, in notebooks only; True, to standard output; an
        object with ``write`` or ``append_stdout``. What is shown can be found again with `Job.get`.
    cache : bool
        False: no value of an earlier run is used, none is kept.
    on_error : {"raise", "skip"}
        What a band that cannot be read does: end the run, or be masked and listed in the result's ``issues``.
    **arguments
        Values of the parameters that `obj` depends on, or of a Function's arguments, by name. A parameter of
        `wf.widgets` has its present value, unless another is given.

    Returns
    -------
    object
        Python's own int, float, bool, str, list, tuple, dict and datetime; an ImageResult or
        ImageCollectionResult for imagery; a dict for a GeoContext. A Job where `block` is False.

    Raises
    ------
    TypeError
        If the value cannot be computed, the context is none, or arguments are missing or unknown.
    JobInvalid
        If the computation is not valid; the message names the operation and the line that made it.
    ReadError
        If a file cannot be read; the message names scene and band.
    JobOOM, JobDeadlineExceeded
        If it needs more than ``settings.memory_bytes`` or ``settings.job_seconds``.
    JobComputeError
        If it fails for a reason that nobody foresaw; the base of all errors of runs.
    JobTimeoutError
        If the time is over.
    NotFound
        If there is no such channel as the one that was set.

    Examples
    --------
    >>> from descartes_flow import Int
    >>> compute(Int(1) + 1)
    2
    >>> job = compute(Int(1) + 1, block=False)
    >>> job.result()
    2
    """
    work = Work.of(obj, geoctx, arguments, cache, on_error, "compute")
    return compute_waiting(work, progress_bar, timeout) if block else Job.of(work)


def inspect(
    obj: AnyValue,
    geoctx: AnyValue = None,
    *,
    cache: bool = True,
    timeout: float | None = 60,
    **arguments: AnyValue,
) -> AnyValue:
    """`compute` for a quick look: without progress, and not for longer than a minute.

    Parameters
    ----------
    obj, geoctx, cache, **arguments
        As in `compute`.
    timeout : float, optional
        Seconds after which the run is cancelled; None: never.

    Returns
    -------
    object
        What `compute` gives.

    Raises
    ------
    JobTimeoutError
        If the time is over. Other errors are those of `compute`.

    Examples
    --------
    >>> from descartes_flow import Int, parameter
    >>> inspect(parameter("x", Int) * 2, x=21)
    42
    """
    return compute(obj, geoctx, progress_bar=False, cache=cache, timeout=timeout, **arguments)


def visualize(
    obj: AnyValue,
    name: str,
    scales: AnyValue = None,
    colormap: str | None = None,
    checkerboard: bool = True,
    map: AnyValue = None,
    reduction: str | None = None,
    log_level: int = 10,
    **parameters: AnyValue,
) -> AnyValue:
    """Show imagery on the map, computed for the part that one looks at.

    A layer of the same name is updated where it lies: it keeps its place, opacity and visibility, and the
    looks that were set by hand, unless this call asks for others than the last one did.

    Parameters
    ----------
    obj : Image or ImageCollection
        One band is drawn grey or with the colormap, two as red and green, three as red, green, blue.
    name : str
        Name of the layer.
    scales : sequence, optional
        For each band the values drawn darkest and brightest, ``[[0, 0.4], [0, 0.4], [0, 0.4]]``; one pair
        ``[0, 1]`` for one band. Left out, they are found once, from 2 to 98 % of the values in view, and the
        log under the map tells them.
    colormap : str, optional
        A name of `descartes_flow.colour.COLORMAPS`, for one band.
    checkerboard : bool
        Whether pixels without a value show a check pattern.
    map : Map or MapApp, optional
        By default ``wf.map``.
    reduction : str, optional
        How the images of a collection become one: mosaic (the default), min, max, mean, median, sum, std,
        count.
    log_level : int
        What the log leaves out: what is less bad than this, as `logging` counts. By default nothing.
    **parameters
        For each parameter that `obj` depends on a value, a proxy, or a widget whose value it follows: an
        ipywidget, or what `wf.widgets` makes. Those that `wf.widgets` made need not be given.

    Returns
    -------
    WorkflowsLayer
        Its traits and ``layer.parameters`` change what the map shows.

    Raises
    ------
    ValueError
        If scales, bands and colormap do not go together, a name is unknown, or parameters are missing or
        unknown.
    TypeError
        If an argument has an unsuitable type.
    ImportError
        If ipyleaflet is not installed.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> scene = Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> layer = scene.pick_bands("nir").visualize("near infrared", scales=[0, 0.5], colormap="magma")
    >>> layer.get_scales(), layer.colormap
    ([(0.0, 0.5)], 'magma')
    >>> layer.checkerboard = False
    """
    from .interactive.request import request
    from .interactive.showing import show

    asked = request(obj, scales, colormap, checkerboard, reduction, parameters, log_level)
    return show(asked, name, map)


def tile_layer(
    obj: AnyValue,
    name: str | None = None,
    scales: AnyValue = None,
    colormap: str | None = None,
    checkerboard: bool = True,
    map: AnyValue = None,
    reduction: str | None = None,
    log_level: int = 10,
    **parameters: AnyValue,
) -> AnyValue:
    """A new layer like that of `visualize`, which is not on the map yet: ``wf.map.add(layer)`` puts it there.

    Parameters
    ----------
    obj : Image or ImageCollection
    name : str, optional
        By default the name of its type. Layers of one name do not replace each other.
    scales, colormap, checkerboard, reduction, log_level, **parameters
        As for `visualize`.
    map : Map or MapApp, optional
        Whose view scales are found from, and whose log the layer writes; by default ``wf.map``.

    Returns
    -------
    WorkflowsLayer

    Raises
    ------
    ValueError, TypeError, ImportError
        As `visualize`.

    Examples
    --------
    >>> from descartes_flow import Image, Map
    >>> map = Map()
    >>> scene = Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> layer = scene.pick_bands("nir").tile_layer("near infrared", scales=[0, 0.5], map=map)
    >>> layer in map.layers
    False
    """
    from .interactive.request import request
    from .interactive.showing import unshown

    asked = request(obj, scales, colormap, checkerboard, reduction, parameters, log_level)
    return unshown(asked, name, map)


def preview(
    obj: AnyValue,
    geoctx: AnyValue = None,
    scales: AnyValue = None,
    colormap: str | None = None,
    checkerboard: bool = True,
    reduction: str | None = None,
    **parameters: AnyValue,
) -> Picture:
    """Imagery as a picture, without a map; a notebook shows it.

    Parameters
    ----------
    obj : Image or ImageCollection
        One band is drawn grey or with the colormap, two as red and green, three as red, green, blue.
    geoctx : GeoContext, AOI, DLTile or XYZTile, optional
        The area; each of its pixels becomes one of the picture. By default all that the imagery is made of,
        512 pixels along the longer side.
    scales, colormap, checkerboard, reduction
        As for `visualize`; scales that are left out are 2 to 98 % of the values in the picture.
    **parameters
        Values of the parameters that `obj` depends on, as for `compute`.

    Returns
    -------
    PIL.Image.Image
        RGBA; hidden pixels show the check pattern, or are transparent. ``.save("ndvi.png")`` writes it,
        ``.size`` is its ``(width, height)``.

    Raises
    ------
    ContextError
        If there is no `geoctx`, and the imagery names no scene or product of the catalog.
    TypeError
        If `obj` is no imagery, or an argument has an unsuitable type.
    ValueError
        If scales, bands and colormap do not go together, or a name is unknown. Further errors are those of
        `compute`.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> scene = Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> picture = scene.pick_bands("nir").preview(colormap="magma")
    >>> picture.mode, max(picture.size)
    ('RGBA', 512)
    """
    node = program(reduced(obj, reduction, "preview"), parameters, "preview")
    context = plain_context(geoctx) or whole(node, "preview")
    return draw_image(node, context, Style(scales, colormap, checkerboard))


def clear_cache() -> None:
    """Forget everything that was computed or read and kept in memory; nothing is lost but time.

    Examples
    --------
    >>> clear_cache()
    """
    LAYERS.clear_cache()
    VALUES.clear()
    io.clear()


def _widget(widget: AnyValue) -> AnyValue:
    """The ipywidget of a parameter."""
    from .interactive.widgets import make_widget

    return make_widget(widget)


VERBS.update(
    compute=compute,
    inspect=inspect,
    preview=preview,
    tile_layer=tile_layer,
    visualize=visualize,
    widget=_widget,
)
