"""What the graph of each kind of call looks like: the names in grafts are a promise to stored programs."""

import pytest

import descartes_flow as wf
from descartes_flow.ops.grafts import from_graft

IMAGE = wf.Image.from_id("p:a")
COLLECTION = wf.ImageCollection.from_id("p")


def test_the_guides_graft_comes_every_time():
    for _ in range(3):
        assert (wf.Int(1) + 1).graft == {"1": 1, "2": 1, "3": ["add", "1", "2"], "returns": "3"}


def test_a_value_used_twice_is_one_key_and_a_literal_is_written_for_each_use():
    x = wf.Int(1)

    assert (x + x).graft == {"1": 1, "2": 1, "3": ["add", "1", "2"], "returns": "3"}
    doubled = x + 2
    assert (doubled * doubled).graft == {
        "1": 1,
        "2": 2,
        "3": ["add", "1", "2"],
        "4": ["mul", "3", "3"],
        "returns": "4",
    }


def test_a_parameter_is_written_by_its_name():
    p = wf.parameter("x", wf.Int)

    assert (p + 1).graft == {"1": 1, "2": ["add", "x", "1"], "returns": "2"}
    assert [param.graft for param in (p + 1).params] == [{"returns": "x"}]


def test_a_constant_is_a_reference():
    assert wf.e.graft == {"returns": "constants.e"}


def test_a_scene_is_loaded_with_every_option_named():
    assert IMAGE.graft == {
        "1": "p:a",
        "2": None,
        "3": None,
        "4": ["Image.load", "1", {"resampler": "2", "processing_level": "3"}],
        "returns": "4",
    }


def test_a_mapped_function_keeps_its_arguments_name_and_its_own_literals():
    mapped = wf.List[wf.Int]([1, 2]).map(lambda v: v + 1)

    assert mapped.graft == {
        "1": 1,
        "2": 2,
        "3": ["list", "1", "2"],
        "6": {"parameters": ["v"], "4": 1, "5": ["add", "v", "4"], "returns": "5"},
        "7": ["map", "3", "6"],
        "returns": "7",
    }


def test_what_does_not_depend_on_the_argument_stands_outside_the_function():
    y = wf.Int(5) * 2
    graft = wf.List[wf.Int]([1]).map(lambda v: v + y).graft

    (body,) = [value for value in graft.values() if isinstance(value, dict)]
    (outer,) = [key for key, value in graft.items() if isinstance(value, list) and value[0] == "mul"]
    (call,) = [value for value in body.values() if isinstance(value, list) and value[0] == "add"]
    assert call == ["add", "v", outer]
    assert outer not in body


def test_ifelse_gets_functions_without_arguments():
    assert wf.ifelse(wf.Bool(True), wf.Int(1) + 1, wf.Int(2)).graft == {
        "1": True,
        "2": 1,
        "3": 1,
        "4": ["add", "2", "3"],
        "5": {"parameters": [], "returns": "4"},
        "7": {"parameters": [], "6": 2, "returns": "6"},
        "8": ["ifelse", "1", "5", "7"],
        "returns": "8",
    }


def test_a_known_property_and_its_part_are_read_one_after_the_other():
    year = IMAGE.properties["date"].year

    assert {key: value for key, value in year.graft.items() if key not in IMAGE.graft} == {
        "5": "properties",
        "6": ["getattr", "4", "5"],
        "7": "date",
        "8": ["get", "6", "7"],
        "9": "year",
        "10": ["getattr", "8", "9"],
    }


def test_a_slice_of_a_collection_names_its_parts():
    graft = COLLECTION[:2].graft

    call = graft[graft["returns"]]
    assert call[0] == "get"
    (name, parts) = graft[call[2]]
    assert name == "Slice.create"
    assert {part: graft[key] for part, key in parts.items()} == {"start": None, "stop": 2, "step": None}


def test_bands_named_in_python_and_by_a_proxy_are_two_operations():
    by_text = IMAGE.pick_bands("red green").graft
    by_proxy = IMAGE.pick_bands(wf.Str("red")).graft

    call = by_text[by_text["returns"]]
    assert [by_text[key] for key in call[2:4]] == ["red", "green"]
    assert (call[0], by_text[call[4]["allow_missing"]]) == ("pick_bands", False)
    assert by_proxy[by_proxy["returns"]][0] == "pick_bands_list"


