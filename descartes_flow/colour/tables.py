"""Colour tables by the names that maps of the field use.

The tables come from the package ``cmap`` and are those of matplotlib (a test compares them), which itself is
not needed.
"""

import functools

import numpy as np
import numpy.typing as npt

from descartes_flow._spelling import did_you_mean
from descartes_flow.errors import StyleError

_ORIGINS = (
    ("bids", "viridis plasma inferno magma"),
    ("cividis", "cividis"),
    ("colorbrewer", "Greys Purples Blues Greens Oranges Reds YlOrBr YlOrRd OrRd PuRd RdPu BuPu GnBu PuBu"),
    ("colorbrewer", "YlGnBu PuBuGn BuGn YlGn"),
    ("matplotlib", "binary"),
    ("yorick", "gist_yarg"),
    ("matlab", "gist_gray gray bone pink spring summer autumn winter cool"),
    ("matplotlib", "Wistia"),
    ("matlab", "hot"),
    ("gnuplot", "afmhot"),
    ("yorick", "gist_heat"),
    ("matlab", "copper"),
    ("colorbrewer", "PiYG PRGn BrBG PuOr RdGy RdBu RdYlBu RdYlGn Spectral"),
    ("matplotlib", "coolwarm bwr seismic"),
    ("matlab", "hsv"),
    ("colorbrewer", "Pastel1 Pastel2 Paired Accent Dark2 Set1 Set2 Set3"),
    ("tableau", "tab10 tab20 tab20b tab20c"),
    ("matlab", "flag prism"),
    ("gnuplot", "ocean"),
    ("yorick", "gist_earth"),
    ("matplotlib", "terrain"),
    ("yorick", "gist_stern"),
    ("gnuplot", "gnuplot gnuplot2"),
    ("matplotlib", "CMRmap"),
    ("cubehelix", "cubehelix"),
    ("matplotlib", "brg"),
    ("yorick", "gist_rainbow"),
    ("gnuplot", "rainbow"),
    ("matlab", "jet"),
    ("matplotlib", "nipy_spectral"),
    ("yorick", "gist_ncar"),
    ("google", "turbo"),
    ("matplotlib", "twilight"),
)
"""Names in the order of menus, with their namespace in ``cmap``, which has several maps called ``copper``."""

_SOURCES = {
    name: f"{origin}:{name.removeprefix('gist_')}" for origin, names in _ORIGINS for name in names.split()
}

COLORMAPS: tuple[str, ...] = (*_SOURCES, *(f"{name}_r" for name in _SOURCES))
"""Every name of a colormap, in the order in which menus show them; ``<name>_r`` runs backwards."""


MOST_COLOURS = 256
"""One byte per pixel chooses the colour."""


def require_colormap(name: str, call: str = "colormap", argument: str = "colormap") -> str:
    """`name` itself, if it is a colormap.

    Parameters
    ----------
    name : str
        One of `COLORMAPS`; upper and lower case matter.
    call : str
        The call that the user made; it opens the message.
    argument : str
        The argument of the call.

    Raises
    ------
    StyleError
        If there is no such colormap; the message names those spelled alike.

    Examples
    --------
    >>> require_colormap("greens", "visualize")
    Traceback (most recent call last):
    descartes_flow.errors.StyleError: visualize(colormap=): unknown colormap 'greens'; did you mean 'Greens'?
    """
    if name in COLORMAPS:
        return name
    advice = did_you_mean(str(name), COLORMAPS) or "; descartes_flow.colour.COLORMAPS lists them"
    raise StyleError(f"{call}({argument}=): unknown colormap {name!r}{advice}")


@functools.cache
def colours(name: str) -> npt.NDArray[np.uint8]:
    """Colours of a colormap from low to high, as many as it is made of, at most 256.

    Parameters
    ----------
    name : str
        One of `COLORMAPS`.

    Returns
    -------
    numpy.ndarray
        ``(colour, 3)``, red, green, blue in 0..255; read-only. 256 colours, or the 8 to 20 of a map for
        classes (``Set1``, ``tab20``, ...).

    Raises
    ------
    StyleError
        If there is no such colormap.

    Examples
    --------
    >>> len(colours("viridis")), len(colours("Set1"))
    (256, 9)
    >>> colours("gray")[-1]
    array([255, 255, 255], dtype=uint8)
    """
    require_colormap(name, "colours")
    from cmap import Colormap

    forward = name.removesuffix("_r")
    source = Colormap(_SOURCES[forward])
    found = np.array(source.lut(max(MOST_COLOURS, len(source.color_stops))))[:, :3]
    if forward == "gist_stern":
        # Yorick's red jumps to the grey ramp at a quarter; cmap's version climbs to it from nearly 0.
        found[64:, 0] = found[64:, 1]
    if name != forward:
        found = found[::-1]
    if len(found) > MOST_COLOURS:
        found = found[positions(np.linspace(0, 1, MOST_COLOURS), len(found))]
    return _frozen(np.rint(found * 255))


@functools.cache
def table(name: str) -> npt.NDArray[np.uint8]:
    """Colours of a colormap at 256 evenly spaced values, as a legend draws them.

    Parameters
    ----------
    name : str
        One of `COLORMAPS`.

    Returns
    -------
    numpy.ndarray
        ``(256, 3)``, red, green, blue in 0..255; read-only. A map for classes repeats its colours in steps.

    Raises
    ------
    StyleError
        If there is no such colormap.

    Examples
    --------
    >>> table("Set1").shape
    (256, 3)
    """
    ramp = colours(name)
    return _frozen(ramp[positions(np.linspace(0, 1, MOST_COLOURS), len(ramp))])


def _frozen(rows: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    """A copy of `rows` as bytes that nobody can change: caches hand it out again."""
    copied = np.array(rows, dtype=np.uint8)
    copied.flags.writeable = False
    return copied


def positions(values: npt.NDArray[np.floating], count: int) -> npt.NDArray[np.intp]:
    """Which of `count` colours each value in [0, 1] gets.

    The bins are equally wide, 1 belongs to the last, values outside are clipped and NaN gets the first.
    """
    bins: npt.NDArray[np.intp] = (np.clip(np.nan_to_num(values), 0.0, 1.0) * count).astype(np.intp)
    return np.minimum(bins, count - 1)


def apply_colormap(values: npt.NDArray[np.floating], name: str) -> npt.NDArray[np.float64]:
    """Colours of an array of values.

    Parameters
    ----------
    values : numpy.ndarray
        ``(..., y, x)``, in [0, 1]; what lies outside gets the first or the last colour. A NaN gets the first
        colour: hide it with the mask.
    name : str
        One of `COLORMAPS`.

    Returns
    -------
    numpy.ndarray
        ``(..., 3, y, x)``, float64: the bands red, green, blue in [0, 1].

    Raises
    ------
    StyleError
        If there is no such colormap.

    Examples
    --------
    >>> apply_colormap(np.array([[0.0, 1.0]]), "autumn")[:, 0]
    array([[1., 1.],
           [0., 1.],
           [0., 0.]])
    """
    ramp = colours(name)
    return np.moveaxis(ramp[positions(values, len(ramp))] / 255, -1, -3)
