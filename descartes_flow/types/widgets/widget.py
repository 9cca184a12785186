"""`Widget`: the value of a parameter that a person sets."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable
from typing import Any as AnyValue

from ...graph import Node
from ..proxytype import Proxytype, verb, widget_of
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

    Attributes
    ----------
    mirror : callable or None
        The observer that keeps the ipywidget in step; the first to be told.

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
        self.mirror: Callable[[Change], object] | None = None
        self._lock = threading.RLock()

    @property
    def value(self) -> AnyValue:
        """The value now; TypeError or ValueError for one that the widget cannot have."""
        return self._value

    @value.setter
    def value(self, value: AnyValue) -> None:
        self.take(value)

    def take(self, value: AnyValue, teller: Callable[[Change], object] | None = None) -> None:
        """Set the value; `teller`, an observer, knows already.

        All observers hear of a change, even where one raises an error.
        """
        try:
            accepted = self.form.accepted(value)
        except (TypeError, ValueError) as error:
            raise type(error)(f"{self.name}.value: {error}") from error
        with self._lock:
            old, self._value = self._value, accepted
        if is_same(old, accepted):
            return
        change = Change(name="value", type="change", old=old, new=accepted, owner=self)
        with contextlib.ExitStack() as told:  # goes on with the others where one raises
            for observer in reversed((self.mirror, *self._observers)):
                if observer is not None and observer != teller:
                    told.callback(observer, change)

    @property
    def widget(self) -> AnyValue:
        """The ipywidget that shows the value and sets it; made when it is first asked for, or was closed."""
        with self._lock:
            if self._shown is None or self._shown.comm is None:  # closed
                self._shown = self._make_shown()
            return self._shown

    def _make_shown(self) -> AnyValue:
        return verb("widget")(self)

    @property
    def is_observed(self) -> bool:
        """Whether anybody but its own ipywidget wants to hear of changes."""
        return bool(self._observers)

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
            shown, self._shown, self.mirror = self._shown, None, None
        return shown

    def _repr_mimebundle_(self, **options: AnyValue) -> AnyValue:
        text = {"text/plain": repr(self)}
        try:
            return {**self.widget._repr_mimebundle_(**options), **text}
        except ImportError:  # no ipywidgets: the value is one all the same
            return text

    def __repr__(self) -> str:
        label = "" if self.label == self.name else f", {self.label!r}"
        return f"<{type(self.form).__name__} {self.name!r}{label}: {self.value!r} of {self.form}>"


def is_same(one: AnyValue, other: AnyValue) -> bool:
    """Whether two values are equal: NaN equals NaN, and proxies of one program each other."""
    if isinstance(one, Proxytype) or isinstance(other, Proxytype):
        return getattr(one, "_node", None) is getattr(other, "_node", None)
    return bool(one == other or (one != one and other != other))


def widget_values(parameters: Iterable[Node]) -> dict[str, AnyValue]:
    """The present values of those parameters that have a widget, by name."""
    widgets = {node.value[0]: widget_of(node) for node in parameters}
    return {name: widget.value for name, widget in widgets.items() if widget is not None}


def value_now(value: AnyValue) -> AnyValue:
    """The present value of a proxy that has a widget; anything else is what it is."""
    widget = widget_of(value._node) if isinstance(value, Proxytype) else None
    return value if widget is None else widget.value
