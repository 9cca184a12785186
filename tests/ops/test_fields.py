"""Fields of properties and bandinfo: added, overwritten, left out."""

import math

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow import io
from descartes_flow.errors import JobInvalid
from descartes_flow.steps.metadata import Listed, common_fields
from tests.engine.programs import bound, steps_of
from tests.scenes import NAN, area, pixels

HERE = area(1, 2)


@pytest.fixture
def col(scenes):
    """Three images, bands x and y; their means are n and 10 n."""
    return scenes.collection(
        *({"x": [[n, n]], "y": [[10 * n, 10 * n]]} for n in range(3)), sensor="s", orbit=[1, 2]
    )


def numbers(collection, name):
    """A property of every image."""
    return collection.map(lambda image: image.properties[name]).compute(HERE)


def test_pixels_bands_and_other_properties_stay(col):
    before, after = col.compute(HERE), col.with_properties(a=1).with_bandinfo("x", b=2).compute(HERE)

    assert pixels(after) == pixels(before)
    assert after.properties == [{**row, "a": 1} for row in before.properties]
    assert after.bandinfo == {**before.bandinfo, "x": {**before.bandinfo["x"], "b": 2}}


def test_a_value_may_be_anything_that_a_proxy_stands_for(col):
    changed = col[0].with_properties(
        none=None, text="a", pair=(1, "b"), nested={"a": [1, 2]}, list=[1, 2], proxy=col.length() + 1
    )

    found = changed.compute(HERE).properties
    assert [found[name] for name in ("none", "text", "pair", "nested", "list", "proxy")] == [
        None, "a", (1, "b"), {"a": [1, 2]}, [1, 2], 4,
    ]  # fmt: skip


def test_a_field_of_known_type_keeps_it(col):
    changed = col[0].with_properties(date="2001-02-03", id=wf.Str("new"), geotrans=(0, 1, 0, 0, 0, -1))

    assert changed.properties["date"].year.compute(HERE) == 2001
    assert changed.properties["id"].compute(HERE) == "new"
    assert changed.properties["geotrans"].compute(HERE) == (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)


def test_a_list_has_one_value_for_each_image_of_a_collection(col):
    assert numbers(col.with_properties(rank=[5, 6, 7]), "rank") == [5, 6, 7]
    assert numbers(col.with_properties(id=["a", "b", "c"]), "id") == ["a", "b", "c"]
    assert numbers(col.with_properties(rank=[5, 6, 7])[::-1].with_properties(other=(1, 2)), "rank") == [
        7,
        6,
        5,
    ]
    assert numbers(col.with_properties(other=(1, 2)), "other") == [(1, 2)] * 3
    assert (
        col.filter(lambda image: image.properties["sensor"] == "none")
        .with_properties(rank=[1])
        .properties.compute(HERE)
        == []
    )


def test_values_in_a_map_are_those_of_each_image_and_evaluated_at_once(col):
    changed = col.map(lambda image: image.with_properties(half=image.properties["number"] / 2, a="b"))

    assert numbers(changed, "half") == [0, 0.5, 1]
    assert numbers(changed, "a") == ["b"] * 3
    assert steps_of(bound(changed + 1, HERE).plan) == ["ReadBands", "add"]


def test_values_of_another_image_meet_those_of_each(col):
    changed = col.map(lambda image: col[2].with_properties(of=image.properties["number"]))

    assert numbers(changed, "of") == [0, 1, 2]
    assert numbers(changed, "number") == [2, 2, 2]


def test_values_of_containers_in_a_map(col):
    changed = col.map(
        lambda image: image.with_properties(pair=(image.properties["number"], "a"), all=image.properties)
    )

    assert numbers(changed, "pair") == [(0, "a"), (1, "a"), (2, "a")]
    assert changed.properties.compute(HERE)[1]["all"]["number"] == 1


def test_statistics_of_pixels_are_properties(col):
    changed = col.map(lambda image: image.with_properties(level=image["y"].mean()))

    assert numbers(changed, "level") == [0, 10, 20]
    assert [row["level"] for row in changed.compute(HERE).properties] == [0, 10, 20]
    kept = changed.filter(lambda image: image.properties["level"] > 5)
    assert numbers(kept, "number") == [1, 2]
    assert pixels((kept["x"] - kept.map(lambda i: i["x"] * 0 + i.properties["level"])).compute(HERE)) == [
        [[[1 - 10, 1 - 10]]],
        [[[2 - 20, 2 - 20]]],
    ]


def test_statistics_that_are_properties_are_there_to_get_with_a_default(col):
    changed = col.map(lambda image: image.with_properties(level=image["y"].mean()))

    def levels(collection):
        return collection.map(lambda i: i.properties.get("level", 5) * i.nbands).compute(HERE)

    assert levels(changed) == [0, 20, 40]
    assert levels(changed[:2].concat(col[0])) == [0, 20, 10]
    assert levels(col) == [10, 10, 10]


def test_statistics_of_a_list_are_properties_of_each_image(col):
    changed = col.with_properties(level=col.mean(axis=("bands", "pixels")), all=col.max())

    assert numbers(changed, "level") == [0, 5.5, 11]
    assert changed[1].compute(HERE).properties["level"] == 5.5
    assert changed[1].properties["all"].compute(HERE) == 20


