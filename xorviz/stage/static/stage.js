// The stage: plays a recorded run. It knows charts, channels and a playhead, and no networks: every number
// comes packed from Python, and only the line of boundary.js is computed in the browser.

import { addressToShare, setOrder, writeAddress } from "./address.js";
import { Charts } from "./charts.js";
import { describe } from "./description.js";
import { isRunning } from "./host.js";
import { plotly } from "./load.js";
import { hasCountedOn, Page } from "./page.js";
import { split, unpack } from "./payload.js";
import { Playback } from "./playback.js";
import { Table } from "./table.js";
import { Transport } from "./transport.js";

export class Stage {
  /** @type {Scene} */ run; // once there is one, as is what is `shown`
  /** @type {string | undefined} */ shown; // name of the scene
  /** @type {string | undefined} */ openings; // as Python counts them
  /** @type {string | undefined} */ jumps; // of the playhead, as Python counts them
  /** @type {string | undefined} */ inspected; // the run whose still is shown
  mounts = 0;
  turn = 0; // counts what is to be shown
  shownTurn = 0;
  reported = 0; // the epoch at which Python knows the playhead to rest
  chosen = "";
  plays = false; // whether a link has the run play, though a still comes beside it

  // Asks `view()` for the view of the open tab.
  /** @param {HTMLElement} root @param {() => Promise<View> | undefined} view */
  constructor(root, view) {
    this.root = root;
    this.view = view;
    const playback = new Playback({
      draw: (inMotion) => this.draw(inMotion),
      stir: () => this.page.stir(),
      rest: () => this.settle(),
    });
    this.playback = playback;
    this.transport = new Transport(root, {
      toggle: () => this.toggle(),
      forward: () => playback.forward(),
      back: () => playback.back(),
      start: () => playback.goTo(0),
      end: () => playback.toEnd(),
      scrub: (epoch) => playback.goNear(epoch),
      speed: (times) => this.setSpeed(times),
      share: () => this.share(),
    });
    this.charts = new Charts(root, (edge) => this.choose(edge), () => this.writeAddress());
    this.table = new Table(root.querySelector(".table"), (row) => this.choose(row));
    this.page = new Page(root, () => this.run && this.followPage(), () => this.run && this.report("rest"));
  }

  destroy() {
    this.turn = NaN;
    for (const part of [this.page, this.transport, this.playback, this.charts]) part.destroy();
  }

  get playhead() {
    return this.playback.playhead;
  }

  /** @param {Part["setState"]} setState */
  set setState(setState) {
    this.page.setState = setState;
  }

  // When Python is done, it may have written the address anew, without the stage's part of it.
  followPage() {
    if (isRunning(this.root)) {
      this.plays = false;
      return this.page.stir();
    }
    this.writeAddress();
    this.playback.wake(); // to settle
  }

  // Says why the charts can't be shown; without an error, nothing.
  /** @param {Error} [error] */
  fail(error) {
    const failure = this.root.querySelector(".failure");
    failure.hidden = !error;
    failure.textContent = error ? `The charts can't be shown: ${error.message}.` : "";
  }

  /** @param {Uint8Array} bytes */
  async show(bytes) {
    const turn = ++this.turn;
    const packed = split(bytes);
    const scene = packed.shown === this.shown ? this.run : unpack(packed.scene);
    /** @type {[Opening, Scene, Plotly]} */
    const [opening, run, Plotly] = await Promise.all([unpack(packed.opening), scene, plotly()]);
    if (turn !== this.turn) return; // a newer run came meanwhile, or the stage is gone
    this.fail();
    this.charts.lay(Plotly, run.charts);
    setOrder(opening.parameters);
    for (const part of [this.page, this.charts, this.transport]) part.hide(opening.hidden);
    const opens = hasCountedOn(opening.number, this.openings) && opening.id === run.id;
    const isNew = run.id !== this.run?.id;
    this.showRun(run, isNew, opens ? opening.choices : undefined);
    this.shown = packed.shown;
    this.openings = opening.number;
    if (opens) this.open(opening, isNew);
    else if (isNew && opening.charts && !this.playback.follows) this.playback.goToStill(opening);
    if (isNew) await this.inspect();
    this.writeAddress();
    this.shownTurn = turn;
    this.playback.wake(); // to settle
  }

  // Shows a run. Where it is the present one, beside other runs or with other switches, the playhead stays
  // where it is, or plays on.
  /** @type {(run: Scene, isNew: boolean, choices?: Choices) => void} */
  showRun(run, isNew, choices) {
    const isRecoloured = this.charts.recolour(run.palettes);
    if (run === this.run && !choices && !isRecoloured) return;
    this.run = run;
    if (isNew) this.transport.show(run);
    if (isNew) this.playback.load(run);
    else this.playback.run = run;
    this.charts.show(run, this.playhead, choices);
    this.root.dataset.run = run.id;
    this.draw(this.playback.playing);
  }

