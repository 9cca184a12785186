"""The verbs that join the layers: compute, inspect, visualize."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any as AnyValue

from . import io
from .engine.bind import raise_located, where
from .engine.compute import bind_program, compute_node, default_runner
from .engine.run import VALUES
from .errors import ContextError, DescartesFlowError, JobCancelled, JobTimeoutError
from .geo.gridded import Gridded
from .jobs import ProgressLine
from .jobs.progress import progress_stream
from .render.layers import LAYERS
from .types import GeoContext
from .types.arguments import program
from .types.proxytype import VERBS

__all__ = ["clear_cache", "compute", "inspect", "visualize"]


def compute(
    obj: AnyValue,
    geoctx: AnyValue = None,
    *,
    progress_bar: AnyValue = None,
    cache: bool = True,
    on_error: str = "raise",
    timeout: float | None = None,
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
    progress_bar : None, bool or object, optional
        Where progress is written: None, in notebooks only; True, to standard output; an object with ``write``
        or ``append_stdout``.
    cache : bool
        False: no value of an earlier run is used, none is kept.
    on_error : {"raise", "skip"}
        What a band that cannot be read does: end the run, or be masked and listed in the result's ``issues``.
    timeout : float, optional
        Seconds after which work on pixels is given up.
    **arguments
        Values of the parameters that `obj` depends on, or of a Function's arguments, by name.

    Returns
    -------
    object
        Python's own int, float, bool, str, list, tuple, dict and datetime; an ImageResult or
        ImageCollectionResult for imagery; a dict for a GeoContext.

    Raises
    ------
    TypeError
        If the value cannot be computed, the context is none, or arguments are missing or unknown.
    JobInvalid
        If the computation is not valid; the message names the operation and the line that made it.
    ReadError
        If a file cannot be read; the message names scene and band.
    JobTimeoutError
        If the time is over.

    Examples
    --------
    >>> from descartes_flow import Int
    >>> compute(Int(1) + 1)
    2
    """
    node = program(obj, arguments, "compute")
    if on_error not in ("raise", "skip"):
        raise ValueError(f"compute(on_error=): expected 'raise' or 'skip', got {on_error!r}")
    line = ProgressLine(secrets.token_hex(24), progress_stream(progress_bar))
    runner = default_runner()
    runner.progress, runner.use_cache, runner.skip_errors = line, cache, on_error == "skip"
    is_late = _deadline(timeout)
    runner.cancelled = is_late
    try:
        result = compute_node(node, plain_context(geoctx), runner)
    except (JobCancelled, KeyboardInterrupt) as stop:
        line.close("CANCELLED")
        if isinstance(stop, JobCancelled) and is_late():
            raise JobTimeoutError(f"not done after {timeout:g} s; give it more with timeout=") from stop
        raise
    except DescartesFlowError:
        line.close("FAILURE")
        raise
    line.close("SUCCESS")
    return result


def _deadline(timeout: float | None) -> Callable[[], bool]:
    """Whether so many seconds are over, counted from now."""
    if timeout is None:
        return lambda: False
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or not timeout > 0:
        raise ValueError(f"timeout=: expected a number of seconds above 0, or None, got {timeout!r}")
    end = time.monotonic() + timeout
    return lambda: time.monotonic() > end


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
        Seconds after which work on pixels is given up; None: never.

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
    **parameters
        For each parameter that `obj` depends on a value, a proxy, or an ipywidget whose value it follows.

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
    from .interactive.showing import request, show

    return show(request(obj, scales, colormap, checkerboard, reduction, parameters), name, map)


def clear_cache() -> None:
    """Forget everything that was computed or read and kept in memory; nothing is lost but time.

    Examples
    --------
    >>> clear_cache()
    """
    LAYERS.clear_cache()
    VALUES.clear()
    io.clear()


def plain_context(geoctx: AnyValue) -> Gridded | None:
    """The plain context that a run needs, from whatever stands for one.

    Raises
    ------
    TypeError
        If nothing stands for one.
    JobInvalid
        If the fields of a GeoContext describe no grid; the message names the field and the user's line.
    """
    if geoctx is None or isinstance(geoctx, Gridded):
        return geoctx
    if not isinstance(geoctx, GeoContext):
        raise TypeError(f"Invalid GeoContext {geoctx!r}: expected a GeoContext, AOI, DLTile or XYZTile")
    if geoctx._node.free:
        names = ", ".join(node.value[0] for node in geoctx._node.free)
        raise ValueError(f"the GeoContext depends on parameters ({names}); give it plain values")
    context: Gridded = bind_program(geoctx._node, None, default_runner()).value
    try:
        context.grid()
    except ContextError as error:
        raise_located(error, where(geoctx._node))
    return context


VERBS.update(compute=compute, inspect=inspect, visualize=visualize)
