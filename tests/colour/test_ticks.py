import pytest
from hypothesis import given
from hypothesis import strategies as st

from descartes_flow.colour.ticks import tick_texts, ticks, ticks_along


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, [0, 0.5, 1]),
        (0, 0.4, [0, 0.1, 0.2, 0.3, 0.4]),
        (0, 255, [0, 100, 200]),
        (1234, 5678, [2000, 3000, 4000, 5000]),
        (-25, -5, [-25, -20, -15, -10, -5]),
        (0.5, 12.5, [4, 8, 12]),
        (1, 0, [0, 0.5, 1]),
        (5, 5, [5]),
        (1e-300, 2e-300, [1e-300, 1.5e-300, 2e-300]),
    ],
)
def test_ticks_are_round(low, high, expected):
    assert ticks(low, high) == expected


@given(low=st.floats(-1e6, 1e6), width=st.floats(1e-3, 1e6))
def test_there_are_three_to_five_that_can_be_told_apart(low, width):
    found = ticks(low, low + width)
    margin = 1e-8 * width

    assert 3 <= len(found) <= 5
    assert low - margin <= found[0] < found[-1] <= low + width + margin
    assert len(set(tick_texts(found))) == len(found)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([0.0, 0.5, 1.0], ["0", "0.5", "1"]),
        ([-0.1, 0.0], ["\N{MINUS SIGN}0.1", "0"]),
        ([5000.0, 10000.0], ["5000", "10\N{NARROW NO-BREAK SPACE}000"]),
        ([1000000.0, 1000000.5], ["1000000", "1000000.5"]),
        ([0.0, 5e8], ["0", "5e+08"]),
        ([2e-05, 4e-05], ["2e\N{MINUS SIGN}05", "4e\N{MINUS SIGN}05"]),
        ([0.30000000000000004, 0.4], ["0.3", "0.4"]),
    ],
)
def test_texts_have_the_digits_that_matter(numbers, expected):
    assert tick_texts(numbers) == expected


def test_where_there_is_no_room_only_the_outermost_are_shown():
    assert [tick.text for tick in ticks_along(1000000, 1000000.001)] == ["1000000", "1000000.001"]


def test_whole_numbers_only():
    assert [tick.text for tick in ticks_along(-0.5, 1.5, whole=True)] == ["0", "1"]
