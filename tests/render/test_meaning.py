import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.errors import NeedsContext
from descartes_flow.render.meaning import OF_TRUTH, Meaning, meaning
from tests.scenes import Scenes, area
from tests.scenes import scenes as scenes

CLASSES = {0: "clear", 1: "cloud", 9: "unsure"}
NAMED = {0.0: "clear", 1.0: "cloud", 9.0: "unsure"}


@pytest.fixture
def image(scenes: Scenes) -> wf.Image:
    """Bands ``t`` in kelvin and ``c`` of classes."""
    rules = {"t": {"unit": "K"}, "c": {"classes": CLASSES}}
    return scenes.image("one", {"t": np.ones((2, 2)), "c": np.ones((2, 2))}, rules=rules)


def of(image, grid=None):
    return meaning(image._node, grid)


def test_a_band_of_a_file_has_its_unit_and_classes(image):
    assert of(image.pick_bands("t")) == Meaning(1, "K")
    assert of(image.pick_bands("c")) == Meaning(1, classes=NAMED)


def test_what_keeps_values_keeps_their_meaning(image):
    kept = image.pick_bands("c").mask(image.pick_bands("t") > 300).rename_bands("d")

    assert of(kept) == Meaning(1, classes=NAMED)
    assert of(wf.ImageCollection([image, image]).pick_bands("c").max(axis="images")).classes == NAMED


def test_a_mean_has_the_unit_but_not_the_classes(image):
    collection = wf.ImageCollection([image, image])

    assert of(collection.pick_bands("t").mean(axis="images")) == Meaning(1, "K")
    assert of(collection.pick_bands("c").mean(axis="images")) == Meaning(1)


def test_arithmetic_has_neither(image):
    assert of(image.pick_bands("t") * 2) == Meaning(1)
    assert of(image.pick_bands("c") + 1) == Meaning(1)
    assert of(wf.ImageCollection([image]).pick_bands("t").count(axis="images")) == Meaning(1)


def test_comparisons_are_true_or_false(image):
    warm, cloudy = image.pick_bands("t") > 300, image.pick_bands("c") == 1

    for truth in (warm, ~warm, warm & cloudy, warm.mask(cloudy)):
        assert of(truth) == Meaning(1, classes=OF_TRUTH)


def test_what_is_said_at_the_end_counts_for_anything(image):
    celsius = (image.pick_bands("t") - 273.15).with_bandinfo("t", unit="deg C", description="Surface")
    cover = wf.where(image.pick_bands("t") > 300, 2, 1).rename_bands("cover")
    named = cover.with_bandinfo("cover", classes=[{"value": 1, "name": "cold"}, {"value": 2, "name": "warm"}])

    assert of(celsius) == Meaning(1, "deg C", "Surface")
    assert of(named) == Meaning(1, classes={1.0: "cold", 2.0: "warm"})


def test_several_bands_are_counted_only(image):
    assert of(image) == Meaning(2)


def test_a_collection_needs_a_place(image):
    mosaic = wf.ImageCollection.from_id("test").pick_bands("c").mosaic()

    with pytest.raises(NeedsContext):
        of(mosaic)
    assert of(mosaic, area().grid()) == Meaning(1, classes=NAMED)
    assert of(mosaic, area(row=1000).grid()) == Meaning()
