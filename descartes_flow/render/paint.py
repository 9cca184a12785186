"""Values of bands -> colours of pixels."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from descartes_flow.colour import Style, colours
from descartes_flow.colour.scales import MOST_BANDS
from descartes_flow.colour.tables import MOST_COLOURS
from descartes_flow.errors import StyleError
from descartes_flow.render.checkerboard import GREYS, checkerboard
from descartes_flow.render.levels import Mask, Scales, Values, find_hidden, find_levels
from descartes_flow.render.picture import TRANSPARENT, Bytes, Picture, blank, opaque

GREY_RAMP: Bytes = np.repeat(np.arange(256, dtype=np.uint8)[:, np.newaxis], 3, axis=1)
BLACK_AND_WHITE: Bytes = GREY_RAMP[[0, 255]]


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
    scales = _scales(data, style)
    if len(data) == 0 or (scales is None and find_hidden(data, mask).all()):
        return blank(*data.shape[1:], checks=style.checkerboard)
    if scales is None:
        raise StyleError(
            f"{data.dtype} values need scales; pass scales=[[min, max], ...] or autoscale the layer"
        )
    ramp, bins = _ramp(data, scales, style)
    levels, hidden = find_levels(data, mask, scales, bins, channels=3 if ramp is None else 1)
    if hidden.all():
        return blank(*hidden.shape, checks=style.checkerboard)
    if ramp is None:
        return _cover(levels, hidden, style)
    return _with_palette(levels[..., 0], ramp, hidden, style)


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


def _scales(data: Values, style: Style) -> Scales | None:
    """One scale per band; None where neither the style nor the type of the values says any."""
    if style.scales is not None:
        return style.scales
    whole = {np.dtype(np.bool_): (0.0, 1.0), np.dtype(np.uint8): (0.0, 255.0)}.get(data.dtype)
    return None if whole is None else (whole,) * len(data)


def _ramp(data: Values, scales: Scales, style: Style) -> tuple[Bytes | None, int]:
    """The colours of one band, and in how many bins its values fall: 0 takes the nearest of 256 levels."""
    if len(data) > 1:
        return None, 0
    if style.colormap is not None:
        ramp = colours(style.colormap)
        return ramp, len(ramp)
    if data.dtype == np.bool_ and scales[0] == (0.0, 1.0):
        return BLACK_AND_WHITE, 2  # few colours make a small file
    return GREY_RAMP, 0


def _with_palette(levels: Bytes, ramp: Bytes, hidden: Mask, style: Style) -> Picture:
    """One byte per pixel, if the palette has room for hidden pixels beside the colours in use."""
    palette, look = opaque(ramp), _look(style)
    if not hidden.any():
        return Picture(levels, palette=palette)
    rows = _rows_for(look, palette, levels, hidden)
    if len(rows) < len(look):
        return _cover(ramp.take(levels, axis=0), hidden, style)
    palette = np.concatenate([palette, look])[:MOST_COLOURS]
    palette[rows] = look
    _overwrite(levels[..., np.newaxis], hidden, rows[:, np.newaxis])
    return Picture(levels, palette=palette)


def _rows_for(look: Bytes, palette: Bytes, levels: Bytes, hidden: Mask) -> npt.NDArray[np.intp]:
    """Rows of a palette for `look`: behind its colours, or that show it already, or that no pixel uses."""
    count, wanted = len(palette), len(look)
    if count + wanted <= MOST_COLOURS:
        return np.arange(count, count + wanted)
    equal = (palette == look[:, np.newaxis]).all(axis=2)
    if equal.any(axis=1).all():
        shown: npt.NDArray[np.intp] = equal.argmax(axis=1)
        return shown
    used = np.bincount(levels[~hidden], minlength=count) > 0
    return np.flatnonzero(~used)[:wanted]


def _cover(rgb: Bytes, hidden: Mask, style: Style) -> Picture:
    """`rgb`, overwritten with the look of hidden pixels; with opacities only where some pixel needs one."""
    if not hidden.any():
        return Picture(rgb)
    pixels = rgb if style.checkerboard else opaque(rgb)
    _overwrite(pixels, hidden, _look(style))
    return Picture(pixels)


def _look(style: Style) -> Bytes:
    """What hidden pixels show: the colours of the two kinds of checks, or none."""
    return opaque(GREYS) if style.checkerboard else TRANSPARENT


def _overwrite(pixels: Bytes, hidden: Mask, look: npt.NDArray[np.integer]) -> None:
    """Give hidden pixels the first row of `look`, or those in every other check the second."""
    places = [hidden]
    if len(look) > 1:
        places.append(hidden & checkerboard(*hidden.shape).view(np.bool_))
    for where, colour in zip(places, look, strict=True):
        for channel in range(pixels.shape[2]):  # by itself it is copied several times faster
            np.copyto(pixels[..., channel], colour[channel], where=where, casting="unsafe")
