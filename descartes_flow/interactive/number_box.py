"""`NumberBox`: a number or nothing, typed as text."""

from __future__ import annotations

from typing import Any as AnyValue

import ipywidgets
import traitlets

from .closing import close_parts


class NumberBox(ipywidgets.Text):  # type: ignore[misc]
    """A trait that is a number or None, as text; what is no number, or is refused, goes away again.

    Parameters
    ----------
    owner : traitlets.HasTraits
    trait : str
    placeholder : str
        Shown instead of None.
    tooltip : str
    """

    def __init__(self, owner: traitlets.HasTraits, trait: str, placeholder: str, tooltip: str) -> None:
        self._owner = owner
        self._trait = trait
        super().__init__(placeholder=placeholder, continuous_update=False, tooltip=tooltip)
        self.add_class("descartes-flow-number")
        self._show()
        self.observe(self._typed, "value")
        owner.observe(self._show, trait)

    def close(self) -> None:
        """Let go of the owner."""
        if self.comm is None:
            return  # closed before
        self._owner.unobserve(self._show, self._trait)
        close_parts(self)
        super().close()

    def _text(self) -> str:
        number = getattr(self._owner, self._trait)
        return "" if number is None else f"{number:.6g}"

    def _show(self, change: object = None) -> None:
        self.value = self._text()

    def _typed(self, change: AnyValue) -> None:
        text = change.new.strip()
        if text == self._text():
            return  # the owner's number may have more digits than are shown
        try:
            setattr(self._owner, self._trait, float(text) if text else None)
        except (ValueError, traitlets.TraitError):
            self._show()
