"""Where in the user's code a node was made, so that an error minutes later can say it."""

import functools
import os
import sys
from types import FrameType

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_skipped: dict[str, bool] = {}


def origin_here() -> tuple[str, int] | None:
    """File and line of the nearest caller outside this package; None if there is none.

    Returns
    -------
    tuple of (str, int) or None
        As in a traceback: the file of a script, or the name that IPython gives to a cell.
    """
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        skipped = _skipped.get(file)
        if skipped is None:
            # the frames of the import system stand between a module of ours and the user's import, those of
            # cached properties between the user's line and our attribute
            skipped = _skipped[file] = file.startswith((_PACKAGE, functools.__file__, "<frozen "))
        if not skipped:
            return file, frame.f_lineno
        frame = frame.f_back
    return None
