"""A function of images is evaluated once for all of them, and gives what one evaluation for each gives."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import descartes_flow as wf
from descartes_flow.engine.bind import Binder
from tests.engine.batching import CALL, HERE, LENGTHS, both_ways, number, same
from tests.engine.batching import cols as cols
from tests.engine.programs import bound

BODIES = {
    "a constant": lambda img, col: 7,
    "arithmetic": lambda img, col: (img + 1) * img.pick_bands("x") - 2,
    "an index": lambda img, col: wf.normalized_difference(*img.unpack_bands("x y")),
    "a property": lambda img, col: number(img) * 2 + 1,
    "a text": lambda img, col: img.properties["kind"] + "!",
    "a date": lambda img, col: img.properties["date"].month + number(img),
    "a date's parts": lambda img, col: divmod(img.properties["date"], wf.Timedelta(days=number(img) + 1)),
    "a date moved by pixels": lambda img, col: (
        img.properties["date"] // wf.Timedelta(days=7) + wf.Timedelta(days=1) * img.mean(axis=None)
    ),
    "a text changed": lambda img, col: reversed(img.properties["id"].upper().partition(":")[2].zfill(5)),
    "texts joined": lambda img, col: wf.Str("-").join([img.properties["id"], wf.Str("x") * 2]),
    "a text of pixels": lambda img, col: wf.format("{}: {:.3f}", img.properties["id"], img.mean(axis=None)),
    "a date compared": lambda img, col: (
        img.properties["date"] > datetime.datetime(2020, 2, 15, tzinfo=datetime.UTC)
    ),
    "a tuple": lambda img, col: (img.properties["id"], number(img), img.nbands),
    "a default": lambda img, col: img.properties.get("nothing", "none"),
    "all properties": lambda img, col: img.properties,
    "bandinfo": lambda img, col: img.bandinfo,
    "pixels times a property": lambda img, col: img * number(img) + img.properties["date"].day,
    "a scalar of pixels": lambda img, col: img.max(axis=None),
    "scalars by band": lambda img, col: img.mean(axis="pixels"),
    "pixels less their mean": lambda img, col: img - img.mean(axis=None),
    "a scalar of a property and pixels": lambda img, col: img.sum(axis=None) * number(img) - 1,
    "masked by a property": lambda img, col: img.mask(img.pick_bands("x") > number(img)),
    "masked by another collection": lambda img, col: img.mask(col.max(axis="images").pick_bands("y") > 1),
    "scaled": lambda img, col: img.scale_values(0, 1),
    "clipped": lambda img, col: img.clip_values(min=number(img), max=img.max(axis=None)),
    "coloured": lambda img, col: img.pick_bands("y").colormap("magma", 0, 5),
    "renamed and joined": lambda img, col: img.rename_bands("a", "b").concat_bands(img.getmask()),
    "joined to an image": lambda img, col: col.mean(axis="images").concat_bands(img),
    "joined behind an image": lambda img, col: img.concat_bands(col.mean(axis="images").pick_bands("x")),
    "reduced": lambda img, col: img.median(axis="bands"),
    "another image": lambda img, col: col.max(axis="images"),
    "less the mean of all": lambda img, col: img - col.mean(axis="images"),
    "a collection": lambda img, col: col + 1,
    "an image with a whole collection": lambda img, col: (col - img).mean(axis="images"),
    "empty": lambda img, col: img.pick_bands("none", True),
    "empty replaced": lambda img, col: img.pick_bands("none", True).replace_empty_with(img + 1, mask=False),
    "chosen by a property": lambda img, col: wf.ifelse(img.properties["kind"] == "a", img, img * 10),
    "chosen by pixels": lambda img, col: wf.ifelse(img.max(axis=None) > 4, img, img * 10),
    "empty by a property": lambda img, col: wf.ifelse(number(img) > 1, img, img.pick_bands("none", True)),
    "chosen by what is outside": lambda img, col: wf.ifelse(col.length() > 1, img, img * 10),
    "an item of a list": lambda img, col: wf.List[wf.Int]([5, 6, 7, 8])[number(img).cast(wf.Int)],
    "an item of a collection": lambda img, col: col[number(img).cast(wf.Int)] + img,
    "a list mapped inside": lambda img, col: wf.List[wf.Int]([1, 2]).map(lambda k: img * k)[1],
    "a collection of two": lambda img, col: wf.ImageCollection([img, img + 1]).max(axis="images"),
    "a part of the collection": lambda img, col: col.head(number(img).cast(wf.Int)).count(axis="images"),
    "nested maps": lambda img, col: col.map(lambda other: other - img).sum(axis="images"),
    "nested maps of properties": lambda img, col: col.map(lambda other: number(other) + number(img)),
    "nested maps that do not meet": lambda img, col: (
        col.map(lambda other: other * 2).max(axis="images") + img
    ),
    "nested filters": lambda img, col: col.filter(lambda other: number(other) >= number(img)).min(
        axis="images"
    ),
    "nested, counted": lambda img, col: col.filter(lambda other: number(other) < number(img)).length(),
    "nested, constant": lambda img, col: col.map(lambda other: img).max(axis="images"),
    "nested, tuples of images": lambda img, col: col.map(lambda other: (other - img, number(other)))[0][0],
    "nested, properties": lambda img, col: col.map(lambda other: other.properties)[0]["id"],
    "properties of a list": lambda img, col: wf.List[wf.Int]([1, 2]).map(lambda _: img.properties)[
        number(img).cast(wf.Int) % 2
    ]["id"],
    "properties at an index": lambda img, col: col.properties[number(img).cast(wf.Int)]["id"],
    "a property by another": lambda img, col: (
        col[0].with_properties(a=1, b=2).properties[img.properties["kind"]]
    ),
    "nested, three deep": lambda img, col: col.map(
        lambda b: col.map(lambda c: img + b * 10 + c * 100).sum(axis="images")
    ).sum(axis="images"),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_batched_equals_image_by_image(cols, monkeypatch, body):
    for length in LENGTHS:
        col = cols[length]
        other = cols[max(length, 1)]

        batched, single = both_ways(col.map(lambda img: body(img, other)), monkeypatch)  # noqa: B023
        assert not isinstance(batched, str), batched
        assert same(batched, single), f"{length} images: {batched!r} is not {single!r}"


@pytest.mark.parametrize(
    "body", [lambda img: img.properties["nothing"], lambda img: img.pick_bands("nothing")]
)
def test_errors_read_the_same_both_ways(cols, monkeypatch, body):
    batched, single = both_ways(cols[4].map(body), monkeypatch)

    assert isinstance(batched, str)
    assert batched == single


def test_values_of_images_in_lists_of_a_nested_function_are_those_of_each(cols):
    """The first image, less every image, is ``0 - number`` in band x; it was no imagery any more."""
    col = cols[4].pick_bands("x")

    found = col.map(lambda a: col.map(lambda b: (b - a, number(b)))[0][0]).compute(HERE)
    assert found.ndarray[:, 0, 0, 0].tolist() == [0, -1, -2, -3]


MIXED = {
    "numbers": (
        lambda img: img.max(axis=None),
        lambda img: 3,
        [5.0, 5.0, 2.0, 5.0, 3, 3, 3, 3],
        [float, int],
    ),
    "truths": (
        lambda img: img.max(axis=None) > 3,
        lambda img: True,
        [True, True, False, True, *[True] * 4],
        [bool, bool],
    ),
    "truths and numbers": (
        lambda img: img.max(axis=None) > 3,
        lambda img: img.max(axis=None),
        [True, True, False, True, 5.0, 5.0, 2.0, 5.0],
        [bool, float],
    ),
}


@pytest.mark.parametrize(("first", "second", "expected", "kinds"), MIXED.values(), ids=MIXED)
def test_a_property_of_pixels_keeps_its_type_beside_another(cols, first, second, expected, kinds):
    col = cols[4]
    parts = [
        col.map(lambda img: img.with_properties(value=first(img))),
        col.map(lambda img: img.with_properties(value=second(img))),
    ]

    found = wf.concat(*parts).map(lambda img: img.properties["value"]).compute(HERE)
    assert found == expected
    assert [type(found[0]), type(found[-1])] == kinds


CONDITIONS = {
    "a property": lambda img: number(img) > 1,
    "pixels": lambda img: img.max(axis=None) >= 5,
    "both": lambda img: (img.mean(axis=None) > 1) & (img.properties["kind"] == "a"),
    "never": lambda img: number(img) < 0,
    "a constant": lambda img: wf.Bool(True),
    "a choice": lambda img: wf.ifelse(img.properties["kind"] == "a", img.max(axis=None) > 4, False),
}


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS)
def test_batched_filters_equal_filters_image_by_image(cols, monkeypatch, condition):
    for col in cols.values():
        batched, single = both_ways(col.filter(condition), monkeypatch)

        assert same(batched, single)


def test_axes_of_equal_length_are_still_two(cols):
    """Every image less every image: nested functions over collections of one length must not pair up."""
    col = cols[4].pick_bands("x")

    found = col.map(lambda a: col.map(lambda b: number(a) * 10 + number(b))).compute(HERE)
    assert found == [[10 * a + b for b in range(4)] for a in range(4)]
    spread = col.map(lambda a: col.map(lambda b: a - b).max(axis="images")).compute(HERE)
    assert spread.ndarray[:, 0, 0, 0].tolist() == [0, 1, 2, 3]


def test_a_function_of_properties_and_pixels_is_bound_once_for_all(cols, monkeypatch):
    calls = []
    monkeypatch.setattr(Binder, "call", lambda *args: calls.append(1) or CALL(*args))

    bound(cols[4].map(lambda img: img * number(img)).max(axis="images"), HERE)
    assert len(calls) == 1


STEPS = {
    "plus": lambda value, img: value + img,
    "times property": lambda value, img: value * number(img),
    "less mean": lambda value, img: value - img.mean(axis=None),
    "masked": lambda value, img: value.mask(img.pick_bands("x") > 1),
    "bands turned": lambda value, img: value.pick_bands("y x"),
    "scaled": lambda value, img: value.scale_values(0, 1),
    "chosen": lambda value, img: wf.ifelse(img.properties["kind"] == "a", value, -value),
    "sometimes empty": lambda value, img: wf.ifelse(number(img) == 2, value.pick_bands("none", True), value),
    "filled": lambda value, img: value.replace_empty_with(img, mask=False),
}


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(names=st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=6))
def test_any_chain_of_operations_gives_the_same_both_ways(cols, monkeypatch, names):
    def body(img: wf.Image) -> wf.Image:
        value = img
        for name in names:
            value = STEPS[name](value, img)
        return value

    batched, single = both_ways(cols[4].map(body), monkeypatch)
    assert same(batched, single)
