"""Parameters that a person sets: their values, labels and defaults. Needs no ipywidgets.

How they look in a notebook is up to `interactive.widgets`.
"""

from .making import checkbox, date, input_, registered, select, slider
from .widget import Widget, value_now, widget_values

__all__ = [
    "Widget",
    "checkbox",
    "date",
    "input_",
    "registered",
    "select",
    "slider",
    "value_now",
    "widget_values",
]
