"""`Widget`: the value of a parameter that a person sets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any as AnyValue

from ...graph import Kind, Node
from ..proxytype import WIDGETS, verb
from .forms import Form


class Change(dict[str, AnyValue]):
    """What observers are told: ``change.old``, ``change.new``, ``change.owner``, as by traitlets."""

    def __getattr__(self, name: str) -> AnyValue:
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error


class Widget:
    """The value of a parameter, its label and its default; the one truth for all that show it.

    Setting the value tells observers, in the thread that sets it.

    Parameters
    ----------
    name : str
        The parameter.
    form : Form
        Which values it can have.
    default : object
        The first value.
    label : str
        What stands beside the widget; "" for the name.

    Raises
    ------
    TypeError, ValueError
        If the widget cannot have its default as value.
    """

    def __init__(self, name: str, form: Form, default: AnyValue, label: str) -> None:
        self.name = name
        self.form = form
        self.default = form.accepted(default)
        self.label = label or name
        self._value = self.default
        self._observers: tuple[Callable[[Change], object], ...] = ()
        self._shown: AnyValue = None
        self._lock = threading.RLock()

    @property
    def value(self) -> AnyValue:
        """The value now; TypeError or ValueError for one that the widget cannot have."""
        return self._value

    @value.setter
    def value(self, value: AnyValue) -> None:
        try:
            accepted = self.form.accepted(value)
        except (TypeError, ValueError) as error:
            raise type(error)(f"{self.name}.value: {error}") from error
        with self._lock:
            old, self._value = self._value, accepted
        if old != accepted:
            change = Change(name="value", old=old, new=accepted, owner=self)
            for observer in self._observers:
                observer(change)

    @property
    def widget(self) -> AnyValue:
        """The ipywidget that shows the value and sets it; made when it is first asked for."""
        with self._lock:
            if self._shown is None:
                self._shown = verb("widget")(self)
            return self._shown

    def observe(self, observer: Callable[[Change], object], names: object = "value") -> None:
        """Call `observer` with a `Change` whenever the value has changed."""
        with self._lock:
            if observer not in self._observers:
                self._observers += (observer,)

    def unobserve(self, observer: Callable[[Change], object], names: object = "value") -> None:
        """Do not call `observer` any more."""
        with self._lock:
            self._observers = tuple(known for known in self._observers if known != observer)

    def let_go(self) -> AnyValue:
        """Forget the ipywidget, and give it back to whoever closes it; None if there is none."""
        with self._lock:
            shown, self._shown = self._shown, None
        return shown

    def _repr_mimebundle_(self, **options: AnyValue) -> AnyValue:
        return self.widget._repr_mimebundle_(**options)

    def __repr__(self) -> str:
        label = "" if self.label == self.name else f", {self.label!r}"
        return f"<{type(self.form).__name__} {self.name!r}{label}: {self.value!r} of {self.form}>"


def widget_of(node: Node) -> Widget | None:
    """The widget of a parameter; None for one that has none, and for other nodes."""
    found: Widget | None = WIDGETS.get(node.value) if node.kind is Kind.PARAMETER else None
    return found


def widget_values(parameters: Iterable[Node]) -> dict[str, AnyValue]:
    """The present values of those parameters that have a widget, by name."""
    widgets = {node.value[0]: widget_of(node) for node in parameters}
    return {name: widget.value for name, widget in widgets.items() if widget is not None}
