"""Writes ``docs/operations.md``: every declared operation with its signature and documentation, by class.

Run as ``python -m descartes_flow.ops.reference``; ``make stubs`` does.
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any as AnyValue

from ..types import Same
from ..types.promotion import expectation
from . import formats, math
from .overload import Overload
from .registry import FUNCTIONS, METHODS
from .rows import BINARY, UNARY
from .signatures import results

TARGET = Path(__file__).parents[2] / "docs" / "operations.md"

HEAD = """\
# Operations

Written by `python -m descartes_flow.ops.reference` from the declared operations; do not edit.

`Self` is the type of the object itself, `AnyValue` a type that follows from the arguments.
What operations make of masked pixels, NaN, inf and empty imagery is told in [semantics.md](semantics.md).

How values of these types are built, and all that is no operation (parameters, functions, `compute`, maps, the
catalog), is told by `help`, for example `help(wf.GeoContext)`. `dir(wf.numpy)` lists the functions of arrays.
"""

TITLES = {"Imagery": "Image and ImageCollection", "Arraylike": "Array and MaskedArray"}
"""Sections of methods that types share, which users know by the names of those types."""

ORDER = (
    "Functions",
    "Imagery",
    "Image",
    "ImageCollection",
    "ImageCollectionGroupby",
    "GeoContext",
    "Geometry",
    "GeometryCollection",
    "Feature",
    "FeatureCollection",
    "List",
    "Tuple",
    "Dict",
    "Str",
    "Datetime",
    "Timedelta",
    "Any",
    "Arraylike",
)
"""The sections that come first; the others follow by name."""

PLAIN_FUNCTIONS: tuple[Callable[..., AnyValue], ...] = (formats.format, math.normalized_difference)
"""Functions made of other operations."""


def text() -> str:
    """The whole page."""
    entries: dict[str, list[str]] = defaultdict(list)
    for overload in METHODS:
        owner = overload.options.constructs or overload.options.on
        assert owner is not None, "a method belongs to a class"
        called = TITLES.get(owner.__name__, owner.__name__).partition(" ")[0]
        entries[owner.__name__].append(_entry(overload, f"{called}."))
    functions = [_entry(FUNCTIONS[name]) for name in sorted(FUNCTIONS)]
    functions += [_documented(f"{f.__name__}({_names(f)})", f) for f in PLAIN_FUNCTIONS]
    entries["Functions"] = functions
    names = [name for name in ORDER if name in entries] + sorted(entries.keys() - set(ORDER))
    sections = {TITLES.get(name, name): entries[name] for name in names}
    pages = [f"## {title}\n\n" + "\n".join(section) for title, section in sections.items()]
    return "\n".join([HEAD, _contents(sections), *pages, _operators()])


def _contents(sections: dict[str, list[str]]) -> str:
    """The sections with the names of what they hold."""
    lines = []
    for title, section in sections.items():
        names = dict.fromkeys(
            entry.partition("`")[2].partition("`")[0].rpartition(".")[2] for entry in section
        )
        listed = ", ".join(f"`{name}`" for name in names if not name.startswith("_"))
        lines.append(f"* [{title}](#{title.lower().replace(' ', '-')}): {listed}")
    return "\n".join([*lines, "* [Operators](#operators)", ""])


def _names(function: Callable[..., AnyValue]) -> str:
    """The parameters of a function as its definition lists them, without their types."""
    shown = inspect.signature(function).parameters.values()
    return ", ".join(str(parameter).partition(":")[0] for parameter in shown)


def _entry(overload: Overload, prefix: str = "") -> str:
    """One operation: its signatures, and what its documentation says."""
    name = f"{prefix}{overload.public_name}"
    if overload.options.as_property:
        return _documented(f"{name} -> {results(overload)[0][1]}", overload)
    signatures = [
        f"{name}({', '.join(shown for shown in parameters if shown not in ('self', 'cls'))}) -> {result}"
        for parameters, result in results(overload)
    ]
    return _documented("\n".join(signatures), overload)


def _documented(signatures: str, described: AnyValue) -> str:
    name = signatures.partition("(")[0].partition(" ")[0]
    return f"### `{name}`\n\n```python\n{signatures}\n```\n\n{markdown(inspect.getdoc(described) or '')}\n"


def markdown(docstring: str) -> str:
    r"""A numpydoc docstring as Markdown: sections in bold, what they list as items, examples as code.

    Examples
    --------
    >>> print(markdown("Sum.\n\nParameters\n----------\nx : int\n    Any number."))
    Sum.
    <BLANKLINE>
    **Parameters**
    <BLANKLINE>
    * `x : int`
      Any number.
    """
    return "\n".join(_lines(docstring.splitlines())).strip()


def _lines(lines: list[str]) -> Iterator[str]:
    section = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if following and set(following) == {"-"}:
            section = line
            yield f"**{section}**\n"
            if section == "Examples":
                yield "```python"
        elif line and set(line) == {"-"}:
            continue
        elif section in ("", "Examples"):
            yield line.replace("``", "`") if not section else line
        elif line.startswith(" "):
            yield f"  {line.strip().replace('``', '`')}"
        else:
            yield f"* `{line}`" if line else ""
    if section == "Examples":
        yield "```"


def _operators() -> str:
    """A table of the operators: what they take on either side; equal rows are one."""
    symbols: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for operator in BINARY.values():
        for row in operator.rows:
            symbols[expectation(row.left, Same), expectation(row.right, Same)][operator.symbol] = None
    for unary in UNARY.values():
        symbols["", ", ".join(cls.__name__ for cls in unary.results)][f"{unary.symbol}x"] = None
    table = ["| left | operators | right |", "|---|---|---|"]
    for (left, right), which in symbols.items():
        shown = " ".join(f"`{symbol}`" for symbol in which).replace("|", "\\|")
        table.append(f"| {left} | {shown} | {right} |")
    return "\n".join(["## Operators", "", "`Same` is the type of the other operand.", "", *table, ""])


def main() -> None:
    """Write the page."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
