"""How widgets of parameters look: ipywidgets, kept in step with the value."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any as AnyValue
from typing import TypeAlias

import ipywidgets

from ..types import Bool, Datetime, Float, Int, Proxytype, Str
from ..types.widgets.forms import Checkbox, DatePicker, Form, Input, Select, Slider
from ..types.widgets.widget import Widget, is_same
from .closing import close_parts

Linked: TypeAlias = Widget | ipywidgets.Widget
"""What can hold the value of a parameter of a layer: both have `value` and `observe`."""

SELECTS = {
    "dropdown": ipywidgets.Dropdown,
    "radio": ipywidgets.RadioButtons,
    "slider": ipywidgets.SelectionSlider,
}
BOXES = {int: ipywidgets.IntText, float: ipywidgets.FloatText, str: ipywidgets.Text}
WHOLE_LABEL = {"description_width": "initial"}


def make_widget(widget: Widget) -> ipywidgets.Widget:
    """A new ipywidget that shows a value and sets it; what is refused does not stay on it."""
    form = widget.form
    is_date = isinstance(form, DatePicker)

    def value() -> AnyValue:
        return widget.value.replace(tzinfo=None) if is_date else widget.value

    made = _class_of(form)(value=value(), description=widget.label, **_options_of(form), style=WHOLE_LABEL)

    def show(change: object = None) -> None:
        present = value()  # by now it may be another than the one that has changed
        if not is_same(made.value, present):
            made.value = present

    def take(change: AnyValue) -> None:
        if is_date and change.new is None:  # an emptied calendar
            show()
            return
        try:
            widget.take(change.new, teller=show)
        except (TypeError, ValueError):
            show()
            raise
        show()  # an observer may have set another one

    made.observe(take, "value")
    widget.mirror = show
    return made


def shown(linked: Linked) -> ipywidgets.Widget | None:
    """What to put on the page; None for an ipywidget that its owner has closed."""
    found = linked.widget if isinstance(linked, Widget) else linked
    return None if found.comm is None else found


def end(widget: Widget) -> None:
    """Take the ipywidget of a widget off all pages, if there is one; the value stays."""
    gone = widget.let_go()
    if gone is not None:
        close_parts(gone)
        gone.close()


def default_widget(name: str, kind: type[Proxytype], value: AnyValue) -> Widget | None:
    """A widget that shows the value of a parameter without one; None where type or value do not fit."""
    form = next((form for known, form in DEFAULTS.items() if issubclass(kind, known)), None)
    if form is None:
        return None
    try:
        return Widget(name, form, value, "")
    except (TypeError, ValueError):  # None, or a proxy, which has no value now
        return None


DEFAULTS: dict[type[Proxytype], Form] = {
    Bool: Checkbox(),
    Int: Input(int),
    Float: Input(float),
    Str: Input(str),
    Datetime: DatePicker(),
}


def _class_of(form: Form) -> Callable[..., ipywidgets.Widget]:
    found: Callable[..., ipywidgets.Widget]
    if isinstance(form, Slider):
        found = ipywidgets.IntSlider if isinstance(form.min, int) else ipywidgets.FloatSlider
    elif isinstance(form, Select):
        found = SELECTS[form.format]
    elif isinstance(form, Input):
        found = BOXES[form.kind]
    else:
        found = ipywidgets.Checkbox if isinstance(form, Checkbox) else ipywidgets.NaiveDatetimePicker
    return found


def _options_of(form: Form) -> dict[str, AnyValue]:
    if isinstance(form, Slider):
        options = {"min": form.min, "max": form.max, "step": form.step}
        return options if isinstance(form.min, int) else {**options, "readout_format": _digits(form.step)}
    if isinstance(form, Select):
        return {"options": form.options}
    if isinstance(form, Input):
        return {"continuous_update": False}  # with Enter
    return {"indent": False} if isinstance(form, Checkbox) else {}


def _digits(step: float) -> str:
    """A format that tells two neighbours on a slider from each other."""
    return f".{max(2, math.ceil(-math.log10(step)))}f"
