import pytest
from ipywidgets.widgets import widget

from descartes_flow.interactive.log import Log
from descartes_flow.interactive.panel.log_panel import LogPanel
from tests.interactive.conftest import eventually


@pytest.fixture
def log():
    return Log()


@pytest.fixture
def panel(log):
    panel = LogPanel(log)
    yield panel
    panel.close()


def heads(panel):
    return [entry.head.value for entry in panel.entries.children]


def test_it_is_there_while_there_is_something_to_read(log, panel):
    empty = panel.layout.display
    log.add("1", "INFO", "first")
    eventually(lambda: heads(panel))
    filled = panel.layout.display
    titlebar, _ = panel.children
    titlebar.children[1].click()
    eventually(lambda: not heads(panel))

    assert (empty, filled, panel.layout.display) == ("none", None, "none")
    assert titlebar.children[1].tooltip == "Clear the log"


def test_the_newest_line_comes_first(log, panel):
    log.add("1", "INFO", "first")
    log.add("1", "WARNING", "second", "NDVI")
    eventually(lambda: len(heads(panel)) == 2)

    assert heads(panel) == [
        '<div class="descartes-flow-warning"><b>warning</b><i>NDVI</i><span>second</span></div>',
        '<div class="descartes-flow-info"><b>info</b><span>first</span></div>',
    ]


def test_nothing_that_is_said_becomes_html(log, panel):
    log.add("1", "ERROR", "a <b> & c", "<img>", "tile <1>", 'File "<stdin>"')
    eventually(lambda: heads(panel))
    (entry,) = panel.entries.children

    assert "<i>&lt;img&gt;</i><span>a &lt;b&gt; &amp; c</span>" in entry.head.value
    assert entry.details.value == (
        "<details><summary>details</summary><p>First at tile &lt;1&gt;.</p>"
        "<pre>File &quot;&lt;stdin&gt;&quot;</pre></details>"
    )


def test_a_count_changes_the_head_and_leaves_open_details_alone(log, panel):
    log.add("1", "ERROR", "no such band", traceback="raise")
    eventually(lambda: heads(panel))
    (entry,) = panel.entries.children
    changed = []
    entry.details.observe(changed.append, "value")
    for _ in range(11):
        log.add("1", "ERROR", "no such band", traceback="raise")
    eventually(lambda: "<small>\N{MULTIPLICATION SIGN} 12</small>" in entry.head.value)

    assert panel.entries.children == (entry,)
    assert changed == []


def test_lines_that_are_forgotten_leave_no_widget(log, panel):
    eventually(lambda: panel.layout.display == "none")
    before = len(widget._instances)
    for number in range(10):
        log.add("1", "INFO", str(number))
    eventually(lambda: len(heads(panel)) == 10)
    log.forget("1")

    eventually(lambda: len(widget._instances) == before)


def test_a_closed_panel_hears_nothing(log):
    panel = LogPanel(log)
    panel.close()
    before = len(widget._instances)
    log.add("1", "INFO", "first")

    assert len(widget._instances) == before
