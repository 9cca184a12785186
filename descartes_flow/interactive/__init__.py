"""The map in the notebook: map, layers, controls, parameters (ipyleaflet, ipywidgets)."""
