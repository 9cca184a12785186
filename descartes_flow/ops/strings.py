"""Operations on texts: those of Python's ``str``, by the shape of their arguments."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any as AnyValue

from ..types import Bool, Int, List, Str, Tuple
from ..types.proxytype import Proxytype
from . import sizes
from .registry import BUILD, operation

__test__: dict[str, str] = {}
"""The documentation of the methods declared by `_declare`, whose examples doctest runs."""

Check = Callable[[str, tuple[Proxytype, ...]], None]
"""``(name of the method, promoted arguments)``: raises ValueError where a literal cannot be right."""


def _declare(
    shape: Callable[..., AnyValue],
    name: str,
    summary: str,
    text: str,
    *arguments: object,
    gives: object,
    size: Callable[..., int] | None = None,
    check: Check | None = None,
) -> None:
    """Declare ``Str.<name>``, which computes what Python's method of that name does.

    Parameters
    ----------
    shape : function
        Its arguments and result; the documentation of the arguments follows its first line.
    name, summary : str
    text, *arguments, gives : object
        An example: what the method gives for a text and arguments.
    size : callable, optional
        ``(text, *arguments) -> length``, where a small program could ask for a huge text.
    check : callable, optional
        Looks at the arguments while the graph is built.
    """

    @functools.wraps(shape)
    def method(*promoted: AnyValue) -> AnyValue:
        if check is not None:
            check(name, promoted)
        return BUILD

    call = f"wf.Str({text!r}).{name}({', '.join(map(repr, arguments))})"
    example = f"Examples\n--------\n>>> import descartes_flow as wf\n>>> {call}.compute()\n{gives!r}"
    described = (inspect.getdoc(shape) or "").partition("\n\n")[2]
    method.__name__ = method.__qualname__ = name
    method.__doc__ = __test__[name] = "\n\n".join(filter(None, (summary, described, example)))
    plain = getattr(str, name)
    operation(f"Str.{name}", on=Str)(method).value(sizes.bounded(plain, size) if size else plain)


def _changed(self: Str) -> Str:
    """Of the text alone another text."""
    ...


_declare(_changed, "capitalize", "The first letter large, all others small.", "red EDGE", gives="Red edge")
_declare(_changed, "casefold", "For comparing without regard to case.", "Straße", gives="strasse")
_declare(_changed, "lower", "All letters small.", "NDVI", gives="ndvi")
_declare(_changed, "swapcase", "Small letters large, large ones small.", "Red", gives="rED")
_declare(_changed, "title", "Each word with a large first letter.", "red edge", gives="Red Edge")
_declare(_changed, "upper", "All letters large.", "ndvi", gives="NDVI")


def _tested(self: Str) -> Bool:
    """Whether all of the text is of a kind."""
    ...


_ALL = "Whether there is a character, and all are {}."
_declare(_tested, "isalnum", _ALL.format("letters or digits"), "B8A", gives=True)
_declare(_tested, "isalpha", _ALL.format("letters"), "B8A", gives=False)
_declare(_tested, "isdigit", _ALL.format("digits"), "2016", gives=True)
_declare(_tested, "isspace", _ALL.format("white space"), " ", gives=True)
_declare(_tested, "islower", "Whether there is a letter, and none is large.", "b8a", gives=True)
_declare(_tested, "isupper", "Whether there is a letter, and none is small.", "B8a", gives=False)
_declare(
    _tested, "istitle", "Whether exactly the first letter of each word is large.", "Red Edge", gives=True
)


def _one_character(name: str, arguments: tuple[Proxytype, ...]) -> None:
    given = getattr(arguments[2], "literal_value", None)
    if isinstance(given, str) and len(given) != 1:
        raise ValueError(f"Str.{name}(fillchar=): expected one character, got {given!r}")


def _width(text: str, width: int, fillchar: str = " ") -> int:
    return width


def _padded(self: Str, width: Int, fillchar: Str = " ") -> Str:  # type: ignore[assignment]
    """Brought to a width.

    Parameters
    ----------
    width : int or Int
        In characters; a text that is longer stays as it is.
    fillchar : str or Str
        The one character that fills.
    """
    ...


_pad = functools.partial(_declare, _padded, size=_width, check=_one_character)
_pad("center", "The text in the middle of a given width.", "nir", 7, "*", gives="**nir**")
_pad("ljust", "The text at the left of a given width.", "nir", 5, ".", gives="nir..")
_pad("rjust", "The text at the right of a given width.", "nir", 5, gives="  nir")


def _filled(self: Str, width: Int) -> Str:
    """Brought to a width by zeros.

    Parameters
    ----------
    width : int or Int
        In characters; a text that is longer stays as it is.
    """
    ...


_declare(_filled, "zfill", "Zeros before the text, after its sign.", "-7", 4, gives="-007", size=_width)


def _expanded(self: Str, tabsize: Int = 8) -> Str:  # type: ignore[assignment]
    """Without tabs.

    Parameters
    ----------
    tabsize : int or Int
        Width of a column, in characters.
    """
    ...


_declare(
    _expanded,
    "expandtabs",
    "Every tab as the spaces to the next column.",
    "a\tb",
    4,
    gives="a   b",
    size=lambda text, tabsize=8: len(text) + text.count("\t") * tabsize,
)


def _found(self: Str, sub: Str, start: Int | None = None, end: Int | None = None) -> Int:
    """A number that says where, or how often.

    Parameters
    ----------
    sub : str or Str
    start, end : int or Int, optional
        Look between these positions only; negative ones count from the end.
    """
    ...


_declare(_found, "count", "How often `sub` occurs, without overlaps.", "B8, B8A", "B8", gives=2)
_declare(_found, "find", "Position at which `sub` first occurs, -1 if it does not.", "S2A_B8A", "A", gives=2)
_declare(_found, "rfind", "Position at which `sub` last occurs, -1 if it does not.", "S2A_B8A", "A", gives=6)


def _bounded(self: Str, sub: Str, start: Int | None = None, end: Int | None = None) -> Bool:
    """Whether a part stands at an end.

    Parameters
    ----------
    sub : str or Str
    start, end : int or Int, optional
        Look at the text between these positions only; negative ones count from the end.
    """
    ...


_declare(_bounded, "startswith", "Whether the text begins with `sub`.", "LC08_L1", "LC08", gives=True)
_declare(_bounded, "endswith", "Whether the text ends with `sub`.", "LC08_L1", "L2", gives=False)


def _stripped(self: Str, chars: Str | None = None) -> Str:
    """Without its ends.

    Parameters
    ----------
    chars : str or Str, optional
        The characters to take away, in any order. Left out: white space.
    """
    ...


_declare(_stripped, "strip", "Without certain characters at both ends.", " nir ", gives="nir")
_declare(_stripped, "lstrip", "Without certain characters at the left.", "007", "0", gives="7")
_declare(_stripped, "rstrip", "Without certain characters at the right.", "0.500", "0", gives="0.5")


def _shortened(self: Str, affix: Str) -> Str:
    """Without what it begins or ends with.

    Parameters
    ----------
    affix : str or Str
        A text that has it not stays as it is.
    """
    ...


_declare(_shortened, "removeprefix", "Without a certain beginning.", "S2A_B8", "S2A_", gives="B8")
_declare(_shortened, "removesuffix", "Without a certain ending.", "B8.tif", ".tif", gives="B8")


def _not_empty(name: str, arguments: tuple[Proxytype, ...]) -> None:
    if getattr(arguments[1], "literal_value", None) == "":
        raise ValueError(f"Str.{name}(sep=): an empty text separates nothing")


def _split(self: Str, sep: Str | None = None, maxsplit: Int = -1) -> List[Str]:  # type: ignore[assignment]
    """Several parts.

    Parameters
    ----------
    sep : str or Str, optional
        Left out: any amount of white space.
    maxsplit : int or Int
        Most splits; -1: all.
    """
    ...


_cut = functools.partial(_declare, check=_not_empty)
_cut(_split, "split", "The parts between separators, split from the left.", "a b  c", gives=["a", "b", "c"])
_cut(
    _split,
    "rsplit",
    "The parts between separators, split from the right.",
    "a.b.c",
    ".",
    1,
    gives=["a.b", "c"],
)


def _parted(self: Str, sep: Str) -> Tuple[Str, Str, Str]:
    """Three parts.

    Parameters
    ----------
    sep : str or Str
        Not empty. Where it does not occur, two of the parts are empty.
    """
    ...


_cut(
    _parted,
    "partition",
    "What stands before the first separator, it, and what follows.",
    "S2A_B8_10m",
    "_",
    gives=("S2A", "_", "B8_10m"),
)
_cut(
    _parted,
    "rpartition",
    "What stands before the last separator, it, and what follows.",
    "S2A_B8_10m",
    "_",
    gives=("S2A_B8", "_", "10m"),
)


def _lines(self: Str) -> List[Str]:
    """Several lines."""
    ...


_declare(_lines, "splitlines", "The lines, without their ends.", "red\nnir\n", gives=["red", "nir"])


def _joined(self: Str, parts: List[Str]) -> Str:
    """One of several.

    Parameters
    ----------
    parts : list of str, or List[Str]
    """
    ...


_declare(
    _joined,
    "join",
    "The parts with the text between each two.",
    " and ",
    ["red", "nir"],
    gives="red and nir",
    size=lambda text, parts: sum(map(len, parts)) + len(text) * len(parts),
)


def _replaced(self: Str, old: Str, new: Str, count: Int = -1) -> Str:  # type: ignore[assignment]
    """With another part.

    Parameters
    ----------
    old, new : str or Str
    count : int or Int
        Most replacements, from the left; -1: all.
    """
    ...


def _length_replaced(text: str, old: str, new: str, count: int = -1) -> int:
    occurrences = text.count(old)
    times = occurrences if count < 0 else min(count, occurrences)
    return len(text) + times * (len(new) - len(old))


_declare(
    _replaced,
    "replace",
    "With one part in place of another.",
    "B8_B8A",
    "B8",
    "nir",
    gives="nir_nirA",
    size=_length_replaced,
)
