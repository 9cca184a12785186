"""`compute` and `inspect`: what may be computed, with which arguments, and what comes back."""

import datetime
import io
import re
import sys
from types import SimpleNamespace

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid, ReadError
from descartes_flow.geo import AOI, XYZTile
from tests.scenes import LEFT, NAN, TOP, UTM, area, pixels

HERE = area(1, 2)


@pytest.fixture
def img(scenes):
    return scenes.image("a", {"red": [[1, 2]], "green": [[3, NAN]], "blue": [[5, 6]]}, acquired="now")


@pytest.mark.parametrize(
    ("obj", "expected"),
    [
        (wf.Int(1) + 1, 2),
        ((wf.Int(1), wf.Str("a")), (1, "a")),
        ([wf.Int(1), wf.Int(2)], [1, 2]),
        (5, 5),
        ("text", "text"),
        ((1, None), (1, None)),
        ([], ()),
        (datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)),
        (wf.Any({"a": [1, 2.5, None]}), {"a": [1, 2.5, None]}),
        (wf.Dict[wf.Str, wf.Int](a=1), {"a": 1}),
    ],
    ids=str,
)
def test_plain_results_are_pythons_own(obj, expected):
    value = wf.compute(obj)

    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("obj", "message"),
    [
        (None, r"compute\(\): a NoneType cannot be computed; there is nothing to compute in None"),
        (wf.NoneType(None), "nothing to compute in None"),
        (object(), "no proxy stands for object"),
        (len, "the argument 'obj' of len has no annotation"),
    ],
)
def test_what_cannot_be_computed_is_refused(obj, message):
    with pytest.raises(TypeError, match=message):
        wf.compute(obj)


def test_several_are_computed_together_with_imagery(img):
    found, largest, number = wf.compute((img, img.max(axis=None), 3), HERE)

    assert pixels(found)[0] == [[1, 2]]
    assert (largest, number) == (6, 3)


def test_an_image_result_holds_what_the_guide_shows(img):
    result = img.compute(HERE)

    assert type(result).__name__ == "ImageResult"
    assert type(result.ndarray) is np.ma.MaskedArray
    assert (result.ndarray.shape, result.ndarray.dtype) == ((3, 1, 2), np.float64)
    assert result.ndarray.mask.shape == (3, 1, 2)
    assert list(result.bandinfo) == ["red", "green", "blue"]
    assert list(result.properties) == sorted(result.properties)
    assert list(result.geocontext)[:4] == ["geometry", "resolution", "crs", "bounds"]
    assert len(result) == 3
    assert result.issues == []


def test_results_read_as_the_guide_prints_them(img):
    lines = repr(img.compute(HERE)).splitlines()

    assert lines[0] == "ImageResult:"
    assert lines[1] == "  * ndarray: MaskedArray<shape=(3, 1, 2), dtype=float64>"
    assert re.fullmatch(r"  \* properties: 'acquired', 'crs', 'date', '\w+', \.\.\.", lines[2])
    assert lines[3] == "  * bandinfo: 'red', 'green', 'blue'"
    assert lines[4] == "  * geocontext: 'geometry', 'resolution', 'crs', 'bounds', ..."
    both = repr(wf.ImageCollection([img, img]).compute(HERE)).splitlines()
    assert both[0] == "ImageCollectionResult of length 2:"
    assert both[2] == "  * properties: 2 items"


def test_a_result_may_be_changed_without_harm_to_the_next(img):
    result = img.compute(HERE)
    result.ndarray[:] = 0
    result.properties.clear()
    result.bandinfo["red"].clear()

    again = img.compute(HERE)
    assert pixels(again)[0] == [[1, 2]]
    assert again.properties["id"] == "test:a"
    assert again.bandinfo["red"] != {}


def test_results_are_equal_when_their_content_is(img):
    assert img.compute(HERE) == img.compute(HERE)
    assert img.compute(HERE) != (img + 1).compute(HERE)
    assert img.compute(HERE) != img.compute(area(1, 3))


@pytest.mark.parametrize(
    "context",
    [
        HERE,
        wf.GeoContext(bounds=(LEFT, TOP - 10, LEFT + 20, TOP), bounds_crs=UTM, crs=UTM, resolution=10),
        wf.GeoContext.from_geo(HERE),
        wf.GeoContext(
            bounds=(LEFT, TOP - 10, LEFT + 20, TOP), bounds_crs=UTM, crs=UTM, shape=(1, 2), align_pixels=False
        ),
    ],
    ids=["AOI", "GeoContext", "from_geo", "shape"],
)
def test_an_area_may_be_given_in_every_form(img, context):
    assert pixels(img.pick_bands("red").compute(context)) == [[[1, 2]]]


def test_a_map_tile_is_an_area(img):
    result = img.compute(XYZTile(0, 0, 0))

    assert result.ndarray.shape == (3, 256, 256)
    assert (result.geocontext["x"], result.geocontext["y"], result.geocontext["z"]) == (0, 0, 0)


@pytest.mark.parametrize("context", [3, "EPSG:4326", {"crs": UTM}, (1, 2, 3, 4)], ids=str)
def test_what_is_no_area_is_a_type_error(img, context):
    with pytest.raises(TypeError, match="Invalid GeoContext"):
        img.compute(context)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"crs": UTM, "resolution": 10.0}, "bounds"),
        ({"bounds": (15, 45, 16, 46), "crs": UTM}, "resolution"),
        ({"bounds": (15, 45, 16, 46), "resolution": 10.0}, "crs"),
        ({"bounds": (15, 45, 16, 46), "crs": UTM, "resolution": wf.Float(10), "shape": (3, 3)}, "resolution"),
        ({"bounds": (wf.Float(16), 45, 15, 46), "crs": UTM, "resolution": 10.0}, "bounds"),
        ({"bounds": (15, 45, 16, 46), "crs": wf.Str("EPSG:0"), "resolution": 10.0}, "crs"),
        ({"bounds": (15, 45, 16, 46), "crs": UTM, "resolution": wf.Float(-1.0)}, "resolution"),
    ],
)
def test_an_area_that_describes_no_grid_names_the_field_and_the_line(img, fields, message):
    with pytest.raises(JobInvalid, match=rf"GeoContext\.create \(test_compute\.py:\d+\): .*{message}"):
        img.compute(wf.GeoContext(**fields))


