"""Names inside a graft: which are keys of values, which are constants, and how bound names are written.

A key is looked up from the innermost function outwards, so the name of a function's parameter hides
whatever has the same name outside. Where a program needs the hidden thing, the parameter is written with
a suffix, ``x~1``, and the suffix is taken off again when the graft is read: renaming is a matter of the text,
nodes keep the name that the user chose.
"""

import itertools
import re
from collections.abc import Collection, Sequence

RESERVED = frozenset({"returns", "parameters"})
"""Keys of a graft that are not names of values."""

_SUFFIX = re.compile(r"~[0-9]+\Z")


def is_number(name: str) -> bool:
    """Whether `name` is a decimal key, the kind that is given out when a graft is written."""
    return name.isascii() and name.isdigit()


def is_constant(name: str) -> bool:
    """Whether `name`, when nothing defines it, is a constant rather than a parameter."""
    return name.startswith("constants.") or name == "Ellipsis"


def is_function_type(type_name: str) -> bool:
    """Whether a parameter of this type may be called."""
    return type_name.startswith("Function")


def written_name(name: str, taken: Collection[str]) -> str:
    """Name under which a bound parameter is written where the names `taken` mean something else.

    Examples
    --------
    >>> written_name("x", {"add"}), written_name("x", {"x"}), written_name("7", ())
    ('x', 'x~1', '7~1')
    """
    plain = not is_number(name) and name not in RESERVED and not _SUFFIX.search(name)
    if plain and name not in taken:
        return name
    return next(other for n in itertools.count(1) if (other := f"{name}~{n}") not in taken)


def plain_names(written: Sequence[str]) -> list[str]:
    """Names that a function's parameters had before they were written; as they are if two would be equal.

    Examples
    --------
    >>> plain_names(["x~1", "y"]), plain_names(["x~1", "x~2"])
    (['x', 'y'], ['x~1', 'x~2'])
    """
    plain = [_SUFFIX.sub("", name) for name in written]
    return plain if len(set(plain)) == len(plain) else list(written)
