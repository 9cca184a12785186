"""Rules that a user gives to `add`: they win over what flags, STAC and files say."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np

from descartes_flow.errors import CatalogError


class _Unset:
    """Nothing was said; None is something: no nodata, no classes."""

    def __repr__(self) -> str:
        return "unset"


UNSET: Final = _Unset()


@dataclass(frozen=True, slots=True)
class BandRule:
    """What a user says about one band."""

    alias: str | tuple[str, ...] | _Unset = UNSET
    """Further names, stronger than those of the source."""

    scale: float | _Unset = UNSET
    """Physical value = stored value * scale + offset."""

    offset: float | _Unset = UNSET

    nodata: float | _Unset | None = UNSET
    """Stored value that means "no value"; None: every value is one."""

    unit: str | _Unset = UNSET

    classes: Mapping[int, str] | _Unset | None = UNSET
    """Names of the class values, which makes it a class band; None: it is none, whatever its name says."""

    safe_overviews: bool | _Unset = UNSET
    """Whether its overviews hold values of the full image (made by nearest or mode)."""

    dtype: str | _Unset = UNSET
    """Type of the stored values, where a remote file cannot be asked and STAC does not say."""

    def __post_init__(self) -> None:
        expected = {
            "alias": ("a name or a tuple of names", _is_names),
            "scale": ("a number", _is_number),
            "offset": ("a number", _is_number),
            "nodata": ("a number or None", lambda value: value is None or _is_number(value)),
            "unit": ("a string", lambda value: isinstance(value, str)),
            "classes": ("{value: name} or None", lambda value: value is None or _is_classes(value)),
            "safe_overviews": ("True or False", lambda value: isinstance(value, bool)),
            "dtype": ("the name of a dtype such as 'uint16'", is_dtype),
        }
        for name, (what, holds) in expected.items():
            value = getattr(self, name)
            if value is not UNSET and not holds(value):
                raise CatalogError(f"{name}: expected {what}, got {value!r}")

    @property
    def aliases(self) -> tuple[str, ...]:
        """The aliases that were given, none if none was."""
        if isinstance(self.alias, _Unset):
            return ()
        return (self.alias,) if isinstance(self.alias, str) else tuple(self.alias)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of one `add`: by band, and those for every data band (class bands keep their own values)."""

    bands: Mapping[str, BandRule]
    general: BandRule

    @classmethod
    def read(cls, bands: object, scale: object, offset: object, nodata: object) -> "Rules":
        """Rules from the arguments of `add`; None stands for "not given".

        Raises
        ------
        CatalogError
            If an option is unknown or of a wrong type, or two bands claim one alias.
        """
        if bands is not None and not isinstance(bands, Mapping):
            raise CatalogError(
                f"add(bands=): expected {{band: {{option: value}}}}, got {type(bands).__name__} {bands!r}"
            )
        rules = {
            str(name): _read_rule(f"add(bands=): {name!r}", rule) for name, rule in (bands or {}).items()
        }
        claimed: dict[str, str] = {}
        for name, rule in rules.items():
            for alias in rule.aliases:
                if claimed.setdefault(alias, name) != name:
                    raise CatalogError(
                        f"add(bands=): {claimed[alias]!r} and {name!r} both claim alias {alias!r}"
                    )
        given = {"scale": scale, "offset": offset, "nodata": nodata}
        general = _read_rule("add()", {name: value for name, value in given.items() if value is not None})
        return cls(rules, general)

    def of(self, names: Iterable[str]) -> BandRule:
        """Rule for the band with these names: the one under the earliest name, or an empty one."""
        return next((self.bands[name] for name in names if name in self.bands), BandRule())

    def check_used(self, names: Iterable[str]) -> None:
        """Refuse rules for bands that no item has: most likely a misspelt name."""
        known = set(names)
        unknown = sorted(set(self.bands) - known)
        if unknown:
            raise CatalogError(f"add(bands=): no item has a band {unknown}; bands found: {sorted(known)}")


def _read_rule(where: str, rule: object) -> BandRule:
    known = [option.name for option in fields(BandRule)]
    if not isinstance(rule, Mapping):
        raise CatalogError(f"{where}: expected a dict of options {known}, got {type(rule).__name__} {rule!r}")
    unknown = sorted(str(name) for name in rule if name not in known)
    if unknown:
        raise CatalogError(f"{where}: unknown option {unknown}; known: {known}")
    options: dict[str, Any] = dict(rule)
    if isinstance(options.get("alias"), list):
        options["alias"] = tuple(options["alias"])
    try:
        return BandRule(**options)
    except CatalogError as error:
        raise CatalogError(f"{where}, {error}") from None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_names(value: object) -> bool:
    names = (value,) if isinstance(value, str) else value
    return isinstance(names, tuple) and all(isinstance(name, str) and name for name in names)


def _is_classes(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(key, int) and isinstance(name, str) for key, name in value.items()
    )


def is_dtype(value: object) -> bool:
    """Whether this names a type of pixels."""
    return (
        isinstance(value, str)
        and re.fullmatch(r"(u?int|float|complex)\d+", value) is not None
        and hasattr(np, value)
    )
