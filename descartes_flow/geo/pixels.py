"""Pixels as they travel between layers."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt


class Pixels(NamedTuple):
    """Values and what is hidden of them.

    Examples
    --------
    >>> Pixels(np.zeros((2, 2)), None).data.shape
    (2, 2)
    """

    data: npt.NDArray[Any]
    """Values; rows run from north to south, columns from west to east."""

    mask: npt.NDArray[np.bool_] | None
    """None where nothing is hidden, else bool that broadcasts to `data`: True = hidden."""

    @property
    def nbytes(self) -> int:
        """Memory that both take."""
        return self.data.nbytes + (0 if self.mask is None else self.mask.nbytes)
