"""Every operation of the language; importing this package gives the proxies their methods."""

from . import (
    bands,
    collections,
    containers,
    control,
    datetimes,
    geocontexts,
    math,
    metadata,
    operators,
    pixels,
    reductions,
    sources,
    strings,
)

__all__ = [
    "bands",
    "collections",
    "containers",
    "control",
    "datetimes",
    "geocontexts",
    "math",
    "metadata",
    "operators",
    "pixels",
    "reductions",
    "sources",
    "strings",
]
