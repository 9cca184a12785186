"""Folding, sorting and joining lists."""

import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid, ProxyTypeError
from tests.scenes import area, pixels

NUMBERS = wf.List[wf.Int]([3, 1, 2])
EMPTY = wf.List[wf.Int]([])


def test_reduce_folds_from_the_left():
    assert NUMBERS.reduce(lambda acc, n: acc - n).compute() == 0
    assert NUMBERS.reduce(lambda acc, n: acc - n, initial=wf.Int(10)).compute() == 4


def test_the_initial_value_decides_the_type():
    found = NUMBERS.reduce(lambda acc, n: acc + n, initial=wf.Float(0.5))

    assert type(found) is wf.Float
    assert found.compute() == 6.5


def test_an_empty_list_gives_the_initial_value_or_fails():
    assert EMPTY.reduce(lambda acc, n: acc + n, initial=wf.Int(7)).compute() == 7
    with pytest.raises(JobInvalid, match="reduce of an empty list needs an initial value"):
        EMPTY.reduce(lambda acc, n: acc + n).compute()


def test_the_initial_value_is_a_proxy():
    with pytest.raises(ProxyTypeError, match=r"reduce\(initial=\): expected a proxy.*got int 0"):
        NUMBERS.reduce(lambda acc, n: acc + n, initial=0)


def test_a_function_that_returns_another_type_is_refused():
    with pytest.raises(TypeError, match="must return Int, not a Float proxy"):
        NUMBERS.reduce(lambda acc, n: acc / n)


def test_sorting_is_stable_in_both_directions():
    pairs = wf.List[wf.Tuple[wf.Int, wf.Str]]([(1, "a"), (0, "b"), (1, "c"), (0, "d")])

    assert pairs.sorted(key=lambda p: p[0]).compute() == [(0, "b"), (0, "d"), (1, "a"), (1, "c")]
    assert pairs.sorted(key=lambda p: p[0], reverse=True).compute() == [
        (1, "a"),
        (1, "c"),
        (0, "b"),
        (0, "d"),
    ]
    assert pairs.sorted(reverse=True).compute()[0] == (1, "c")


def test_what_has_no_order_cannot_be_sorted():
    with pytest.raises(ProxyTypeError, match=r"the items have no order: `<` of two Image gives no Bool"):
        wf.List[wf.Image]([wf.Image.from_id("p:a")]).sorted()
    with pytest.raises(ProxyTypeError, match=r"what key returns has no order: `<` of two NoneType"):
        NUMBERS.sorted(key=lambda n: wf.NoneType(None))


def test_a_key_of_pixels_is_computed_before_it_decides(scenes):
    low, high = (scenes.image(name, {"x": [[value]]}) for name, value in (("low", 1), ("high", 2)))
    images = wf.List[wf.Image]([high, low])

    ordered = images.sorted(key=lambda img: img.max(axis=None)).map(lambda img: img.properties["id"])
    assert ordered.compute(area(1, 1)) == ["test:low", "test:high"]


def test_zip_takes_an_image_apart_by_band(scenes):
    img = scenes.image("a", {"red": [[1]], "nir": [[2]]})

    pairs = wf.zip(wf.Str("xyz"), img)
    assert type(pairs) is wf.List[wf.Tuple[wf.Str, wf.Image]]
    assert pixels(pairs[1][1].compute(area(1, 1))) == [[[2]]]
