"""Code that is run must make the layers that it was written of."""

import datetime
from collections.abc import Iterator
from typing import Any

import ipyleaflet
import ipywidgets
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import descartes_flow as wf
from descartes_flow.interactive.layer import WorkflowsLayer
from descartes_flow.interactive.map import Map
from descartes_flow.render.layers import LAYERS
from tests.interactive.conftest import eventually


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """IPython around the test."""
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    yield shell
    InteractiveShell.clear_instance()


def run(code: str, **names: Any) -> dict[str, Any]:
    """The variables after code has run."""
    variables = {"wf": wf, **names}
    exec(code, variables)
    return variables


def version(layer: WorkflowsLayer) -> str:
    drawing = LAYERS.current(layer.key)
    assert drawing is not None
    return drawing.version


@pytest.fixture
def other() -> Iterator[Map]:
    map = Map()
    yield map
    map.close()


def rerun(layer: WorkflowsLayer, other: Map, **names: Any) -> WorkflowsLayer:
    """The layer that the code of `layer` makes on another map."""
    code = layer.code().removesuffix(")") + ", map=other)"
    run(code, other=other, **names)
    (made,) = other.layers
    return made


def test_imagery_is_named_by_the_variable_that_holds_it(flat, croatia, shell):
    image = flat(a=0.4)
    shell.user_ns.update(first=image, ndvi=image, _hidden=image, other=flat(a=0.5), text="a")
    layer = image.visualize("NDVI", scales=[0, 1], colormap="viridis", map=croatia)

    assert layer.code() == "ndvi.visualize('NDVI', scales=[[0.0, 1.0]], colormap='viridis')"


def test_variables_that_the_code_itself_sets_name_nothing(flat, croatia, shell):
    first, second, third = (flat(a=level) for level in (0.2, 0.4, 0.6))
    shell.user_ns.update(imagery=second, map=third)
    for name, image in (("first", first), ("second", second), ("third", third)):
        image.visualize(name, scales=[0, 1], map=croatia)
    made = run(croatia.code(), **shell.user_ns)["map"]
    shown = [layer.imagery._node for layer in made.layers]
    made.close()

    assert shown == [first._node, second._node, third._node]


def test_a_variable_that_holds_something_else_by_now_names_nothing(flat, croatia, shell):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    shell.user_ns["ndvi"] = flat(a=0.5)

    assert layer.code().startswith("imagery = wf.from_graft({")


def test_code_gives_the_looks_as_they_are_now(flat, croatia, other):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    layer.set_scales([0.25, 0.5], "magma")
    layer.checkerboard = False
    made = rerun(layer, other)

    eventually(lambda: version(made) == version(layer))
    assert layer.code().splitlines()[-1] == (
        "imagery.visualize('a', scales=[[0.25, 0.5]], colormap='magma', checkerboard=False)"
    )


def test_three_bands(flat, croatia, other):
    scales = [[0, 0.5], [0, 1], [-1, 2]]
    layer = flat(a=0.4, b=0.5, c=0.6).visualize("it's", scales=scales, map=croatia)

    assert version(rerun(layer, other)) == version(layer)


def test_the_reduction_of_a_collection(flat, croatia, other):
    flat(a=0.4)
    images = wf.ImageCollection.from_id("test")
    layer = images.visualize("a", scales=[0, 1], reduction="median", map=croatia)
    made = rerun(layer, other)

    assert isinstance(made.imagery, wf.ImageCollection)
    assert (made.reduction, version(made)) == ("median", version(layer))


def test_the_day_of_a_collection(flat, croatia):
    flat(a=0.4)
    layer = wf.ImageCollection.from_id("test").visualize("a", scales=[0, 1], map=croatia)
    layer.date = datetime.date(2020, 6, 1)
    layer.opacity = 0.5
    made = run(croatia.code())["map"]
    eventually(lambda: version(made.find("a")) == version(layer))
    kept = made.find("a").date, made.find("a").opacity
    made.close()

    assert layer.code().startswith("import datetime\nimagery = wf.from_graft({")
    assert kept == (layer.date, 0.5)


