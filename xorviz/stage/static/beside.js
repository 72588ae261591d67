// What Python sends beside the run: the view of the open tab, and the states around the playhead.

import { describe } from "./description.js";
import { hasCountedOn } from "./page.js";

/** @import { Stage } from "./stage.js" */

export class Beside {
  /** @type {string | undefined} */ jumps; // of the playhead, as Python counts them
  /** @type {string | undefined} */ inspected; // the run whose still is shown
  wasElsewhere = false; // whether a tab without a still was open
  /** @type {Promise<View> | undefined} */ seen; // the view that was looked at last

  // `view()` is the view as a promise, `window()` has the states and `motion()` the table's numbers as one, and
  // `hands()` is what holds the weights.
  /** @param {Stage} stage @param {Sent} sent */
  constructor(stage, sent) {
    this.stage = stage;
    this.sent = sent;
  }

  // Whether a view is on its way, which may move the playhead or stop it.
  get isAwaited() {
    return this.sent.view() !== this.seen;
  }

  // Shows the still of the open tab, if it is of the run on the stage. The playhead goes there where Python
  // moved it, or where another run arrived while it rested; a run that played in another tab stops. But a link
  // may have it play, and so may a reader before the page's first still is here.
  async inspect() {
    const { stage } = this;
    const { playback } = stage;
    const sent = this.sent.view();
    const view = await sent;
    if (view && !view.charts) this.leave();
    this.seen = sent;
    if (stage.run) playback.wake(); // to settle
    if (!view?.id || view.id !== stage.run?.id) return;
    if (!view.charts) return this.jump(view);
    const isAnother = view.id !== this.inspected && !playback.playing;
    if (stage.plays && playback.playing) playback.wake();
    else if (hasCountedOn(view.jumps, this.jumps) || isAnother) playback.goToStill(view);
    else if (!this.inspected && this.wasElsewhere) playback.pause();
    Object.assign(this, { inspected: view.id, jumps: view.jumps });
    Object.assign(stage, { reported: view.epochs[0], plays: false });
    playback.wake(); // where the playhead rests elsewhere, that is reported
    stage.inspection.show(view);
    stage.emphasise(view.chosen);
    stage.film.take(view);
  }

  // Goes to the epoch to which Python has moved the playhead.
  /** @param {Jump} jump */
  jump({ epoch, jumps }) {
    const hasJumped = hasCountedOn(jumps, this.jumps);
    this.jumps = jumps;
    if (!hasJumped) return;
    this.stage.playback.goWhenHere(epoch);
    this.stage.reported = epoch;
    this.hands?.apply();
  }

  // Takes what the table follows while the run plays, unless another comes meanwhile.
  async takeMotion() {
    const sent = this.sent.motion();
    const motion = await sent;
    if (sent === this.sent.motion()) this.stage.inspection.motion = motion;
  }

  // The landscape of the open tab, if it has one.
  get landscape() {
    return this.sent.landscape();
  }

  // Has what is beside the stage follow the playhead.
  /** @param {Playhead} playhead */
  follow(playhead) {
    this.hands?.follow(playhead);
    this.landscape?.follow();
  }

  // Where the playhead has come to rest, has all charts say what they show there.
  /** @param {Playhead} playhead */
  settle(playhead) {
    describe(this.stage.charts.charts, playhead);
    this.landscape?.settle();
  }

  // The handles of the open tab, if it has some.
  get hands() {
    return this.sent.hands();
  }

  leave() {
    Object.assign(this, { inspected: undefined, wasElsewhere: true, seen: undefined });
    this.stage.film.leave();
    this.stage.inspection.hide();
    this.stage.emphasise();
  }

  // Takes the states around the playhead, if they are of the run on the stage.
  async takeWindow() {
    const window = await this.sent.window();
    if (window?.id && window.id === this.stage.run?.id) this.stage.playback.take(window);
    this.hands?.apply();
  }
}