  // Moves the playhead to the link's epoch. A link without one leaves the playhead of a shown run alone.
  /** @type {(opening: Opening, isNew: boolean) => void} */
  open(opening, isNew) {
    const { playback } = this;
    const mayPlay = playback.follows;
    this.setSpeed(opening.speed);
    this.plays = isNew && opening.plays;
    if (opening.charts) playback.goToStill(opening);
    else if (opening.epoch !== null) playback.goNear(opening.epoch);
    else if (isNew && !opening.plays) playback.goTo(0);
    if (opening.epoch === null) return;
    this.reported = this.playhead.epoch;
    if (opening.plays && mayPlay) this.toggle();
  }

  // Shows the still of the open tab, if it is of the run on the stage. The playhead goes there where Python
  // moved it, or where another run arrived while it rested; but a link may have it play.
  async inspect() {
    const view = await this.view();
    if (!view?.charts) this.leave();
    if (!view?.id || view.id !== this.run?.id) return;
    if (!view.charts) return this.jump(view);
    const isAnother = view.id !== this.inspected && !this.playback.playing;
    if (this.plays && this.playback.playing) this.playback.wake();
    else if (hasCountedOn(view.jumps, this.jumps) || isAnother) this.playback.goToStill(view);
    else if (!this.inspected) this.playback.pause();
    Object.assign(this, { inspected: view.id, jumps: view.jumps, reported: view.epochs[0], plays: false });
    this.playback.wake(); // where the playhead rests elsewhere, that is reported
    this.table.show(view.table);
    this.emphasise(view.chosen);
  }

  // Goes to the frame that is nearest to the epoch to which Python has moved the playhead, unless a link has
  // brought it to the very epoch.
  /** @param {Jump} jump */
  jump({ epoch, jumps }) {
    const hasJumped = hasCountedOn(jumps, this.jumps);
    this.jumps = jumps;
    if (!hasJumped) return;
    if (this.playhead.epoch !== epoch) this.playback.goNear(epoch);
    this.reported = this.playhead.epoch;
  }

  leave() {
    this.inspected = undefined;
    this.table.hide();
    this.emphasise();
  }

  /** @param {string} name */
  choose(name) {
    if (this.page.server.isAway) return;
    this.emphasise(name === this.chosen ? "" : name);
    this.report("choice", this.chosen);
  }

  // Reports an event to Python with the playhead's epoch. Returns whether a Python hears of it.
  /** @type {(event: string, name?: string) => boolean} */
  report(event, name = "") {
    const { epoch } = this.playhead;
    const isHeard = this.page.report(event, name, epoch);
    if (isHeard) this.reported = epoch;
    return isHeard;
  }

  emphasise(name = "") {
    this.chosen = name;
    this.table.emphasise(name);
    this.charts.emphasise(name);
  }

  toggle() {
    if (!this.run) return;
    this.playback.toggle();
    this.writeAddress();
  }

  /** @param {number} times */
  setSpeed(times) {
    this.playback.player.speed = times;
    this.transport.speed.value = String(times);
    if (this.run) this.writeAddress();
  }

  // One picture: the numbers, and the charts as far as there is time.
  /** @param {boolean} inMotion */
  draw(inMotion) {
    this.transport.write(this.playback.player.state, this.playhead);
    return this.charts.follow(this.playhead, inMotion);
  }

  // Where the playhead has come to rest, brings the charts up to date and reports to Python.
  settle() {
    const { epoch } = this.playhead;
    this.charts.settle();
    describe(this.charts.charts, this.playhead);
    this.writeAddress();
    const isHeard = this.reported !== epoch && this.report("rest");
    const isAwaited = isHeard || this.shownTurn !== this.turn || isRunning(this.root);
    if (!isAwaited) this.page.rest(epoch);
  }

  // The address holds where the playhead rests, or from where it plays. An address without an epoch means
  // that the run plays from its start.
  writeAddress(epoch = this.playback.playing ? this.playback.startedAt : this.playhead.epoch) {
    const { playing, speed } = this.playback.player;
    writeAddress({
      epoch: playing && epoch === 0 ? undefined : epoch,
      play: playing && epoch > 0 ? true : undefined,
      speed: speed === 1 ? undefined : speed,
      ...this.charts.choices,
    });
  }

  // Copies the address, and has Python show it.
  async share() {
    if (!this.run) return;
    this.writeAddress(this.playhead.epoch);
    const address = addressToShare();
    this.page.report("share", address);
    const copied = navigator.clipboard?.writeText(address);
    this.transport.showCopied(await copied?.then(() => true, () => false));
  }
}
