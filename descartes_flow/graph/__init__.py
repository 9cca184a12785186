"""Programs as graphs of nodes, and their text form, the graft."""

import copyreg

from descartes_flow.graph.application import apply
from descartes_flow.graph.graft import write_graft
from descartes_flow.graph.leaves import constant, literal, parameter
from descartes_flow.graph.node import Kind, Node, is_bound
from descartes_flow.graph.origin import origin_here
from descartes_flow.graph.pickling import reduced
from descartes_flow.graph.reading import read_graft
from descartes_flow.graph.rewrite import function, substitute
from descartes_flow.graph.text import write_text
from descartes_flow.graph.traversal import postorder

copyreg.pickle(Node, reduced)  # not Node.__reduce__: nodes lie below grafts and must not import them

__all__ = [
    "Kind",
    "Node",
    "apply",
    "constant",
    "function",
    "is_bound",
    "literal",
    "origin_here",
    "parameter",
    "postorder",
    "read_graft",
    "substitute",
    "write_graft",
    "write_text",
]
