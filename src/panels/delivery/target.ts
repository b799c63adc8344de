/** What one panel shall do at this moment: the newest wanted, cut to what it can hold, cleared; or dark. */
import type { Fault } from "../../fault.ts";
import type { Instant } from "../../message/index.ts";
import type { Cleared, Holding, PanelLimits, Wanted } from "../contract.ts";
import { identified } from "../identified.ts";
import { clear, type Seals } from "./clear.ts";
import { fitting } from "./fitting.ts";
import { oneTurn } from "./one-turn.ts";

/** A clearance is worth this long; then seals are looked at again. */
export const clearanceMs = 1000;
/** The planner has this long to bring something better before a panel that plays what it may not is darkened. */
const graceMs = 2000;

/** A line that swallows each answer is dropped after a few, and what the panel says first on the next one is what it plays. */
const askedKept = 8;

/** A programme that the panel has, or is being given. */
export interface Play {
  readonly wanted: Wanted;
  readonly id: string;
}

export interface TargetParts {
  readonly seals: Seals;
  readonly now: () => Instant;
  readonly monotonicMs: () => number;
  /** It gets the turn that is on, and the next one when that has ended. */
  readonly oneTurn: boolean;
  /** Told after each look what it objects to; nothing: all is well. */
  judged(faults: readonly Fault[]): void;
}

export class Target {
  private readonly parts: TargetParts;
  private newest: Wanted;
  /** Until something is decided a panel goes on with what it has: a restarted daemon darkens nothing. */
  private decided = false;
  private limits: PanelLimits | null = null;
  private fitted: { readonly play: Play; readonly from: Instant } | null = null;
  private look: { readonly cleared: Cleared<Wanted> | null; readonly atMs: number } | null = null;
  private refusedSinceMs: number | null = null;
  private playing: (Play & { readonly since: Instant }) | null = null;
  /** It was asked to play these since it last said what it plays. */
  private asked: readonly Play[] = [];
  private heard = false;
  private goingOn: Cleared<Wanted> | null = null;

  constructor(parts: TargetParts, first: Wanted) {
    this.parts = parts;
    this.newest = first;
  }

  want(wanted: Wanted): void {
    this.newest = wanted;
    this.decided = true;
    this.fitted = null;
    this.look = null;
  }

  get wanted(): Wanted {
    return this.newest;
  }

  /** The panel said what it can hold. */
  learn(limits: PanelLimits): void {
    this.limits = limits;
    this.fitted = null;
    this.look = null;
  }

  /** What plays on the panel, as far as we know; null: unknown, or nothing. */
  get plays(): (Play & { readonly since: Instant }) | null {
    return this.playing;
  }

  /** The panel said that it plays this programme (null: none). */
  found(id: string | null): void {
    if (id === null) {
      this.playing = null;
      this.asked = [];
      this.heard = true;
    } else if (this.playing?.id === id) this.asked = [];
    else {
      const play = [this.fitted?.play, ...this.asked].find((one) => one?.id === id);
      if (play) this.took(play);
      // An earlier daemon's.
      else this.heard = false;
    }
  }

  took(play: Play): void {
    const { wanted, id } = play;
    this.playing = { wanted, id, since: this.parts.now() };
    this.asked = [];
    this.heard = true;
  }

  /** It is being asked to play this: from now on it may, whether or not it says so. */
  asks(play: Play): void {
    if (this.asked.every(({ id }) => id !== play.id)) this.asked = [...this.asked, play].slice(-askedKept);
  }

  holding(): Pick<Holding, "may" | "known"> {
    const may = [...(this.playing ? [this.playing] : []), ...this.asked].map(({ wanted }) => wanted);
    return { may, known: this.heard };
  }

  /** Null: nothing may be sent now. Looks again when the last look is too old. */
  cleared(): Cleared<Wanted> | null {
    if (!this.decided || !this.limits) return null;
    const { monotonicMs, now, seals } = this.parts;
    if (this.look && monotonicMs() - this.look.atMs < clearanceMs && now() < this.boundary()) return this.look.cleared;
    const made = clear(this.play(this.limits).wanted, seals, now());
    const cleared = made.ok ? made.cleared : null;
    this.look = { cleared, atMs: monotonicMs() };
    if (cleared) this.refusedSinceMs = null;
    else {
      this.refusedSinceMs ??= monotonicMs();
      const again = this.playing === null ? null : clear(this.playing.wanted, seals, now());
      this.goingOn = again?.ok ? again.cleared : null;
    }
    this.parts.judged(made.ok ? [] : made.faults);
    return cleared;
  }

  /** While nothing newer may be sent: what plays, where that may. To be asked after `cleared`. */
  playsOn(): Cleared<Wanted> | null {
    return this.refusedSinceMs === null ? null : this.goingOn;
  }

  /** The programme under way, or that would be if it were cleared. */
  get offered(): Play | null {
    return this.fitted?.play ?? null;
  }

  /**
   * Black now? By the dark switch at once; or because nothing may be sent and what plays was withdrawn, altered, or is not
   * known to be allowed, which nobody has put right within the grace.
   */
  dark(): boolean {
    if (this.newest.dark) return true;
    if (this.refusedSinceMs === null || this.goingOn !== null) return false;
    return this.parts.monotonicMs() - this.refusedSinceMs >= graceMs;
  }

  /** When the turn that it was given ends; never, where it gets more than one. */
  boundary(): Instant {
    return this.parts.oneTurn && this.fitted ? endOf(this.fitted.play.wanted) : Number.POSITIVE_INFINITY;
  }

  /** Where the panel cannot hold all of it, the part is renewed when half of it has been played. */
  private play(limits: PanelLimits): Play {
    const now = this.parts.now();
    const { fitted, newest } = this;
    if (fitted && !this.worn(fitted, now)) return fitted.play;
    const wanted = this.parts.oneTurn ? oneTurn(newest, now) : fitting(newest, limits, now);
    const play = { wanted, id: identified(wanted.programme).id };
    this.fitted = { play: fitted?.play.id === play.id ? fitted.play : play, from: now };
    return this.fitted.play;
  }
  /** A part that was cut from the newest, and most of it, or its turn, is over. */
  private worn({ play, from }: { readonly play: Play; readonly from: Instant }, now: Instant): boolean {
    const { programme } = play.wanted;
    const { programme: whole } = this.newest;
    const end = endOf(play.wanted);
    if (this.parts.oneTurn) return now >= end || now < programme.base;
    const shortened = programme !== whole && programme.endMs < whole.endMs;
    return shortened && now - from >= (end - from) / 2;
  }
}

const endOf = ({ programme }: Wanted): Instant => programme.base + programme.endMs;
