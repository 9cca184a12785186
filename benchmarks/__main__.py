"""Run every benchmark, print the table, and write it as RESULTS.md and RESULTS.json beside this file."""

import argparse
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import collections, imports
from benchmarks.row import Row

HERE = Path(__file__).parent
GROUPS = (imports, collections)
"""Modules whose ``rows(quick)`` measures something; add one here and it is run."""


def machine() -> dict[str, str]:
    """Where the numbers come from: they mean little on any other machine."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
    }


def table(rows: list[Row]) -> str:
    """Rows in Markdown, in milliseconds."""
    lines = ["| work | median ms | best | worst | runs | |", "|---|---:|---:|---:|---:|---|"]
    for row in rows:
        times = " | ".join(f"{1000 * t:.1f}" for t in (row.median, min(row.seconds), max(row.seconds)))
        lines.append(f"| {row.name} | {times} | {len(row.seconds)} | {row.note} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, print, write."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer runs: a look, not a measurement")
    quick = options.parse_args().quick
    rows = [row for group in GROUPS for row in group.rows(quick)]
    where = machine() | {"quick": str(quick).lower()}
    facts = ", ".join(f"{name}: {value}" for name, value in where.items())
    (HERE / "RESULTS.md").write_text(f"# Benchmarks\n\n{facts}\n\n{table(rows)}\n", encoding="utf-8")
    measured = [{"name": row.name, "seconds": row.seconds} for row in rows]
    (HERE / "RESULTS.json").write_text(
        json.dumps(where | {"rows": measured}, indent=1) + "\n", encoding="utf-8"
    )
    print(f"{facts}\n\n{table(rows)}")


if __name__ == "__main__":
    main()
