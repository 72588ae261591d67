// A widget's own script, which every widget of a notebook brings: the stage itself is in the library that they share.

const REFERENCE = "IPY_MODEL_"; // begins how a widget names another

// Called by anywidget for each place on the page that shows the widget. Returns a function that takes it away again.
/** @type {(widget: { model: WidgetModel, el: HTMLElement }) => Promise<() => void>} */
export async function render({ model, el }) {
  /** @type {WidgetModel & { loaded?: Promise<{ show(model: WidgetModel, place: HTMLElement): () => void }> }} */
  const library = await model.widget_manager.get_model(model.get("library").slice(REFERENCE.length));
  library.loaded ??= load(library.get("code"));
  const loaded = await library.loaded;
  return loaded.show(model, el);
}

/** @type {(code: string) => Promise<any>} */
async function load(code) {
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const { default: loaded } = await import(address);
  URL.revokeObjectURL(address);
  return loaded;
}
