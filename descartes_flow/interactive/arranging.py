"""One arrangement of a map at a time."""

import threading

ARRANGING = threading.RLock()
"""Held while layers and controls of a map come, go or change places, and what follows them is told.

Code runs in one thread and clicks in another; without it one would put back what the other took away. What
follows layers may take a lock of its own, and so must not change a map while it holds that.
"""
