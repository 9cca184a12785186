"""ImageCollectionGroupby[K]: the images of a collection by group."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import ClassVar, Generic, NoReturn

from ..generics import GenericProxy, T
from ..methods import ImageCollectionGroupbyMethods
from ..proxytype import Proxytype


class ImageCollectionGroupby(ImageCollectionGroupbyMethods, GenericProxy, Generic[T]):
    """Images of a collection by group; comes from `ImageCollection.groupby`.

    Each image has the key of its group as its property ``group``. Groups are in the order of their keys, or,
    where keys cannot be sorted, in the order in which they first occur; images in a group are in the order of
    the collection. It cannot be computed itself: compute ``.groups``, a reduction, or one group.
    """

    __slots__ = ()
    arity: ClassVar[int | None] = 1

    def __init__(self, *arguments: object, **named: object) -> None:
        raise TypeError("an ImageCollectionGroupby comes from col.groupby(...)")

    @classmethod
    def key_type(cls) -> type[Proxytype]:
        """Type of the keys.

        Examples
        --------
        >>> from descartes_flow import ImageCollection
        >>> ImageCollection.from_id("sentinel-2:L1C").groupby(dates="month").key_type()
        <class 'descartes_flow.types.primitives.number.Int'>
        """
        return cls.parameters[0]  # type: ignore[no-any-return]

    def compute(self, geoctx: object = None, **options: AnyValue) -> NoReturn:
        """Never: groups have no value together.

        Raises
        ------
        TypeError
        """
        raise TypeError(_UNCOMPUTABLE)

    def inspect(self, geoctx: object = None, **options: AnyValue) -> NoReturn:
        """Never; see `compute`."""
        raise TypeError(_UNCOMPUTABLE)


_UNCOMPUTABLE = (
    "an ImageCollectionGroupby cannot be computed; compute its .groups, a reduction such as "
    '.mean(axis="images"), or one group such as groups[key]'
)
