"""Loops over pixels, compiled; each has a plain form in numpy that gives the same bits."""

from descartes_flow.kernels.composites import ordered, streamed
from descartes_flow.kernels.difference import normalized_difference
from descartes_flow.kernels.gather import gather
from descartes_flow.kernels.kernel import Kernel
from descartes_flow.kernels.painting import find_levels
from descartes_flow.kernels.placing import find_nearest, number_pixels
from descartes_flow.kernels.warming import KERNELS, ready, wait, warm

__all__ = [
    "ordered",
    "streamed",
    "KERNELS",
    "Kernel",
    "find_levels",
    "find_nearest",
    "gather",
    "normalized_difference",
    "number_pixels",
    "ready",
    "wait",
    "warm",
]
