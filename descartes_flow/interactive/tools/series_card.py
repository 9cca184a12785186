"""`SeriesCard`: how values over time are shown."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator

import ipywidgets

from ...render.chart import band_colours, chart
from ...render.probing import NOTHING
from ...render.series import Series
from ..page import Page


class SeriesCard(ipywidgets.VBox):  # type: ignore[misc]
    """A chart, a table of the images, and a button that gives the values as code.

    Parameters
    ----------
    page : Page
        Copies the code.
    hint : str
        Shown before there is anything else.
    """

    def __init__(self, page: Page, hint: str) -> None:
        self._page = page
        self._series: Series | None = None
        self._text = ipywidgets.HTML()
        self._button = ipywidgets.Button(
            description="Copy as pandas",
            icon="copy",
            tooltip="Copy code that makes a DataFrame of the values",
        )
        self._button.on_click(lambda _: self._hand_out())
        self._code = ipywidgets.HTML()
        super().__init__((self._text, self._button, self._code))
        self.add_class("descartes-flow-probe")
        self.add_class("descartes-flow-series")
        self.say(hint)

    def say(self, text: str) -> None:
        """Show a sentence instead of values."""
        self._show(f"<p>{html.escape(text)}</p>", None)

    def show(self, title: str, below: str, series: Series) -> None:
        """Show values under a title, with a line below them."""
        parts = [f"<b>{html.escape(title)}</b>", chart(series), table(series)]
        parts += [f"<p>{html.escape(text)}</p>" for text in (*remarks(series), below)]
        self._show("".join(parts), series)

    def _show(self, text: str, series: Series | None) -> None:
        self._series = series
        self._text.value = text
        self._button.layout.display = "none" if series is None else None
        self._turn("")

    def _turn(self, code: str) -> None:
        """Show code in place of the chart, where one click selects it all; or the chart again."""
        self._code.value = f"<pre>{html.escape(code)}</pre>" if code else ""
        self._code.layout.display, self._text.layout.display = (None, "none") if code else ("none", None)
        self._button.description = "Show the chart" if code else "Copy as pandas"

    def _hand_out(self) -> None:
        series = self._series
        if series is None or self._code.value:
            self._turn("")
            return
        code = series.code()
        self._turn(code)
        self._page.copy(code)


def table(series: Series) -> str:
    """A row per image: date, id and values; folded until somebody wants to see them."""
    colours = band_colours(series.bands)
    heads = "".join(
        f'<th style="border-color: {colours[band]}">{html.escape(band)}</th>' for band in series.bands
    )
    heading = f"<thead><tr><th>date</th><th>image</th>{heads}</tr></thead>"
    count = len(series.dates)
    summary = f"<summary>{count} image{'s' * (count > 1)}</summary>"
    return f"<details>{summary}<div><table>{heading}{''.join(_rows(series))}</table></div></details>"


def remarks(series: Series) -> list[str]:
    """What there is to say about a series."""
    said = []
    if series.left_out:
        shown = len(series.dates)
        said.append(
            f"The latest {shown} of {shown + series.left_out} images; filter the collection for others."
        )
    if series.notes:
        said.append(f"{len(series.notes)} bands cannot be read: {series.notes[0]}")
    return said


def _rows(series: Series) -> Iterator[str]:
    for place, (date, identity) in enumerate(zip(series.dates, series.ids, strict=True)):
        when = f"{place + 1}" if date is None else f"{date:%Y-%m-%d}"
        short = identity.rpartition(":")[2]
        values = "".join(
            f"<td>{NOTHING if math.isnan(value) else f'{value:.4g}'}</td>"
            for value in series.values[place].tolist()
        )
        yield f'<tr><td>{when}</td><td title="{html.escape(identity)}">{html.escape(short)}</td>{values}</tr>'
