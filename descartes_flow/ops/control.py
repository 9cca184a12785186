"""Operations that choose what is computed at all."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any as AnyValue

from ..errors import JobInvalidTyping
from ..graph import apply, function
from ..steps.metadata import Lazy, Listed
from ..steps.raster import Raster, require_imagery
from ..steps.select import Fill
from ..types import Bool, Float, Image, ImageCollection, Imagery, Int, NoneType, Same, proxify
from ..types.proxytype import Proxytype, describe
from .registry import operation


@operation("ifelse")
def ifelse(condition: Bool, true_value: object, false_value: object) -> object:
    """One of two values; only the one that is chosen is computed.

    Parameters
    ----------
    condition : Bool
    true_value, false_value : proxy or Python value
        Of the same type. To choose pixel by pixel, use masks.

    Returns
    -------
    proxy
        Of their type.

    Raises
    ------
    TypeError
        If the values have different types.

    Examples
    --------
    >>> from descartes_flow import Bool
    >>> ifelse(Bool(True), 1, 2)
    <descartes_flow.types.primitives.number.Int at 0x...>
    """
    chosen, other = proxify(true_value), proxify(false_value)
    if type(chosen) is not type(other):
        raise TypeError(
            "ifelse(): both values need the same type, "
            f"got {type(chosen).__name__} and {type(other).__name__}"
        )
    branches = [function([], lambda value=value: value._node) for value in (chosen, other)]
    return type(chosen)._from_node(apply("ifelse", condition._node, *branches))


@ifelse.rule
def _ifelse(
    bind: AnyValue, condition: AnyValue, true: AnyValue, false: AnyValue
) -> Generator[AnyValue, AnyValue, AnyValue]:
    branch = yield (true if bind.decided((yield condition)) else false)
    if not hasattr(branch, "body_in_scope"):
        raise JobInvalidTyping(f"expected a function without arguments, got a {type(branch).__name__}")
    return (yield branch.body_in_scope())


@operation("Image.replace_empty_with", on=Image, method="replace_empty_with", named=("mask", "bandinfo"))
def replace_empty_image(
    self: Image,
    fill: Image | Float | Int,
    mask: Bool = True,  # type: ignore[assignment]
    bandinfo: object = None,
) -> Same:
    """The image, or a stand-in where it is empty.

    Parameters
    ----------
    fill : Image or float
        Computed only if needed. A number gives an image of that value, with the bands that `bandinfo` names.
    mask : bool
        True: the stand-in is masked everywhere. False: it keeps its own mask; a number is masked only where
        the context's geometry excludes pixels.
    bandinfo : dict, optional
        Info by band name; required for a number.

    Raises
    ------
    ValueError
        If `fill` is a number and `bandinfo` is left out.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> found = wf.ImageCollection.from_id("sentinel-1:GRD").mosaic()
    >>> shown = found.replace_empty_with(0, mask=False, bandinfo={"vv": {}, "vh": {}})
    """
    return _replaced("Image", self, fill, mask, bandinfo)


@operation(
    "ImageCollection.replace_empty_with",
    on=ImageCollection,
    method="replace_empty_with",
    named=("mask", "bandinfo"),
)
def replace_empty_collection(
    self: ImageCollection,
    fill: ImageCollection | Float | Int,
    mask: Bool = True,  # type: ignore[assignment]
    bandinfo: object = None,
) -> Same:
    """The collection, or a stand-in where it is empty; see `Image.replace_empty_with`.

    A number gives a collection of one image.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection([]).replace_empty_with(0, bandinfo={"vv": {}})
    >>> col.length().compute()
    1
    """
    return _replaced("ImageCollection", self, fill, mask, bandinfo)


def _replaced(kind: str, self: Imagery, fill: Proxytype, mask: Bool, bandinfo: object) -> Proxytype:
    if isinstance(fill, (Float, Int)) and bandinfo is None:
        raise ValueError('replace_empty_with(): a number needs bandinfo to name the bands, like {"vv": {}}')
    info: Proxytype = NoneType(None)
    if isinstance(bandinfo, dict) and isinstance(fill, (Float, Int)):
        _check_bandinfo(bandinfo)
    if isinstance(bandinfo, (Proxytype, dict)):
        info = proxify(bandinfo)
    elif bandinfo is not None:
        raise TypeError(
            f"replace_empty_with(bandinfo=): expected a dict by band name, got {describe(bandinfo)}"
        )
    node = apply(f"{kind}.replace_empty_with", self._node, fill._node, mask=mask._node, bandinfo=info._node)
    return type(self)._from_node(node)


@replace_empty_image.rule
@replace_empty_collection.rule
def _replace_empty(
    bind: AnyValue, raster: AnyValue, fill: AnyValue, mask: AnyValue, bandinfo: AnyValue
) -> Generator[AnyValue, AnyValue, AnyValue]:
    own: Raster = yield raster
    require_imagery([own])
    if not own.is_empty:
        return own
    stand_in = yield fill
    hidden = bool(bind.decided((yield mask)))
    if not isinstance(stand_in, Raster):
        number = float(bind.decided(stand_in))
        return _filled(bind, own, number, hidden, bind.decided((yield bandinfo)))
    if not hidden or stand_in.is_empty:
        return stand_in
    return stand_in.with_step(Fill(0.0, True, stand_in.images, len(stand_in.bands)), bind.origin)


def _check_bandinfo(info: AnyValue) -> None:
    """ValueError unless `info` holds the fields of at least one band, by its name."""
    if (
        isinstance(info, dict)
        and info
        and all(isinstance(fields, (dict, Proxytype)) for fields in info.values())
    ):
        return
    raise ValueError(
        f"replace_empty_with(bandinfo=): expected a dict of fields for each band, like {{'vv': {{}}}}, "
        f"got {info!r}"
    )


def _filled(bind: AnyValue, own: Raster, value: float, hidden: bool, info: AnyValue) -> Raster:
    _check_bandinfo(info)
    bands = tuple(info)
    step = Fill(value, hidden, 1, len(bands))
    number = bind.arena.add(step, bind.origin)
    properties = Listed([{}])
    return Raster(bind.arena, number, 1, bands, properties, Lazy(lambda: info), own.collection)
