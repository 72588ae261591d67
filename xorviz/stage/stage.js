// The stage: plays a recorded run. Knows charts, channels and a playhead, and no networks:
// every number comes packed from Python.

import { Chart, element, significant } from "./chart.js";
import { unpack } from "./payload.js";
import { Player } from "./player.js";

const BUDGET = 10; // milliseconds that the charts may take of a picture in motion, before the rest wait
const REST = 120; // milliseconds without a movement, after which the charts settle

const FIELDS = "input, textarea, select, [contenteditable], [role=slider], [role=combobox], [role=option], [role=tab]";

const stages = new WeakMap();

// Called by Streamlit on mounting and at every rerun; the returned function on unmounting.
export function mount({ parentElement, data }, plotly) {
  let stage = stages.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement.querySelector("[data-testid=stage]"));
    stages.set(parentElement, stage);
  }
  stage.show(data, plotly).catch((error) => stage.fail(error));
  return () => {
    stages.delete(parentElement);
    stage.destroy();
  };
}

class Stage {
  constructor(root) {
    this.root = root;
    this.player = new Player();
    this.charts = [];
    this.follows = !matchMedia("(prefers-reduced-motion: reduce)").matches; // plays what arrives
    this.find = (selector) => root.querySelector(selector);
    this.scrubber = this.find("[aria-label=Epoch]");
    this.find(".restart").onclick = () => this.goTo(0);
    this.find(".back").onclick = () => this.goTo(this.player.frame - 1);
    this.find(".forward").onclick = () => this.goTo(this.player.frame + 1);
    this.find(".play").onclick = () => this.toggle();
    this.find(".speed").onchange = (event) => (this.player.speed = Number(event.target.value));
    this.scrubber.oninput = () => this.goTo(this.nearest(this.scrubber.valueAsNumber));
    this.onKey = (event) => this.press(event);
    document.addEventListener("keydown", this.onKey);
  }

  destroy() {
    document.removeEventListener("keydown", this.onKey);
    cancelAnimationFrame(this.request);
    clearTimeout(this.rest);
    this.turn = NaN;
    this.charts.forEach((chart) => chart.destroy());
  }

  fail(error) {
    this.find(".failure").hidden = false;
    this.find(".failure").textContent = `The charts can't be shown: ${error.message}.`;
  }

