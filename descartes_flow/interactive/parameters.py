"""The parameters of a layer, with a value or a widget for each."""

from collections.abc import Callable, Collection, Mapping
from typing import Any as AnyValue
from typing import NamedTuple

import ipywidgets

from .._spelling import did_you_mean
from ..errors import ProxyTypeError
from ..graph import Node
from ..types import Proxytype
from ..types.parameter import RESERVED, argument_node
from ..types.proxytype import WIDGETS, describe, widget_of
from ..types.widgets import Widget, value_now
from ..types.widgets.widget import Change
from .panel.parameter_panel import ParameterPanel
from .widgets import Linked, default_widget, end


class Bindings(NamedTuple):
    """What each parameter is bound to; replaced as a whole, so that another thread never sees half of it."""

    types: dict[str, type[Proxytype]]
    values: dict[str, AnyValue]
    widgets: dict[str, Linked]

    def present(self) -> dict[str, AnyValue]:
        """The values now."""
        return {
            name: self.widgets[name].value if name in self.widgets else self.values[name]
            for name in self.types
        }


class ParameterSet:
    """Values of a layer's parameters, by name: ``layer.parameters.threshold = 0.4`` draws the layer anew.

    A parameter that is linked to a widget has the widget's value, and setting one sets the other.

    Parameters
    ----------
    changed : callable
        Called after a value has changed, in the thread that changed it.
    title : callable
        Gives what to call the widgets together.

    Examples
    --------
    >>> from descartes_flow import Float, Image, parameter
    >>> scene = Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> brighter = scene.pick_bands("nir") * parameter("by", Float)
    >>> layer = brighter.visualize("brighter", scales=[0, 1], by=1.5)
    >>> layer.parameters.by = 2.0
    >>> layer.parameters
    ParameterSet({'by': 2.0})
    """

    _bound: Bindings
    _changed: Callable[[], None]
    _title: Callable[[], str]
    _panels: tuple[ParameterPanel, ...]
    _widget: ParameterPanel | None
    _own: dict[str, Widget]

    def __init__(self, changed: Callable[[], None], title: Callable[[], str] = lambda: "Parameters") -> None:
        self.__dict__.update(
            _bound=Bindings({}, {}, {}), _changed=changed, _title=title, _panels=(), _widget=None, _own={}
        )

    def update(self, parameters: Mapping[str, type[Proxytype]], given: Mapping[str, AnyValue]) -> None:
        """Have exactly these parameters.

        Parameters
        ----------
        parameters : mapping of str to type
            Names and types.
        given : mapping of str to object
            What `check_parameters` accepts.
        """
        found = with_widgets(parameters, given)
        widgets = {name: found[name] for name in parameters if isinstance(found[name], Linked)}
        values = {name: found[name] for name in parameters if name not in widgets}
        kept = set(widgets.values())
        self._let_go(kept)
        self.__dict__["_bound"] = Bindings(dict(parameters), values, widgets)
        for widget in kept:
            widget.observe(self._widget_changed, "value")
        self._fill()
        self._changed()

    def link(self, name: str, widget: Linked | Proxytype | None) -> None:
        """Let `widget` hold the value of a parameter from now on; None: no widget, the value stays.

        Parameters
        ----------
        name : str
        widget : ipywidgets.Widget or what `wf.widgets` makes, optional
        """
        self._require(name)
        types, values, widgets = self._bound
        linked = _widget_itself(widget)
        if linked is not None and not isinstance(linked, Linked):
            raise ProxyTypeError(f"link(widget=): expected a widget, got {describe(widget)}")
        given = {**values, **widgets, name: getattr(self, name) if linked is None else linked}
        check_parameters(types, given, "link")
        self.update(types, given)

    def to_dict(self) -> dict[str, AnyValue]:
        """The values, in the order in which the parameters are first used."""
        return self._bound.present()

    def links(self) -> tuple[Linked, ...]:
        """The widgets that hold values."""
        return tuple(self._bound.widgets.values())

    def nodes(self) -> dict[str, Node] | None:
        """The values as nodes of a program; None while one of them is None, as where nothing is picked.

        Raises
        ------
        ProxyTypeError, ValueError
            If a widget holds a value that does not fit.
        """
        bound = self._bound
        return value_nodes(bound.types, bound.present(), "layer.parameters")

    @property
    def widget(self) -> ParameterPanel:
        """What `make_widget` makes; the same object each time."""
        panel = self._widget
        if panel is None or panel.comm is None:
            panel = self.__dict__["_widget"] = self.make_widget()
        return panel

    def make_widget(self, title: bool = True) -> ParameterPanel:
        """A widget for each parameter, one below the other, kept up to date until it is closed.

        A parameter without a widget gets one that fits its type: a box to tick or to type into, a calendar.

        Parameters
        ----------
        title : bool
            Whether the name of the layer stands above them.
        """
        panel = ParameterPanel(self._title if title else None)
        self.__dict__["_panels"] = (*self._panels, panel)
        self._fill()
        return panel

    def retitle(self) -> None:
        """Have the widgets show the title as it is now."""
        for panel in self._panels:
            panel.retitle()

    def _fill(self) -> None:
        panels = self.__dict__["_panels"] = tuple(panel for panel in self._panels if panel.comm is not None)
        if not panels:
            return
        types, values, widgets = self._bound
        for name, kind in types.items():
            if name not in widgets and name not in self._own:
                own = default_widget(name, kind, values[name])
                if own is not None:
                    self._own[name] = own
                    own.observe(self._take)
        for panel in panels:
            panel.fill({name: widgets.get(name, self._own.get(name)) for name in types})

    def _take(self, change: Change) -> None:
        """Keep a value that was set on a widget of our own."""
        self._bound.values[change.owner.name] = change.new
        self._changed()

    def _show(self, name: str, value: AnyValue) -> None:
        """Let the panels show a value that was set elsewhere, if a widget of our own can have it."""
        own = self._own.pop(name, None)
        fitting = default_widget(name, self._bound.types[name], value)
        if own is not None and fitting is not None:
            self._own[name] = own
            own.take(value, teller=self._take)
        elif own is not None or fitting is not None:
            if own is not None:
                end(own)
            self._fill()

    def close(self) -> None:
        """Let go of the widgets, which belong to the user and live on; the values stay."""
        self._let_go()
        for panel in self._panels:
            panel.close()
        self.__dict__["_panels"] = ()

    def _let_go(self, kept: Collection[Linked] = ()) -> None:
        types, _, widgets = self._bound
        self.__dict__["_bound"] = Bindings(types, self._bound.present(), {})
        for widget in set(widgets.values()).difference(kept):
            widget.unobserve(self._widget_changed, "value")
            if isinstance(widget, Widget) and not widget.is_observed and widget not in WIDGETS.values():
                end(widget)  # another has its name, and nobody else needs it
        for own in self._own.values():
            end(own)
        self._own.clear()

    def _widget_changed(self, change: object) -> None:
        self._changed()

    def _require(self, name: str) -> None:
        known = self._bound.types
        if name not in known:
            listed = f"they are {', '.join(known)}" if known else "there are none"
            raise AttributeError(f"the layer has no parameter {name!r}; {listed}")

    def __getattr__(self, name: str) -> AnyValue:
        if name.startswith("_"):
            raise AttributeError(name)  # copy and pickle ask before there are bindings
        if hasattr(type(self), name):
            return object.__getattribute__(self, name)  # a property that failed: its own error
        self._require(name)
        return self._bound.present()[name]

    def __setattr__(self, name: str, value: AnyValue) -> None:
        self._require(name)
        types, values, widgets = self._bound
        if value is not None:
            argument_node(name, types[name], value_now(value), "parameters")
        if name in widgets:
            widgets[name].value = value_now(value)
            return
        values[name] = value_now(value)
        self._show(name, values[name])
        self._changed()

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._bound.types]

    def __repr__(self) -> str:
        return f"ParameterSet({self.to_dict()!r})"


