from descartes_flow.catalog import AddReport, Product


def test_a_product_without_images_is_told_in_one_line():
    assert repr(Product("p", "", (), 0, None, None, None)) == "Product 'p': 0 images"


def test_a_report_shows_the_first_reasons_and_counts_the_rest():
    skipped = tuple((f"{number}.tif", "broken") for number in range(12))
    lines = repr(AddReport("p", ("a",), ("b", "c"), skipped)).splitlines()

    assert lines[:2] == ["'p': 1 added, 2 updated, 12 skipped", "  0.tif: broken"]
    assert len(lines) == 12
    assert lines[-1] == "  ... and 2 more, see .skipped"
