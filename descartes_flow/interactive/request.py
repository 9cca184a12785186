"""What one call of visualize asks for, checked, and the layer that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any as AnyValue
from typing import NamedTuple

from ..colour import require_colormap, validate_scales
from ..errors import ProxyTypeError
from ..geo.gridded import Gridded
from ..render.drawing import get_ready, known_bands
from ..types.proxytype import describe
from .layer import WorkflowsLayer
from .log import LEVELS, Log
from .looks import Bands, check_looks
from .parameters import check_parameters
from .subject import Subject

CALL = "visualize"


class Request(NamedTuple):
    """What one call of visualize asks for."""

    subject: Subject
    parameters: Mapping[str, AnyValue]
    bands: Bands | None
    scales: list[list[float | None]]
    """Empty: to be found."""
    colormap: str | None
    checkerboard: bool
    log_level: int = LEVELS["DEBUG"]

    def layer(self, name: str, view: Callable[[], Gridded], log: Log) -> WorkflowsLayer:
        """A new layer, on no map yet; the arguments are those of `WorkflowsLayer`."""
        layer = WorkflowsLayer(self.subject, name, view, log, self.parameters)
        layer.asked = self
        with layer.hold_url_updates():
            layer.checkerboard = self.checkerboard
            layer.log_level = self.log_level
            layer.set_scales(self.scales, self.colormap)
        if not self.scales:
            layer.autoscale()
        return layer


def request(
    imagery: AnyValue,
    scales: AnyValue,
    colormap: AnyValue,
    checkerboard: AnyValue,
    reduction: AnyValue,
    parameters: Mapping[str, AnyValue],
    log_level: AnyValue = LEVELS["DEBUG"],
) -> Request:
    """The arguments, checked; the errors are those of `descartes_flow.visualize`."""
    subject = Subject.of(imagery, reduction, CALL)
    values = check_parameters(subject.parameters, parameters, CALL)
    pairs = [pair for pair in validate_scales(scales, CALL) if pair != [None, None]]
    if colormap is not None:
        require_colormap(colormap, CALL)
    if not isinstance(checkerboard, bool):
        raise ProxyTypeError(f"{CALL}(checkerboard=): expected a bool, got {describe(checkerboard)}")
    if isinstance(log_level, bool) or not isinstance(log_level, int):
        raise ProxyTypeError(
            f"{CALL}(log_level=): expected a number of logging, such as logging.WARNING, "
            f"got {describe(log_level)}"
        )
    program = subject.program(values)
    bands = None
    if program is not None:
        get_ready(program)
        bands = known_bands(program)
    check_looks(bands, len(pairs), colormap, CALL)
    return Request(subject, parameters, bands, pairs, colormap, checkerboard, log_level)
