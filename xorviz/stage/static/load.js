// plotly.js: large, so a page loads it once; and again where that failed.

/** @type {Promise<Plotly> | undefined} */
let loading;

// The plotly.js of the page, once it is there. A page of its own has it from the start.
export function plotly() {
  loading ??= window.Plotly ? Promise.resolve(window.Plotly) : load();
  return loading;
}

/** @type {() => Promise<Plotly>} */
function load() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("vendor/plotly-cartesian.min.js", import.meta.url).href;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      script.remove();
      loading = undefined;
      reject(new Error("plotly.js did not load"));
    };
    document.head.append(script);
  });
}
