/** Which programme a board plays at an instant: now's as the preview sends it, any other day's as the API tells it. */
import type { Instant } from "../../message/types.ts";
import type { BoardProgramme } from "../../preview/types.ts";

export interface ProgrammeBookOptions {
  /** The programme of the civil day that holds `at`. */
  readonly fetchDay: (board: string, at: Instant) => Promise<BoardProgramme>;
  readonly monotonic: () => number;
  readonly onArrival?: () => void;
}

interface Day {
  readonly board: string;
  readonly askedAt: number;
  readonly programme: BoardProgramme;
}
const daysKept = 64;
/** A day that was fetched longer ago is fetched again when it is looked at: it may have been changed since. ms */
const freshMs = 60_000;
const retryMs = 3000;

export class ProgrammeBook {
  readonly #options: ProgrammeBookOptions;
  readonly #live = new Map<string, BoardProgramme>();
  #days: Day[] = [];
  /** Keys of what is being fetched, or failed lately, with the time to ask again. */
  readonly #asked = new Map<string, number>();

  constructor(options: ProgrammeBookOptions) {
    this.#options = options;
  }

  setLive(board: string, programme: BoardProgramme): void {
    this.#live.set(board, programme);
  }

  live(board: string): BoardProgramme | undefined {
    return this.#live.get(board);
  }

  /** Here and now, or undefined; then (or when it is stale) it has been asked for. */
  day(board: string, at: Instant): BoardProgramme | undefined {
    const known = this.#find(board, at);
    if (!known || this.#options.monotonic() - known.askedAt > freshMs) this.#ask(board, at);
    return known?.programme;
  }

  /** The programme that holds `at`: the live one if it does, else its day's. */
  async holding(board: string, at: Instant): Promise<BoardProgramme> {
    const live = this.#live.get(board);
    if (live && holds(live, at)) return live;
    return this.#find(board, at)?.programme ?? this.#fetch(board, at);
  }

  #find(board: string, at: Instant): Day | undefined {
    return this.#days.find((day) => day.board === board && holds(day.programme, at));
  }

  #ask(board: string, at: Instant): void {
    // Instants of one quarter of an hour share their answer; which civil day they are in, the daemon knows.
    const key = `${board} ${Math.floor(at / 900_000)}`;
    const now = this.#options.monotonic();
    if (now < (this.#asked.get(key) ?? -Infinity)) return;
    if (this.#asked.size > 1000) this.#asked.clear();
    this.#asked.set(key, now + retryMs);
    this.#fetch(board, at).then(
      () => this.#options.onArrival?.(),
      () => {},
    );
  }

  async #fetch(board: string, at: Instant): Promise<BoardProgramme> {
    const askedAt = this.#options.monotonic();
    const programme = await this.#options.fetchDay(board, at);
    const others = this.#days.filter(
      (day) => day.board !== board || day.programme.programme.base !== programme.programme.base,
    );
    this.#days = [{ board, askedAt, programme }, ...others].slice(0, daysKept);
    return programme;
  }
}

function holds({ programme }: BoardProgramme, at: Instant): boolean {
  return programme.base <= at && at < programme.base + programme.endMs;
}
