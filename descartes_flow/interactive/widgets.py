"""How widgets of parameters look: ipywidgets, kept in step with the value."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any as AnyValue
from typing import TypeAlias

import ipywidgets

from ..types import Bool, Datetime, Float, Int, Proxytype, Str
from ..types.widgets.forms import Checkbox, DatePicker, Form, Input, Select, Slider
from ..types.widgets.widget import Change, Widget
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
    """A new ipywidget that shows a value and sets it; both tell each other of changes, from any thread."""
    form = widget.form
    is_date = isinstance(form, DatePicker)
    options = {"value": _naive(widget.value) if is_date else widget.value, "description": widget.label}
    made = _class_of(form)(**options, **_options_of(form), style=WHOLE_LABEL)

    def take(change: AnyValue) -> None:
        if change.new is None:  # an emptied calendar
            made.value = _naive(widget.value)
        else:
            widget.value = change.new.replace(tzinfo=datetime.UTC) if is_date else change.new

    def give(change: Change) -> None:
        made.value = _naive(change.new) if is_date else change.new

    made.observe(take, "value")
    widget.observe(give)
    return made


def shown(linked: Linked) -> ipywidgets.Widget:
    """What to put on the page."""
    return linked.widget if isinstance(linked, Widget) else linked


def end(widget: Widget) -> None:
    """Take the ipywidget of a widget off all pages, if there is one; the value stays."""
    gone = widget.let_go()
    if gone is not None:
        close_parts(gone)
        gone.close()


def default_widget(name: str, kind: type[Proxytype], value: AnyValue) -> Widget | None:
    """A widget for a parameter that has a Python value but no widget; None where nothing fits."""
    form = next((form for known, form in DEFAULTS.items() if issubclass(kind, known)), None)
    if form is None:
        return None
    try:
        return Widget(name, form, value, "")
    except (TypeError, ValueError):  # a proxy, which has no value now
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
        return {"min": form.min, "max": form.max, "step": form.step}
    if isinstance(form, Select):
        return {"options": form.options}
    if isinstance(form, Input):
        return {"continuous_update": False}  # with Enter
    return {"indent": False} if isinstance(form, Checkbox) else {}


def _naive(moment: datetime.datetime) -> datetime.datetime:
    return moment.replace(tzinfo=None)
