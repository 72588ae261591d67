// The stage: plays a recorded run. It knows charts, channels and a playhead, and no networks: every number
// comes packed from Python. Only the line of boundary.js is computed in the browser, and what forward.js
// computes while a weight is held.

import { addressToShare, setOrder, writeAddress } from "./address.js";
import { Beside } from "./beside.js";
import { Charts } from "./charts.js";
import { isRunning } from "./host.js";
import { Inspection } from "./inspection.js";
import { plotly } from "./load.js";
import { hasCountedOn, Page } from "./page.js";
import { split, unpack } from "./payload.js";
import { Playback } from "./playback.js";
import { StepFilm } from "./stepfilm.js";
import { Transport } from "./transport.js";
import { unpackViews } from "./views.js";

export class Stage {
  /** @type {Scene} */ run; // once there is one, as is what is `shown`
  /** @type {string | undefined} */ shown; // name of the scene
  viewed = ""; // name of its views
  wanted = ""; // names of the views that Python knows to be wanted
  /** @type {string | undefined} */ openings; // as Python counts them
  mounts = 0;
  turn = 0; // counts what is to be shown
  shownTurn = 0;
  reported = 0; // the epoch at which Python knows the playhead to rest
  chosen = "";
  plays = false; // whether a link has the run play, though a still comes beside it

  // What Python sends beside the run: `view()` is the view of the open tab, and `window()` has the states
  // around the playhead.
  /** @param {HTMLElement} root @param {Sent} sent */
  constructor(root, sent) {
    this.root = root;
    this.beside = new Beside(this, sent);
    const playback = new Playback({
      draw: () => this.draw(),
      stir: () => this.page.stir(),
      rest: () => this.settle(),
      ask: (epoch) => this.page.report("rest", "", epoch),
    });
    this.playback = playback;
    this.transport = new Transport(root, {
      toggle: () => this.toggle(),
      step: (direction) => playback.step(direction),
      forward: () => playback.forward(),
      back: () => playback.back(),
      start: () => playback.goTo(0),
      end: () => playback.toEnd(),
      scrub: (share) => playback.scrub(share),
      speed: (times) => this.setSpeed(times),
      share: () => this.share(),
    });
    this.charts = new Charts(root, (edge) => this.choose(edge), () => this.switched());
    this.inspection = new Inspection(root, this.charts, (row) => this.choose(row));
    this.film = new StepFilm(this);
    this.page = new Page(root, () => this.run && this.followPage(), () => this.run && this.report("rest"));
  }

  destroy() {
    this.turn = NaN;
    for (const part of [this.page, this.transport, this.playback, this.charts, this.inspection, this.film]) part.destroy();
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
    const scene = packed.scene.name === this.shown ? this.run : unpack(packed.scene.bytes);
    /** @type {[Opening, Scene, Views | undefined, Plotly]} */
    const [opening, run, views, Plotly] = await Promise.all([unpack(packed.opening), scene, unpackViews(packed.views, this.viewed, this.run), plotly()]);
    if (turn !== this.turn) return; // a newer run came meanwhile, or the stage is gone
    this.fail();
    this.charts.lay(Plotly, run.charts);
    setOrder(opening.parameters);
    for (const part of [this.page, this.charts, this.transport]) part.hide(opening.hidden);
    this.page.present(opening.presents);
    const opens = hasCountedOn(opening.number, this.openings) && opening.id === run.id;
    const isNew = run.id !== this.run?.id;
    this.playback.setPace(opening.pace);
    const isViewed = run.views === views;
    run.views = views;
    this.showRun(run, isNew, opens ? opening.choices : undefined, isViewed);
    Object.assign(this, { shown: packed.scene.name, viewed: packed.views.name, openings: opening.number });
    if (opens) this.open(opening, isNew);
    else if (isNew && opening.charts && !this.playback.follows) this.playback.goToStill(opening);
    if (isNew) await this.beside.inspect();
    await Promise.all([this.beside.takeWindow(), this.beside.takeMotion()]);
    this.writeAddress();
    this.shownTurn = turn;
    this.playback.wake(); // to settle
  }

