"""A point on the ground as people write it."""

from __future__ import annotations

import re
from typing import NamedTuple

NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)"
COORDINATE = rf"(?:([NSEW]) ?({NUMBER}) ?°?|({NUMBER}) ?°? ?([NSEW]?))"
"""Letter and number, or number and letter."""

POSITION = re.compile(rf"{COORDINATE}(?: ?[,;] ?| ){COORDINATE}")

NORTH_SOUTH = ("N", "S")
EAST_WEST = ("E", "W")
EXPECTED = "expected latitude, longitude, such as 35.687, -105.938 or 35.687N 105.938W"


class Position(NamedTuple):
    """Degrees; as text with four decimals, which are 11 metres or less."""

    lat: float
    lon: float

    def __str__(self) -> str:
        return f"{self.lat:.4f}, {(self.lon + 180) % 360 - 180:.4f}"

    @classmethod
    def parse(cls, text: str) -> Position:
        """The position that `text` means: latitude first, unless letters say otherwise.

        Parameters
        ----------
        text : str
            Two numbers of degrees, with a comma or a blank between them; negative in the south and west, or
            with one of the letters N, S, E, W before or after them.

        Raises
        ------
        ValueError
            If it is no position.

        Examples
        --------
        >>> Position.parse("35.687, -105.938")
        Position(lat=35.687, lon=-105.938)
        >>> Position.parse("105.9W 35.7N")
        Position(lat=35.7, lon=-105.9)
        """
        words = " ".join(text.upper().replace("\N{MINUS SIGN}", "-").split())
        found = POSITION.fullmatch(words)
        if found is None:
            raise ValueError(f"{EXPECTED}, got {text!r}")
        coordinates = [_coordinate(*found.groups()[start : start + 4]) for start in (0, 4)]
        if coordinates[0].letter in EAST_WEST or coordinates[1].letter in NORTH_SOUTH:
            coordinates.reverse()
        try:
            lat, lon = coordinates[0].degrees(NORTH_SOUTH), coordinates[1].degrees(EAST_WEST)
        except ValueError:
            raise ValueError(f"{EXPECTED}, got {text!r}") from None
        if abs(lat) > 90 >= abs(lon) and not any(coordinate.letter for coordinate in coordinates):
            raise ValueError(f"latitude comes first and is at most 90; meant {lon:g}, {lat:g}?")
        if abs(lat) > 90 or abs(lon) > 180:
            raise ValueError(f"latitudes lie within -90 .. 90, longitudes within -180 .. 180, got {text!r}")
        return cls(lat, lon)


class _Coordinate(NamedTuple):
    number: str
    letter: str

    def degrees(self, letters: tuple[str, str]) -> float:
        """The number; turned round by the second of `letters`. ValueError for other letters, or a sign."""
        if self.letter and (self.letter not in letters or self.number[0] in "+-"):
            raise ValueError(self)
        return -float(self.number) if self.letter == letters[1] else float(self.number)


def _coordinate(*parts: str | None) -> _Coordinate:
    before, number, other_number, after = parts
    return _Coordinate(number or other_number or "", before or after or "")
