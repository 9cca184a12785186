import pytest

from descartes_flow.catalog.rules import UNSET, BandRule, Rules
from descartes_flow.errors import CatalogError


def test_a_rule_is_found_by_the_strongest_name():
    rules = Rules.read({"SR": {"scale": 1}, "red": {"scale": 2}}, None, None, None)

    assert rules.of(["red", "SR"]).scale == 2
    assert rules.of(["nir", "SR"]).scale == 1
    assert rules.of(["FMASK"]) == BandRule()


def test_nothing_said_differs_from_none():
    rules = Rules.read({"B1": {"nodata": None}}, None, None, None)

    assert rules.of(["B1"]).nodata is None
    assert rules.of(["B2"]).nodata is UNSET
    assert rules.general.nodata is UNSET


def test_the_arguments_for_all_bands_are_the_general_rule():
    general = Rules.read(None, 0.5, -1, 255).general

    assert (general.scale, general.offset, general.nodata) == (0.5, -1, 255)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"scael": 1}, r"'B1': unknown option \['scael'\]; known: \['alias'"),
        ({"scale": "big"}, "'B1', scale: expected a number, got 'big'"),
        ({"scale": True}, "'B1', scale: expected a number, got True"),
        ({"alias": ["red", 5]}, "'B1', alias: expected a name or a tuple of names"),
        ({"classes": {"cloud": 4}}, r"'B1', classes: expected \{value: name\} or None"),
        ({"dtype": "uint17"}, "'B1', dtype: expected the name of a dtype"),
        ({"unit": 5}, "'B1', unit: expected a string"),
        ({"safe_overviews": 1}, "'B1', safe_overviews: expected True or False"),
        (0.0001, "'B1': expected a dict of options .* got float 0.0001"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_band_and_option(rule, message):
    with pytest.raises(CatalogError, match=message):
        Rules.read({"B1": rule}, None, None, None)


def test_a_wrong_general_rule_is_refused():
    with pytest.raises(CatalogError, match=r"add\(\), scale: expected a number, got 'x'"):
        Rules.read(None, "x", None, None)


def test_rules_that_are_no_mapping_are_refused():
    with pytest.raises(CatalogError, match=r"add\(bands=\): expected .* got list"):
        Rules.read(["red"], None, None, None)


def test_two_bands_may_not_claim_one_alias():
    with pytest.raises(CatalogError, match="'B4' and 'B5' both claim alias 'red'"):
        Rules.read({"B4": {"alias": "red"}, "B5": {"alias": ["nir", "red"]}}, None, None, None)


def test_a_rule_for_a_band_that_nobody_has_is_refused():
    with pytest.raises(CatalogError, match=r"no item has a band \['B99'\]; bands found: \['B1', 'B2'\]"):
        Rules.read({"B99": {}, "B1": {}}, None, None, None).check_used({"B2", "B1"})
