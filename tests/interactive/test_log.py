import pytest

from descartes_flow.interactive.log import MOST_LINES, Line, Log


@pytest.fixture
def log():
    return Log()


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


def test_what_is_said_again_is_counted_and_keeps_where_it_was_first(log):
    log.add("1", "ERROR", "no such band", "NDVI", "tile 1/0/0", "raise")
    log.add("1", "ERROR", "no such band", "renamed", "tile 1/1/1", "raise again")

    assert log.entries == (Line("1", "ERROR", "no such band", "renamed", "tile 1/0/0", "raise", 2),)


def test_errors_that_differ_in_numbers_only_are_one(log):
    for scenes in ("812", "1,024", "9.5"):
        log.add("1", "ERROR", f"this tile would read {scenes} scenes")

    assert log.lines == ("ERROR - this tile would read 9.5 scenes",)
    assert log.entries[0].times == 3


@pytest.mark.parametrize("texts", [("band B2", "band B3"), ("a (f.py:2)", "a (f.py:3)"), ("'2'", "'3'")])
def test_numbers_in_names_and_lines_of_files_tell_errors_apart(log, texts):
    for text in texts:
        log.add("1", "ERROR", text)

    assert [line.text for line in log.entries] == list(texts)


def test_numbers_are_what_an_information_is_about(log):
    log.add("1", "INFO", "scales=[[0.0, 0.5]]")
    log.add("1", "INFO", "scales=[[0.0, 0.6]]")

    assert len(log.lines) == 2


def test_each_change_is_told(log):
    heard = []
    log.changed = lambda: heard.append(log.lines)
    log.add("1", "INFO", "first")
    log.forget("2")
    log.forget("1")
    log.add("1", "INFO", "second")
    log.clear()

    assert heard == [("INFO - first",), (), ("INFO - second",), ()]


def test_the_oldest_lines_go(log):
    for number in range(MOST_LINES + 1):
        log.add("1", "INFO", str(number))

    assert len(log.lines) == MOST_LINES
    assert log.lines[0] == "INFO - 1"