  async show(bytes, plotly) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const [run, Plotly] = await Promise.all([unpack(bytes), plotly]);
    if (turn !== this.turn) return; // a newer run came meanwhile, or the stage is gone
    if (run.id !== this.run?.id) this.showRun(run, Plotly);
    else this.recolour();
  }

  showRun(run, Plotly) {
    this.run = run;
    this.shown = undefined;
    this.palette = this.pickPalette();
    this.player.load(run.epochs.length, this.follows);
    this.scrubber.max = run.epochs.at(-1);
    this.find(".last").textContent = run.epochs.at(-1).toLocaleString("en");
    this.find(".verdict").textContent = run.verdict.text;
    this.find(".verdict").dataset.kind = run.verdict.kind;
    this.layReadouts();
    this.layCharts(Plotly);
    const { frame } = this.player;
    run.charts.forEach((spec, index) => this.charts[index].show(spec, frame, run.epochs[frame], this.palette));
    this.root.dataset.run = run.id;
    this.write();
    this.wake();
  }

  // The sections are made once: a new run has the same charts.
  layCharts(Plotly) {
    if (this.charts.length) return;
    this.charts = this.run.charts.map(({ name }) => {
      const section = element("section");
      section.dataset.chart = name;
      this.find(".charts").append(section);
      return new Chart(Plotly, section);
    });
  }

  layReadouts() {
    this.numbers = this.run.readouts.map(() => element("dd"));
    const rows = this.run.readouts.map(({ label, hint }, index) =>
      element("div", { title: hint }, element("dt", { textContent: label }), this.numbers[index]),
    );
    this.find(".readouts").replaceChildren(...rows);
  }

  // The theme is the page's: told by how light its background is.
  pickPalette() {
    const probe = element("i");
    probe.style.color = getComputedStyle(this.root).getPropertyValue("--st-background-color");
    this.root.append(probe);
    const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
    probe.remove();
    const dark = 0.299 * red + 0.587 * green + 0.114 * blue < 128;
    this.root.dataset.theme = dark ? "dark" : "light";
    return this.run.palettes[this.root.dataset.theme];
  }

  recolour() {
    const palette = this.pickPalette();
    if (palette["font.color"] === this.palette["font.color"]) return;
    this.palette = palette;
    this.charts.forEach((chart) => chart.recolour(palette));
  }

  nearest(epoch) {
    const { epochs } = this.run;
    const after = epochs.findIndex((candidate) => candidate >= epoch);
    return after > 0 && epoch - epochs[after - 1] < epochs[after] - epoch ? after - 1 : after;
  }

  toggle() {
    if (this.player.playing) this.player.pause();
    else this.player.play();
    this.follows = this.player.playing;
    this.wake();
  }

  goTo(frame) {
    this.player.seek(frame);
    this.follows = false;
    this.wake();
  }

  press(event) {
    if (!this.run || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { target } = event;
    if (target !== this.scrubber && target.closest?.(FIELDS)) return;
    const act = {
      " ": () => this.toggle(),
      ArrowLeft: () => this.goTo(this.player.frame - 1),
      ArrowRight: () => this.goTo(this.player.frame + 1),
      Home: () => this.goTo(0),
      End: () => this.goTo(this.player.last),
    }[event.key];
    if (!act || (event.key === " " && target.closest?.("button, a, summary"))) return;
    event.preventDefault();
    act();
  }

  wake() {
    cancelAnimationFrame(this.request);
    this.then = performance.now();
    this.request = requestAnimationFrame((now) => this.tick(now));
  }

  // One picture: move the playhead, write the numbers, and let the charts follow.
  tick(now) {
    if (this.player.playing && !this.pageIsBusy()) this.player.advance(Math.max(now - this.then, 0) / 1000);
    this.then = now;
    this.write();
    const waiting = this.follow(this.player.frame);
    clearTimeout(this.rest);
    if (this.player.playing || waiting) this.request = requestAnimationFrame((next) => this.tick(next));
    else this.rest = setTimeout(() => this.charts.forEach((chart) => chart.settle(this.player.frame)), REST);
  }

  // While Python trains another run this one holds still: the processor's time is worth more there.
  pageIsBusy() {
    return this.root.closest("[data-test-script-state=running]") !== null;
  }

  // In motion, the charts that waited longest go first, until the picture's time is used up.
  follow(frame) {
    const started = performance.now();
    const behind = this.charts.filter((chart) => chart.drawn !== frame).sort((a, b) => a.drawn - b.drawn);
    while (behind.length) {
      behind.shift().follow(frame, this.run.epochs[frame]);
      if (this.player.playing && performance.now() - started > BUDGET) break;
    }
    return behind.length > 0;
  }

  write() {
    const { player, run, root } = this;
    const { frame, state } = player;
    const epoch = run.epochs[frame];
    if (root.dataset.state !== state) this.writeState(state);
    if (this.shown === frame) return;
    this.shown = frame;
    root.dataset.epoch = epoch;
    this.scrubber.value = epoch;
    this.find(".epoch").textContent = epoch.toLocaleString("en");
    run.readouts.forEach(({ values, right }, index) => {
      this.numbers[index].textContent = significant(values[frame]);
      if (right) this.numbers[index].className = right[frame] ? "right" : "wrong";
    });
  }

  writeState(state) {
    this.root.dataset.state = state;
    const play = this.find(".play");
    play.ariaLabel = play.title = state === "playing" ? "Pause" : "Play";
  }
}
