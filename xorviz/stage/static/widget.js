// A widget's own script, which every widget of a notebook brings: the stage itself is in the library that they share.

/** @typedef {{ show(model: WidgetModel, place: HTMLElement): () => void }} Loaded */

const REFERENCE = "IPY_MODEL_"; // begins how a widget names another

// Called by anywidget once the widget is made, and before anything is known about where it is shown.
/** @type {(widget: { model: WidgetModel }) => void} */
export function initialize({ model }) {
  libraryOf(model).catch(() => {}); // `render` says so
}

// Called by anywidget for each place on the page that shows the widget. Returns a function that takes it away again.
/** @type {(widget: { model: WidgetModel, el: HTMLElement }) => Promise<() => void>} */
export async function render({ model, el }) {
  const library = await libraryOf(model);
  return library.show(model, el);
}

// The library of the widget, which loads once a page.
/** @type {(model: WidgetModel) => Promise<Loaded>} */
async function libraryOf(model) {
  /** @type {WidgetModel & { loaded?: Promise<Loaded> }} */
  const library = await model.widget_manager.get_model(model.get("library").slice(REFERENCE.length));
  library.loaded ??= load(library.get("code"));
  return library.loaded;
}

/** @type {(code: string) => Promise<Loaded>} */
async function load(code) {
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const { default: loaded } = await import(address);
  URL.revokeObjectURL(address);
  return loaded;
}
