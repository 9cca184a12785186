"""How the map and its rows look, in light and dark themes of JupyterLab."""

STYLESHEET = """<style>
.descartes-flow .leaflet-container { background: var(--jp-layout-color2, #e0e0e0); }
.descartes-flow .leaflet-container:focus-visible,
.descartes-flow .leaflet-container button:focus-visible,
.descartes-flow .leaflet-container a:focus-visible {
  outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: -2px; }
.descartes-flow-card { background: var(--jp-layout-color1, #fff); color: var(--jp-ui-font-color1, #222);
  padding: 4px; max-height: 70vh; max-width: 420px; overflow: auto; border-radius: 4px; }
.descartes-flow-titlebar { align-items: center; justify-content: space-between; }
.descartes-flow-heading { font-weight: 600; }
.descartes-flow-toolbar .jupyter-button { padding: 0; margin: 0; }
.descartes-flow-rows { padding: 4px 0; }
.descartes-flow-row { align-items: center; min-height: 34px; padding-left: 4px; }
.descartes-flow-row > * { flex: none; margin: 0 3px; }
.descartes-flow-row > .descartes-flow-name { flex: 0 1 180px; min-width: 60px; }
.descartes-flow-row > .descartes-flow-scales { flex: 0 1 340px; min-width: 150px; }
.descartes-flow-row .jupyter-button { padding: 0; line-height: 26px; }
.descartes-flow-row input[type="text"] { padding: 3px 5px; }
.descartes-flow-row input[type="checkbox"] { margin: 0; vertical-align: middle; }
.descartes-flow-rows .descartes-flow-parameters { padding: 0 0 4px 132px; }
.descartes-flow-scales { align-items: center; }
.descartes-flow-scales > * { flex: 1 1 0; min-width: 0; margin: 0 2px; }
.descartes-flow-name input[type="text"] { border-color: transparent; background: transparent; }
.descartes-flow-name input[type="text"]:hover,
.descartes-flow-name input[type="text"]:focus { border-color: var(--jp-widgets-input-border-color, #9e9e9e); }
.descartes-flow-limit input[type="text"] { text-align: right; }
.descartes-flow-missing input[type="text"] { border-color: var(--jp-error-color1, #d32f2f); }
.descartes-flow-scales .widget-html-content { line-height: 0; }
.descartes-flow-bar { height: 14px; border: 1px solid var(--jp-border-color1, #bdbdbd); }
.descartes-flow-aiming, .descartes-flow-aiming .leaflet-container,
.descartes-flow-aiming .leaflet-interactive { cursor: crosshair !important; }
.descartes-flow-probe .widget-html-content { line-height: 1.35; }
.descartes-flow-probe p { margin: 4px 6px; color: var(--jp-ui-font-color2, #666); }
.descartes-flow-probe small { color: var(--jp-ui-font-color2, #666); font-weight: 400; }
.descartes-flow-probe table { border-collapse: collapse; width: 100%; }
.descartes-flow-probe th,
.descartes-flow-probe td { padding: 2px 6px; text-align: left; vertical-align: top; }
.descartes-flow-probe th { font-weight: 600; max-width: 180px; overflow-wrap: anywhere; }
.descartes-flow-probe tr:has(th) { border-top: 1px solid var(--jp-border-color2, #e0e0e0); }
.descartes-flow-probe tr:first-child { border-top: none; }
.descartes-flow-probe td:last-child { text-align: right; font-variant-numeric: tabular-nums; }
.descartes-flow-busy i { animation: descartes-flow-turn 1.2s linear infinite; }
@keyframes descartes-flow-turn { to { transform: rotate(360deg); } }
</style>"""
