/** What is known of one panel: what it was told, what it said, and what stands in the way. */
import type { Fault } from "../../fault.ts";
import { monotonicMs } from "../../time/clock.ts";
import type { BoardFacts, Holding, Outcome, PanelStatus, ReplyBytes, Wanted } from "../contract.ts";
import { disagreement, FaultList, factAt } from "./facts.ts";
import type { Counters, LoopParts } from "./loop-parts.ts";
import { type Play, Target } from "./target.ts";

export class Known<State, Reply extends ReplyBytes> {
  readonly target: Target;
  readonly counters: Counters = {
    ...{ exchanges: 0, timeouts: 0, bytesOut: 0, connections: 0, activations: 0, noise: 0 },
  };
  link: BoardFacts["link"] = "connecting";
  /** Connections in a row on which a reply to one of several questions was lost. */
  lossesAhead = 0;
  /** It is black because it was told to be. */
  darkened = false;
  readonly #parts: LoopParts<State, Reply>;
  readonly #faults = new FaultList();
  readonly #oneTurn: boolean;
  #readBack: Holding["readBack"] = null;
  #switchedAt = 0;
  #darkSeen: number | null = null;
  #told: Target["plays"] = null;

  constructor(parts: LoopParts<State, Reply>, first: Wanted) {
    this.#parts = parts;
    this.#oneTurn = parts.driver.capabilities.kind === "message";
    const judged = (found: readonly Fault[]) => this.#judged(found);
    const now = () => parts.clock.now();
    this.target = new Target({ seals: parts.seals, now, monotonicMs, judged, oneTurn: this.#oneTurn }, first);
  }

  want(next: Wanted): void {
    if (!next.dark || !this.target.wanted.dark) this.#darkSeen = null;
    this.target.want(next);
  }

  facts(): BoardFacts {
    const now = this.#parts.clock.now();
    const { plays, wanted } = this.target;
    const readBack = this.#readBack;
    return {
      intended: factAt(wanted, now, now),
      // It was told last when it was made dark, or lit again.
      sent: plays
        ? factAt({ ...plays.wanted, dark: this.darkened }, now, Math.max(plays.since, this.#switchedAt))
        : null,
      confirmed: readBack && factAt(readBack.wanted, readBack.at, readBack.at),
      faults: this.#faults.all(),
      dark: this.#darkSeen,
      link: this.link,
    };
  }

  holding(): Holding {
    return { ...this.target.holding(), readBack: this.#readBack, via: "line" };
  }

  fault(one: Fault): void {
    this.#faults.add(one, this.#parts.clock.now());
  }

  /** So many bytes came that are no reply. */
  noise(bytes: number): void {
    this.counters.noise++;
    this.fault({ code: "wire/noise", board: this.#parts.panel.board, bytes });
  }

  settled(...codes: Fault["code"][]): void {
    this.#faults.clear(...codes);
  }

  /** What an answer says of the panel; `offered` and `dark`: what the question was about. The state to go on from. */
  learn(outcome: Outcome<State>, offered: Play | null, dark: boolean): State {
    const { target } = this;
    const { clock, flash, driver, changed } = this.#parts;
    let { state } = outcome;
    if (outcome.limits) target.learn(outcome.limits);
    if (outcome.restarted) target.found(null);
    flash?.wrote(outcome.flashWrites ?? 0, outcome.flashHolds);
    this.#witnessed();
    if (outcome.dark !== undefined) this.#darken(outcome.dark);
    // What was refused is wanted no more; lit again, it is offered anew, and refused anew.
    if (outcome.dark && target.wanted.dark && this.#darkSeen === null) this.settled("wire/refused", "panel/full");
    if (outcome.polled && outcome.dark && target.wanted.dark) this.#darkSeen ??= clock.now();
    if (outcome.activated !== undefined) {
      this.counters.activations++;
      if (outcome.activated === offered?.id) target.took(offered);
      // A card that reads nothing back has nothing better to say than that it took it.
      if (this.#oneTurn) this.settled("wire/refused", "wire/noise", "panel/full", "panel/card", "panel/shape");
    }
    this.#witnessed();
    for (const one of outcome.faults) this.fault(one);
    if (outcome.status && !this.#heard(outcome.status, dark)) state = driver.doubt(state);
    if (outcome.status || outcome.activated !== undefined || outcome.dark !== undefined || outcome.faults.length > 0)
      changed();
    return state;
  }

  #judged(found: readonly Fault[]): void {
    if (found.length === 0) this.settled("seal/refused", "message/altered");
    for (const one of found) this.fault(one);
    if (found.length > 0) this.#parts.refused?.(found);
  }

  /** False: the panel plays the right programme, and yet lights something else. */
  #heard(status: PanelStatus, dark: boolean): boolean {
    const { target } = this;
    target.found(status.programme);
    this.#witnessed();
    this.#darken(status.why === "dark");
    const { plays, wanted } = target;
    const current = dark ? { wanted: { ...wanted, dark }, id: "" } : plays?.id === status.programme ? plays : null;
    // About to be made light or dark, or something that is being replaced: nothing to compare with.
    if (!current || this.darkened !== dark) return true;
    const wrong = disagreement(current.wanted, current.id, status);
    const { board } = this.#parts.panel;
    if (wrong) {
      this.fault(wrong);
      this.#parts.witness?.({ board, at: status.panelTime, kind: "wrong", why: wrong.code });
      return false;
    }
    // Read in one piece with the answer that it is dark, it was heard before that was taken in.
    if (dark && wanted.dark) this.#darkSeen ??= Math.max(status.heardAt, this.#switchedAt);
    if (status.clockRight) {
      // Its clock may be a little behind ours: nothing is confirmed before it was told, made dark or lit again.
      const at = Math.max(status.panelTime, this.#switchedAt, dark ? 0 : (plays?.since ?? 0));
      this.#parts.witness?.({ board, at, kind: "confirmed", programme: dark ? null : current.id });
      this.#readBack = { wanted: current.wanted, at };
      this.settled("panel/frame", "panel/clock", "panel/shape", "panel/version", "wire/noise");
      if (target.plays?.id === target.offered?.id) this.settled("wire/refused", "panel/full");
    }
    return true;
  }

  /** Whether what plays is another since the last time that it was looked at. */
  #witnessed(): void {
    const { plays } = this.target;
    if (plays === this.#told) return;
    this.#told = plays;
    const { panel, clock, witness } = this.#parts;
    const { board } = panel;
    if (plays === null) witness?.({ board, at: clock.now(), kind: "ended", why: "bare" });
    else {
      const { since: at, wanted, id: programme } = plays;
      witness?.({ board, at, kind: "told", wanted, programme, via: "line" });
    }
  }

  #darken(on: boolean): void {
    if (on === this.darkened) return;
    this.darkened = on;
    this.#switchedAt = this.#parts.clock.now();
    this.#parts.witness?.({ board: this.#parts.panel.board, at: this.#switchedAt, kind: "dark", on });
  }
}
