"""A notebook open in a real JupyterLab: run its cells, ask its kernel, see what the browser requested."""

import re
import time
from collections.abc import Sequence
from pathlib import Path

import nbformat
from playwright.sync_api import Page, Request

from tests.browser.lab import Lab

SECONDS = 1000  # playwright counts in milliseconds
TILE_URL = re.compile(r"/\d+/\d+/\d+\.png(\?|$)")

KERNEL_IS_IDLE = """
() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'
"""

RUN_ALL_CELLS = """
async () => {
    await window.jupyterapp.commands.execute('notebook:run-all-cells');
    const cells = window.jupyterapp.shell.currentWidget.content.model.sharedModel.toJSON().cells;
    return cells.flatMap(cell => cell.outputs ?? []).filter(output => output.output_type === 'error');
}
"""

RUN_IN_KERNEL = """
async code => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const future = kernel.requestExecute({code, store_history: false});
    const printed = [];
    future.onIOPub = message => {
        if (message.header.msg_type === 'stream') printed.push(message.content.text);
    };
    const reply = await future.done;
    return {printed: printed.join(''), error: reply.content.traceback ?? null};
}
"""


class Notebook:
    """One notebook in one page; made by the fixture `open_notebook`.

    `tile_urls` grows by the address of each tile that the page asks for; clear it to count from now on.
    """

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.tile_urls: list[str] = []
        page.on("request", self._count_tile)

    @classmethod
    def open(cls, lab: Lab, page: Page, name: str, source: Path | Sequence[str]) -> "Notebook":
        """Open a copy of the notebook `source`, or one of the cells `source`, as `name`; wait for its kernel.

        A name keeps its kernel as long as the server runs, so every test takes a fresh one.
        """
        if isinstance(source, Path):
            content = nbformat.read(source, as_version=4)
        else:
            content = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in source])
        content.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(content, lab.notebooks / name)
        notebook = cls(page, name)
        page.goto(lab.url(name))
        notebook.wait_until_idle()
        return notebook

    def wait_until_idle(self, seconds: float = 60) -> None:
        """Wait until the kernel has started and has nothing to do."""
        self.page.wait_for_function(KERNEL_IS_IDLE, timeout=seconds * SECONDS)

    def run_all(self) -> None:
        """Run all cells; AssertionError with the tracebacks if one fails."""
        errors = self.page.evaluate(RUN_ALL_CELLS)
        assert not errors, "\n".join(_plain(error["traceback"]) for error in errors)
        self.wait_until_idle()

    def ask(self, code: str) -> str:
        """What `code` prints when the kernel runs it; AssertionError with the traceback if it fails."""
        answer = self.page.evaluate(RUN_IN_KERNEL, code)
        assert answer["error"] is None, _plain(answer["error"])
        printed: str = answer["printed"]
        return printed.strip()

    def asked_for(self, part: str) -> list[str]:
        """Addresses of tiles that hold `part` and were asked for since `tile_urls` was cleared."""
        return [url for url in self.tile_urls if part in url]

    def wait_for_request(self, part: str, seconds: float = 30) -> None:
        """Wait until the page has asked for a tile whose address holds `part`."""
        deadline = time.monotonic() + seconds
        while not self.asked_for(part):
            assert time.monotonic() < deadline, f"no tile of {part!r} was asked for"
            self.page.wait_for_timeout(50)  # events come while playwright waits

    def screenshot(self, path: Path) -> None:
        """Write what the page looks like as PNG."""
        self.page.screenshot(path=path)

    def _count_tile(self, request: Request) -> None:
        if TILE_URL.search(request.url):
            self.tile_urls.append(request.url)


def _plain(traceback: Sequence[str]) -> str:
    """Lines of a traceback without the terminal's colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(traceback))
