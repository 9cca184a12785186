"""Files that are there whole or not at all."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to; it takes the place of `path` when the ``with`` ends without an error.

    Parameters
    ----------
    path : Path
        Replaced if it is there.
    """
    made = path.with_name(f".{uuid.uuid4().hex}{path.suffix}")
    try:
        yield made
        os.replace(made, path)
    finally:
        made.unlink(missing_ok=True)
