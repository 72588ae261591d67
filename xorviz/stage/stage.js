// The stage: plays a recorded run. Knows charts, channels and a playhead, and no networks:
// every number comes packed from Python.

import { Charts } from "./charts.js";
import { PAGE } from "./panel.js";
import { unpack } from "./payload.js";
import { Player } from "./player.js";
import { Table } from "./table.js";
import { Transport } from "./transport.js";

const REST = 120; // milliseconds without a movement, after which the playhead is at rest

const stages = new WeakMap();
let stage; // the one on the page
let view; // what Python offers to look at, as a promise: a still, or only which part of the page is open

// Called by Streamlit on mounting and at every rerun; the returned function on unmounting.
export function mount({ parentElement, data, setStateValue }, plotly) {
  stage = stages.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement.querySelector("[data-testid=stage]"));
    stages.set(parentElement, stage);
  }
  const mounted = stage;
  mounted.setState = setStateValue;
  mounted.show(data, plotly).catch((error) => mounted.fail(error));
  const mine = ++mounted.mounts;
  return () => {
    if (mine !== mounted.mounts) return; // of a call that a later one overtook
    stages.delete(parentElement);
    mounted.destroy();
  };
}

// The same for what the rest of the page looks at: a still, which is one state of the run, between two
// frames perhaps; or nothing closely. The page is told which view it is by an attribute, as a `:has()`
// in the style would cost every frame milliseconds.
export function mountView({ parentElement, data }) {
  const page = parentElement.closest(PAGE);
  const mine = (view = unpack(data));
  mine
    .then(({ view: name }) => {
      if (view !== mine) return;
      page.dataset.view = name;
      return stage?.inspect();
    })
    .catch((error) => stage?.fail(error));
  return () => {
    if (view !== mine) return;
    delete page.dataset.view;
    view = undefined;
    stage?.leave();
  };
}

class Stage {
  constructor(root) {
    this.root = root;
    this.player = new Player();
    this.follows = !matchMedia("(prefers-reduced-motion: reduce)").matches; // plays what arrives
    this.mounts = 0;
    this.moves = 0; // how often Python has moved the playhead
    this.told = 0; // the epoch at which Python knows the playhead to rest
    this.tellings = 0;
    this.transport = new Transport(root, {
      toggle: () => this.toggle(),
      forward: () => this.goTo(this.player.frame + 1),
      back: () => this.goTo(this.exact ? this.player.frame : this.player.frame - 1),
      start: () => this.goTo(0),
      end: () => this.goTo(this.player.last),
      scrub: (epoch) => this.goTo(this.nearest(epoch)),
      speed: (times) => (this.player.speed = times),
    });
    this.charts = new Charts(root, (edge) => this.choose(edge));
    this.table = new Table(root.querySelector(".table"), (row) => this.choose(row));
  }

  destroy() {
    this.transport.destroy();
    cancelAnimationFrame(this.request);
    clearTimeout(this.rest);
    this.turn = NaN;
    this.charts.destroy();
  }

  fail(error) {
    const failure = this.root.querySelector(".failure");
    failure.hidden = false;
    failure.textContent = `The charts can't be shown: ${error.message}.`;
  }

