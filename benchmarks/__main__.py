"""Measure, print the table, and write it as RESULTS.md and RESULTS.json beside this file."""

import argparse
import json
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import descartes_flow as wf
from benchmarks import (
    collections,
    composites,
    fresh,
    imports,
    moves,
    overhead,
    pans,
    real,
    report,
    states,
    tiles,
)
from benchmarks.row import Row
from benchmarks.work import Effort, Work

HERE = Path(__file__).parent
GROUPS = (imports, fresh, tiles, composites, moves, pans, real, overhead, collections)
"""Modules whose ``works()`` tells what can be measured; add one here and it is run."""


def chosen(only: str, quick: bool) -> Iterator[Work]:
    """The works whose names hold a text; a quick run leaves out some unless they are asked for."""
    for group in GROUPS:
        for work in group.works():
            if only.lower() in work.name.lower() and (work.quick or only or not quick):
                yield work


def measured(works: Iterator[Work], effort: Effort) -> Iterator[Row]:
    """The rows, each told on the way as well."""
    for work in works:
        start = time.perf_counter()
        for row in work.measure(effort):
            print(report.told(row), flush=True)
            yield row
        print(f"  ({time.perf_counter() - start:.0f} s)", file=sys.stderr, flush=True)


def main() -> None:
    """Measure, print, write."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument(
        "--quick", action="store_true", help="fewer rows and runs: a look, not a measurement"
    )
    options.add_argument("--only", default="", metavar="TEXT", help="rows whose name holds TEXT; not written")
    given = options.parse_args()
    # The peers' own; they would fill the screen and cost time.
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory(prefix="descartes-flow-bench-") as home:
        wf.settings.home = Path(home)
        os.environ["DESCARTES_FLOW_HOME"] = home  # for the processes that we start
        states.get_ready()
        rows = list(measured(chosen(given.only, given.quick), Effort(given.quick)))
    facts = report.machine(given.quick)
    text = f"{', '.join(f'{name} {value}' for name, value in facts.items())}\n\n{report.table(rows)}\n"
    print(f"\n{text}")
    if not given.only:
        (HERE / "RESULTS.md").write_text(f"# Benchmarks\n\n{text}", encoding="utf-8")
        found = facts | {"rows": [report.as_json(row) for row in rows]}
        (HERE / "RESULTS.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