def test_parameters_have_the_values_of_now(flat, croatia, other):
    slider = ipywidgets.FloatSlider(0.25, min=0, max=1)
    image = flat(a=0.4) * wf.parameter("by", wf.Float) + wf.parameter("plus", wf.Int)
    layer = image.visualize("a", scales=[0, 1], map=croatia, by=slider, plus=np.int64(2))
    slider.value = 0.75
    made = rerun(layer, other)
    slider.close()

    assert layer.code().endswith("scales=[[0.0, 1.0]], by=0.75, plus=2)")
    assert made.parameters.to_dict() == {"by": 0.75, "plus": 2}
    eventually(lambda: version(made) == version(layer))


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (wf.Datetime, datetime.datetime(2020, 5, 1, 12, tzinfo=datetime.UTC), "'2020-05-01T12:00:00+00:00'"),
        (wf.List[wf.Int], [1, 2], "[1, 2]"),
        (wf.Bool, True, "True"),
        (wf.Str, "it's", '"it\'s"'),
        (wf.Float, float("inf"), "wf.from_graft("),
        (wf.Datetime, wf.Datetime(2020, 5, 1), "wf.from_graft("),
    ],
)
def test_a_value_as_code_is_the_same_value(kind, value, text, flat, croatia, other):
    chosen = wf.ifelse(wf.parameter("x", kind) == value, flat(a=0.4), flat(a=0.8))
    layer = chosen.visualize("a", scales=[0, 1], map=croatia, x=value)

    assert f", x={text}" in layer.code()
    assert version(rerun(layer, other)) == version(layer)


def test_a_value_that_a_variable_holds_is_named(flat, croatia, shell):
    base = flat(a=0.8)
    image = flat(a=0.4) + wf.parameter("base", wf.Image)
    shell.user_ns.update(image=image, below=base)
    layer = image.visualize("a", scales=[0, 1], map=croatia, base=base)

    assert layer.code() == "image.visualize('a', scales=[[0.0, 1.0]], base=below)"


def test_a_parameter_without_a_value(flat, croatia):
    picked = wf.widgets.image("picked_for_code", map=croatia)
    layer = (flat(a=0.4) + picked).visualize("a", scales=[0, 1], map=croatia)

    assert layer.code().endswith("picked_for_code=None)")


def test_the_code_of_a_map_makes_an_equal_map(flat, croatia):
    flat(a=0.4).visualize("first", scales=[0, 1], map=croatia).opacity = 0.5
    flat(a=0.8).visualize("second", scales=[0, 2], colormap="magma", map=croatia)
    hidden = flat(a=0.6).visualize("third", scales=[0, 1], map=croatia)
    hidden.visible, hidden.opacity = False, 0.25
    croatia.add(ipyleaflet.TileLayer(name="foreign"))
    croatia.basemap = "OpenTopoMap"
    croatia.aoi = {"type": "Polygon", "coordinates": [[[16, 44], [16.5, 44], [16.5, 44.5], [16, 44]]]}
    code = croatia.code()
    made = run(code)["map"]
    state = made.state()
    made.close()

    assert "# 'foreign', a TileLayer, has no code" in code
    assert state == croatia.state()


def test_the_code_of_the_shared_map_names_it(flat):
    before = wf.map.center, wf.map.zoom
    wf.map.center, wf.map.zoom = (44.2, 16.2), 9
    layer = flat(a=0.4).visualize("a", scales=[0, 1])
    lines = wf.map.code().splitlines()
    wf.map.remove_layer(layer)
    wf.map.center, wf.map.zoom = before

    assert lines[2:4] == ["wf.map.center = (44.2, 16.2)", "wf.map.zoom = 9"]
    assert lines[-3:] == ["imagery.visualize('a', scales=[[0.0, 1.0]])", "", "wf.map"]
