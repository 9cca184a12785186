"""What the notebook around us is, where there is one; asks only what is loaded already."""

from __future__ import annotations

import os
import sys
from typing import Any


def kernel_shell() -> Any:
    """IPython's shell, if this process is the kernel of a notebook; else None."""
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    return shell if hasattr(shell, "kernel") else None


def user_names() -> dict[str, Any]:
    """The variables of the notebook, or of IPython's prompt, the oldest first; none elsewhere."""
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    return {} if shell is None else dict(shell.user_ns)


def place(file: str, line: int) -> str:
    """A line of code as its author knows it: ``Cell In[7], line 2`` in a notebook, else ``script.py:2``."""
    shell = kernel_shell()
    cell = None if shell is None else shell.compile.format_code_name(file)
    return f"{os.path.basename(file)}:{line}" if cell is None else f"{' '.join(cell)}, line {line}"
