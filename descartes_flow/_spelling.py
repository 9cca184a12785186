"""What a user may have meant by a name that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

SUGGESTED = 3
SHORTEST_PART = 4


def alike(name: str, known: Iterable[str]) -> list[str]:
    """The known names that are spelled alike, at most three, the likeliest first.

    Upper and lower case do not count. A name of four letters or more is also taken for the beginning or the
    end of a longer one: ``clip`` for ``clip_values``.

    Examples
    --------
    >>> alike("Viridis", ["viridis", "plasma"])
    ['viridis']
    >>> alike("clip", ["clip_values", "mask"])
    ['clip_values']
    """
    spelled: dict[str, str] = {}
    for one in known:
        spelled.setdefault(one.lower(), one)
    wanted = name.lower()
    if wanted in spelled:
        return [spelled[wanted]]
    close = difflib.get_close_matches(wanted, spelled, n=SUGGESTED, cutoff=0.65)
    if len(wanted) >= SHORTEST_PART:
        close += [other for other in spelled if other.startswith(wanted) or other.endswith(f"_{wanted}")]
    return [spelled[found] for found in dict.fromkeys(close)][:SUGGESTED]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``"; did you mean 'viridis'?"``, or "" where no known name is spelled alike.

    Examples
    --------
    >>> did_you_mean("gren", ["red", "green"])
    "; did you mean 'green'?"
    >>> did_you_mean("x", ["red", "green"])
    ''
    """
    found = [other for other in alike(name, known) if other != name]
    return f"; did you mean {' or '.join(map(repr, found))}?" if found else ""
