"""Values of bands -> colours of pixels."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from descartes_flow.colour import Style, colours
from descartes_flow.colour.scales import MOST_BANDS
from descartes_flow.colour.tables import positions
from descartes_flow.errors import StyleError
from descartes_flow.render.checkerboard import GREYS, checkerboard
from descartes_flow.render.picture import TRANSPARENT, Bytes, Picture, blank, opaque

Values = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

GREY_RAMP: Bytes = np.repeat(np.arange(256, dtype=np.uint8)[:, np.newaxis], 3, axis=1)


def paint(data: Values, mask: Mask | None, style: Style, bands: Sequence[str] = ()) -> Picture:
    """Colours of the pixels of an image.

    One band is drawn grey or with the style's colormap, two as red and green (blue is 0), three as red,
    green, blue. A scale ``[min, max]`` maps linearly to 0..255; values beyond it, infinite ones too, are
    clipped. Where min equals max, what lies below is 0 and the rest 255.

    Parameters
    ----------
    data : numpy.ndarray
        ``(band, y, x)``, numbers or bool (0 and 1). No band at all draws an empty image.
    mask : numpy.ndarray or None
        Bool, broadcast to `data`, True = hidden; None hides nothing. A pixel hidden in any band, or NaN in
        any, shows the check pattern, or is transparent if the style says so.
    style : Style
        Without scales, bool is drawn from 0 to 1 and uint8 from 0 to 255.
    bands : sequence of str
        Names of the bands, for messages.

    Returns
    -------
    Picture
        Of the same height and width.

    Raises
    ------
    StyleError
        More than three bands; another number of scales than bands; a colormap for several bands; no scales
        for types other than bool and uint8 (scaling each tile by itself would show the seams of tiles).

    Examples
    --------
    >>> ndvi = np.array([[[0.0, 0.5, 1.0]]])
    >>> paint(ndvi, None, Style(scales=((0, 1),))).rgba()[0, :, 0]
    array([  0, 128, 255], dtype=uint8)
    """
    _check_bands(data, style, list(bands))
    hidden = _hidden(data, mask)
    if len(data) == 0 or hidden.all():
        return blank(*data.shape[1:], checks=style.checkerboard)
    scales = _scales(data, style)
    if len(data) > 1:
        return _composite(data, scales, hidden, style)
    values = _unit(data[0], *scales[0])
    if style.colormap is None:
        return _with_palette(_level(values), GREY_RAMP, hidden, style)
    ramp = colours(style.colormap)
    return _with_palette(positions(values, len(ramp)).astype(np.uint8), ramp, hidden, style)


def _check_bands(data: Values, style: Style, bands: list[str]) -> None:
    if data.ndim != 3:
        raise StyleError(f"paint(data=): expected an array (band, y, x), got one of shape {data.shape}")
    named = f" {bands}" if bands else ""
    count = len(data)
    if count > MOST_BANDS:
        raise StyleError(f"at most {MOST_BANDS} bands can be drawn, got {count}{named}; use .pick_bands(...)")
    if style.colormap is not None and count > 1:
        raise StyleError(f"a colormap draws one band, got {count}{named}; use .pick_bands(...)")
    if style.scales is not None and count and len(style.scales) != count:
        raise StyleError(f"expected one scale per band, got {len(style.scales)} for {count} bands{named}")


def _hidden(data: Values, mask: Mask | None) -> Mask:
    """Pixels without a colour, ``(y, x)``: masked or NaN in any band."""
    hidden = np.zeros(data.shape[1:], dtype=bool)
    if mask is not None:
        hidden |= np.broadcast_to(mask, data.shape).any(axis=0)
    if data.dtype.kind == "f":
        hidden |= np.isnan(data).any(axis=0)
    return hidden


def _scales(data: Values, style: Style) -> tuple[tuple[float, float], ...]:
    if style.scales is not None:
        return style.scales
    if data.dtype == np.bool_:
        return ((0.0, 1.0),) * len(data)
    if data.dtype == np.uint8:
        return ((0.0, 255.0),) * len(data)
    raise StyleError(f"{data.dtype} values need scales; pass scales=[[min, max], ...] or autoscale the layer")


def _unit(values: Values, low: float, high: float) -> npt.NDArray[np.float64]:
    """Values on the way from `low` (0) to `high` (1), clipped; a NaN is 0."""
    if low == high:
        return (values >= low).astype(np.float64)
    with np.errstate(over="ignore"):
        shares = (values.astype(np.float64) - low) / (high - low)
    return np.clip(np.nan_to_num(shares, copy=False), 0.0, 1.0, out=shares)


def _level(shares: npt.NDArray[np.float64]) -> Bytes:
    return np.rint(shares * 255).astype(np.uint8)


def _composite(data: Values, scales: Sequence[tuple[float, float]], hidden: Mask, style: Style) -> Picture:
    height, width = hidden.shape
    rgb = np.zeros((height, width, 3), dtype=np.uint8)
    for place, (values, (low, high)) in enumerate(zip(data, scales, strict=True)):
        rgb[..., place] = _level(_unit(values, low, high))
    return _cover(rgb, hidden, style)


def _with_palette(levels: Bytes, ramp: Bytes, hidden: Mask, style: Style) -> Picture:
    """One byte per pixel, if the palette has room for hidden pixels beside the colours in use."""
    palette = np.zeros((256, 4), dtype=np.uint8)
    palette[: len(ramp)] = opaque(ramp)
    if not hidden.any():
        return Picture(levels, palette=palette[: len(ramp)])
    look = opaque(GREYS) if style.checkerboard else TRANSPARENT
    used = np.bincount(levels[~hidden], minlength=256) > 0
    free = np.flatnonzero(~used)[: len(look)].astype(np.uint8)
    if len(free) < len(look):
        return _cover(ramp[levels], hidden, style)
    palette[free] = look
    marks = free[checkerboard(*hidden.shape)] if style.checkerboard else free[0]
    return Picture(np.where(hidden, marks, levels), palette=palette)


def _cover(rgb: Bytes, hidden: Mask, style: Style) -> Picture:
    """`rgb`, overwritten with the look of hidden pixels; with opacities only where some pixel needs one."""
    if not hidden.any():
        return Picture(rgb)
    if style.checkerboard:
        rgb[hidden] = GREYS[checkerboard(*hidden.shape)[hidden]]
        return Picture(rgb)
    rgba = opaque(rgb)
    rgba[hidden] = TRANSPARENT
    return Picture(rgba)
