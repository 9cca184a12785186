"""One declaration gives everything: methods, promotion, error text, graft, documentation and result."""

import inspect

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.errors import GraftNameError
from descartes_flow.ops import reference, registry, stubs
from descartes_flow.ops.grafts import from_graft
from descartes_flow.steps.families import Pointwise
from descartes_flow.types import Float, Imagery, Int, Same
from tests.scenes import area, pixels


@pytest.fixture
def thresholded():
    """A new operation, as a module of `ops` would declare it; it is gone again after the test."""
    known, methods = dict(registry.OPERATIONS), list(registry.METHODS)

    @registry.operation("thresholded", on=Imagery, family=Pointwise(), named=("above",))
    def thresholded(self: Imagery, limit: Float | Int, above: Float = 1.0) -> Same:
        """Zero up to a limit, and `above` beyond it; masked pixels stay masked."""
        ...

    @thresholded.kernel
    def _thresholded(data, limit, above):
        return np.where(data > limit, above, 0.0)

    yield thresholded
    del Imagery.thresholded
    registry.OPERATIONS.clear()
    registry.OPERATIONS.update(known)
    registry.METHODS[:] = methods


def test_an_operation_declared_in_one_place_is_whole(thresholded, scenes):
    col = scenes.collection({"x": [[1, 2, float("nan")]]}, {"x": [[3, 0, 2]]})

    image, images = col[0].thresholded(1), col.thresholded(limit=1.5, above=7)
    assert (type(image), type(images)) == (wf.Image, wf.ImageCollection)
    assert pixels(image.compute(area(1, 3))) == [[[0, 1, None]]]
    assert pixels(images.compute(area(1, 3))) == [[[[0, 7, None]]], [[[7, 0, 7]]]]
    assert images.compute(area(1, 3)).bandinfo == col.compute(area(1, 3)).bandinfo
    mapped = col.map(lambda img: img.thresholded(img.properties["number"]))
    assert pixels(mapped.compute(area(1, 3))) == [[[[1, 1, None]]], [[[1, 0, 1]]]]
    assert col.head(0).thresholded(1).compute(area(1, 3)).ndarray is None


def test_its_graft_is_written_and_read(thresholded):
    image = wf.Image.from_id("p:a").thresholded(2, above=3)

    call = image.graft[image.graft["returns"]]
    assert call == ["thresholded", "4", "5", {"above": "6"}]
    assert from_graft(image.graft, wf.Image)._node is image._node


def test_its_errors_are_those_of_every_operation(thresholded):
    with pytest.raises(
        TypeError, match=r"Argument 'limit' to function thresholded\(\): expected Float, Int or an obj"
    ):
        wf.Image.from_id("p:a").thresholded("high")
    with pytest.raises(TypeError, match=r"thresholded\(\): missing a required argument: 'limit'"):
        wf.Image.from_id("p:a").thresholded()


def test_help_shows_the_declaration(thresholded):
    for owner in (wf.Image, wf.ImageCollection):
        assert owner.thresholded.__doc__.startswith("Zero up to a limit")
        assert owner.thresholded.__qualname__ == "Imagery.thresholded"
        assert list(inspect.signature(owner.thresholded).parameters) == ["self", "limit", "above"]


def test_it_is_listed_for_documents_and_stubs(thresholded):
    assert registry.METHODS[-1].public_name == "thresholded"
    assert "def thresholded(self, limit: " in stubs.text()
    assert "thresholded(limit" in reference.text()
    assert "beyond it; masked pixels stay masked." in reference.text()


def test_what_is_unregistered_is_unknown_again():
    assert not hasattr(wf.Image, "thresholded")
    with pytest.raises(GraftNameError, match="no operation is called 'thresholded'"):
        registry.operation_name("thresholded")


@pytest.mark.parametrize(
    ("name", "canonical"), [("add", "add"), ("wf.add", "add"), ("truediv", "div"), ("wf.truediv", "div")]
)
def test_older_names_of_operations_are_understood(name, canonical):
    assert registry.operation_name(name) == canonical


def test_every_operation_can_be_computed():
    written_with_others = {"unpack_bands"}
    unfinished = [
        name
        for name, operation in registry.OPERATIONS.items()
        if operation.rule is None and operation.value is None and operation.kernel is None
    ]

    assert set(unfinished) == written_with_others


def test_every_declared_method_is_described():
    silent = [overload.public_name for overload in registry.METHODS if not overload.__doc__]

    assert silent == []
