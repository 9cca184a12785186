"""The parameters of a layer, with a value or a widget for each."""

import threading
from collections.abc import Callable, Mapping
from typing import Any as AnyValue

import ipywidgets

from ..errors import ProxyTypeError
from ..graph import Node
from ..types import Proxytype
from ..types.proxytype import describe


class ParameterSet:
    """Values of a layer's parameters, by name: ``layer.parameters.threshold = 0.4`` draws the layer anew.

    A parameter that is linked to a widget has the widget's value, and setting one sets the other.

    Parameters
    ----------
    changed : callable
        Called after a value has changed, in the thread that changed it.
    """

    _types: dict[str, type[Proxytype]]
    _values: dict[str, AnyValue]
    _widgets: dict[str, ipywidgets.Widget]

    def __init__(self, changed: Callable[[], None]) -> None:
        self.__dict__.update(_types={}, _values={}, _widgets={}, _changed=changed, _lock=threading.Lock())

    def update(self, parameters: Mapping[str, type[Proxytype]], given: Mapping[str, AnyValue]) -> None:
        """Have exactly these parameters.

        Parameters
        ----------
        parameters : mapping of str to type
            Names and types.
        given : mapping of str to object
            For each a value, a proxy that depends on no parameter, or a widget with the trait ``value``.

        Raises
        ------
        ValueError
            If one is missing, unknown, or depends on parameters itself. Then nothing changes.
        ProxyTypeError
            If one has an unsuitable type. Then nothing changes.
        """
        check_parameters(parameters, given)
        for name in self._widgets:
            self._unlink(name)
        with self._lock:
            self.__dict__.update(_types=dict(parameters), _values={}, _widgets={})
        for name in parameters:
            if isinstance(given[name], ipywidgets.Widget):
                self._widgets[name] = given[name]
                given[name].observe(self._widget_changed, "value")
            else:
                self._values[name] = given[name]
        self._changed()

    def link(self, name: str, widget: ipywidgets.Widget | None) -> None:
        """Let `widget` hold the value of a parameter from now on; None: no widget any more, the value stays."""
        self._require(name)
        value = getattr(self, name) if widget is None else widget
        self.update(self._types, self._given() | {name: value})

    def to_dict(self) -> dict[str, AnyValue]:
        """The values, in the order in which the parameters are first used."""
        return {name: getattr(self, name) for name in self._types}

    def nodes(self) -> dict[str, Node] | None:
        """The values as nodes of a program; None while one of them is None, as where nothing is picked.

        Raises
        ------
        ProxyTypeError, ValueError
            If a widget holds a value that does not fit.
        """
        values = self.to_dict()
        if any(value is None for value in values.values()):
            return None
        return {name: promoted(name, self._types[name], value) for name, value in values.items()}

    def close(self) -> None:
        """Let go of the widgets, which belong to the user and live on."""
        for name in self._widgets:
            self._unlink(name)

    def _given(self) -> dict[str, AnyValue]:
        return {name: self._widgets.get(name, self._values.get(name)) for name in self._types}

    def _unlink(self, name: str) -> None:
        self._widgets[name].unobserve(self._widget_changed, "value")

    def _widget_changed(self, change: object) -> None:
        self._changed()

    def _require(self, name: str) -> None:
        if name not in self._types:
            known = f"they are {', '.join(self._types)}" if self._types else "there are none"
            raise AttributeError(f"the layer has no parameter {name!r}; {known}")

    def __getattr__(self, name: str) -> AnyValue:
        if name.startswith("__"):
            raise AttributeError(name)
        self._require(name)
        return self._widgets[name].value if name in self._widgets else self._values[name]

    def __setattr__(self, name: str, value: AnyValue) -> None:
        self._require(name)
        if value is not None:
            promoted(name, self._types[name], value)
        if name in self._widgets:
            self._widgets[name].value = value
            return
        self._values[name] = value
        self._changed()

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._types]

    def __repr__(self) -> str:
        return f"ParameterSet({self.to_dict()!r})"


def check_parameters(
    parameters: Mapping[str, type[Proxytype]], given: Mapping[str, AnyValue], call: str = "visualize"
) -> None:
    """Raise unless each parameter is given, with a value that fits, and nothing else is; see `ParameterSet`."""
    missing = [name for name in parameters if name not in given]
    if missing:
        raise ValueError(
            f"Missing required parameter: {call}() needs {', '.join(f'{name}=' for name in missing)}"
        )
    unknown = [name for name in given if name not in parameters]
    if unknown:
        known = f"the parameters are {', '.join(parameters)}" if parameters else "nothing here is a parameter"
        raise ValueError(f"Unknown parameter: {call}() got {', '.join(f'{n}=' for n in unknown)}; {known}")
    for name, kind in parameters.items():
        value = given[name]
        if isinstance(value, ipywidgets.Widget):
            if not value.has_trait("value"):
                raise ProxyTypeError(
                    f"{call}({name}=): expected a widget with a value, got a {type(value).__name__}"
                )
            value = value.value
        if value is not None:
            promoted(name, kind, value, call)


def promoted(name: str, kind: type[Proxytype], value: AnyValue, call: str = "visualize") -> Node:
    """The node of a parameter's value.

    Raises
    ------
    ProxyTypeError
        If the value does not fit.
    ValueError
        If it depends on parameters itself.
    """
    try:
        proxy = kind._promote(value)
    except ProxyTypeError as error:
        raise ProxyTypeError(f"{call}({name}=): expected {kind.__name__}, got {describe(value)}") from error
    if proxy._node.free:
        others = ", ".join(node.value[0] for node in proxy._node.free)
        raise ValueError(f"{call}({name}=): expected a value, got one that depends on parameters ({others})")
    return proxy._node
