"""Every operation of the language; importing this package gives the proxies their methods."""

from . import (
    bands,
    bits,
    collections,
    containers,
    control,
    datetimes,
    formats,
    geocontexts,
    grouping,
    items,
    lists,
    math,
    metadata,
    operators,
    ordering,
    pixels,
    reductions,
    sources,
    strings,
    timedeltas,
    windows,
)

OP_SET = "v1"
"""Name of this set of operations: grafts of another set may mean something else."""

__all__ = [
    "OP_SET",
    "bands",
    "bits",
    "collections",
    "containers",
    "control",
    "datetimes",
    "formats",
    "geocontexts",
    "grouping",
    "items",
    "lists",
    "math",
    "metadata",
    "operators",
    "ordering",
    "pixels",
    "reductions",
    "sources",
    "strings",
    "timedeltas",
    "windows",
]
