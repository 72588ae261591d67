// The stage: plays a recorded run. Knows charts, channels and a playhead, and no networks:
// every number comes packed from Python.

import { addressToShare, writeAddress } from "./address.js";
import { Charts } from "./charts.js";
import { PAGE } from "./panel.js";
import { split, unpack } from "./payload.js";
import { Playback } from "./playback.js";
import { Table } from "./table.js";
import { Transport } from "./transport.js";

export class Stage {
  // Asks `offered()` for what Python offers to look at.
  constructor(root, offered) {
    this.root = root;
    this.offered = offered;
    this.mounts = 0;
    this.moves = 0; // how often Python has moved the playhead
    this.told = 0; // the epoch at which Python knows the playhead to rest
    this.tellings = 0;
    this.playback = new Playback({
      draw: (inMotion) => this.draw(inMotion),
      stir: () => this.unsettle(),
      rest: () => this.settle(),
      isHeld: () => this.pageIsBusy(),
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
    this.observePage();
  }

  observePage() {
    this.page = this.root.closest("[data-test-script-state]"); // none in a file
    this.observer = new MutationObserver(() => this.run && this.followPage());
    if (this.page) this.observer.observe(this.page, { attributeFilter: ["data-test-script-state"] });
  }

  // When Python is done, it may have written the address anew, without what the stage has put there.
  followPage() {
    if (this.pageIsBusy()) return this.unsettle();
    this.writeAddress();
    this.settleSoon();
  }

  destroy() {
    this.turn = NaN;
    this.observer.disconnect();
    this.transport.destroy();
    this.playback.destroy();
    this.charts.destroy();
  }

  fail(error) {
    const failure = this.root.querySelector(".failure");
    failure.hidden = false;
    failure.textContent = `The charts can't be shown: ${error.message}.`;
  }

  get place() {
    return this.playback.place;
  }

  async show(bytes, plotly) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const packed = split(bytes);
    const scene = packed.shown === this.shown ? this.run : unpack(packed.scene);
    const [opening, run, Plotly] = await Promise.all([unpack(packed.opening), scene, plotly]);
    if (turn !== this.turn) return; // a newer run came meanwhile, or the stage is gone
    this.root.querySelector(".failure").hidden = true;
    this.charts.lay(Plotly, run.charts);
    this.leaveOut(opening.hidden);
    const opens = opening.number !== this.openings && opening.id === run.id;
    const isNew = run.id !== this.run?.id;
    this.showRun(run, isNew, Plotly, opens ? opening.choices : undefined);
    this.shown = packed.shown;
    if (opens) this.open(opening, isNew);
    else if (isNew && opening.charts && !this.playback.follows) this.playback.goToStill(opening);
    if (isNew) await this.inspect();
    this.writeAddress();
    this.shownTurn = turn;
    this.settleSoon();
  }

  // Shows a run; or the one that is there beside others or looked at otherwise, where the playhead
  // stays as it is and goes on where it moves.
  showRun(run, isNew, Plotly, choices) {
    if (run === this.run && !choices) return this.charts.recolour(run.palettes);
    this.run = run;
    if (isNew) {
      this.playback.load(run);
      this.transport.show(run);
    } else {
      this.playback.run = run;
    }
    this.charts.show(Plotly, run, this.place, choices);
    this.root.dataset.run = run.id;
    this.write();
  }

  leaveOut(names) {
    this.root.closest(PAGE).dataset.hidden = names.join(" ");
    this.charts.hide(names);
    for (const name of ["readouts", "verdict", "share"]) {
      this.root.querySelector(`.${name}`).hidden = names.includes(name);
    }
  }

  // Goes where a link says that the playhead is. One that says nothing leaves a run alone that is there.
  open(opening, isNew) {
    const { playback } = this;
    const mayPlay = playback.follows;
    this.openings = opening.number;
    this.setSpeed(opening.speed);
    if (opening.charts) playback.goToStill(opening);
    else if (opening.epoch !== null) playback.goNear(opening.epoch);
    else if (isNew && !opening.plays) playback.goTo(0);
    if (opening.epoch === null) return;
    this.told = this.place.epoch;
    if (opening.plays && mayPlay) this.toggle();
  }

  // Looks closely at the still that Python offers, once it is the run's. The playhead goes there where
  // Python has moved it, and where another run came while it was at rest.
  async inspect() {
    const offered = await this.offered();
    if (!offered?.charts) this.leave();
    if (!offered?.id || offered.id !== this.run?.id) return;
    if (!offered.charts) return this.goNear(offered);
    const another = offered.id !== this.inspected && !this.playback.playing;
    if (offered.moves !== this.moves || another) this.playback.goToStill(offered);
    else if (!this.inspected) this.playback.pause();
    Object.assign(this, { inspected: offered.id, moves: offered.moves, told: offered.epochs[0] });
    this.playback.wake(); // if the playhead rests elsewhere, Python is told
    this.table.show(offered.table);
    this.emphasise(offered.chosen);
  }

  // Where Python has moved the playhead without a still, it goes to the frame that is nearest, unless a
  // link has brought it to the very epoch.
  goNear({ epoch, moves }) {
    if (moves === this.moves) return;
    if (this.place.epoch !== epoch) this.playback.goNear(epoch);
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
    this.unsettle();
    this.setState(what, [name, this.told, ++this.tellings]);
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

  setSpeed(times) {
    this.playback.player.speed = times;
    this.transport.writeSpeed(times);
    if (this.run) this.writeAddress();
  }

  // While Python trains another run this one holds still: the processor's time is worth more there.
  pageIsBusy() {
    return this.root.closest("[data-test-script-state=running]") !== null;
  }

  // One picture: the numbers, and the charts as far as there is time.
  draw(inMotion) {
    this.write();
    return this.charts.follow(this.place, inMotion);
  }

  write() {
    const { scene, frame, epoch } = this.place;
    this.transport.write(this.playback.player.state, epoch, scene.readouts, frame);
  }

  // Where the playhead has come to rest the charts are brought up to date, and Python is told. Once
  // nothing more is to come, an attribute says at which epoch, for whoever waits for that.
  settle() {
    const { epoch } = this.place;
    this.charts.settle();
    this.writeAddress();
    const isNews = this.told !== epoch;
    if (isNews) this.tell("rest", "");
    const isAwaited = (isNews && this.page) || this.shownTurn !== this.turn || this.pageIsBusy();
    if (!isAwaited) this.root.dataset.settled = epoch;
  }

  settleSoon() {
    if (!this.playback.playing) this.playback.wake();
  }

  unsettle() {
    delete this.root.dataset.settled;
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
    this.unsettle();
    this.setState("share", [address, ++this.tellings]);
    const copied = navigator.clipboard?.writeText(address);
    this.transport.tellShared(await copied?.then(() => true, () => false));
  }
}
