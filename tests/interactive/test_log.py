import pytest

from descartes_flow.interactive.log import MOST_LINES, Log
from tests.interactive.conftest import eventually


@pytest.fixture
def log():
    log = Log()
    yield log
    log.close()


def test_a_line_says_who_and_how_bad(log):
    log.add("1", "ERROR", "no such band", "NDVI")

    assert log.lines == ("NDVI: ERROR - no such band",)


def test_what_was_said_is_not_said_again(log):
    log.add("1", "ERROR", "no such band", "NDVI")
    log.add("1", "ERROR", "no such band", "NDVI")
    log.add("2", "ERROR", "no such band", "copy")

    assert log.lines == ("NDVI: ERROR - no such band", "copy: ERROR - no such band")


def test_a_forgotten_line_may_be_said_again(log):
    log.add("1", "ERROR", "no such band", "NDVI")
    log.forget("1")
    forgotten = log.lines
    log.add("1", "ERROR", "no such band", "NDVI")

    assert (forgotten, log.lines) == ((), ("NDVI: ERROR - no such band",))


def test_lines_of_one_level_can_be_forgotten(log):
    log.add("1", "INFO", "scales=[[0, 1]]", "NDVI")
    log.add("1", "ERROR", "no such band", "NDVI")
    log.add("2", "ERROR", "no such band", "copy")
    log.forget("1", "ERROR")

    assert log.lines == ("NDVI: INFO - scales=[[0, 1]]", "copy: ERROR - no such band")


def test_the_widget_shows_the_lines(log):
    log.add("1", "INFO", "first")
    log.add("1", "INFO", "second")

    eventually(lambda: log.output.outputs and "second" in log.output.outputs[0]["text"])
    assert log.output.outputs[0]["text"] == "INFO - first\nINFO - second\n"


def test_the_oldest_lines_go(log):
    for number in range(MOST_LINES + 1):
        log.add("1", "INFO", str(number))

    assert len(log.lines) == MOST_LINES
    assert log.lines[0] == "INFO - 1"
