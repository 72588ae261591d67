// How Streamlit mounts a component: it calls one function on mounting and at every rerun, and the function
// that this returns on unmounting.

// Returns a function that mounts a component. It makes one part for each element, and has the part show
// whatever bytes Python sends.
/** @param {(parent: HTMLElement) => Part} make */
export function mounting(make) {
  /** @type {WeakMap<HTMLElement, Part>} */
  const parts = new WeakMap();
  /** @param {Component<Uint8Array<ArrayBuffer>>} component */
  return ({ parentElement, data, setStateValue }) => {
    const part = parts.get(parentElement) ?? make(parentElement);
    parts.set(parentElement, part);
    part.setState = setStateValue;
    part.show(data).catch((error) => part.fail(error));
    const mine = ++part.mounts;
    return () => {
      if (mine !== part.mounts) return; // of a call that a later one overtook
      parts.delete(parentElement);
      part.destroy();
    };
  };
}
