import pytest

from descartes_flow._spelling import alike, did_you_mean

KNOWN = ["viridis", "viridis_r", "cividis", "Blues"]


def test_another_case_is_the_name_itself():
    assert alike("BLUES", KNOWN) == ["Blues"]


def test_a_letter_that_is_missing_is_found():
    assert did_you_mean("virids", KNOWN) == "; did you mean 'viridis' or 'viridis_r'?"


def test_a_part_of_a_longer_name_is_found():
    assert alike("clip", ["clip_values", "mask"]) == ["clip_values"]
    assert alike("bands", ["pick_bands", "mask"]) == ["pick_bands"]


@pytest.mark.parametrize("name", ["red", "x", ""])
def test_short_names_are_no_parts_of_others(name):
    assert did_you_mean(name, ["reduction", "x_values"]) == ""


def test_at_most_three_are_named():
    assert len(alike("band", ["band_1", "band_2", "band_3", "band_4"])) == 3


def test_nobody_means_the_name_that_was_refused():
    assert did_you_mean("viridis", KNOWN) == ""
