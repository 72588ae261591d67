// plotly.js: large, so a page loads each of its bundles once, when it is needed; and again where that failed.

/** @type {Record<string, Promise<Plotly> | undefined>} */
const loading = {}; // bundle -> plotly.js with its traces

// The plotly.js of the page, once it is there.
export function plotly() {
  return (loading.flat ??= load("flat"));
}

// The plotly.js whose traces have three axes, once it is there. It loads after the other, as of two that come at the
// same time nobody could tell which has the name.
export function plotly3d() {
  return (loading.gl3d ??= plotly().catch(() => {}).then(() => load("gl3d")));
}

// Loads a bundle, unless the page has it from the start. Each calls itself `Plotly`, so the one that had the name
// keeps it.
/** @type {(bundle: string) => Promise<Plotly>} */
async function load(bundle) {
  const kept = window.plotlyBundles?.[bundle];
  return kept ?? new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(`vendor/plotly-${bundle}.min.js`, import.meta.url).href;
    const { Plotly: before } = window;
    script.onload = () => {
      const { Plotly: loaded } = window;
      window.Plotly = before ?? loaded;
      resolve(loaded);
    };
    script.onerror = () => {
      script.remove();
      loading[bundle] = undefined;
      reject(new Error("plotly.js did not load"));
    };
    document.head.append(script);
  });
}
