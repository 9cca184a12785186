"""What the row of a computed layer shows when it is unfolded: sections, each in a file of its own."""

from ..row import SectionMaker
from .colours import checks, colours
from .dates import dates
from .exports import exports
from .histogram import histogram
from .images import images
from .opacity import opacity
from .parameters import parameters
from .scales import scales
from .section import Section

SECTIONS: tuple[SectionMaker, ...] = (
    parameters,
    images,
    dates,
    scales,
    histogram,
    colours,
    checks,
    opacity,
    exports,
)
"""In the order in which they are shown. Each gets the map and the layer, and gives a widget or None."""

__all__ = ["SECTIONS", "Section", "opacity"]
