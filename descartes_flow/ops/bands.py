"""Operations on bands: choose, rename, join."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any as AnyValue

from ..errors import JobInvalid, ProxyTypeError
from ..graph import apply, literal
from ..steps.batch import CannotBatch, joint_axis
from ..steps.families import Bind, aligned
from ..steps.metadata import Intersected
from ..steps.raster import Raster, concat_bands
from ..types import Bool, Image, ImageCollection, Imagery, Int, List, Same, Str
from .registry import BUILD, operation

BandNames = str | Sequence[str] | Str | List[Str]


def band_names(bands: AnyValue, call: str) -> list[str]:
    """The names that ``"red green"`` or ``["red", "green"]`` mean; blanks in an item of a list are kept."""
    names = bands.split() if isinstance(bands, str) else list(bands)
    for name in names:
        if not isinstance(name, str):
            raise ProxyTypeError(
                f"{call}(bands=): expected band names, got {type(name).__name__} {name!r} among them"
            )
    if not any(name.split() for name in names):
        raise ValueError(f"{call}(bands=): expected the name of at least one band, got {bands!r}")
    return names


@operation("pick_bands", on=Imagery)
def pick_bands(self: Imagery, bands: BandNames, allow_missing: Bool = False) -> Same:  # type: ignore[assignment]
    """Some of the bands, in the order given.

    Parameters
    ----------
    bands : str, sequence of str, Str or List[Str]
        Names, or aliases such as ``red`` for ``B04``. One text holds several, separated by blanks. An item of
        a list is the name of one band, blanks included; where no band is called so, it too holds several. A
        band picked by an alias is called by it. A name given again gets ``_1``, ``_2``, ...
    allow_missing : bool
        Leave out bands that do not exist rather than fail.

    Returns
    -------
    Image or ImageCollection
        Pixels, masks and properties unchanged. Empty if `allow_missing` leaves no band.

    Raises
    ------
    JobInvalid
        When computed, if a band does not exist.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> img = Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> img.pick_bands("red green")
    <descartes_flow.types.geospatial.image.Image at 0x...>
    >>> img["red"] - img["nir"]
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    named = {"allow_missing": allow_missing._node}
    if not isinstance(bands, (str, Str, List)) and any(isinstance(name, Str) for name in bands):
        bands = List.of(Str)(bands)
    if isinstance(bands, (Str, List)):
        return type(self)._from_node(apply("pick_bands_list", self._node, bands._node, **named))
    nodes = [literal(name) for name in band_names(bands, "pick_bands")]
    return type(self)._from_node(apply("pick_bands", self._node, *nodes, **named))


@pick_bands.rule
def _pick_bands(bind: Bind, raster: Raster, *names: str, allow_missing: bool = False) -> Raster:
    if raster.is_empty:
        return raster
    known = {*raster.bands, *(alias for alias, band in raster.aliases.items() if band in raster.bands)}
    called = band_names(names, "pick_bands")
    wanted = [part for name in called for part in ([name] if name in known else name.split())]
    if bind.decided(allow_missing):
        wanted = [name for name in wanted if name in known]
    return raster.take_bands(raster.band_indices(wanted), _numbered(wanted))


@operation("pick_bands", on=Image, method="__getitem__")
def image_bands(self: Image, bands: BandNames) -> Same:
    """Bands by name, like `pick_bands`: ``img["red"]``, ``img["red green"]``, ``img[["red", "green"]]``.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> ratio = img["nir"] / img["red"]
    """
    return pick_bands(self, bands)


@operation("pick_bands_list", on=Imagery, public=False)
def pick_bands_list(self: Imagery, bands: Str | List[Str], allow_missing: Bool = False) -> Same:  # type: ignore[assignment]
    """`pick_bands` whose names are known only when it is computed."""
    ...


@pick_bands_list.rule
def _pick_bands_list(bind: Bind, raster: Raster, bands: AnyValue, allow_missing: bool = False) -> Raster:
    names = band_names(bind.decided(bands), "pick_bands")
    return _pick_bands(bind, raster, *names, allow_missing=allow_missing)


def _numbered(names: Sequence[str]) -> list[str]:
    """Names made unique: the second ``red`` is ``red_1``, or the next number that is free."""
    taken: set[str] = set()
    made = []
    for name in names:
        unique, number = name, 0
        while unique in taken:
            number += 1
            unique = f"{name}_{number}"
        taken.add(unique)
        made.append(unique)
    return made


@operation("unpack_bands", on=Imagery)
def unpack_bands(self: Imagery, bands: str | Sequence[str]) -> AnyValue:
    """Bands as Python variables: ``red, green = img.unpack_bands("red green")``.

    Parameters
    ----------
    bands : str or sequence of str
        As for `pick_bands`, but no proxies: Python must know how many there are.

    Returns
    -------
    tuple of Image or ImageCollection
        One for each item, with several bands where an item names several; a single item gives the object
        itself.

    Raises
    ------
    ProxyTypeError
        If `bands` is, or holds, anything but text.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> img = Image.from_id("sentinel-2:L1C:a")
    >>> nir, colours = img.unpack_bands(["nir", "red green blue"])
    """
    picked = tuple(pick_bands(self, [item]) for item in band_names(bands, "unpack_bands"))
    return picked[0] if len(picked) == 1 else picked


