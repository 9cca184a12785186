import pytest

from descartes_flow.interactive.panel.map_controller import MapController

MISSING = "descartes-flow-missing"


@pytest.fixture
def controller(croatia):
    controller = MapController(croatia)
    yield controller
    controller.close()


def test_it_follows_the_map(croatia, controller):
    before = (controller.position.value, controller.zoom.value)
    croatia.center, croatia.zoom = (35.68701, -105.93784), 8.5

    assert before == ("44.2000, 16.2000", 9)
    assert (controller.position.value, controller.zoom.value) == ("35.6870, -105.9378", 8.5)


def test_what_is_typed_moves_the_map(croatia, controller):
    controller.position.value = "105.93784W 35.68701N"
    controller.zoom.value = 11

    assert (croatia.center, croatia.zoom) == ([35.68701, -105.93784], 11)
    assert controller.position.value == "35.6870, -105.9378"


def test_decimals_that_are_not_shown_are_kept(croatia, controller):
    croatia.center = (35.687012345, -105.93784)

    assert croatia.center == [35.687012345, -105.93784]


def test_nonsense_is_refused_and_moves_nothing(croatia, controller):
    controller.position.value = "Santa Fe"
    refused = (
        controller.refusal.value,
        controller.position.value,
        MISSING in controller.position._dom_classes,
    )
    stayed = list(croatia.center)
    croatia.center = (44.3, 16.3)

    assert refused == (
        "expected latitude, longitude, such as 35.687, -105.938 or 35.687N 105.938W, got 'Santa Fe'",
        "Santa Fe",
        True,
    )
    assert stayed == [44.2, 16.2]
    assert (controller.position.value, controller.refusal.value) == ("44.3000, 16.3000", "")
    assert MISSING not in controller.position._dom_classes


@pytest.mark.parametrize(("typed", "taken"), [(2, 5), (99, 24), (7.5, 7.5)])
def test_the_zoom_stays_within_what_the_map_can_show(croatia, controller, typed, taken):
    controller.zoom.value = typed

    assert (croatia.zoom, controller.zoom.value) == (taken, taken)


def test_a_closed_controller_lets_go_of_the_map(croatia):
    controller = MapController(croatia)
    controller.close()
    croatia.center = (44.3, 16.3)

    assert controller.position.value == "44.2000, 16.2000"
