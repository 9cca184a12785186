"""`Style`: the looks of a layer as one value."""

import hashlib
import json
from dataclasses import dataclass

from descartes_flow.colour.scales import validate_scales
from descartes_flow.colour.tables import require_colormap
from descartes_flow.errors import StyleError


@dataclass(frozen=True, slots=True)
class Style:
    """How pixel values become colours; part of every tile's key.

    Raises
    ------
    StyleError
        If scales and colormap cannot be drawn together, or one of them cannot be drawn at all.
    ProxyTypeError
        If the scales hold something else than numbers.

    Examples
    --------
    >>> Style(scales=((0, 0.4),), colormap="magma").scales
    ((0.0, 0.4),)
    >>> Style(scales=((0, 1), (0, 1)), colormap="magma")
    Traceback (most recent call last):
    ...
    descartes_flow.errors.StyleError: Style(colormap='magma'): a colormap draws one band, got 2 scales;
    leave out the colormap, or pick one band
    """

    scales: tuple[tuple[float, float], ...] | None = None
    """For each band the value drawn darkest and the one drawn brightest, in the units of the band. None: not
    found yet. Any form that `validate_scales` takes is accepted and stored as tuples."""

    colormap: str | None = None
    """One of `COLORMAPS`, for one band; None draws it grey."""

    checkerboard: bool = True
    """Whether pixels without a value show a check pattern instead of what lies below."""

    def __post_init__(self) -> None:
        pairs = validate_scales(self.scales, "Style")
        known = tuple((low, high) for low, high in pairs if low is not None and high is not None)
        if known and len(known) < len(pairs):
            raise StyleError(
                f"Style(scales=): expected numbers for every band, got {pairs!r}; autoscale first"
            )
        object.__setattr__(self, "scales", known or None)
        if self.colormap is None:
            return
        require_colormap(self.colormap, "Style")
        if len(known) > 1:
            raise StyleError(
                f"Style(colormap={self.colormap!r}): a colormap draws one band, got {len(known)} scales; "
                "leave out the colormap, or pick one band"
            )

    @property
    def key(self) -> bytes:
        """Digest of the style, 16 bytes, the same in every process."""
        text = json.dumps([self.scales, self.colormap, self.checkerboard])
        return hashlib.blake2b(text.encode(), digest_size=16).digest()