@pytest.mark.parametrize(
    ("proxy", "name"),
    [
        (IMAGE + 1, "add"),
        (1 - IMAGE, "sub"),
        (IMAGE / 2, "div"),
        (2 / IMAGE, "div"),
        (IMAGE // 2, "floordiv"),
        (IMAGE**2, "pow"),
        (IMAGE % 2, "mod"),
        (IMAGE >= 2, "ge"),
        (IMAGE > 2, "gt"),
        ((IMAGE > 1) & True, "and"),
        ((IMAGE > 1) | (IMAGE < 0), "or"),
        (~(IMAGE > 1), "invert"),
        (-IMAGE, "neg"),
        (abs(IMAGE), "abs"),
        (wf.log10(IMAGE), "log10"),
        (wf.arctan2(IMAGE, 2), "arctan2"),
        (IMAGE.rename_bands("a"), "rename_bands_positionally"),
        (IMAGE.rename_bands(a="b"), "rename_bands"),
        (IMAGE.concat_bands(IMAGE), "concat_bands"),
        (IMAGE.nbands, "nbands"),
        (IMAGE.mask(IMAGE), "mask"),
        (IMAGE.getmask(), "getmask"),
        (IMAGE.colormap(), "colormap"),
        (IMAGE.clip_values(0, 1), "clip_values"),
        (IMAGE.scale_values(0, 1), "scale_values"),
        (IMAGE.replace_empty_with(0, bandinfo={"a": {}}), "Image.replace_empty_with"),
        (IMAGE.concat(IMAGE), "concat"),
        (COLLECTION.length(), "length"),
        (COLLECTION[0], "get"),
        (COLLECTION.head(1), "ImageCollection.head"),
        (COLLECTION.tail(1), "ImageCollection.tail"),
        (COLLECTION.filter(lambda i: i.properties["x"] > 1), "filter"),
        (COLLECTION.map(lambda i: i + 1), "map_imagery"),
        (COLLECTION.map(lambda i: i.nbands), "map"),
        (COLLECTION.mosaic(), "mosaic"),
        (COLLECTION.median(axis="images"), "median"),
        (COLLECTION.reduction("std", axis="bands"), "reduction"),
        (COLLECTION.reduction("mosaic", axis="images"), "reduction"),
        (wf.ImageCollection([IMAGE]), "ImageCollection.from_images"),
        (reversed(COLLECTION), "reversed"),
        (wf.Int(wf.Float(1.5)), "Int.cast"),
        (wf.Str("a b").split(), "Str.split"),
        (wf.Datetime(2020, 1, 1), "datetime.from_components"),
        (wf.Datetime.from_string("2020-01-01"), "datetime.from_string"),
        (wf.Datetime.from_timestamp(0), "datetime.from_timestamp"),
        (wf.Dict[wf.Str, wf.Int](a=1), "dict.create"),
        (wf.Dict[wf.Str, wf.Int](a=1).keys(), "dict.keys"),
        (wf.Tuple[wf.Int, wf.Str]((1, "a")), "tuple"),
        (wf.GeoContext(resolution=1.0), "GeoContext.create"),
        (wf.GeoContext.from_xyz_tile(1, 2, 3), "GeoContext.from_xyz_tile"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_call_has_its_name_in_grafts(proxy, name):
    graft = proxy.graft

    assert graft[graft["returns"]][0] == name


@pytest.mark.parametrize(
    "proxy",
    [
        wf.Int(1) + 1,
        wf.Float(0.5) * wf.parameter("x", wf.Float),
        IMAGE.pick_bands("red").mask(IMAGE.pick_bands("nir") > 0.1, replace=True),
        COLLECTION.filter(lambda i: i.properties["date"].year == 2020).median(axis="images"),
        COLLECTION.map(lambda i: COLLECTION.map(lambda j: i + j).mean(axis="images")),
        wf.ifelse(wf.parameter("b", wf.Bool), IMAGE, IMAGE + 1),
    ],
)
def test_a_graft_read_back_is_the_same_program(proxy):
    types = {param.graft["returns"]: type(param) for param in proxy.params}

    again = from_graft(proxy.graft, type(proxy), types)
    assert again._node is proxy._node
    assert again.graft == proxy.graft
