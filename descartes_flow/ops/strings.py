"""Operations on texts."""

from __future__ import annotations

from ..types import Int, List, Str
from .registry import operation


@operation("Str.split", on=Str, method="split")
def split(self: Str, sep: Str | None = None, maxsplit: Int = -1) -> List[Str]:  # type: ignore[assignment]
    """The parts of the text between separators, as Python's ``str.split``.

    Parameters
    ----------
    sep : str, optional
        Left out: any white space.
    maxsplit : int
        Most splits, from the left; -1: all.
    """
    ...


split.value(str.split)