def check_parameters(
    parameters: Mapping[str, type[Proxytype]], given: Mapping[str, AnyValue], call: str
) -> dict[str, Node] | None:
    """The given values as nodes of a program; None while one of them is None.

    Parameters
    ----------
    parameters : mapping of str to type
        Names and types.
    given : mapping of str to object
        For each a value, a proxy that depends on no parameter, or a widget with the trait ``value``.
    call : str
        What the user called.

    Raises
    ------
    ValueError
        If one is missing, unknown, or depends on parameters itself.
    ProxyTypeError
        If one has an unsuitable type.
    """
    given = with_widgets(parameters, given)
    missing = [name for name in parameters if name not in given]
    if missing:
        raise ValueError(
            f"Missing required parameter: {call}() needs {', '.join(f'{name}=' for name in missing)}"
        )
    unknown = [name for name in given if name not in parameters]
    if unknown:
        known = f"the parameters are {', '.join(parameters)}" if parameters else "nothing here is a parameter"
        meant = did_you_mean(unknown[0], [*parameters, *RESERVED])
        raise ValueError(
            f"Unknown parameter: {call}() got {', '.join(f'{n}=' for n in unknown)}; {known}{meant}"
        )
    values = {name: _present_value(name, given[name], call) for name in parameters}
    return value_nodes(parameters, values, call)


def with_widgets(
    parameters: Mapping[str, type[Proxytype]], given: Mapping[str, AnyValue]
) -> dict[str, AnyValue]:
    """What is given, widgets in the place of their proxies, and for all else the widgets that there are."""
    known = {
        name: WIDGETS[name, kind.__name__]
        for name, kind in parameters.items()
        if (name, kind.__name__) in WIDGETS
    }
    told = {name: _widget_itself(value) for name, value in given.items()}
    return {**known, **told}


def _widget_itself(value: AnyValue) -> AnyValue:
    return (widget_of(value._node) or value) if isinstance(value, Proxytype) else value


def value_nodes(
    parameters: Mapping[str, type[Proxytype]], values: Mapping[str, AnyValue], call: str
) -> dict[str, Node] | None:
    """Values of parameters as nodes of a program; None while one of them is None."""
    known = {name: value for name, value in values.items() if value is not None}
    nodes = {name: argument_node(name, parameters[name], value, call) for name, value in known.items()}
    return nodes if len(nodes) == len(parameters) else None


def _present_value(name: str, given: AnyValue, call: str) -> AnyValue:
    if not isinstance(given, Linked):
        return given
    if isinstance(given, ipywidgets.Widget) and not given.has_trait("value"):
        raise ProxyTypeError(f"{call}({name}=): expected a widget with a value, got a {type(given).__name__}")
    return given.value
