import threading

import pytest

from descartes_flow.interactive.tools import SwipeTool
from descartes_flow.interactive.tools.swipe import SwipeCard
from tests.interactive.conftest import eventually


@pytest.fixture
def tool(croatia):
    tool = SwipeTool(croatia)
    yield tool
    tool.close()


@pytest.fixture
def stack(flat, croatia):
    for name in ("low", "middle", "high"):
        flat(a=0.4).visualize(name, scales=[0, 1], map=croatia)
    return croatia


def names(layers):
    return [layer.name for layer in layers]


def boxes(map):
    """The two lists of the card, while it is there."""
    card = next(control.widget for control in reversed(map.controls) if hasattr(control, "widget"))
    return card.children[1].children[:2]


def choose(box, name):
    box.index = [label for label, _ in box.options].index(name)


def chosen(map):
    return [box.label for box in boxes(map)]


def test_it_begins_with_the_two_topmost_layers(stack, tool):
    tool.active = True

    assert names(stack.swiped) == ["middle", "high"]
    assert chosen(stack) == ["middle", "high"]


def test_layers_are_chosen_by_hand(stack, tool):
    tool.active = True
    choose(boxes(stack)[0], "low")

    assert names(stack.swiped) == ["low", "high"]


def test_the_layer_of_the_other_side_swaps_them(stack, tool):
    tool.active = True
    choose(boxes(stack)[0], "high")

    assert names(stack.swiped) == ["high", "middle"]
    assert chosen(stack) == ["high", "middle"]


def test_it_follows_code(stack, tool):
    stack.swipe("low", "middle")
    begun = (tool.active, chosen(stack))
    stack.swipe("high", "low")
    changed = chosen(stack)
    stack.swipe(None)

    assert begun == (True, ["low", "middle"])
    assert changed == ["high", "low"]
    assert not tool.active
    assert names(stack.layers) == ["low", "middle", "high"]


def test_it_ends_with_a_layer_of_the_two(stack, tool):
    tool.active = True
    stack.remove_layer("high")

    assert not tool.active


def test_a_renamed_or_new_layer_is_offered(flat, stack, tool):
    tool.active = True
    flat(a=0.4).visualize("new", scales=[0, 1], map=stack)

    assert [label for label, _ in boxes(stack)[0].options] == ["new", "high", "middle", "low"]
    assert chosen(stack) == ["middle", "high"]


def test_a_single_layer_is_not_enough(flat, croatia, tool):
    flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    tool.active = True
    alone = [box.layout.display for box in boxes(croatia)]
    flat(a=0.4).visualize("b", scales=[0, 1], map=croatia)
    choose(boxes(croatia)[0], "a")
    choose(boxes(croatia)[1], "b")

    assert alone == ["none", "none"]
    assert names(croatia.swiped) == ["a", "b"]


def test_tool_card_and_code_change_it_at_the_same_time(stack, tool):
    def by_button():
        for turn in range(60):
            tool.active = turn % 2 == 0

    def by_code():
        for _ in range(60):
            stack.swipe("low", "high")
            stack.swipe(None)

    def by_card(card):
        for turn in range(60):
            card._left.index = turn % 2

    card = SwipeCard(stack)
    works = (by_button, by_code, lambda: by_card(card))
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    eventually(lambda: not any(thread.is_alive() for thread in threads), seconds=60)
    card.close()


def test_it_ends_after_the_controls_were_cleared(stack, tool):
    tool.active = True
    stack.clear()
    tool.active = False

    assert stack.swiped is None
    assert stack.controls == ()
