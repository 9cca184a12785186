"""Scales from what a map shows."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..geo import AOI, Bounds
from ..geo.earth import LONLAT, WEB_MERCATOR
from ..geo.gridded import Gridded
from ..graph import Node
from ..render.autoscale import autoscale
from ..render.extent import data_bounds
from ..render.sample import MOST_SAMPLES
from ..render.stretch import Rule
from .looks import Limits, Pair


class Scaling(NamedTuple):
    """What was found for a layer, and what there is to say about it."""

    pairs: tuple[Pair | None, ...]
    """One per band; None where no pixel has a value."""

    notes: tuple[str, ...]


def scales_of_view(program: Node, view: Gridded, rule: Rule) -> Scaling:
    """Scales of each band over the view, or over the whole data if the view has none of them.

    Blocking; raises what `descartes_flow.render.autoscale.autoscale` raises.
    """
    found = autoscale(program, view, rule)
    if any(found):
        return Scaling(found, tuple(_missing(found, "in view")))
    bounds = data_bounds(program)
    if bounds is None:
        return Scaling((), ("no pixel in view has a value: move the map to the data, or pass scales=[...]",))
    west, south, east, north = bounds
    elsewhere = f"the data lie at lon {west:.2f} to {east:.2f}, lat {south:.2f} to {north:.2f}"
    found = autoscale(program, sampled_area(bounds), rule)
    if any(found):
        return Scaling(found, (f"no pixel in view has a value: scaled over all data; {elsewhere}",))
    return Scaling((), (f"no pixel has a value, in view or elsewhere, to find scales from; {elsewhere}",))


def scales_of_area(program: Node, area: Gridded, rule: Rule) -> Scaling:
    """Scales of each band over an area that somebody chose; blocking, as `scales_of_view` is."""
    found = autoscale(program, area, rule)
    if any(found):
        return Scaling(found, tuple(_missing(found, "of the area")))
    return Scaling((), ("no pixel of the area has a value to find scales from",))


def sampled_area(bounds: Bounds) -> AOI:
    """An area in degrees, in as few pixels as are sampled of a view."""
    shape = (MOST_SAMPLES, MOST_SAMPLES)
    return AOI(bounds=bounds, bounds_crs=LONLAT, crs=WEB_MERCATOR, shape=shape, align_pixels=False)


def rounded(pair: Pair) -> Pair:
    """`pair` with as many digits as the colours can show.

    Examples
    --------
    >>> rounded((0.0213456, 0.3127))
    (0.0213, 0.3127)
    >>> rounded((812.34, 5210.9))
    (812.0, 5211.0)
    """
    width = abs(pair[1] - pair[0])
    digits = 3 - math.floor(math.log10(width)) if width > 0 else 15
    return round(pair[0], digits), round(pair[1], digits)


def filled_up(found: Sequence[Pair | None], before: Sequence[Limits]) -> list[Pair]:
    """The found pairs, rounded; where none was found the one before, or else the first that was found.

    Examples
    --------
    >>> filled_up([(0.0, 0.5), None, None], [(None, None), (0.0, 1.0), (None, 2.0)])
    [(0.0, 0.5), (0.0, 1.0), (0.0, 0.5)]
    """
    first = next(pair for pair in found if pair is not None)
    filled = []
    for pair, (low, high) in zip(found, before, strict=False):
        if pair is not None or low is None or high is None:
            filled.append(rounded(pair or first))
        else:
            filled.append((low, high))
    return filled


def pasted(pairs: Sequence[Pair]) -> str:
    """`pairs` as an argument of visualize.

    Examples
    --------
    >>> pasted([(0.0, 0.5)])
    'scales=[[0.0, 0.5]]'
    """
    return f"scales={[list(pair) for pair in pairs]!r}"


def _missing(found: Sequence[Pair | None], where: str) -> list[str]:
    without = [str(number) for number, pair in enumerate(found, 1) if pair is None]
    return [f"no pixel {where} has a value in band {', '.join(without)}"] if without else []
