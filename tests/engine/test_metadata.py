"""What is known of imagery without its pixels, once every file is gone."""

import pytest

import descartes_flow as wf
from descartes_flow import io
from descartes_flow.errors import ReadError
from tests.engine.programs import bound
from tests.scenes import area

HERE = area(1, 2)


@pytest.fixture
def col(scenes):
    """Four scenes of two bands, added; then their files are deleted."""
    made = scenes.collection(*({"x": [[n, n]], "y": [[n, n]]} for n in range(4)), sensor="s")
    for path in scenes.files.values():
        path.unlink()
    return made


QUESTIONS = {
    "length": (lambda c: c.length(), 4),
    "nbands": (lambda c: c.nbands, 2),
    "length of a part": (lambda c: c[1:].tail(2).length(), 2),
    "length of a filter": (lambda c: c.filter(lambda i: i.properties["number"] > 1).length(), 2),
    "length of a filter by date": (lambda c: c.filter(lambda i: i.properties["date"].day == 3).length(), 1),
    "length of a sum": (lambda c: (c + c).length(), 4),
    "a property": (lambda c: c[2].properties["number"], 2),
    "a property of a composite": (lambda c: c.median(axis="images").properties["sensor"], "s"),
    "properties": (lambda c: c.map(lambda i: (i.properties["id"], i.properties["date"].day)), [
        (f"test:s0{n}", n + 1) for n in range(4)
    ]),
    "bandinfo": (lambda c: c.bandinfo.keys(), ["x", "y"]),
    "a band's info": (lambda c: c.rename_bands("a").bandinfo["a"]["resolution"], 10),
    "bands of arithmetic": (lambda c: (c.pick_bands("x") / c.pick_bands("y")).bandinfo.keys(), ["x_div_y"]),
    "bands of a mask": (lambda c: c.mask(c.pick_bands("x") > 1).getmask().bandinfo, {"mask": {}}),
    "bands of colours": (lambda c: c[0].pick_bands("x").colormap().bandinfo.keys(), ["red", "green", "blue"]),
    "bands of a reduction": (lambda c: c.std(axis="bands").bandinfo.keys(), ["std"]),
    "nbands of what is joined": (lambda c: c.concat_bands(c).nbands, 4),
    "emptiness": (lambda c: c.filter(lambda i: i.properties["number"] > 9).median(axis="images").nbands, 0),
    "a choice by properties": (
        lambda c: wf.ifelse(c.length() > 3, c[0], c[1]).properties["number"],
        0,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("question", "answer"), QUESTIONS.values(), ids=QUESTIONS)
def test_metadata_needs_no_pixels(col, question, answer):
    proxy = question(col)

    assert proxy.compute(HERE) == answer
    assert bound(proxy, HERE).plan.steps == ()
    assert io.BLOCKS.reads == 0


def test_pixels_do_need_their_files(col):
    with pytest.raises(ReadError, match=r"band 'x' of 'test:s0\d' cannot be read"):
        col.pick_bands("x").max(axis="images").compute(HERE)


def test_one_scene_needs_no_context_for_its_metadata(scenes):
    img = scenes.image("a", {"x": [[1]], "y": [[2]]}, sensor="s")

    assert img.properties["sensor"].compute() == "s"
    assert img.properties["geotrans"].compute() == (500_000, 10, 0, 5_000_000, 0, -10)
    assert list(img.bandinfo.compute()) == ["x", "y"]
    assert (img + 1).nbands.compute() == 2
