import dataclasses
import pickle
from typing import Any

import pytest

from descartes_flow.io import BandSource

RED = BandSource(
    item="demo:a",
    band="red",
    href="/images/a.tif",
    index=1,
    crs="EPSG:32633",
    transform=(10.0, 0.0, 500000.0, 0.0, -10.0, 5000000.0),
    rows=512,
    cols=512,
    dtype="uint16",
    nodata=0.0,
)


def test_a_source_survives_pickling_with_its_key():
    copy = pickle.loads(pickle.dumps(RED))

    assert copy == RED
    assert copy.key == RED.key


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("href", "/images/b.tif"),
        ("index", 2),
        ("crs", "EPSG:32634"),
        ("transform", (10.0, 0.0, 500010.0, 0.0, -10.0, 5000000.0)),
        ("rows", 511),
        ("nodata", None),
        ("nodata", float("nan")),
        ("scale", 0.0001),
        ("offset", -0.1),
        ("overviews", (2,)),
        ("alpha", 4),
        ("internal_mask", True),
        ("categorical", True),
        ("safe_overviews", False),
        ("size", 10),
        ("modified", 10),
        ("driver", "JP2OpenJPEG"),
    ],
)
def test_what_decides_pixel_values_is_part_of_the_key(field: str, value: Any):
    assert dataclasses.replace(RED, **{field: value}).key != RED.key


def test_names_and_the_type_of_numbers_are_no_part_of_the_key():
    other = dataclasses.replace(
        RED, item="demo:b", band="rot", transform=(10, 0, 500000, 0, -10, 5000000), nodata=0
    )

    assert other.key == RED.key


@pytest.mark.parametrize("changes", [{"transform": (10, 0, 0, 5, 0, 0)}, {"index": 0}, {"rows": 0}])
def test_a_source_without_pixels_is_refused(changes: dict[str, Any]):
    with pytest.raises(ValueError, match=r"^BandSource\("):
        dataclasses.replace(RED, **changes)