@operation("rename_bands", on=Imagery)
def rename_bands(self: Imagery, /, *new_names: Str, **old_to_new: Str) -> Same:
    """Bands under new names, in the same order.

    Parameters
    ----------
    *new_names : str
        New names of the first, second, ... band; bands beyond them keep theirs.
    **old_to_new : str
        New names by old name. Give either these or `new_names`.

    Raises
    ------
    TypeError
        If both or none are given.
    JobInvalid
        When computed: more names than bands, an unknown old name, two new names for one band, or two bands of
        one name.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> img = Image.from_id("sentinel-2:L1C:a").pick_bands("red nir")
    >>> swapped = img.rename_bands(red="nir", nir="red")
    >>> img.rename_bands("first", "second").pick_bands("second")
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    if bool(new_names) == bool(old_to_new):
        raise TypeError("rename_bands(): give the new names in order, or as old=new, but not both")
    if new_names:
        return type(self)._from_node(
            apply("rename_bands_positionally", self._node, *(name._node for name in new_names))
        )
    return BUILD


@rename_bands.rule
def _rename_bands(bind: Bind, raster: Raster, /, **old_to_new: str) -> Raster:
    if raster.is_empty:
        return raster
    renamed = bind.decided(old_to_new)
    found: dict[str, str] = {}
    for index, new in zip(raster.band_indices(list(renamed)), renamed.values(), strict=True):
        if found.setdefault(raster.bands[index], new) != new:
            raise JobInvalid(
                f"band {raster.bands[index]!r} would get two names: {found[raster.bands[index]]}, {new}"
            )
    return _renamed(raster, [found.get(name, name) for name in raster.bands])


@operation("rename_bands_positionally", on=Imagery, public=False)
def rename_bands_positionally(self: Imagery, *new_names: Str) -> Same:
    """`rename_bands` in order."""
    ...


@rename_bands_positionally.rule
def _rename_bands_positionally(bind: Bind, raster: Raster, *new_names: str) -> Raster:
    if raster.is_empty:
        return raster
    if len(new_names) > len(raster.bands):
        raise JobInvalid(f"{len(new_names)} names for {len(raster.bands)} bands ({', '.join(raster.bands)})")
    return _renamed(raster, [*bind.decided(new_names), *raster.bands[len(new_names) :]])


def _renamed(raster: Raster, names: list[str]) -> Raster:
    if len(set(names)) < len(names):
        raise JobInvalid(f"two bands would have the same name: {', '.join(names)}")
    return raster.take_bands(range(len(names)), names)


@operation("concat_bands", on=Image, method="concat_bands")
def concat_bands_of_image(self: Image, other: Image) -> Same:
    """The bands of both images, first those of this one.

    Parameters
    ----------
    other : Image
        A band whose name is taken gets ``_1``, or the next number that is free.

    Returns
    -------
    Image
        Properties that both have in common; empty if either is empty.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> red_twice = img.concat_bands(img.pick_bands("red"))  # its last band is red_1
    """
    ...


@operation("concat_bands", on=ImageCollection, method="concat_bands")
def concat_bands_of_collection(self: ImageCollection, other: Image | ImageCollection) -> Same:
    """The bands of both, image by image, first those of this collection.

    Parameters
    ----------
    other : Image or ImageCollection
        An Image is added to every image; a collection must have the same length.

    Returns
    -------
    ImageCollection
        Properties that both have in common; empty if either is empty.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR")
    >>> with_index = col.concat_bands((col.pick_bands("nir") / col.pick_bands("red")).rename_bands("ratio"))
    """
    ...


@concat_bands_of_image.rule
def _concat_bands(bind: Bind, first: Raster, second: Raster) -> Raster:
    axis = joint_axis([first, second])
    if first.is_empty or second.is_empty:
        return Raster.empty(bind.arena, first.collection or second.collection, axis)
    first, second, shape = aligned(first, second, axis)
    properties = Intersected(first.properties, second.properties)
    names = _numbered([*first.bands, *second.bands])
    return concat_bands(first, [first, second], names, properties=properties, **shape.changes())


@operation("nbands", on=Imagery, as_property=True)
def nbands(self: Imagery) -> Int:
    """Number of bands; 0 for empty imagery.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.ImageCollection([]).nbands.compute()
    0
    """
    ...


@nbands.rule
def _nbands(bind: Bind, raster: Raster) -> int:
    if raster.some_empty:
        raise CannotBatch(raster.axis, "some of the collections are empty")
    return len(raster.bands)
