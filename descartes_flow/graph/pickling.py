"""Nodes as bytes: through the text of a graft, which is flat however deep the program is."""

import json
from collections.abc import Callable, Mapping

from descartes_flow.graph.graft import write_graft
from descartes_flow.graph.node import Node
from descartes_flow.graph.reading import Reader
from descartes_flow.graph.syntax import parse


def reduced(node: Node) -> tuple[Callable[..., Node], tuple[str, dict[str, str]]]:
    """What pickle keeps of a node: its graft, and the types of the parameters, which a graft leaves out."""
    return restored, (json.dumps(write_graft(node)), dict(param.value for param in node.free))


def restored(text: str, types: Mapping[str, str]) -> Node:
    """The node whose `reduced` form this is; the same object if it still lives in this process."""
    return Reader(types).node(parse(json.loads(text), limits=False))
