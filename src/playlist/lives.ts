/** Which of very many candidates live within a few days, without looking at the others: an office keeps decades of them. */
import type { Window } from "../message/types.ts";
import { lifeOf } from "./playlist.ts";
import type { Candidate } from "./types.ts";

/**
 * Candidates in the order of their lives' beginnings, under a tree that holds the latest end below each node: whole
 * branches that ended before a window are passed over. A question costs the answer's size times log of all.
 */
export class Lives {
  private readonly candidates: readonly Candidate[];
  /** Places in `candidates`, by beginning. */
  private readonly order: readonly number[];
  private readonly begins: Float64Array;
  /** Node n has children 2n and 2n + 1; the leaves begin at `leaves`, in the order of `order`. */
  private readonly latest: Float64Array;
  private readonly leaves: number;

  constructor(candidates: readonly Candidate[]) {
    this.candidates = candidates;
    const lives = candidates.map(lifeOf);
    const beginOf = (place: number) => (lives[place] as Window).from;
    this.order = candidates.map((_, place) => place).sort((one, other) => beginOf(one) - beginOf(other));
    this.begins = Float64Array.from(this.order, beginOf);
    this.leaves = 2 ** Math.ceil(Math.log2(Math.max(1, candidates.length)));
    this.latest = new Float64Array(this.leaves * 2).fill(Number.NEGATIVE_INFINITY);
    for (const [leaf, place] of this.order.entries()) {
      const { from, until } = lives[place] as Window;
      if (from < until) this.latest[this.leaves + leaf] = until;
    }
    for (let node = this.leaves - 1; node > 0; node--)
      this.latest[node] = Math.max(this.end(node * 2), this.end(node * 2 + 1));
  }

  /** Those alive at some instant of `window` (half-open), in the order in which they were given. */
  during(window: Window): Candidate[] {
    if (window.from >= window.until) return [];
    const bound = this.bornBefore(window.until);
    const places: number[] = [];
    const visit = (node: number, first: number, count: number) => {
      if (first >= bound || this.end(node) <= window.from) return;
      if (count === 1) {
        places.push(this.order[first] as number);
        return;
      }
      visit(node * 2, first, count / 2);
      visit(node * 2 + 1, first + count / 2, count / 2);
    };
    visit(1, 0, this.leaves);
    return places.sort((one, other) => one - other).map((place) => this.candidates[place] as Candidate);
  }

  private end(node: number): number {
    return this.latest[node] as number;
  }

  /** How many lives begin before `until`. */
  private bornBefore(until: number): number {
    let low = 0;
    let high = this.begins.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.begins[middle] as number) < until) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
