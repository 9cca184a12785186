"""Each row of docs/semantics.md is computed: the third column gives what the fourth says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.operations.world import HERE, difference
from tests.scenes import area
from tests.source_tree import REPOSITORY

CELLS = re.compile(r"(?<!\\)\|")
EMPTY = object()
"""Stands for ``empty`` in the table: imagery without pixels."""


@dataclass(frozen=True)
class Row:
    """A row of the table: its section, what it is about, an expression and what it gives."""

    section: str
    what: str
    expression: str
    result: str


def rows() -> list[Row]:
    """All rows whose third and fourth cell are code."""
    found, section = [], ""
    for line in (REPOSITORY / "docs" / "semantics.md").read_text(encoding="utf-8").splitlines():
        section = line.removeprefix("## ") if line.startswith("## ") else section
        cells = [cell.strip().replace("\\|", "|") for cell in CELLS.split(line)][1:-1]
        if len(cells) == 4 and cells[2].startswith("`"):
            found.append(Row(section, cells[0], cells[2].strip("`"), cells[3].strip("`")))
    return found


ROWS = rows()
NAMES = {
    "inf": float("inf"),
    "nan": float("nan"),
    "empty": EMPTY,
    "JobInvalid": JobInvalid,
    "TypeError": TypeError,
}


def shown(result: Any) -> Any:
    """A computed value as the table shows it: rows band by band, None for a masked pixel."""
    if isinstance(result, np.ndarray) and result is not np.ma.masked:
        return result.tolist()
    if not hasattr(result, "ndarray"):
        return result
    if result.ndarray is None:
        return EMPTY
    bands = tuple(result.ndarray.tolist())
    return bands[0] if len(bands) == 1 else bands


def test_the_table_covers_every_section():
    assert len({row.section for row in ROWS}) >= 9
    assert len(ROWS) > 70


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.section}: {row.what}: {row.expression}")
def test_a_row_of_the_table_holds(world, row):
    bands = {"x": world.proxy("img.pick_bands('red')"), "y": world.proxy("img.pick_bands('nir')")}
    expected = world.value(row.result, **NAMES)

    if isinstance(expected, type):
        with pytest.raises(expected):
            wf.compute(world.value(row.expression, **bands), HERE)
        return
    found = shown(wf.compute(world.proxy(row.expression, **bands), HERE))
    assert found is expected or not difference(found, expected)


def test_a_scene_beside_the_area_is_masked_everywhere(world):
    beside = wf.compute(world.proxy("img"), area(2, 3, row=50)).ndarray

    assert np.ma.getmaskarray(beside).all()
