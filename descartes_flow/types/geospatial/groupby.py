"""ImageCollectionGroupby[K]: the images of a collection by group."""

from __future__ import annotations

from typing import ClassVar, Generic

from ..generics import GenericProxy, T
from ..methods import ImageCollectionGroupbyMethods
from ..proxytype import Proxytype


class ImageCollectionGroupby(ImageCollectionGroupbyMethods, GenericProxy, Generic[T]):
    """Images of a collection by group; comes from `ImageCollection.groupby`.

    Each image has the key of its group as its property ``group``. Groups are in the order of their keys, or,
    where keys cannot be sorted, in the order in which they first occur; images in a group are in the order of
    the collection. It cannot be computed itself: compute ``.groups``, a reduction, or one group.

    Attributes
    ----------
    key_type : type
        Type of the keys.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> ImageCollection.from_id("sentinel-2:L1C").groupby(dates="month").key_type
    <class 'descartes_flow.types.primitives.number.Int'>
    """

    __slots__ = ()
    arity: ClassVar[int | None] = 1
    key_type: ClassVar[type[Proxytype]] = Proxytype
    uncomputable: ClassVar[str] = (
        'compute its .groups, a reduction such as .mean(axis="images"), or one group such as groups[key]'
    )

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.parameters:
            (cls.key_type,) = cls.parameters

    def __init__(self, *arguments: object, **named: object) -> None:
        raise TypeError("an ImageCollectionGroupby comes from col.groupby(...)")