def test_parameters_get_their_values_by_name(img):
    low, bands = wf.parameter("low", wf.Float), wf.parameter("bands", wf.Str)
    program = img.pick_bands(bands).clip_values(min=low)

    assert pixels(program.compute(HERE, low=1.5, bands="red")) == [[[1.5, 2]]]
    assert pixels(program.compute(HERE, low=wf.Int(2), bands="red blue")) == [[[2, 2]], [[5, 6]]]


def test_a_parameter_inside_a_function_gets_its_value_too(img):
    factor = wf.parameter("factor", wf.Int)

    col = wf.ImageCollection([img.pick_bands("red")])
    assert pixels(col.map(lambda i: i * factor).compute(HERE, factor=3)) == [[[[3, 6]]]]


X = wf.parameter("x", wf.Int)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({}, TypeError, "missing values for the parameters x; pass them by name"),
        ({"x": 1, "y": 2}, TypeError, "unknown arguments y; the parameters are x"),
        ({"x": "one"}, TypeError, r"compute\(x=\): expected Int, got str 'one'"),
        (
            {"x": X + 1},
            ValueError,
            r"compute\(x=\): expected a value, got one that depends on parameters \(x\)",
        ),
    ],
)
def test_wrong_arguments_are_named(arguments, error, message):
    with pytest.raises(error, match=message):
        (X + 1).compute(**arguments)


def test_arguments_for_what_has_no_parameters_are_refused():
    with pytest.raises(TypeError, match=r"Expected no arguments, .* is a parameter; compute\(\) got low"):
        (wf.Int(1) + 1).compute(low=1)


def test_progress_is_one_line_that_ends_with_success(img):
    out = io.StringIO()
    img.compute(HERE, progress_bar=out)

    head, *shown = re.split("[\r\n]+", out.getvalue().strip("\n"))
    assert re.fullmatch("Job ID: [0-9a-f]{48}", head)
    assert re.fullmatch(r"\[######\] \| Steps: (\d+)/\1 \| Stage: SAVING \| Status: SUCCESS *", shown[-1])
    assert len(shown[-1]) == 79


def test_scalar_work_has_no_steps():
    out = io.StringIO()
    (wf.Int(1) + 1).compute(progress_bar=out)

    assert "[######] | Steps: 0/0 | Stage: SAVING | Status: SUCCESS" in out.getvalue()


def test_a_failure_ends_the_line_too(img, scenes):
    scenes.files["test:a", "red"].unlink()
    out = io.StringIO()

    with pytest.raises(ReadError):
        img.compute(HERE, progress_bar=out)
    assert "Status: FAILURE" in out.getvalue().splitlines()[-1]


def test_progress_goes_to_standard_output_or_to_a_widget(img, capsys):
    class Output:
        text = ""

        def append_stdout(self, text):
            self.text += text

    widget = Output()
    img.compute(HERE, progress_bar=True)
    img.compute(HERE, progress_bar=widget)
    img.inspect(HERE)
    assert capsys.readouterr().out.count("Job ID") == 1
    assert "SUCCESS" in widget.text


TERMINAL = SimpleNamespace()
NOTEBOOK = SimpleNamespace(kernel="a kernel", compile=SimpleNamespace(format_code_name=lambda file: None))
"""What IPython's get_ipython gives."""


@pytest.mark.parametrize(
    ("shell", "shown"), [(None, 0), (TERMINAL, 0), (NOTEBOOK, 1)], ids=["script", "terminal", "notebook"]
)
def test_progress_is_shown_in_notebooks_only(img, capsys, monkeypatch, shell, shown):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    img.compute(HERE)

    assert capsys.readouterr().out.count("Job ID") == shown


def test_inspect_gives_what_compute_gives(img):
    assert img.inspect(HERE) == wf.inspect(img, HERE) == img.compute(HERE)


def test_an_unknown_way_to_take_errors_is_refused(img):
    with pytest.raises(ValueError, match=r"compute\(on_error=\): expected 'raise' or 'skip', got 'ignore'"):
        img.compute(HERE, on_error="ignore")


def test_a_geocontext_computes_to_its_fields():
    context = wf.GeoContext.from_dltile_key("512:0:10.0:36:-65:216").compute()

    assert context["gdal_geotrans"] == (167200, 10, 0, 1111040, 0, -10)
    assert wf.GeoContext(
        **{f: getattr(HERE, f) for f in ("bounds", "bounds_crs", "crs", "resolution")}
    ).compute()["arr_shape"] == (1, 2)
    assert AOI(**{f: getattr(HERE, f) for f in ("bounds", "bounds_crs", "crs", "resolution")}).arr_shape == (
        1,
        2,
    )


def test_a_function_of_named_arguments_is_computed_by_naming_them(img):
    factor = wf.parameter("factor", wf.Int)
    scaled = wf.Function.from_callable(lambda n: img.pick_bands("red") * n + factor, wf.Int)

    assert pixels(scaled.compute(HERE, n=3, factor=10)) == pixels(
        (img.pick_bands("red") * 3 + 10).compute(HERE)
    )
    with pytest.raises(TypeError, match="missing values for the parameters factor"):
        scaled.compute(HERE, n=3)
