"""Struct[{name: T, ...}]: values by field, each field of its own type."""

from __future__ import annotations

import functools
import keyword
from collections.abc import Mapping
from typing import Any as AnyValue
from typing import ClassVar

from ...errors import ProxyTypeError
from ...graph import Node, apply, literal
from ..generics import GenericProxy
from ..proxytype import ProxyMeta, Proxytype, describe


class Struct(GenericProxy):
    """Values by field, read as attributes: a base for types that consist of others.

    A class of ``Struct[{...}]`` is a type of its own, and may say more of its fields.

    Parameters
    ----------
    **fields
        One value for each field, promoted to its type.

    Attributes
    ----------
    fields : dict
        Type of each field.
    constructor : str
        Name of the operation that builds the value.
    optional : frozenset of str
        Fields that may be left out, or be None; the graft leaves them out then.
    read_only : frozenset of str
        Fields that the operation fills in; they cannot be passed.
    docs : mapping
        Documentation of the attributes, by field.

    Raises
    ------
    ProxyTypeError
        If a field is missing, unknown, read-only, or of an unsuitable type; the message names it.

    Examples
    --------
    >>> from descartes_flow import Float, Int
    >>> class Reading(Struct[{"value": Float, "count": Int}]):
    ...     optional = frozenset({"count"})
    >>> reading = Reading(value=1.5)
    >>> (reading.value * 2).compute(), reading.compute()
    (3.0, {'value': 1.5})
    """

    __slots__ = ("__dict__",)
    arity: ClassVar[int | None] = 1

    fields: ClassVar[dict[str, type[Proxytype]]] = {}
    constructor: ClassVar[str] = "struct"
    optional: ClassVar[frozenset[str]] = frozenset()
    read_only: ClassVar[frozenset[str]] = frozenset()
    docs: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "parameters" in vars(cls):
            cls.fields = cls.parameters[0]
        else:  # written by hand: a type of its own, not Struct[{...}] under another name
            cls.origin, cls.parameters, cls.is_generic = None, (), not cls.fields
        for name, kind in cls.fields.items():
            attribute = _attribute(name, kind, cls.docs.get(name, f"The field `{name}`."))
            attribute.__set_name__(cls, name)
            setattr(cls, name, attribute)

    def __init__(self, **fields: AnyValue) -> None:
        self._require_concrete("the fields must be specified (like `Struct[{'a': Int}]`)")
        cls = type(self)
        required = [name for name in cls.fields if name not in cls.optional | cls.read_only]
        missing = [repr(name) for name in required if name not in fields]
        if missing:
            raise ProxyTypeError(
                f"Missing required keyword arguments to {cls.__name__}: {', '.join(missing)}"
            )
        given = {
            name: value for name, value in fields.items() if value is not None or name not in cls.optional
        }
        self._node = apply(
            cls.constructor, **{name: cls._field(name, value) for name, value in given.items()}
        )

    @classmethod
    def _field(cls, name: str, value: object) -> Node:
        if name not in cls.fields:
            raise ProxyTypeError(f"{cls.__name__} has no field {name!r}; it has {', '.join(cls.fields)}")
        if name in cls.read_only:
            raise ProxyTypeError(f"{cls.__name__}({name}=): the field is read-only, it cannot be passed")
        try:
            return cls.fields[name]._promote(value)._node
        except ProxyTypeError as error:
            raise ProxyTypeError(
                f"{cls.__name__}({name}=): expected {cls.fields[name].__name__}, got {describe(value)}"
            ) from error

    @classmethod
    def _normalise_parameters(cls, given: tuple[AnyValue, ...]) -> tuple[AnyValue, ...]:
        (fields,) = super()._normalise_parameters(given)
        if not isinstance(fields, dict) or not all(isinstance(kind, ProxyMeta) for kind in fields.values()):
            raise TypeError(
                f"Struct takes a dict of Proxytypes by field, like Struct[{{'a': Int}}], got {fields!r}"
            )
        for name in fields:
            usable = isinstance(name, str) and name.isidentifier() and not keyword.iskeyword(name)
            if not usable or name.startswith("_") or hasattr(Struct, name):
                raise TypeError(
                    f"a Struct cannot have a field {name!r}: it is no identifier, private or taken"
                )
        return given


def _attribute(name: str, kind: type[Proxytype], documentation: str) -> functools.cached_property[Proxytype]:
    """The attribute that reads a field, always the same proxy."""

    def read(self: Struct) -> Proxytype:
        return kind._from_node(apply("getattr", self._node, literal(name)))

    read.__doc__ = documentation
    return functools.cached_property(read)
