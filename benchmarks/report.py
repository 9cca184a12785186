"""The rows as a table for people and as JSON for programs."""

import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from os import cpu_count
from typing import Any

from benchmarks.row import ITSELF, LIMIT, Row, Target

PACKAGES = (
    *("descartes_flow", "numpy", "numba", "rasterio", "rio-tiler", "titiler.core", "odc-stac", "stackstac"),
    *("xarray", "dask", "bottleneck", "imagecodecs", "isal"),
)


def machine(quick: bool) -> dict[str, str]:
    """Where the numbers come from: they mean little on any other machine."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(cpu_count()),
        "quick": str(quick).lower(),
    } | {name: found for name in PACKAGES if (found := _version(name))}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def as_json(row: Row) -> dict[str, Any]:
    """A row for programs: medians in the row's unit, ratios beside what was owed and hoped for."""
    found: dict[str, Any] = {"workload": row.workload, "state": row.state}
    unit = row.unit.lower().replace("/", "_per_")
    found[f"ours_{unit}"] = _short(row.median)
    found["peers"] = {name: _short(value) for name, value in row.medians.items() if name != LIMIT}
    limit = row.medians.get(LIMIT)
    found["limit_ms"] = None if limit is None else _short(limit)
    found["n"] = len(row.ours)
    measured = [target for target in row.targets if row.ratio(target) is not None]
    found["ratio"] = {target.against: _short(row.ratio(target) or 0) for target in measured}
    found["floor"] = {target.against: target.floor for target in row.targets if target.floor is not None}
    found["goal"] = {target.against: target.goal for target in row.targets if target.goal is not None}
    found["verdict"] = {target.against: target.verdict(row.ratio(target) or 0) for target in measured}
    return found | ({"note": row.note} if row.note else {})


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def table(rows: Iterable[Row]) -> str:
    """Rows in Markdown: what we took, what the others took, and how that compares with the targets."""
    lines = ["| workload | state | ours | others | n | targets: floor / goal |", "|---|---|--:|---|--:|---|"]
    lines += [f"| {' | '.join(_cells(row))} |" for row in rows]
    return "\n".join(lines)


def _cells(row: Row) -> Sequence[str]:
    others = sorted(row.medians.items(), key=lambda other: other[1])
    theirs = ", ".join(f"{name} {figure(value)}" for name, value in others)
    verdicts = "<br>".join(verdict(row, target) for target in row.targets)
    told = "<br>".join(part for part in (verdicts, row.note) if part)
    return row.workload, row.state, f"{figure(row.median)} {row.unit}", theirs, str(len(row.ours)), told


def figure(value: float) -> str:
    """Three digits that matter."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def verdict(row: Row, target: Target) -> str:
    """One target in words: who, how we compare, what was owed and hoped for, and whether it is reached."""
    wanted = " / ".join("-" if value is None else f"{value:g}" for value in (target.floor, target.goal))
    rival, ratio = row.rival(target.against), row.ratio(target)
    if rival is None or ratio is None:
        return f"{target.against}: not measured ({wanted})"
    sign = "at most " if target.at_most else ""
    if target.floor is None and target.goal is None:
        return f"{figure(ratio)}x {rival[0]}"
    if target.against == ITSELF:
        return f"{sign}{wanted} {row.unit}: **{target.verdict(ratio)}**"
    return f"{figure(ratio)}x {rival[0]} ({sign}{wanted}): **{target.verdict(ratio)}**"


def told(row: Row) -> str:
    """A row as a line of plain text, for who watches."""
    verdicts = "; ".join(verdict(row, target) for target in row.targets).replace("**", "")
    return f"{row.workload}, {row.state}: {figure(row.median)} {row.unit}  {verdicts}  {row.note}".rstrip()
