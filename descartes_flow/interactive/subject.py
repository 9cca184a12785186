"""What a layer shows, apart from its looks: imagery, and the parameters in it."""

from __future__ import annotations

import datetime
from typing import Any as AnyValue
from typing import NamedTuple

from ..graph import Node, postorder, substitute
from ..render.reduction import MOSAIC, reduced
from ..types import Image, ImageCollection, Proxytype

ENDS_OF_DAY = (datetime.time.min, datetime.time.max)


class Subject(NamedTuple):
    """Imagery and the Image that is drawn of it."""

    imagery: Image | ImageCollection

    reduction: str
    """How a collection is reduced; an Image is drawn as it is."""

    image: Image
    """Made in the user's thread, where the line of the user's code is known."""

    date: datetime.date | None = None
    """The day, in UTC, whose images are drawn of a collection; None draws all."""

    @classmethod
    def of(
        cls, imagery: AnyValue, reduction: str | None, call: str, date: datetime.date | None = None
    ) -> Subject:
        """What is drawn of `imagery`; reductions and errors are those of `reduced`."""
        if not isinstance(imagery, ImageCollection):
            date = None
        drawn = imagery if date is None else _of_day(imagery, date)
        return cls(imagery, reduction or MOSAIC, reduced(drawn, reduction, call), date)

    def changed(self, *, reduction: str, date: datetime.date | None) -> Subject:
        """The same imagery, drawn in another way; the user's line is still the one that visualized it."""
        made = Subject.of(self.imagery, reduction, "layer", date)
        known = set(postorder(self.imagery._node))
        for node in postorder(made.image._node):
            if node not in known:
                node.origin = self.image._node.origin
        return made

    @property
    def parameters(self) -> dict[str, type[Proxytype]]:
        """Names and types of the parameters, in the order of their first use."""
        return {proxy._node.value[0]: type(proxy) for proxy in self.image.params}

    def program(self, values: dict[str, Node] | None) -> Node | None:
        """The Image program with these values for its parameters; None while one is missing."""
        return _filled(self.image._node, values)

    def value(self, values: dict[str, Node] | None) -> Image | ImageCollection | None:
        """The imagery with these values for its parameters; None while one is missing."""
        program = _filled(self.imagery._node, values)
        return None if program is None else type(self.imagery)._from_node(program)


def _of_day(images: ImageCollection, day: datetime.date) -> ImageCollection:
    first, last = (datetime.datetime.combine(day, end, datetime.UTC) for end in ENDS_OF_DAY)

    def belongs(image: AnyValue) -> AnyValue:
        date = image.properties["date"]
        return (date >= first) & (date <= last)

    return images.filter(belongs)


def _filled(program: Node, values: dict[str, Node] | None) -> Node | None:
    if values is None or any(node.value[0] not in values for node in program.free):
        return None
    return substitute(program, {node: values[node.value[0]] for node in program.free})