def test_pixels_are_drawn_without_the_statistics_of_their_properties(col):
    program = col[0]["x"].with_properties(level=col.max())

    assert steps_of(bound(program, HERE).plan) == ["ReadBands"]
    assert program.compute(HERE).properties["level"] == 20


def test_collections_of_an_enclosing_map_get_values_of_their_image(col):
    sums = col.map(
        lambda image: col.with_properties(of=image.properties["number"]).map(lambda i: i.properties["of"])
    )

    assert sums.compute(HERE) == [[0, 0, 0], [1, 1, 1], [2, 2, 2]]


def test_fields_are_left_out(col):
    fewer = col.without_properties("number", "sensor", "none")

    assert "number" not in fewer[0].properties.compute(HERE)
    assert "orbit" in fewer.properties.compute(HERE)[2]
    assert numbers(fewer.with_properties(number=5), "number") == [5, 5, 5]
    with pytest.raises(JobInvalid, match="has no property 'sensor'"):
        fewer[0].properties["sensor"].compute(HERE)


def test_changed_properties_go_through_the_rules_of_properties(col):
    a, b = col[0].with_properties(a=1, b=2), col[1].with_properties(a=1, b=3)

    found = (a + b).properties.compute(HERE)
    assert (found["a"], "b" in found, found["sensor"]) == (1, False, "s")
    composite = col.with_properties(same=7, own=[1, 2, 3]).max(axis="images").properties.compute(HERE)
    assert (composite["same"], "own" in composite) == (7, False)


def test_a_band_is_named_by_its_alias_too(scenes):
    img = scenes.image("a", {"B04": [[1]]}, aliases={"B04": "red"})

    assert img.with_bandinfo("red", unit="1").bandinfo["B04"]["unit"].compute() == "1"
    assert "name" not in img.without_bandinfo("red", "name").bandinfo["B04"].compute()
    assert img.pick_bands("red").with_bandinfo("red", unit="1").bandinfo["red"]["unit"].compute() == "1"


def test_bandinfo_that_differs_by_image_is_kept_where_the_images_agree(col):
    changed = col.map(lambda image: image.with_bandinfo("x", own=image.properties["number"], same="a"))

    assert changed.bandinfo["x"]["same"].compute(HERE) == "a"
    assert "own" not in changed.bandinfo["x"].compute(HERE)


def test_bandinfo_may_be_made_of_pixels(col):
    changed = col.with_bandinfo("y", most=col["y"].max())

    assert changed.bandinfo["y"]["most"].compute(HERE) == 20
    assert changed.compute(HERE).bandinfo["y"]["most"] == 20


def test_fields_alone_need_no_pixels(col):
    changed = col.map(lambda image: image.with_properties(a=1).with_bandinfo("x", b=1))

    assert (numbers(changed, "a"), changed.bandinfo["x"]["b"].compute(HERE)) == ([1, 1, 1], 1)
    assert io.BLOCKS.reads == 0


def test_long_chains_of_fields_do_not_nest_too_deep(col):
    program = col[0]
    for number in range(3000):
        program = program.with_properties(a=number)

    assert program.properties["a"].compute(HERE) == 2999


def test_images_do_not_agree_on_arrays_that_differ():
    same, other = np.array([1, 2]), np.array([1, 3])
    rows = [{"a": same, "b": same, "c": same}, {"a": same.copy(), "b": other, "c": same[:1]}]

    assert list(common_fields(rows)) == ["a"]
    assert Listed(rows).column("b")[1] is other


def test_statistics_of_the_same_value_agree(scenes):
    col = scenes.collection({"x": [[0, 4]]}, {"x": [[3, 1]]}, {"x": [[5, 5]]})
    changed = col.map(lambda i: i.with_properties(level=i.mean()).with_bandinfo("x", level=i.mean()))

    same = changed[:2].mosaic().compute(HERE)
    assert same.properties["level"] == 2
    assert "level" not in changed.mosaic().compute(HERE).properties
    assert (changed[0] + col[1].with_properties(level=2)).compute(HERE).properties["level"] == 2
    alike = changed.filter(lambda i: i.properties["number"] < 2)
    assert alike.map(lambda i: i.with_bandinfo("x", level=i.mean())).bandinfo.compute(HERE)["x"]["level"] == 2
    assert "level" not in changed.bandinfo.compute(HERE)["x"]


def test_images_agree_on_containers_that_hold_the_same_statistics(scenes):
    col = scenes.collection({"x": [[0, 4]]}, {"x": [[3, 1]]})
    changed = col.map(lambda i: i.with_properties(both=(i.mean(), "a"), other=(i.max(), "a")))

    found = changed.mosaic().compute(HERE).properties
    assert found["both"] == (2, "a")
    assert "other" not in found


def test_composites_are_drawn_without_the_statistics_of_their_properties(col):
    program = col.map(lambda image: image.with_properties(level=image.max())).mosaic()

    assert steps_of(bound(program, HERE).plan) == ["ReadBands", "mosaic"]


def test_a_statistic_of_nothing_is_no_number(scenes):
    img = scenes.image("a", {"x": [[NAN, NAN]]})

    assert math.isnan(img.with_properties(level=img.mean()).compute(HERE).properties["level"])
