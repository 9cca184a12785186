"""Error texts for names that users misspell or look for in the wrong place: attributes, keyword arguments."""

from __future__ import annotations

import inspect
from typing import Any as AnyValue

from .._spelling import did_you_mean
from .names import TYPES, article

PACKAGE: list[str] = []
"""The public names of the package, which its ``__init__`` enters: a user may look for them on a proxy."""


def unknown_attribute(cls: AnyValue, name: str, what: str) -> str:
    """Python's own text, and where the user may find what is meant.

    Parameters
    ----------
    cls : ProxyMeta
        The class of the proxy.
    name : str
        What was looked for.
    what : str
        Whose attribute it would be, for the text.
    """
    text = f"{what} has no attribute {name!r}"
    if name.startswith("_"):
        return text
    if name in PACKAGE and name[0].islower() and name != "visualize":  # of imagery alone
        return f"{text}; it is a function: wf.{name}(...)"
    known = [attribute for attribute in dir(cls) if not attribute.startswith("_")]
    is_collection = any("element_type" in vars(base) for base in cls.__mro__) and not cls.is_generic
    if is_collection and name in dir(cls.element_type()):
        return f"{text}; its items have it: x.map(lambda item: item.{name}...)"
    meant = did_you_mean(name, known)
    elsewhere: str = cls._elsewhere.format(name=name)
    return text + (meant or elsewhere)


def unknown_function(name: str) -> str:
    """The text for a name that the package does not have: a misspelt one, or that of a method."""
    text = f"wf has no {name!r}"
    owners = [kind for kind in _MOST_USED if not name.startswith("_") and name in dir(TYPES[kind])]
    if owners:
        return f"{text}; it is a method: x.{name}(...) of {article(owners[0])}"
    return text + did_you_mean(name, PACKAGE)


_MOST_USED = ("Image", "ImageCollection", "List", "Str")
"""Types whose methods users take for functions of the package."""


def wrong_call(call: str, signature: inspect.Signature, error: TypeError, named: dict[str, AnyValue]) -> str:
    """Python's own text for arguments that do not fit a signature, and the arguments that there are.

    Parameters
    ----------
    call : str
        What was called.
    signature : inspect.Signature
        Its arguments; of a method without the object.
    error : TypeError
        What ``signature.bind`` raised.
    named : dict
        The keyword arguments of the call.
    """
    known = {name: one for name, one in signature.parameters.items() if name not in ("self", "cls")}
    unknown = [name for name in named if name not in known]
    meant = did_you_mean(unknown[0], known) if unknown else ""
    written = ", ".join(STARS.get(one.kind, "") + name for name, one in known.items()) or "none"
    return f"{call}(): {error}" + (meant or f"; the arguments are {written}")


STARS: dict[AnyValue, str] = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
"""How Python marks arguments of any number."""
