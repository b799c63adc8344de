/**
 * Whose turn it is on a line that several panels share: an exchange each, round and round, those that must be dark first.
 * Times come from the caller, monotonic ms. What it keeps to:
 *
 * - A panel that answers waits for one exchange at most of each of the others, and of those that must be dark.
 * - One that has been silent `s` times in a row rests for 2^s - 1 times as long as its last silence took (`restMostMs` at
 *   most): it has a half, a quarter, an eighth … of the line's time.
 * - All those together that were silent twice or more have a quarter of it.
 * - One that must be dark from now on is asked at once, however long it was to rest, and once more: after those that answered
 *   last. So `n` panels, of which `d` do not answer, begin to be made dark within one exchange under way and one of each, and
 *   those that answer do not wait for those that do not. A panel that hears and is not heard is asked who it is first, and
 *   told to be dark when that went unanswered: that is the second one. From then on it rests as any other.
 */
const restMostMs = 30_000;
/** One that is asked again and again, answers, and still is not dark, goes back into the round. */
const urgentMost = 16;
/** Turns that one that must be dark does not rest before. One that began before it had to be is none of them. */
const unrestedMost = 2;
/** All those that are silent, to the others: one in four. */
const othersShare = 3;

/** What is kept of a panel from one connection to the next. */
export interface Standing {
  /** Unanswered in a row. */
  silences: number;
  restUntilMs: number;
  urgentTurns: number;
  /** The turn that it has was given to it because it must be dark. */
  hasUrgentTurn: boolean;
}

export interface Waiting {
  readonly standing: Standing;
  /** Must be dark, and is not known to be. */
  urgent(): boolean;
}

export class Turns {
  readonly #members = new Set<Standing>();
  #silentRestUntilMs = 0;

  join(): Standing {
    const standing = { silences: 0, restUntilMs: 0, urgentTurns: 0, hasUrgentTurn: false };
    this.#members.add(standing);
    return standing;
  }

  leave(standing: Standing): void {
    this.#members.delete(standing);
  }

  /** Of those that wait, longest first, the next one; or in how many ms there may be one: Infinity, not before somebody else waits. */
  next<One extends Waiting>(waiting: Iterable<One>, nowMs: number): One | number {
    let best: { readonly one: One; readonly rank: number } | null = null;
    let waitMs = Number.POSITIVE_INFINITY;
    for (const one of waiting) {
      const { standing } = one;
      const must = one.urgent();
      if (!must) standing.urgentTurns = 0;
      const urgent = must && standing.urgentTurns < urgentMost;
      const restMs = urgent && standing.urgentTurns < unrestedMost ? 0 : this.#restUntilMs(standing) - nowMs;
      if (restMs > 0) {
        waitMs = Math.min(waitMs, restMs);
        continue;
      }
      const rank = urgent ? (standing.silences > 0 ? 1 : 0) : 2;
      if (!best || rank < best.rank) best = { one, rank };
    }
    if (!best) return waitMs;
    best.one.standing.hasUrgentTurn = best.rank < 2;
    return best.one;
  }

  /** It had its turn; `answered` null: it made nothing of it. */
  over({ standing }: Waiting, answered: boolean | null, tookMs: number, nowMs: number): void {
    if (answered === null) return;
    if (standing.hasUrgentTurn) standing.urgentTurns++;
    if (answered) {
      standing.silences = 0;
      return;
    }
    standing.silences++;
    standing.restUntilMs = nowMs + Math.min(restMostMs, tookMs * (2 ** Math.min(standing.silences, 16) - 1));
    if (standing.silences > 1) this.#silentRestUntilMs = nowMs + othersShare * tookMs;
  }

  /** The line is another one: who was silent on the old one may answer on this. */
  anew(): void {
    this.#silentRestUntilMs = 0;
    for (const standing of this.#members) Object.assign(standing, { silences: 0, restUntilMs: 0 });
  }

  #restUntilMs({ silences, restUntilMs }: Standing): number {
    if (silences === 0) return 0;
    return silences === 1 ? restUntilMs : Math.max(restUntilMs, this.#silentRestUntilMs);
  }
}
