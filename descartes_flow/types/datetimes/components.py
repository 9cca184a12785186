"""What Datetime and Timedelta are built from: numbers by the name of their unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue

from ...errors import ProxyTypeError
from ...graph import Node
from ..promotion import expectation, promoter
from ..proxytype import describe


def components(owner: str, values: Mapping[str, object], kinds: AnyValue) -> list[Node]:
    """The nodes of numbers given by unit, each of one of `kinds`; an error names the unit.

    Examples
    --------
    >>> from descartes_flow import Int
    >>> [node.value for node in components("Datetime", {"year": 2020, "month": 2}, Int)]
    [2020, 2]
    """
    promote = promoter(kinds)
    nodes = []
    for name, value in values.items():
        try:
            nodes.append(promote(value, None)._node)
        except ProxyTypeError as error:
            raise ProxyTypeError(
                f"{owner}({name}=): expected {expectation(kinds)}, got {describe(value)}\n\n{error}"
            ) from error
    return nodes
