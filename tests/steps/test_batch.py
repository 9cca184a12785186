"""Plain functions of values per image."""

import pytest

from descartes_flow.steps.batch import Axis, CannotBatch, Column, elementwise

TWO = Axis(2)
NUMBERS = Column([1, 2], TWO)


def test_what_is_the_same_for_all_images_meets_each_of_them():
    found = elementwise(lambda x, y: x * y, (NUMBERS, 10), {})

    assert (found.values, found.axis) == ([10, 20], TWO)


def test_named_arguments_stay_named():
    found = elementwise(lambda text, *, end, start: (text, start, end), ("a",), {"end": NUMBERS, "start": 0})

    assert found.values == [("a", 0, 1), ("a", 0, 2)]


def test_a_container_of_columns_is_one_container_for_each_image():
    found = elementwise("-".join, (["a", Column(["b", "c"], TWO)],), {})

    assert found.values == ["a-b", "a-c"]


def test_columns_deep_in_containers_say_the_axis_together():
    finer = Axis(3, TWO, [0, 1, 1])

    found = elementwise(lambda x: x, ([NUMBERS, (Column([7, 8, 9], finer),)],), {})
    assert found.axis is finer
    assert found.values == [[1, (7,)], [2, (8,)], [2, (9,)]]


def test_two_axes_of_equal_length_do_not_pair_up():
    with pytest.raises(CannotBatch):
        elementwise(lambda x, y: x + y, (NUMBERS, [Column([1, 2], Axis(2))]), {})
