"""How long it takes to decide by metadata over 10,000 images: no pixel is read."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import descartes_flow as wf
from benchmarks.many import in_catalog
from benchmarks.measuring import Contender, interleave
from benchmarks.row import Row
from benchmarks.work import Effort, Work
from descartes_flow.geo import AOI

IMAGES = 10_000


def works() -> Iterator[Work]:
    """One piece of work with a row per query."""
    yield Work(f"{IMAGES:,} images", _rows)


def _rows(effort: Effort) -> Iterator[Row]:
    """Filter, group, sort and count 10,000 images; and the first query, with nothing cached."""
    with tempfile.TemporaryDirectory() as folder, in_catalog(Path(folder), IMAGES) as (product, here):
        yield from _measured(product, here, effort)


def _measured(product: str, here: AOI, effort: Effort) -> Iterator[Row]:
    col = wf.ImageCollection.from_id(product)
    clear = col.filter(lambda img: img.properties["cloud"] < 50)
    monthly = clear.groupby(dates=("year", "month"))
    programs: dict[str, wf.Proxytype] = {
        "length": col.length(),
        "filter by a property, count": clear.length(),
        "filter by date, count": col.filter(lambda img: img.properties["date"].month == 6).length(),
        "filter, group by month, count": monthly.map(lambda month, imgs: imgs.length()),
        "sort by a property, head": col.sorted(lambda img: img.properties["cloud"]).head(3).length(),
        "map to a list": col.map(lambda img: (img.properties["date"], img.properties["cloud"])).length(),
    }

    def contender(program: wf.Proxytype) -> Contender:
        return Contender("ours", lambda: program.compute(here))

    yield Row(f"{IMAGES:,} images: the first query", "cold", [contender(programs["length"]).seconds()])
    for name, program in programs.items():
        times = interleave(contender(program), (), effort.budget(2, most=15))
        yield Row(f"{IMAGES:,} images: {name}", "warm", times.ours)
