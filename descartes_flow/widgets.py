"""`wf.widgets`: parameters that are set by sliders, boxes and calendars, in the notebook and on the map."""

from .types.widgets import checkbox, date, select, slider
from .types.widgets import input_ as input

__all__ = ["checkbox", "date", "input", "select", "slider"]
