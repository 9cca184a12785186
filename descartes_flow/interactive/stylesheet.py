"""How the map and what lies on it look, in light and dark themes of JupyterLab."""

# What lies on the map is measured in parts of the map (cqw, cqh): it may be small, or as large as the screen.
STYLESHEET = """<style>
.descartes-flow .leaflet-container { background: var(--jp-layout-color2, #e0e0e0); }
.descartes-flow .leaflet-container:focus-visible { outline: none; }
.descartes-flow .leaflet-container:focus-visible::after { content: ""; position: absolute; inset: 0;
  z-index: 999; border: 2px solid var(--jp-brand-color1, #1976d2); pointer-events: none; }
.descartes-flow-card :is(input, select, .noUi-handle):focus-visible,
.descartes-flow .leaflet-container button:focus-visible,
.descartes-flow .leaflet-container a:focus-visible {
  outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: -2px; }
.leaflet-container:has(.descartes-flow-panel) { container-type: size; }
/* The cards of the right side share its height: the panel gives way to those below it. */
.leaflet-container > .leaflet-control-container:has(.descartes-flow-panel) { position: absolute; inset: 0;
  display: grid; grid-template: minmax(160px, 1fr) minmax(0, auto) / 100%; pointer-events: none; }
:where(.leaflet-container > .leaflet-control-container > *) { pointer-events: auto; }
.leaflet-control-container:has(.descartes-flow-panel) > .leaflet-right { position: static; justify-self: end;
  min-height: 0; display: flex; flex-flow: column; align-items: flex-end; }
.leaflet-control-container:has(.descartes-flow-panel) > .leaflet-top.leaflet-right { grid-area: 1 / 1; }
.leaflet-control-container:has(.descartes-flow-panel) > .leaflet-bottom.leaflet-right { grid-area: 2 / 1; }
.leaflet-right > .leaflet-control { flex: none; }
.leaflet-right > .leaflet-control:has(> .descartes-flow-card) { flex: 0 1 auto; min-height: 0;
  display: flex; }
.leaflet-bottom.leaflet-right > .leaflet-control:has(> .descartes-flow-card) { margin-top: 8px;
  min-height: 72px; }
body[data-jp-theme-light="false"] .descartes-flow-basemap {
  filter: invert(1) hue-rotate(180deg) saturate(0.6) brightness(1.6) contrast(0.8); }
body[data-jp-theme-light="false"] .descartes-flow .leaflet-control-fullscreen-button {
  background-color: #fff; filter: invert(0.87); }
.descartes-flow .leaflet-control-scale-line { color: var(--jp-ui-font-color1, #222);
  border-color: var(--jp-ui-font-color2, #777); background: var(--jp-layout-color1, #fff);
  text-shadow: none; opacity: 0.85; }
.descartes-flow-card { background: var(--jp-layout-color1, #fff); color: var(--jp-ui-font-color1, #222);
  padding: 4px; max-width: clamp(200px, 100cqw - 240px, 420px); overflow: auto; border-radius: 4px; }
.descartes-flow-card > * { flex: none; }
.descartes-flow-titlebar { align-items: center; justify-content: space-between; }
.descartes-flow-card > .descartes-flow-titlebar { position: sticky; top: -4px; z-index: 1;
  background: inherit; }
.descartes-flow-heading { font-weight: 600; }
.descartes-flow-toolbar .jupyter-button { padding: 0; margin: 0; }
.jupyter-button.descartes-flow-icon { width: 22px; height: 24px; line-height: 24px; padding: 0; margin: 0;
  flex: none; background: transparent; color: var(--jp-ui-font-color2, #616161); box-shadow: none; }
.jupyter-button.descartes-flow-icon:hover:enabled { background: var(--jp-layout-color2, #eee);
  color: var(--jp-ui-font-color1, #222); box-shadow: none; }
.jupyter-button.descartes-flow-icon i.center { margin: 0; }

.descartes-flow-panel { width: min(330px, 60cqw); max-width: none; overflow: hidden; padding: 2px;
  --jp-widgets-inline-height: 24px; --jp-widgets-margin: 0px; --jp-widgets-font-size: 12px;
  --jp-widgets-inline-label-width: 72px; --jp-widgets-input-padding: 4px; }
.descartes-flow-panel:has(> .descartes-flow-heading:not(.mod-active)) { width: auto; }
.descartes-flow-panel > .descartes-flow-heading { width: auto; align-self: stretch; flex: none; margin: 0;
  padding: 0 6px; text-align: left; background: transparent; box-shadow: none; color: inherit;
  font-family: inherit; font-size: 12px; }
.descartes-flow-panel > .descartes-flow-heading i { width: 12px; }
.descartes-flow-panel > .descartes-flow-body { flex: 0 1 auto; min-height: 0; overflow: hidden; }
.descartes-flow-rows { flex: 0 1 auto; min-height: 0; overflow: hidden auto; }
.descartes-flow-rows > * { flex: none; overflow: hidden;
  border-top: 1px solid var(--jp-border-color2, #e0e0e0); }
.descartes-flow-row { align-items: center; height: 30px; }
.descartes-flow-row > .widget-checkbox { flex: none; width: 16px; }
.descartes-flow-panel input[type="checkbox"] { margin: 0 5px 0 0; align-self: center; }
.descartes-flow-panel .widget-checkbox label { display: flex; align-items: center; height: 100%; }
.descartes-flow-row > .descartes-flow-name { flex: 1 1 0; width: auto; min-width: 40px; }
.descartes-flow-row > .descartes-flow-name:first-child { margin-left: 38px; }
.descartes-flow-name input[type="text"] { border-color: transparent; background: transparent;
  text-overflow: ellipsis; }
.descartes-flow-name input[type="text"]:hover,
.descartes-flow-name input[type="text"]:focus { border-color: var(--jp-widgets-input-border-color, #9e9e9e); }
.descartes-flow-place { flex: none; padding: 3px 6px 1px; overflow: hidden;
  border-top: 1px solid var(--jp-border-color2, #e0e0e0); }
.descartes-flow-place .widget-hbox { align-items: center; overflow: hidden; gap: 6px; }
.descartes-flow-place .widget-label { flex: none; width: auto; margin-right: 6px;
  color: var(--jp-ui-font-color2, #616161); }
.descartes-flow-place .widget-text { flex: 1 1 0; width: auto; min-width: 0; }
.descartes-flow-place .widget-text:last-child { flex: none; width: 92px; }
.descartes-flow-place .descartes-flow-refusal { color: var(--jp-error-color1, #d32f2f); height: auto;
  white-space: normal; line-height: 1.3; padding: 2px 0; }
.descartes-flow-status { flex: none; align-items: center; margin-right: 4px; }
.descartes-flow-status .widget-html-content { font-size: 11px; line-height: 14px; white-space: nowrap;
  color: var(--jp-ui-font-color2, #616161); }
.descartes-flow-progress { height: 2px; background: var(--jp-layout-color3, #bdbdbd); }
.descartes-flow-progress i { display: block; height: 2px; background: var(--jp-brand-color1, #1976d2); }
.descartes-flow-details { padding: 0 10px 6px 22px; overflow: hidden; }
.descartes-flow-details > * { width: auto; flex: none; overflow: hidden; }
.descartes-flow-section { align-items: center; min-height: 28px; overflow: hidden; }
.descartes-flow-section > * { flex: 1 1 0; width: auto; min-width: 0; }
.descartes-flow-section > * + * { margin-left: 6px; }
.descartes-flow-section > .descartes-flow-label { display: block; flex: none; width: 72px; margin: 0;
  color: var(--jp-ui-font-color2, #616161); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.descartes-flow-section:has(.descartes-flow-dates) > .descartes-flow-label { align-self: flex-start; }
.descartes-flow-dates { align-items: center; overflow: hidden; }
.descartes-flow-dates > .widget-slider { flex: 1 1 0; width: auto; min-width: 0; margin: 0 8px; }
.descartes-flow-exports { overflow: hidden; }
.descartes-flow-exports > .jupyter-button { flex: 1 1 auto; width: auto; min-width: 0; margin: 0 2px 0 0;
  padding: 0 4px; font-size: 11px; }
.descartes-flow-section .widget-textarea { width: auto; margin-top: 2px; }
.descartes-flow-section textarea { font-family: var(--jp-code-font-family, monospace); font-size: 10px;
  white-space: pre; overflow: auto; user-select: text; }
.descartes-flow-note, .descartes-flow-histogram > .widget-label { font-size: 11px; line-height: 16px;
  height: auto; min-height: 18px; white-space: normal; overflow-wrap: anywhere;
  color: var(--jp-ui-font-color2, #616161); }
.descartes-flow-parameters .widget-label { flex: none; min-width: 90px; max-width: 200px; text-align: left; }
.descartes-flow-parameters .widget-checkbox { margin-left: 98px; }
.descartes-flow-details .descartes-flow-parameters > * { margin: 2px 0; }
.descartes-flow-details .descartes-flow-parameters .widget-box > .widget-inline-hbox { flex: 0 1 auto; }
.descartes-flow-details .descartes-flow-parameters .widget-inline-hbox { width: auto; min-width: 0; }
.descartes-flow-details .descartes-flow-parameters .widget-label { min-width: 72px; max-width: 50%;
  margin-right: 6px; color: var(--jp-ui-font-color2, #616161); }
.descartes-flow-details .descartes-flow-parameters .widget-checkbox { margin-left: 78px; }
.descartes-flow-parameters input[type="datetime-local"] { flex: 0 1 212px; width: auto; min-width: 0;
  box-sizing: border-box; height: var(--jp-widgets-inline-height); font: inherit; padding: 0 4px;
  border: 1px solid var(--jp-widgets-input-border-color, #9e9e9e); color: var(--jp-widgets-input-color, #222);
  background: var(--jp-widgets-input-background-color, #fff); }
body[data-jp-theme-light="false"] .descartes-flow-parameters input { color-scheme: dark; }
.descartes-flow-details .descartes-flow-parameters input[type="datetime-local"] { flex: 1 1 0; }
.descartes-flow-details .widget-radio { flex-flow: row; }
.descartes-flow-details .widget-readout { min-width: 36px; margin: 0; text-align: right; }
.descartes-flow-details input, .descartes-flow-details button { font-family: inherit; font-size: 12px; }
.descartes-flow-details .widget-slider { padding-right: 8px; }
.descartes-flow-panel select { background-image: url("data:image/svg+xml,\\
<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18'><path d='M4 6h10l-5 6z' fill='gray'/></svg>"); }
.descartes-flow-number input[type="text"] { text-align: right; }
.descartes-flow-missing input[type="text"] { border-color: var(--jp-error-color1, #d32f2f); }
.descartes-flow-scales { overflow: hidden; }
.descartes-flow-scales .widget-html-content { line-height: 0; }
.descartes-flow-bar { height: 14px; border: 1px solid var(--jp-border-color1, #bdbdbd); }
.descartes-flow-palette .widget-html { display: none; }
.descartes-flow-palette .widget-toggle-buttons { width: auto; }
.descartes-flow-palette .widget-toggle-buttons > div { display: flex; flex-flow: row wrap; width: 100%; }
.descartes-flow-palette .widget-toggle-button { flex: none; width: 40px; height: 16px; margin: 1px;
  padding: 0; font-size: 0; box-shadow: none; border: 1px solid var(--jp-border-color1, #bdbdbd); }
.descartes-flow-palette .widget-toggle-button.mod-active {
  outline: 2px solid var(--jp-brand-color1, #1976d2); }
.descartes-flow-stretch > * { margin: 0 10px; }
.descartes-flow-stretch .widget-hslider { padding: 0; }
.descartes-flow-stretch .slider-container { margin: 0; }
.descartes-flow-presets { flex-flow: row wrap; }
.descartes-flow-presets .jupyter-button:not(.descartes-flow-icon) { padding: 0 6px; margin: 1px; }
.descartes-flow-bars { position: relative; line-height: 1.2; padding-top: 5px; }
.descartes-flow-bars svg { display: block; width: 100%;
  border-bottom: 1px solid var(--jp-border-color1, #bdbdbd); }
.descartes-flow-bars-red { fill: #d32f2f; }
.descartes-flow-bars-green { fill: #388e3c; }
.descartes-flow-bars-blue { fill: #1976d2; }
.descartes-flow-bars-grey { fill: var(--jp-ui-font-color2, #757575); }
.descartes-flow-outside { fill: var(--jp-layout-color1, #fff); opacity: 0.7; }
.descartes-flow-limit-line { stroke: var(--jp-ui-font-color1, #222); stroke-width: 1.5px;
  vector-effect: non-scaling-stroke; }
.descartes-flow-strip { position: relative; height: 6px; }
.descartes-flow-ticks { position: relative; height: 1.3em; font-size: var(--jp-ui-font-size0, 11px); }
.descartes-flow-ticks > span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
[class*="descartes-flow-aiming-"] .leaflet-container,
[class*="descartes-flow-aiming-"] .leaflet-interactive { cursor: crosshair !important; }
[class*="descartes-flow-aiming-"] path.leaflet-interactive { filter: drop-shadow(0 0 1.5px #000); }
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
.descartes-flow-log { margin-top: 4px; --jp-widgets-font-size: 12px; }
.descartes-flow-log .widget-html-content { line-height: 1.4; font-size: 12px;
  color: var(--jp-ui-font-color1, #222); }
.descartes-flow-entries { max-height: 240px; overflow: hidden auto; }
.descartes-flow-entry { flex: none; overflow: hidden; padding: 2px 0;
  border-top: 1px solid var(--jp-border-color2, #e0e0e0); }
.descartes-flow-entry .widget-html { height: auto; margin: 0 2px; }
.descartes-flow-entry .widget-html-content > div { border-left: 3px solid; padding-left: 6px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
.descartes-flow-entry div > * { color: var(--jp-ui-font-color1, #222); margin-right: 6px; }
.descartes-flow-entry div > small, .descartes-flow-entry details { color: var(--jp-ui-font-color2, #616161); }
.descartes-flow-entry div.descartes-flow-info { border-color: var(--jp-info-color1, #0288d1); }
.descartes-flow-entry div.descartes-flow-warning { border-color: var(--jp-warn-color1, #f57c00); }
.descartes-flow-entry div.descartes-flow-error { border-color: var(--jp-error-color1, #d32f2f); }
.descartes-flow-entry details { padding-left: 9px; }
.descartes-flow-entry details p { margin: 2px 0; }
.descartes-flow-entry summary { cursor: pointer; width: fit-content; }
.descartes-flow-entry pre { font-size: 11px; line-height: 1.35; overflow: auto; margin: 2px 0; }
.descartes-flow-legend { width: 210px; max-width: 45cqw; padding: 2px 10px 4px;
  max-height: calc(100cqh - 222px); /* from below the toolbar to above the scale bar */
  box-shadow: 0 1px 5px rgb(0 0 0 / 40%); }
.descartes-flow-legend .widget-html-content { line-height: 1.35; font-size: 12px; width: 100%; min-width: 0;
  white-space: normal; }
.descartes-flow-legend section { padding: 4px 0; }
.descartes-flow-legend section + section { border-top: 1px solid var(--jp-border-color2, #e0e0e0); }
.descartes-flow-legend b { display: block; font-weight: 600; overflow-wrap: anywhere; }
.descartes-flow-legend small { display: block; font-size: 11px; color: var(--jp-ui-font-color2, #616161); }
.descartes-flow-legend ul { list-style: none; margin: 0; padding: 0; }
.descartes-flow-legend li { margin: 2px 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.descartes-flow-legend li i { display: inline-block; width: 20px; height: 13px; margin-right: 7px;
  vertical-align: -2px; border: 1px solid var(--jp-border-color1, #bdbdbd); box-sizing: border-box; }
.descartes-flow-legend .descartes-flow-bar { margin: 3px 0 1px; }
.descartes-flow-series { width: min(400px, max(200px, 100cqw - 240px)); overflow: hidden; }
.descartes-flow-series, .descartes-flow-series > * { flex: none; }
.descartes-flow-series > .widget-html, .descartes-flow-series .widget-html-content { width: 100%; margin: 0; }
.descartes-flow-series b { margin: 0 6px; }
.descartes-flow-chart { display: block; width: 100%; font-family: var(--jp-ui-font-family); }
.descartes-flow-series summary { cursor: pointer; margin: 0 6px; width: fit-content; }
.descartes-flow-series details > div { max-height: 120px; overflow: auto;
  border-top: 1px solid var(--jp-border-color2, #e0e0e0); }
.descartes-flow-series table { font-size: 11px; white-space: nowrap; }
.descartes-flow-series thead th { position: sticky; top: 0; background: var(--jp-layout-color1, #fff);
  border-bottom: 2px solid transparent; }
.descartes-flow-series td:nth-child(n + 3), .descartes-flow-series th:nth-child(n + 3) { text-align: right;
  font-variant-numeric: tabular-nums; }
.descartes-flow-series td:nth-child(2) { max-width: 130px; overflow: hidden; text-overflow: ellipsis;
  color: var(--jp-ui-font-color2, #666); }
.descartes-flow-series pre { max-height: 200px; overflow: auto; margin: 2px 6px; padding: 4px;
  font-size: 11px; user-select: all; white-space: pre; color: inherit;
  background: var(--jp-layout-color2, #eee); }
.descartes-flow-area p { margin: 0 4px; line-height: 1.4; }
.descartes-flow-area .jupyter-button { width: auto; padding: 0 8px; }
.descartes-flow-area .descartes-flow-number { width: 84px; }
.descartes-flow-area .widget-dropdown { width: 120px; }
.descartes-flow-swipe .widget-label { width: 40px; text-align: left; }
.descartes-flow-busy i { animation: descartes-flow-turn 1.2s linear infinite; }
@keyframes descartes-flow-turn { to { transform: rotate(360deg); } }
</style>"""
