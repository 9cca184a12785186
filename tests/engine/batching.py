"""Programs evaluated for all images at once and image by image, to compare."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.engine.bind import Binder
from descartes_flow.errors import JobInvalid
from descartes_flow.steps.batch import CannotBatch
from tests.scenes import NAN, area

HERE = area(1, 3)
LENGTHS = (0, 1, 4)


@pytest.fixture
def cols(scenes) -> dict[int, wf.ImageCollection]:
    """Collections of 0, 1 and 4 images with bands x and y, holes, and the properties number and kind."""
    made = {}
    for length in LENGTHS:
        product = f"of{length}"
        for number in range(length):
            bands = {"x": [[number, NAN, 2]], "y": [[1, number, NAN if number == 2 else 5]]}
            date = f"2020-0{number + 1}-01"
            scenes.add(f"s{number}", bands, product=product, date=date, number=number, kind="ab"[number % 2])
        if not length:
            scenes.add("elsewhere", {"x": [[0]], "y": [[0]]}, product=product, row=1000)
        made[length] = wf.ImageCollection.from_id(product)
    return made


def number(img: wf.Image) -> Any:
    return img.properties["number"]


def one_image_at_a_time(binder: Binder, function: Any, *args: Any, **named: Any) -> Any:
    """`Binder.call` that refuses to evaluate a function for all images at once."""
    for arg in args:
        axis = getattr(arg, "axis", None)
        if axis is not None:
            raise CannotBatch(axis, "one image at a time")
    return CALL(binder, function, *args, **named)


CALL = Binder.call


def both_ways(program: wf.Proxytype, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    """The result of a program, and that of the same with every function evaluated image by image."""
    batched = outcome(program)
    with monkeypatch.context() as patch:
        patch.setattr(Binder, "call", one_image_at_a_time)
        single = outcome(program)
    return batched, single


def outcome(program: wf.Proxytype) -> Any:
    try:
        return program.compute(HERE, cache=False)
    except JobInvalid as error:
        return error.message


def same(first: Any, second: Any) -> bool:
    if isinstance(first, float) and isinstance(second, float):
        return first == second or (np.isnan(first) and np.isnan(second))
    if isinstance(first, (list, tuple)) and type(first) is type(second):
        return len(first) == len(second) and all(map(same, first, second))
    return bool(first == second)
