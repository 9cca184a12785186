"""The map in the notebook: map, layers, controls, parameters (ipyleaflet, ipywidgets)."""

try:
    import anywidget as anywidget
    import ipyleaflet as ipyleaflet
    import ipywidgets as ipywidgets
except ImportError as error:
    raise ImportError(
        "the map needs ipyleaflet, ipywidgets and anywidget; "
        'install them with: pip install "descartes-flow[map]"'
    ) from error
