// The part of plotly.js that is used here: for the type checker. No browser loads it.

/** The calls of plotly.js that are used here. */
interface Plotly {
  react(plot: HTMLElement, traces: Spec[], layout: Spec, config: Spec): void;
  relayout(plot: HTMLElement, layout: Spec): void;
  restyle(plot: HTMLElement, traces: Spec, indices?: (number | null)[]): void;
  update(plot: HTMLElement, traces: Spec, layout: Spec): void;
  purge(plot: HTMLElement): void;
  Fx: { hover(plot: HTMLElement, point: Spec, subplot: string): void; unhover(plot: HTMLElement): void };
  toImage(figure: { data: Spec[]; layout: Spec }, options: Spec): Promise<string>;
}

/** The element that plotly.js draws in. */
interface Plot extends HTMLElement {
  data: Spec[];
  layout: Spec;
  _fullLayout: Record<"xaxis" | "yaxis", { range: [number, number] }>; // as they are drawn: amid a drag, too
  on(event: "plotly_click", listener: (event: PlotClick) => void): void;
  on(event: "plotly_relayout" | "plotly_relayouting", listener: (change: Spec) => void): void;
}

interface PlotClick {
  event: MouseEvent;
  points: { pointIndex: number | [row: number, column: number] }[];
}
