"""Writes ``types/methods.pyi``: what operations give to the proxies, as editors and type checkers see it.

Run as ``python -m descartes_flow.ops.stubs``; ``make stubs`` does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any as AnyValue

from ..types import Arraylike, Same, methods
from ..types.names import TYPES
from ..types.promotion import alternatives
from .overload import Overload
from .registry import METHODS
from .rows import BINARY, UNARY, BinaryOperator, accepts
from .signatures import UNKNOWN, by_result, given, outcome, parameters, results

TARGET = Path(__file__).parents[1] / "types" / "methods.pyi"

HEAD = '''\
# fmt: off
# Written by `python -m descartes_flow.ops.stubs` from the declared operations; do not edit.
"""What operations give to the proxies."""

'''

Members = dict[str, list[str]]
"""The lines of each member of a class, by its name."""


def text() -> str:
    """The whole stub."""
    members: dict[str, Members] = defaultdict(dict)
    for operator in BINARY.values():
        for cls in operator.classes:
            members[mixin(cls)].update(_of_operator(operator, cls))
    for unary in UNARY.values():
        for cls, result in unary.results.items():
            shown = given(Same if result is None else result)
            members[mixin(cls)][f"__{unary.method}__"] = [f"def __{unary.method}__(self) -> {shown}: ..."]
    for overload in METHODS:
        for name, lines in _of_method(overload):
            members[name][overload.public_name] = lines
    body = "\n\n".join(_class(name, members[name]) for name in vars(methods) if name.endswith("Methods"))
    return f"{HEAD}{_imports(body)}\n\n{body}\n"


def mixin(cls: type) -> str:
    """Name of the class in `types.methods` that shows the methods of a proxy class."""
    return next(base.__name__ for base in cls.__mro__ if base.__module__ == methods.__name__)


def _of_method(overload: Overload) -> Iterator[tuple[str, list[str]]]:
    """A declared method for every mixin that shows it."""
    name, options = overload.public_name, overload.options
    owner = options.constructs or options.on
    assert owner is not None, "a method belongs to a class"
    summary = (overload.__doc__ or "").partition("\n")[0]
    if not options.cases:
        decorators = ["@property"] * options.as_property + ["@classmethod"] * (options.constructs is not None)
        signatures = [_signature(name, *way) for way in results(overload)]
        yield mixin(owner), _defined(signatures, decorators, summary)
        return
    argument = overload.arguments[-1].name
    before = parameters(overload)[:-1]
    for cls, cases in options.cases.items():
        signatures = [
            _signature(name, [*before, _literal(argument, value)], given(Same if result is cls else result))
            for value, result in cases.items()
        ]
        signatures.append(_signature(name, [*before, f"{argument}: object"], UNKNOWN))
        yield mixin(cls), _defined(signatures, [], summary)


def _literal(argument: str, value: AnyValue) -> str:
    return f"{argument}: None = None" if value is None else f"{argument}: Literal[{value!r}]"


def _of_operator(operator: BinaryOperator, cls: type) -> Iterator[tuple[str, list[str]]]:
    """The special methods of a binary operator on one class."""
    for reflected in (False, True) if not operator.is_comparison else (False,):
        name = f"__{'r' if reflected else ''}{operator.method}__"
        found = by_result(_options(operator, cls, reflected), python_only=reflected)
        if not found:
            continue
        ways = [(["self", f"other: {taken}"], result) for result, taken in found.items()]
        signatures = [_signature(name, *way) for way in ways]
        lines = _defined(signatures, [], "")
        first, *others = found.values()
        if first.startswith("bool") and any(re.search(r"\b(int|float)\b", taken) for taken in others):
            lines[1] += "  # type: ignore[overload-overlap]"  # a bool is an int, whose result is another
        if operator.method in ("eq", "ne"):
            lines[0] += "  # type: ignore[override]"  # of object, which promises a bool
        yield name, lines
    if operator.method == "eq":
        yield "__hash__", ["__hash__: ClassVar[None]  # type: ignore[assignment]"]


def _options(operator: BinaryOperator, cls: type, reflected: bool) -> Iterator[tuple[AnyValue, str]]:
    """What an operand may be combined with, and what that gives."""
    for row in operator.rows:
        own, other = (row.right, row.left) if reflected else (row.left, row.right)
        if not accepts(own, cls):
            continue
        for option in alternatives(other):
            if operator.is_comparison and option is Arraylike and not issubclass(cls, Arraylike):
                continue  # a type checker asks the array, as Python would
            fixed = isinstance(row.result, type)
            result = given(row.result) if fixed else outcome(row.result, cls, option, reflected=reflected)
            yield cls if option is Same else option, result


def _signature(name: str, arguments: list[str], result: str) -> str:
    return f"def {name}({', '.join(arguments)}) -> {result}:"


def _defined(signatures: list[str], decorators: list[str], summary: str) -> list[str]:
    """The definition of a member, as overloads where there are several signatures."""
    decorators = (["@overload"] if len(signatures) > 1 else []) + decorators
    body = f'"""{summary}"""' if summary else "..."
    return [line for signature in signatures for line in (*decorators, f"{signature} {body}")]


def _class(name: str, members: Members) -> str:
    lines = [line for member in members.values() for line in member] or ["..."]
    return "\n".join([f"class {name}:", *(f"    {line}" for line in lines)])


def _imports(body: str) -> str:
    """The imports that the stub needs."""
    words = set(re.findall(r"\w+", re.sub(r'""".*?"""', "", body)))

    def used(*names: str) -> list[str]:
        return [name for name in names if name in words]

    lines = [f"import {name}" for name in used("datetime")]
    lines.append(f"from collections.abc import {', '.join(used('Callable', 'Mapping', 'Sequence'))}")
    lines.append(f"from typing import Any as {UNKNOWN}")
    lines.append(f"from typing import {', '.join(used('ClassVar', 'Literal', 'Self', 'overload'))}")
    lines += ["", *(f"import {name} as np" for name in ("numpy",) if "np" in words)]
    names = used(*sorted(TYPES, key=str.lower))
    lines += ["", "from . import (", *(f"    {name}," for name in names), ")"]
    lines += [f"from .geospatial.vector import {name}" for name in used("HasGeoInterface")]
    return "\n".join(lines)


def main() -> None:
    """Write the stub."""
    TARGET.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
