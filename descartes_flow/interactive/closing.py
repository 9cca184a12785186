"""The end of widgets."""

import ipywidgets

MODELS = ("layout", "style", "default_style", "dragging_style")
"""Traits that hold models of their own."""


def close_parts(widget: ipywidgets.Widget) -> None:
    """End the children of a widget and the models of its layout and styles, which outlive it otherwise.

    A widget with the attribute `keeps_children` shows widgets of others, which live on.
    """
    for child in () if hasattr(widget, "keeps_children") else getattr(widget, "children", ()):
        close_parts(child)
        child.close()
    for name in MODELS:
        model = getattr(widget, name, None)
        if isinstance(model, ipywidgets.Widget):
            model.close()
