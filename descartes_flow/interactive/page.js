// What only the page can do for a map; page.py says what and why.

const SUPPRESS = "data-lm-suppress-shortcuts"; // JupyterLab takes no key from an element that has it
const MAP = ".leaflet-container";
const BUTTON = "button, a[title]";
const SLIDER = ".widget-slider";

/** Let a key that is pressed in `element` be no shortcut of the notebook. */
function suppress(element, wanted = true) {
  if (wanted) element.setAttribute(SUPPRESS, "true");
  else element.removeAttribute(SUPPRESS);
}

/** Give a button that shows only a picture the name that its tooltip has, and tell whether it is on. */
function name(button) {
  if (button.title && !button.textContent.trim()) button.setAttribute("aria-label", button.title);
  if (button.matches(".widget-toggle-button")) {
    button.setAttribute("aria-pressed", button.classList.contains("mod-active"));
  }
}

/** Give the handles of a slider the name that stands beside it, or else its tooltip. */
function nameSlider(slider) {
  const label = slider.querySelector("label");
  const name = label?.textContent.trim() || label?.title;
  const handles = slider.querySelectorAll("[role=slider]");
  const ends = handles.length === 2 ? [", lower end", ", upper end"] : [""];
  if (name) handles.forEach((handle, place) => handle.setAttribute("aria-label", name + ends[place]));
}

/** Take care of the maps and buttons inside `app`, as they come and change; returns what ends that. */
function attend(app, model) {
  const label = (map) => {
    suppress(map);
    map.setAttribute("role", "application");
    map.setAttribute("aria-label", model.get("label"));
  };
  const labelAll = () => app.querySelectorAll(MAP).forEach(label);
  const take = (element) => {
    if (element.matches(MAP)) label(element);
    if (element.matches(BUTTON)) name(element);
    element.querySelectorAll(MAP).forEach(label);
    element.querySelectorAll(BUTTON).forEach(name);
    const slider = element.closest(SLIDER);
    if (slider) nameSlider(slider);
    element.querySelectorAll(SLIDER).forEach(nameSlider);
  };
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === "attributes" && target.matches(BUTTON)) name(target);
      if (type === "attributes" && target.matches(SLIDER + " > label")) nameSlider(target.parentElement);
      for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) take(node);
    }
  });
  // Only what has the focus counts, so it is marked when a key comes; Ctrl+S and the like stay JupyterLab's.
  const guard = ({ target, ctrlKey, metaKey }) => {
    if (target instanceof Element && app.contains(target)) suppress(target, !(ctrlKey || metaKey));
  };

  window.addEventListener("keydown", guard, true); // before JupyterLab's own, on the document
  observer.observe(app, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["title", "class"],
  });
  model.on("change:label", labelAll);
  take(app);
  return () => {
    observer.disconnect();
    window.removeEventListener("keydown", guard, true);
    model.off("change:label", labelAll);
  };
}

/** Where the browser has no clipboard for us, as on a page that came over plain http. */
function copyBySelection(text) {
  const area = document.createElement("textarea");
  const before = document.activeElement;
  area.value = text;
  area.style.cssText = "position: fixed; opacity: 0";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  before?.focus?.();
  return copied;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

export default {
  initialize({ model }) {
    const hear = async (message) => {
      if (!(await copy(message.copy))) model.send({ refused: message.copy });
    };
    model.on("msg:custom", hear);
    model.set("ready", true);
    model.save_changes();
    return () => model.off("msg:custom", hear);
  },

  render({ model, el }) {
    let timer = 0;
    let end = () => clearTimeout(timer);
    const begin = (pause) => {
      const app = el.closest(".descartes-flow"); // none until the box around takes this view in
      if (app) end = attend(app, model);
      else timer = setTimeout(begin, pause, Math.min(2 * pause, 2000));
    };
    begin(10);
    return () => end();
  },
};
