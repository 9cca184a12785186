"""What the values of an image mean, as far as it is known before any pixel is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ..engine.compute import bind_program, bound_image, default_runner
from ..geo import Grid
from ..graph import Kind, Node
from ..steps.arena import Step
from ..steps.composite import SortedComposite
from ..steps.pointwise import Hidden, Hide, Pointwise
from ..steps.read import Read, ReadBands
from ..steps.reduce import CHOOSING, Reduction
from ..steps.select import ConcatBands, ConcatImages, TakeBands, TakeImages

TRUTHS = frozenset(("lt", "le", "eq", "ne", "gt", "ge", "and", "or", "xor", "invert"))
"""Operations on pixels whose results are truth values; those on bits take no others."""

OF_TRUTH: Mapping[float, str] = {0.0: "false", 1.0: "true"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the values of an image with one band mean.

    Attributes
    ----------
    bands : int or None
        How many bands the image has; None where nobody knows.
    unit : str
        Empty where it is not known.
    description : str
    classes : mapping of float to str
        Names of the values, in their order, if these are classes or truth values.
    """

    bands: int | None = None
    unit: str = ""
    description: str = ""
    classes: Mapping[float, str] = field(default_factory=dict)


class _Values(Enum):
    """How the values of a step come from those of a file."""

    STORED = "each is one of the file's"
    BETWEEN = "in the unit of the file's"
    TRUTH = "truth values"
    OTHER = "anything"


def meaning(node: Node, grid: Grid | None) -> Meaning:
    """What the bandinfo of an Image program says of its values, where it can be believed.

    Arithmetic passes a bandinfo on, whose unit and classes its results need not have: then only what a
    ``with_bandinfo`` at the very end says counts.

    Parameters
    ----------
    node : Node
        A program without parameters.
    grid : Grid or None
        Where it is bound; None for a program that does not depend on it.

    Raises
    ------
    NeedsContext
        Without a grid, if the program depends on it.
    JobComputeError
        As compute does. It blocks where pixels decide something.
    """
    raster = bound_image(bind_program(node, grid, default_runner()))
    if raster.is_empty:
        return Meaning()
    if len(raster.bands) > 1:
        return Meaning(len(raster.bands))
    info = raster.bandinfo.get().get(raster.bands[0], {})
    values = _values(raster.arena.steps, raster.step)
    stored = info if values is _Values.STORED else {}
    known = {name: info[name] for name in _said(node) if name in info}
    if values in (_Values.STORED, _Values.BETWEEN):
        known = {"unit": info.get("unit"), "description": info.get("description")} | known
    classes: Mapping[float, str]
    classes = _named(known.get("classes") or ()) or _named(stored.get("classes") or (), stored.get("nodata"))
    if values is _Values.TRUTH:
        classes = classes or OF_TRUTH
    return Meaning(1, str(known.get("unit") or ""), str(known.get("description") or ""), classes)


def _said(node: Node) -> set[str]:
    """Fields of a bandinfo that a program sets when all else is done."""
    names: set[str] = set()
    while node.kind is Kind.APPLICATION and node.callee == "with_bandinfo":
        names.update(name for name, _ in node.kwargs)
        node = node.args[0]
    return names


def _named(classes: Iterable[Any], hidden: float | None = None) -> dict[float, str]:
    """Names of the classes that a bandinfo lists, but for one that is hidden."""
    named = {}
    for entry in classes:
        value = entry.get("value") if isinstance(entry, Mapping) else None
        if isinstance(value, (int, float)) and value != hidden:
            named[float(value)] = str(entry.get("name") or entry.get("description") or value)
    return dict(sorted(named.items()))


def _values(steps: Sequence[Step], number: int) -> _Values:
    """How the values of a step come about; its inputs lie before it."""
    found: list[_Values] = []
    for step in steps[: number + 1]:
        found.append(_of_step(step, [found[source] for source in step.inputs]))
    return found[number]


def _of_step(step: Step, inputs: Sequence[_Values]) -> _Values:
    if isinstance(step, (Read, ReadBands)):
        return _Values.STORED
    if isinstance(step, Hidden) or (isinstance(step, Pointwise) and step.op in TRUTHS):
        return _Values.TRUTH
    if isinstance(step, (Hide, SortedComposite)):
        return inputs[0]
    if isinstance(step, (TakeBands, TakeImages, ConcatBands, ConcatImages)):
        return _joined(inputs)
    if isinstance(step, Reduction) and step.op != "count":
        if step.op in CHOOSING:
            return inputs[0]
        return _Values.BETWEEN if inputs[0] in (_Values.STORED, _Values.BETWEEN) else _Values.OTHER
    return _Values.OTHER


def _joined(kinds: Sequence[_Values]) -> _Values:
    """What holds for all of several."""
    if len(set(kinds)) == 1:
        return kinds[0]
    return _Values.BETWEEN if set(kinds) == {_Values.STORED, _Values.BETWEEN} else _Values.OTHER
