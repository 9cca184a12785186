"""The map that `visualize` uses; made when this module is first imported, which happens once in a process."""

from .app import MapApp

map = MapApp()
