"""The verbs that join the layers: compute, inspect, visualize."""

from __future__ import annotations

import secrets
from typing import Any as AnyValue

from .engine.compute import bind_program, compute_node, default_runner
from .errors import DescartesFlowError, JobCancelled, ProxyTypeError
from .geo.gridded import Gridded
from .graph import Node, substitute
from .jobs import ProgressLine
from .jobs.progress import progress_stream
from .types import Function, GeoContext, NoneType, Proxytype, proxify
from .types.proxytype import VERBS, describe

__all__ = ["compute", "inspect"]


def compute(
    obj: AnyValue,
    geoctx: AnyValue = None,
    *,
    progress_bar: AnyValue = None,
    cache: bool = True,
    on_error: str = "raise",
    **arguments: AnyValue,
) -> AnyValue:
    """Compute the value of a proxy.

    Parameters
    ----------
    obj : Proxytype, or list or tuple of those
        What to compute; several are computed together and share their work.
    geoctx : GeoContext, AOI, DLTile or XYZTile, optional
        The area, CRS and resolution; may be left out where nothing spatial is involved.
    progress_bar : None, bool or object, optional
        Where progress is written: None, in notebooks only; True, to standard output; an object with ``write`` or
        ``append_stdout``.
    cache : bool
        False: no value of an earlier run is used, none is kept.
    on_error : {"raise", "skip"}
        What a band that cannot be read does: end the run, or be masked and listed in the result's ``issues``.
    **arguments
        Values of the parameters that `obj` depends on, by name.

    Returns
    -------
    object
        Python's own int, float, bool, str, list, tuple, dict and datetime; an ImageResult or ImageCollectionResult
        for imagery; a dict for a GeoContext.

    Raises
    ------
    TypeError
        If the value cannot be computed, the context is none, or arguments are missing or unknown.
    JobInvalid
        If the computation is not valid; the message names the operation and the line that made it.
    ReadError
        If a file cannot be read; the message names scene and band.

    Examples
    --------
    >>> from descartes_flow import Int
    >>> compute(Int(1) + 1)
    2
    """
    proxy = _computable(obj)
    node = with_arguments(proxy, arguments)
    if on_error not in ("raise", "skip"):
        raise ValueError(f"compute(on_error=): expected 'raise' or 'skip', got {on_error!r}")
    line = ProgressLine(secrets.token_hex(24), progress_stream(progress_bar))
    runner = default_runner()
    runner.progress, runner.use_cache, runner.skip_errors = line, cache, on_error == "skip"
    try:
        result = compute_node(node, plain_context(geoctx), runner)
    except (JobCancelled, KeyboardInterrupt):
        line.close("CANCELLED")
        raise
    except DescartesFlowError:
        line.close("FAILURE")
        raise
    line.close("SUCCESS")
    return result


def inspect(obj: AnyValue, geoctx: AnyValue = None, *, cache: bool = True, **arguments: AnyValue) -> AnyValue:
    """`compute` without progress, for quick looks."""
    return compute(obj, geoctx, progress_bar=False, cache=cache, **arguments)


def _computable(obj: AnyValue) -> Proxytype:
    try:
        proxy = proxify(obj)
    except NotImplementedError as error:
        raise TypeError(f"compute(): {error}") from error
    if isinstance(proxy, Function):
        raise TypeError("compute(): a Function cannot be computed; call it and compute the result")
    if isinstance(proxy, NoneType):
        raise TypeError("compute(): None has nothing to compute")
    return proxy


def with_arguments(proxy: Proxytype, arguments: dict[str, AnyValue]) -> Node:
    """The program of `proxy` with values for its parameters.

    Raises
    ------
    TypeError
        If a value is missing, unknown, or of the wrong type.
    ValueError
        If a value depends on parameters itself.
    """
    wanted = {node.value[0]: node for node in proxy._node.free}
    unknown = [name for name in arguments if name not in wanted]
    if unknown:
        if not wanted:
            raise TypeError(
                f"Expected no arguments, as nothing here is a parameter; got {', '.join(unknown)}"
            )
        raise TypeError(f"unknown arguments {', '.join(unknown)}; the parameters are {', '.join(wanted)}")
    missing = [name for name in wanted if name not in arguments]
    if missing:
        raise TypeError(f"missing values for the parameters {', '.join(missing)}; pass them by name")
    types = {parameter._node: type(parameter) for parameter in proxy.params}
    values = {node: _argument(name, types[node], arguments[name]) for name, node in wanted.items()}
    return substitute(proxy._node, values)


def _argument(name: str, kind: type[Proxytype], value: AnyValue) -> Node:
    try:
        promoted = kind._promote(value)
    except ProxyTypeError as error:
        raise TypeError(f"argument {name!r}: expected {kind.__name__}, got {describe(value)}") from error
    if promoted._node.free:
        names = ", ".join(node.value[0] for node in promoted._node.free)
        raise ValueError(f"argument {name!r} depends on parameters itself ({names}); give it a plain value")
    return promoted._node


def plain_context(geoctx: AnyValue) -> Gridded | None:
    """The plain context that a run needs, from whatever stands for one."""
    if geoctx is None or isinstance(geoctx, Gridded):
        return geoctx
    if not isinstance(geoctx, GeoContext):
        raise TypeError(f"Invalid GeoContext {geoctx!r}: expected a GeoContext, AOI, DLTile or XYZTile")
    context: Gridded = bind_program(geoctx._node, None, default_runner()).value
    return context


VERBS.update(compute=compute, inspect=inspect)