  async show(bytes, plotly) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const [run, Plotly] = await Promise.all([unpack(bytes), plotly]);
    if (turn !== this.turn) return; // a newer run came meanwhile, or the stage is gone
    if (run.shown === this.run?.shown) return this.charts.recolour(run.palettes);
    if (run.id === this.run?.id) return this.showPins(run, Plotly);
    this.showRun(run, Plotly);
    await this.inspect();
  }

  showRun(run, Plotly) {
    this.run = run;
    this.exact = undefined; // a still that the playhead is at
    this.player.load(run.epochs.length, this.follows);
    this.transport.show(run);
    this.charts.show(Plotly, run, this.place);
    this.root.dataset.run = run.id;
    this.write();
    this.wake();
  }

  // The same run beside others: the playhead stays where it is, and goes on where it moves.
  showPins(run, Plotly) {
    this.run = run;
    this.charts.show(Plotly, run, this.place);
  }

  // Looks closely at the still that Python offers, once it is the run's. The playhead goes there where
  // Python has moved it, and where another run came while it was at rest.
  async inspect() {
    const offered = await view;
    if (!offered?.charts) this.leave();
    if (!offered?.id || offered.id !== this.run?.id) return;
    if (!offered.charts) return this.goNear(offered);
    const another = offered.id !== this.inspected && !this.player.playing;
    if (offered.moves !== this.moves || another) this.goToStill(offered);
    else if (!this.inspected) this.pause();
    Object.assign(this, { inspected: offered.id, moves: offered.moves, told: offered.epochs[0] });
    this.wake(); // if the playhead rests elsewhere, Python is told
    this.table.show(offered.table);
    this.emphasise(offered.chosen);
  }

  // Where Python has moved the playhead without a still, it goes to the frame that is nearest.
  goNear({ epoch, moves }) {
    if (moves === this.moves) return;
    this.goTo(this.nearest(epoch));
    Object.assign(this, { moves, told: this.place.epoch });
  }

  leave() {
    this.inspected = undefined;
    this.table.hide();
    this.emphasise();
  }

  choose(name) {
    this.emphasise(name === this.chosen ? "" : name);
    this.tell("choice", this.chosen);
  }

  // Tells Python what happened, and at which epoch: in one message, as a second one would interrupt
  // Python before it has taken in the first. It is counted, so that the same again is news.
  tell(what, name) {
    this.told = this.place.epoch;
    this.setState(what, [name, this.told, ++this.tellings]);
  }

  emphasise(name = "") {
    this.chosen = name;
    this.table.emphasise(name);
    this.charts.emphasise(name);
  }

  nearest(epoch) {
    const { epochs } = this.run;
    const after = epochs.findIndex((candidate) => candidate >= epoch);
    return after > 0 && epoch - epochs[after - 1] < epochs[after] - epoch ? after - 1 : after;
  }

  toggle() {
    if (!this.run) return;
    if (this.player.playing) return this.pause();
    this.exact = undefined;
    this.player.play();
    this.follows = true;
    this.wake();
  }

  pause() {
    this.player.pause();
    this.follows = false;
    this.wake();
  }

  goTo(frame) {
    if (!this.run) return;
    this.exact = undefined;
    this.player.seek(frame);
    this.follows = false;
    this.wake();
  }

  // The playhead is put between two frames, where the still is not one of them.
  goToStill(offered) {
    const [epoch] = offered.epochs;
    const { epochs } = this.run;
    const after = epochs.findIndex((candidate) => candidate >= epoch);
    const isFrame = epochs[after] === epoch;
    this.goTo(isFrame ? after : after - 0.5);
    if (!isFrame) this.exact = offered;
  }

  // What the playhead is at: a frame of a scene.
  get place() {
    const [scene, frame] = this.exact ? [this.exact, 0] : [this.run, this.player.frame];
    return { scene, frame, epoch: scene.epochs[frame] };
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
    const waiting = this.charts.follow(this.place, this.player.playing);
    clearTimeout(this.rest);
    if (this.player.playing || waiting) this.request = requestAnimationFrame((next) => this.tick(next));
    else this.rest = setTimeout(() => this.settle(), REST);
  }

  // While Python trains another run this one holds still: the processor's time is worth more there.
  pageIsBusy() {
    return this.root.closest("[data-test-script-state=running]") !== null;
  }

  write() {
    const { scene, frame, epoch } = this.place;
    this.transport.write(this.player.state, epoch, scene.readouts, frame);
  }

  // Where the playhead has come to rest the charts are brought up to date, and Python is told.
  settle() {
    this.charts.settle();
    if (this.told !== this.place.epoch) this.tell("rest", "");
  }
}
