from descartes_flow.interactive.tiles.redrawing import FirstTiles
from tileserver import LayerCounts


def test_before_any_tile_was_handed_out_a_change_draws_from_nothing():
    assert FirstTiles().pending(LayerCounts(), loading=False)


def test_while_first_tiles_are_under_way_a_change_draws_from_nothing():
    assert FirstTiles().pending(LayerCounts(wanted=10, done=4), loading=False)


def test_when_all_first_tiles_are_there_a_change_replaces_them():
    assert not FirstTiles().pending(LayerCounts(wanted=10, done=9, failed=1), loading=False)


def test_later_tiles_under_way_are_no_first_ones():
    first = FirstTiles()
    first.pending(LayerCounts(wanted=10, done=10), loading=False)

    assert not first.pending(LayerCounts(wanted=20, done=12), loading=False)


def test_the_browser_says_that_a_pan_brought_first_tiles():
    first = FirstTiles()
    first.pending(LayerCounts(wanted=10, done=10), loading=False)

    assert first.pending(LayerCounts(wanted=14, done=10), loading=True)


def test_after_drawing_from_nothing_tiles_are_first_ones_again():
    first = FirstTiles()
    counts = LayerCounts(wanted=10, done=4, cancelled=6)
    first.begin(counts)

    assert first.pending(counts, loading=False)
    assert first.pending(LayerCounts(wanted=12, done=4, cancelled=6), loading=False)
    assert not first.pending(LayerCounts(wanted=14, done=8, cancelled=6), loading=False)
