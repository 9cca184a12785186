"""What is worked out by hand of each operation, as data: the tests beside this file run it, the laws use it.

Expressions are Python over these names:

===========  =======================================================================================
``img``      Image, 2 x 3 pixels: red ``[[1, 2, 3], [4, None, 6]]``, nir ``[[10, 20, 30], [40, 50, None]]``
``col``      ImageCollection of three: ``img`` (2020-06-01, ``number`` 0); 2020-06-02, ``number`` 1: red 2
             and nir 1 everywhere; 2020-06-03, ``number`` 2: red ``[[0, None, 5], [7, 8, 9]]``, nir
             ``[[None, None, 3], [2, 1, 0]]``
``nothing``  the empty ImageCollection
``none``     the empty Image
``wf``       the package; ``np``, ``datetime`` and ``math`` are there too
===========  =======================================================================================

None is a masked pixel. They are computed over ``tests.scenes.area(2, 3)``, which the images cover exactly:
the upper left corner lies at x = 500000, y = 5000000 (EPSG:32633), a pixel is 10 m wide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

RED = [[1, 2, 3], [4, None, 6]]
NIR = [[10, 20, 30], [40, 50, None]]
SCENES = (
    {"red": RED, "nir": NIR},
    {"red": [[2, 2, 2], [2, 2, 2]], "nir": [[1, 1, 1], [1, 1, 1]]},
    {"red": [[0, None, 5], [7, 8, 9]], "nir": [[None, None, 3], [2, 1, 0]]},
)


@dataclass(frozen=True)
class Case:
    """A program and its result, worked out by hand.

    Attributes
    ----------
    operation : str
        Name in grafts of the operation that it shows; the program's graft contains it.
    expression : str
    expected : object
        A plain value (floats are compared to 12 digits, NaN equals NaN); for an Image a dict of rows by band,
        in the order of the bands, None for an empty one; for an ImageCollection a list of such dicts; an
        ndarray, compared with its dtype's kind, or a masked array.
    local : bool
        Whether a pixel of the result depends on the same pixels of the images and their surroundings only, so
        that any part of the area computed alone gives the same pixels. Only for imagery.
    """

    operation: str
    expression: str
    expected: Any
    local: bool = True


@dataclass(frozen=True)
class Refusal:
    """A wrong use, and the error that it meets.

    Attributes
    ----------
    call : str
        The public call: ``wf.ifelse``, or class and name, such as ``Image.pick_bands`` or ``Int.__add__``.
    expression : str
    error : type
    says : str
        A part of the message.
    computed : bool
        False: the error comes while the graph is built. True: when it is computed.
    """

    call: str
    expression: str
    error: type[Exception]
    says: str
    computed: bool = False
