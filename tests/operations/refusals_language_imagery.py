"""Wrong uses of the operations of imagery that every program uses."""

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.operations.case import Refusal

REFUSALS = [
    Refusal("Imagery.__add__", "img + 'x'", wf.ProxyTypeError, "Image.__add__"),
    Refusal("Imagery.pick_bands", "img.pick_bands('blue')", JobInvalid, "blue", computed=True),
]
