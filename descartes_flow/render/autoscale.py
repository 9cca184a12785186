"""Scales from what a view shows: computed once, on a coarse sample, then fixed."""

from __future__ import annotations

from ..geo.gridded import Gridded
from ..graph import Node
from .sample import sample
from .stretch import USUAL, Rule, stretch


def autoscale(node: Node, context: Gridded, rule: Rule = USUAL) -> tuple[tuple[float, float] | None, ...]:
    """Scales of each band over the area of a context, from at most 256 x 256 pixels.

    Parameters
    ----------
    node : Node
        A program without parameters that gives an Image.
    context : Gridded
        The view.
    rule : Percentiles or Deviations

    Returns
    -------
    tuple
        For each band ``(min, max)``; None where no pixel of the view has a value. Nothing for an empty image.

    Raises
    ------
    JobComputeError, ReadError
        As compute does. It blocks: call it off the main thread.
    """
    pixels = sample(node, context).pixels
    return () if pixels is None else tuple(stretch(pixels.data, pixels.mask, rule))
