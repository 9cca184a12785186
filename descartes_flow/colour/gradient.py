"""Colours side by side, as CSS."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MOST_FIELDS = 20
"""So few colours are shown as fields, more as a ramp."""


def gradient(colours: npt.NDArray[np.integer], stops: int = 20) -> str:
    """CSS of a background in these colours, from the left to the right.

    Parameters
    ----------
    colours : numpy.ndarray
        ``(colour, 3)``, red, green, blue in 0..255; one at least.
    stops : int
        Through how many of them a ramp goes, two at least.

    Examples
    --------
    >>> gradient(np.array([[0, 0, 0], [255, 0, 0]]))
    'linear-gradient(to right, rgb(0,0,0) 0% 50%, rgb(255,0,0) 50% 100%)'
    """
    count = len(colours)
    if count <= MOST_FIELDS:
        edges: list[tuple[float, ...]] = [(place / count, (place + 1) / count) for place in range(count)]
    else:
        colours = colours[np.linspace(0, count - 1, stops).round().astype(int)]
        edges = [(place / (stops - 1),) for place in range(stops)]
    painted = ", ".join(
        f"rgb({red},{green},{blue}) " + " ".join(f"{100 * edge:.4g}%" for edge in places)
        for (red, green, blue), places in zip(colours.tolist(), edges, strict=True)
    )
    return f"linear-gradient(to right, {painted})"