  // Shows a run. Where it is the present one, beside other runs, with other switches or views, the playhead
  // stays where it is, or plays on.
  /** @type {(run: Scene, isNew: boolean, choices: Choices | undefined, isViewed: boolean) => void} */
  showRun(run, isNew, choices, isViewed) {
    const isRecoloured = this.charts.recolour(run.palettes);
    if (run === this.run && !choices && !isRecoloured && isViewed) return;
    this.run = run;
    if (isNew) this.playback.load(run, this.transport.hidesFuture); // none is shown before it was played
    else this.playback.run = run;
    if (isNew) this.transport.show(run, (epoch) => this.playback.shareAt(epoch));
    this.charts.show(run, this.playhead, choices);
    if (choices) this.wanted = String(this.charts.wanted); // Python has read them, too
    this.root.dataset.run = run.id;
    this.draw();
  }

  // Moves the playhead to the link's epoch. A link without one leaves the playhead of a shown run alone.
  /** @type {(opening: Opening, isNew: boolean) => void} */
  open(opening, isNew) {
    const { playback } = this;
    const mayPlay = playback.follows;
    this.setSpeed(opening.speed);
    this.plays = isNew && opening.plays;
    this.beside.wasElsewhere ||= !opening.reads;
    this.film.open(opening.beat);
    if (opening.charts) playback.goToStill(opening);
    else if (opening.epoch !== null) playback.goNear(opening.epoch);
    else if (isNew && !opening.plays) playback.goTo(0);
    if (opening.epoch === null) return;
    this.reported = this.playhead.epoch;
    if (opening.plays && mayPlay) this.toggle();
  }

  /** @param {string} name */
  choose(name) {
    if (this.page.server.isAway) return;
    if (this.beside.hands) return this.beside.hands.focus(name);
    this.emphasise(name === this.chosen ? "" : name);
    this.report("choice", this.chosen);
  }

  // Asks Python for the views that are wanted, where a switch has changed them.
  switched() {
    this.writeAddress();
    const { wanted } = this.charts;
    if (String(wanted) === this.wanted) return;
    if (this.page.report("wanted", wanted)) this.wanted = String(wanted);
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
    this.inspection.emphasise(name);
    this.charts.emphasise(name);
  }

  toggle() {
    if (!this.run) return;
    if (this.film.film) this.film.close(); // the run does not play beside it
    this.playback.toggle();
    this.writeAddress();
  }

  /** @param {number} times */
  setSpeed(times) {
    this.playback.player.speed = times;
    this.transport.speed.value = String(times);
    if (this.run) this.writeAddress();
  }

  // Goes back from weights that are set by hand to the run's own.
  letGo() {
    delete this.root.dataset.hand;
    if (this.run && this.playhead.scene.counts) this.playback.goWhenHere(this.playhead.epoch);
  }

  // One picture: the numbers, and the charts as far as there is time.
  draw() {
    this.transport.write(this.playback.player.state, this.playhead);
    this.inspection.follow(this.run.id, this.playhead, !!this.playback.exact);
    this.film.follow(this.run.id, this.playhead.epoch);
    this.beside.follow(this.playhead);
    return this.charts.follow(this.playhead);
  }

  // Where the playhead has come to rest, brings the charts up to date and reports to Python. While a weight is
  // held they wait for Python's numbers.
  settle() {
    if (this.beside.hands?.isBusy) return;
    const { epoch } = this.playhead;
    this.charts.settle();
    this.beside.settle(this.playhead);
    this.writeAddress();
    const isHeard = this.reported !== epoch && this.report("rest");
    const isAwaited = isHeard || this.shownTurn !== this.turn || this.beside.isAwaited || isRunning(this.root);
    if (!isAwaited) this.page.rest(epoch);
  }

  // The address holds where the playhead rests, or from where it plays. An address without an epoch means
  // that the run plays from its start.
  writeAddress(epoch = this.playback.playing ? this.playback.startedAt : this.playhead.epoch) {
    const { playing, speed } = this.playback.player;
    writeAddress({
      epoch: playing && epoch === 0 ? undefined : epoch,
      play: playing && epoch > 0 ? true : undefined,
      beat: this.film.beat,
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
