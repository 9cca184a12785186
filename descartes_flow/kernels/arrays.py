"""Types of the arrays that loops take, and of what runs them on several threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Index = npt.NDArray[np.int32]
Ints = npt.NDArray[np.int64]

NO_MASK: Bools = np.zeros(0, bool)
"""What loops take for a mask that hides nothing."""


class Share(Protocol):
    """Does work on several threads: `engine.sharing.share`, say."""

    def __call__(
        self, work: Callable[[Any], object], items: Sequence[Any], pixels: int | None = None, /
    ) -> object:
        """Do `work` on every item; `pixels` tells of how many in all, if that is what the time depends on."""
