// The stage: plays a recorded run. Knows charts, channels and a playhead, and no networks: every
// number comes packed from Python. Only the line of boundary.js is computed here.

import { addressToShare, setOrder, writeAddress } from "./address.js";
import { Charts } from "./charts.js";
import { plotly } from "./load.js";
import { hasCountedOn, Page } from "./page.js";
import { split, unpack } from "./payload.js";
import { Playback } from "./playback.js";
import { Table } from "./table.js";
import { Transport } from "./transport.js";

export class Stage {
  /** @type {Scene} */ run; // once there is one, as is what is `shown`
  /** @type {string | undefined} */ shown;
  /** @type {string | undefined} */ openings; // as Python counts them
  /** @type {string | undefined} */ jumps; // of the playhead, as Python counts them
  /** @type {string | undefined} */ inspected;
  turn = 0; // counts what is to be shown
  shownTurn = 0;
  chosen = "";
  plays = false; // a link has the run play, though a still comes beside it

  // Asks `offered()` for what Python offers to look at.
  /** @param {HTMLElement} root @param {() => Promise<View> | undefined} offered */
  constructor(root, offered) {
    this.root = root;
    this.offered = offered;
    this.mounts = 0;
    this.told = 0; // the epoch at which Python knows the playhead to rest
    this.playback = new Playback({
      draw: (inMotion) => this.draw(inMotion),
      stir: () => this.page.stir(),
      rest: () => this.settle(),
    });
    const { playback } = this;
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
    this.page = new Page(root, () => this.run && this.followPage(), () => this.run && this.tell("rest", ""));
  }

  // When Python is done, it may have written the address anew, without what the stage has put there.
  followPage() {
    if (this.page.isBusy) {
      this.plays = false;
      return this.page.stir();
    }
    this.writeAddress();
    this.settleSoon();
  }

  destroy() {
    this.turn = NaN;
    this.page.destroy();
    this.transport.destroy();
    this.playback.destroy();
    this.charts.destroy();
  }

  get place() {
    return this.playback.place;
  }

  /** @param {Uint8Array} bytes */
  async show(bytes) {
    const turn = ++this.turn;
    const packed = split(bytes);
    const scene = packed.shown === this.shown ? this.run : unpack(packed.scene);
    /** @type {[Opening, Scene, Plotly]} */
    const [opening, run, Plotly] = await Promise.all([unpack(packed.opening), scene, plotly()]);
    if (turn !== this.turn) return; // a newer run came meanwhile, or the stage is gone
    this.page.fail();
    this.charts.lay(Plotly, run.charts);
    setOrder(opening.parameters);
    this.leaveOut(opening.hidden);
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
    this.settleSoon();
  }

  // Shows a run; or the one that is there beside others or looked at otherwise, where the playhead
  // stays as it is and goes on where it moves.
  /** @type {(run: Scene, isNew: boolean, choices?: Choices) => void} */
  showRun(run, isNew, choices) {
    if (run === this.run && !choices) return this.charts.recolour(run.palettes);
    this.run = run;
    if (isNew) this.playback.load(run);
    else this.playback.run = run;
    if (isNew) this.transport.show(run);
    this.charts.show(run, this.place, choices);
    this.root.dataset.run = run.id;
    this.write();
  }

  /** @param {string[]} names */
  leaveOut(names) {
    this.page.hide(names);
    this.charts.hide(names);
    this.transport.hide(names);
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
    this.told = this.place.epoch;
    if (opening.plays && mayPlay) this.toggle();
  }

  // Shows the still that Python offers, if it is of the run on the stage. The playhead goes there if
  // Python moved it, or if another run arrived while it rested; but a link may have it play.
  async inspect() {
    const offered = await this.offered();
    if (!offered?.charts) this.leave();
    if (!offered?.id || offered.id !== this.run?.id) return;
    if (!offered.charts) return this.goNear(offered);
    const another = offered.id !== this.inspected && !this.playback.playing;
    if (this.plays && this.playback.playing) this.playback.wake();
    else if (hasCountedOn(offered.jumps, this.jumps) || another) this.playback.goToStill(offered);
    else if (!this.inspected) this.playback.pause();
    Object.assign(this, { inspected: offered.id, jumps: offered.jumps, told: offered.epochs[0], plays: false });
    this.playback.wake(); // if the playhead rests elsewhere, Python is told
    this.table.show(offered.table);
    this.emphasise(offered.chosen);
  }

  // Where Python has moved the playhead without a still, it goes to the frame that is nearest, unless a
  // link has brought it to the very epoch.
  /** @param {Whereabouts} whereabouts */
  goNear({ epoch, jumps }) {
    const hasJumped = hasCountedOn(jumps, this.jumps);
    this.jumps = jumps;
    if (!hasJumped) return;
    if (this.place.epoch !== epoch) this.playback.goNear(epoch);
    this.told = this.place.epoch;
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
    this.tell("choice", this.chosen);
  }

  // Tells Python what happened, and at which epoch.
  /** @type {(what: string, name: string) => void} */
  tell(what, name) {
    this.told = this.place.epoch;
    this.page.tell(what, name, this.told);
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
    this.transport.writeSpeed(times);
    if (this.run) this.writeAddress();
  }

  // One picture: the numbers, and the charts as far as there is time.
  /** @param {boolean} inMotion */
  draw(inMotion) {
    this.write();
    return this.charts.follow(this.place, inMotion);
  }

  write() {
    const { scene, frame, epoch } = this.place;
    this.transport.write(this.playback.player.state, epoch, scene.readouts, frame);
  }

  // Where the playhead has come to rest the charts are brought up to date, and Python is told.
  settle() {
    const { epoch } = this.place;
    this.charts.settle();
    this.writeAddress();
    const isNews = this.told !== epoch && !this.page.server.isAway;
    if (isNews) this.tell("rest", "");
    const isAwaited = (isNews && this.page.hasPython) || this.shownTurn !== this.turn || this.page.isBusy;
    if (!isAwaited) this.page.rest(epoch);
  }

  settleSoon() {
    if (!this.playback.playing) this.playback.wake();
  }

  // The address says where the playhead rests, or from where it plays; a run that plays from its
  // start is what an address without that means.
  writeAddress(epoch = this.playback.playing ? this.playback.startedAt : this.place.epoch) {
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
    this.writeAddress(this.place.epoch);
    const address = addressToShare();
    this.page.tell("share", address);
    const copied = navigator.clipboard?.writeText(address);
    this.transport.tellShared(await copied?.then(() => true, () => false));
  }
}
