"""Pixels that depend on those around them: convolutions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from tests.laws.imagery import ImageryMaker
from tests.laws.nodes import Node, by_image
from tests.laws.oracle import Img

SIZES = [(1, 1), (1, 3), (3, 1), (3, 3), (2, 2), (4, 1), (2, 3), (5, 5), (1, 5)]
WEIGHTS = (0, 0, 1, 1, -1, 0.5, 0.25, 2, -2)
REACH = 2
"""How far the largest kernel reaches."""
MOST = 12
"""How many images a fold goes through, for the most part."""


def margin_for(text: str) -> int:
    """How far beyond an area the arrays of a program must go, for its neighbourhoods to be whole there."""
    return REACH * text.count("wf.conv2d(") * (MOST if ".reduce(" in text else 1)


class NeighbourMaker(ImageryMaker):
    """Makes imagery from neighbourhoods."""

    def ways(self, kind: str, depth: int) -> list[Callable[[], Node]]:
        """How imagery of a kind can be made."""
        return [*super().ways(kind, depth), *[lambda: self.convolved(self.imagery(kind, depth))] * 2]

    def convolved(self, made: Node) -> Node:
        """Weighted sums of neighbours."""
        rows, cols = self.one_of(SIZES)
        weights = [self.one_of(WEIGHTS) for _ in range(rows * cols)]
        text = f"wf.conv2d({{0}}, wf.Kernel(({rows}, {cols}), {weights}))"
        kernel = np.array(weights, float).reshape(rows, cols)
        return by_image(text, lambda image: convolved(image, kernel), made)


def convolved(image: Img, kernel: Any) -> Img:
    """Each band; hidden pixels stay hidden and count as 0, neighbours of weight 0 do not count."""
    (rows, cols), (height, width) = kernel.shape, image.data.shape[1:]
    down, across = rows // 2, cols // 2
    values = np.where(image.mask, 0.0, image.data.astype(float))
    # arrays reach so far that what lies beyond them does not matter: `margin_for`
    values = np.pad(values, ((0, 0), (down, down), (across, across)), mode="edge")
    total = np.zeros(image.data.shape)
    for (m, n), weight in np.ndenumerate(kernel):
        if weight:
            top, left = 2 * down - m, 2 * across - n
            with np.errstate(all="ignore"):
                total = total + weight * values[:, top : top + height, left : left + width]
    return replace(image, data=total, mask=image.mask | np.isnan(total))
