"""The step that burns geometries onto the grid of the run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

import descartes_flow.geo as geo

from ..geo.pixels import Pixels
from .arena import Context, Need, Step, masks_joined


class Burn(Step):
    """One band: the values of geometries where they lie, 0 and hidden elsewhere.

    Attributes
    ----------
    shapes : tuple of bytes
        Geometries in WGS84 as WKB, valid.
    values : tuple of float
        One for each.
    add : bool
        Whether values are added up where geometries overlap; else the last one counts.
    """

    __slots__ = ("add", "identity", "shapes", "values")
    fields: ClassVar[tuple[str, ...]] = ("shapes", "values", "add", "identity")

    def __init__(self, shapes: Sequence[bytes], values: Sequence[float], add: bool) -> None:
        self.shapes = tuple(shapes)
        self.values = tuple(map(float, values))
        self.add = add
        digest = hashlib.blake2b(
            repr((self.values, list(map(len, self.shapes)), add)).encode(), digest_size=16
        )
        for shape in self.shapes:
            digest.update(shape)
        self.identity = digest.digest()
        super().__init__((), 1, 1)

    def content(self) -> tuple[Any, ...]:
        """A digest of the geometries and values: there may be many."""
        return (self.identity,)

    def demand(self, need: Need) -> list[Need]:
        """Nothing."""
        return []

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The same: it has one image and one band."""
        return Burn(self.shapes, self.values, self.add)

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The burnt band; hidden also outside the cutline of the run."""
        data, hidden = geo.burning.burnt(self.shapes, self.values, self.add, context.grid)
        mask = masks_joined(hidden, context.cut)
        return Pixels(np.where(mask, 0.0, data)[None, None], mask[None, None])

    def __repr__(self) -> str:
        return f"Burn({len(self.shapes)} geometries, add={self.add})"
