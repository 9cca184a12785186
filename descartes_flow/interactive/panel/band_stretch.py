"""The histogram of one band, and the slider of its limits."""

from __future__ import annotations

import math
import threading
from typing import Any as AnyValue

import ipywidgets

from ...colour import colours
from ...colour.gradient import gradient
from ...render.bars import bars
from ...render.histogram import Histogram
from ..closing import close_parts
from ..layer import WorkflowsLayer
from ..looks import LIMITS, Pair

TONES = ("red", "green", "blue")
STEPS = 500
"""Between the ends of a slider."""

Axis = tuple[float, float]


class BandStretch(ipywidgets.VBox):  # type: ignore[misc]
    """The histogram of one band, and a slider with its two limits.

    Parameters
    ----------
    layer : WorkflowsLayer
    place : int
        Which pair of limits: 0, 1 or 2.

    Attributes
    ----------
    axis : (float, float)
        The values at the ends of bars and slider.
    """

    def __init__(self, layer: WorkflowsLayer, place: int) -> None:
        self._layer = layer
        self._place = place
        self._histogram: Histogram | None = None
        self._single = True
        self._lock = threading.RLock()  # slider and layer follow each other, from several threads
        self._following = self._moving = False
        self._name = ipywidgets.Label()
        self._picture = ipywidgets.HTML()
        self.axis: Axis = (0.0, 1.0)
        # The page repeats what it is sent, late and rounded. With whole steps nothing is rounded, and without
        # continuous updates it tells only what somebody has moved.
        self._placed = (0, STEPS)
        self._slider = ipywidgets.IntRangeSlider(
            value=self._placed,
            min=0,
            max=STEPS,
            readout=False,
            continuous_update=False,
            layout={"width": "auto"},
        )
        super().__init__(children=(self._name, self._picture, self._slider))
        self.add_class("descartes-flow-stretch")
        self._slider.observe(self._moved, "value")
        layer.observe(self._follow, [*LIMITS[place], "colormap"])

    def show(self, name: str, histogram: Histogram | None, single: bool) -> None:
        """Show this histogram, over an axis that fits it and the limits.

        Parameters
        ----------
        name : str
            Of the band.
        histogram : Histogram or None
            None: no pixel in view has a value.
        single : bool
            Whether it is the only band; else it is red, green or blue.
        """
        with self._lock:
            self._histogram, self._single = histogram, single
            self._name.value = name if histogram is not None else f"{name}: no pixel here has a value"
            self._slider.tooltip = f"Limits of {name}"
            self._name.layout.display = "none" if single else None
            for part in (self._picture, self._slider):
                part.layout.display = None if histogram is not None else "none"
            self._fit()

    def close(self) -> None:
        """Let go of the layer."""
        if self.comm is None:
            return  # closed before
        self._layer.unobserve(self._follow, [*LIMITS[self._place], "colormap"])
        close_parts(self)
        super().close()

    def _limits(self) -> Pair | None:
        """The limits as the layer has them; None unless there are both."""
        low, high = (getattr(self._layer, name) for name in LIMITS[self._place])
        return None if low is None or high is None else (low, high)

    def _fit(self) -> None:
        """Let the axis hold the histogram and the limits, and show all; called with the lock."""
        if self._histogram is None:
            return
        limits, ends = self._limits(), (self._histogram.low, self._histogram.high)
        self.axis = low, high = min(*ends, *(limits or ends)), max(*ends, *(limits or ends))
        self._placed = (0, STEPS)
        if limits is not None:
            first, last = (round((limit - low) / (high - low) * STEPS) for limit in sorted(limits))
            self._placed = first, last
        self._following = True
        try:
            self._slider.value = self._placed
        finally:
            self._following = False
        self._draw()

    def _follow(self, change: object = None) -> None:
        """Bring slider and picture to what the layer says."""
        with self._lock:
            if self._moving:
                self._draw()  # over the same axis, which must not slip away under the hand
            else:
                self._fit()

    def _moved(self, change: AnyValue) -> None:
        """Set the limits to where the handles are; one that was not touched keeps its digits."""
        with self._lock:
            if self._following or self._histogram is None:
                return
            before, placed, self._placed = self._limits(), self._placed, tuple(change.new)
            after = tuple(_value(place, self.axis) for place in change.new)
            if before is not None:
                ends = zip(change.new, placed, after, sorted(before), strict=True)
                low, high = (limit if new == old else value for new, old, value, limit in ends)
                after = (low, high) if before[0] <= before[1] else (high, low)
            self._moving = True
            try:
                with self._layer.hold_url_updates():
                    for name, limit in zip(LIMITS[self._place], after, strict=True):
                        setattr(self._layer, name, limit)
            finally:
                self._moving = False

    def _draw(self) -> None:
        assert self._histogram is not None, "there is something to draw"
        limits, colormap = self._limits(), self._layer.colormap
        ramp = ""
        if colormap is not None and limits is not None:
            ramp = gradient(colours(colormap)[:: 1 if limits[0] <= limits[1] else -1])
        tone = "grey" if self._single else TONES[self._place]
        self._picture.value = bars(self._histogram, self.axis, limits, tone, ramp)


def _value(place: int, axis: Axis) -> float:
    """The value that a handle stands for, with as many digits as tell it from its neighbours.

    Examples
    --------
    >>> _value(100, (0.0, 1.0)), _value(1, (-0.3, 39.5))
    (0.2, -0.22)
    """
    low, high = axis
    step = (high - low) / STEPS
    return round(low + place * step, 1 - math.floor(math.log10(step)))
