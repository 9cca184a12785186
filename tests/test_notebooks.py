"""The tutorials run from top to bottom, without a browser, and are stored as a reader should find them."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.source_tree import REPOSITORY

NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
CELL_SECONDS = 120

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture
def executed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a notebook in a kernel that finds this checkout; gives it with its outputs."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))

    def run(path: Path) -> nbformat.NotebookNode:
        notebook = nbformat.read(path, as_version=4)
        resources = {"metadata": {"path": str(tmp_path)}}
        NotebookClient(notebook, timeout=CELL_SECONDS, kernel_name="python3", resources=resources).execute()
        return notebook

    return run


def test_there_are_notebooks():
    assert [path.name for path in NOTEBOOKS][:1] == ["01-first-map.ipynb"]


@every_notebook
def test_it_is_stored_without_outputs(path):
    cells = code_cells(nbformat.read(path, as_version=4))

    assert [cell.id for cell in cells if cell.outputs or cell.execution_count is not None] == []


@every_notebook
def test_its_cells_are_named_by_words_so_that_changes_can_be_read(path):
    names = [cell.id for cell in nbformat.read(path, as_version=4).cells]

    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
    assert len(set(names)) == len(names)


@every_notebook
@pytest.mark.timeout(300)
def test_it_runs_without_a_browser(path, executed):
    outputs = [output for cell in code_cells(executed(path)) for output in cell.outputs]

    assert [output for output in outputs if output.output_type == "error"] == []
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []


@pytest.mark.timeout(300)
def test_the_first_map_ends_with_numbers_and_a_picture(executed):
    cells = {cell.id: cell for cell in executed(REPOSITORY / "notebooks/01-first-map.ipynb").cells}
    result = cells["compute"].outputs[-1].data["text/plain"]

    # The map has no size without a browser: 960 x 400 pixels are assumed.
    assert "MaskedArray<shape=(1, 400, 960), dtype=float64>" in result
    assert "image/png" in cells["plot"].outputs[-1].data


@pytest.mark.timeout(300)
def test_the_time_series_has_a_year_and_its_summer(executed):
    cells = {cell.id: cell for cell in executed(REPOSITORY / "notebooks/03-time-series.ipynb").cells}
    texts = {name: cells[name].outputs[-1].data["text/plain"] for name in ("dates", "months", "point")}

    assert "36 days, 2018-01-09 to 2018-12-25" in cells["dates"].outputs[0].text
    assert texts["dates"] == "datetime.date(2018, 8, 27)"
    assert "MaskedArray<shape=(12, 1, 400, 960), dtype=float64>" in texts["months"]
    assert texts["point"].startswith("(('ndvi',), (36, 1), '2018-01-09T")
    assert all("image/png" in cells[name].outputs[-1].data for name in ("pictures", "plot"))
