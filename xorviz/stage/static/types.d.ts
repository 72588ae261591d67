// What the modules here hand each other: for readers, and for the type checker. No browser loads it.

// --- What the modules make of it.

/** Where the playhead is: at a frame of a scene. */
interface Playhead {
  scene: Frames;
  frame: number;
  epoch: number;
}

/** What a chart shows: the values of one frame. */
interface Moment<Shown> {
  chart: Shown;
  frame: number;
  epoch: number;
  views?: Views;
}
type ChartMoment = Moment<ChartSpec>;
type DiagramMoment = Moment<DiagramSpec>;

/** The square of a node in a diagram: its middle, and its width and height. */
interface Square {
  x: number;
  y: number;
  side: number;
}

/** The axes of a plot: where they lie in its panel, in pixels, and the numbers at their ends. */
interface Axes {
  left: number;
  top: number;
  width: number;
  height: number;
  x: [left: number, right: number];
  y: [bottom: number, top: number];
}

/** How a chart looks. */
interface Look {
  spec: ChartSpec;
  axes: Axes;
  colours: Colour[]; // of its picture
  palette: Palette;
  scale: number; // of the page's type
}

/** Red, green and blue, to 255. */
type Colour = number[];
/** A grid of values, a row after the other. */
type Rows = ArrayLike<number>[];
type Format = "png" | "svg";
/** What a picture is drawn on, where its own width and the page's ground are not wanted. */
interface Paper {
  width?: number;
  isTransparent?: boolean;
}

// --- What is around them.

/** A component as Streamlit mounts it. */
interface Component<Data> {
  parentElement: HTMLElement;
  data: Data;
  setStateValue(name: string, value: unknown): void;
}

/** A widget's model, as Jupyter has it in a notebook. */
interface WidgetModel {
  get(name: string): any;
  send(content: object): void;
  on(event: "msg:custom", heard: (content: any, buffers: DataView<ArrayBuffer>[]) => void): void;
  off(event: "msg:custom", heard: (content: any, buffers: DataView<ArrayBuffer>[]) => void): void;
  widget_manager: { get_model(id: string): Promise<WidgetModel> };
}

/** What a component shows in its element. */
interface Part {
  mounts: number; // how often Streamlit mounted it or handed it other bytes
  setState: Component<unknown>["setStateValue"];
  show(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  fail(error: Error): void;
  destroy(): void;
}

interface Window {
  Plotly: Plotly;
  plotlyBundles?: Record<string, Plotly>; // of a page of its own, which has them from the start
}

/** The stage asks for elements of its own HTML, which are there. */
interface ParentNode {
  querySelector<Asked extends HTMLElement = HTMLElement>(selector: string): Asked;
  querySelectorAll<Asked extends HTMLElement = HTMLElement>(selector: string): NodeListOf<Asked>;
}
