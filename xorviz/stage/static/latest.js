// What several elements hold at once, of which the latest counts. Streamlit may mount an element that it is about
// to remove once more, after the one in its place.

/** @template Value */
export class Latest {
  /** @type {Map<object, Value>} */ held = new Map(); // element -> its value, in the order in which they came

  // The value that came last.
  get value() {
    return [...this.held.values()].at(-1);
  }

  // Takes an element's value, in place of its own one before.
  /** @type {(element: object, value: Value) => void} */
  take(element, value) {
    this.held.delete(element);
    this.held.set(element, value);
  }

  // Lets a value go, unless its element holds another by now. Returns whether it was the latest.
  /** @type {(element: object, value: Value) => boolean} */
  drop(element, value) {
    const wasLatest = this.value === value;
    if (this.held.get(element) === value) this.held.delete(element);
    return wasLatest;
  }
}
