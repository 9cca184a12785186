"""Every program can be kept as text and read again."""

import json

import pytest

import descartes_flow as wf
from descartes_flow.jobs import Work
from descartes_flow.jobs.work import read, written
from tests.operations.conftest import world as world
from tests.operations.gathering import CASES, case_id


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_program_is_the_same_after_it_was_kept(world, case):
    proxy = world.proxy(case.expression)
    back = read(json.loads(json.dumps(written(proxy))))

    assert back._node is proxy._node
    assert type(back) is type(proxy)


def test_parameters_keep_their_types():
    size = wf.parameter("size", wf.Dict[wf.Str, wf.List[wf.Float]])
    back = read(json.loads(json.dumps(written(size["a"]))))

    assert back.params == (size,)
    assert type(back) is wf.List[wf.Float]


def test_arguments_are_kept_as_the_types_of_the_parameters():
    work = Work.of(wf.parameter("x", wf.Float) + 1, None, {"x": 2}, True, "raise", "test")
    text = json.loads(json.dumps(work.to_text()))

    assert text["arguments"]["x"]["type"] == "Float"
    assert text["geoctx"] is None
