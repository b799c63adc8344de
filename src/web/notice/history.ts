/** Undo and redo, of a whole document, as JSON. What is typed in one go is one step. */
export interface HistoryBounds {
  readonly steps: number;
  readonly chars: number;
  /** Changes that follow each other so closely are one, ms; but not for longer than `goMs`. */
  readonly pauseMs: number;
  readonly goMs: number;
}

const usual: HistoryBounds = { steps: 200, chars: 2_000_000, pauseMs: 700, goMs: 4000 };

export class History {
  readonly #bounds: HistoryBounds;
  /** The oldest first; the one at `#at` is what is there. */
  #states: string[] = [];
  #at = -1;
  #changedMs = Number.NEGATIVE_INFINITY;
  #begunMs = Number.NEGATIVE_INFINITY;
  #place = "";

  constructor(bounds: Partial<HistoryBounds> = {}) {
    this.#bounds = { ...usual, ...bounds };
  }

  get canUndo(): boolean {
    return this.#at > 0;
  }
  get canRedo(): boolean {
    return this.#at < this.#states.length - 1;
  }

  /** What there is to begin with. */
  start(state: string): void {
    this.#states = [state];
    this.#at = 0;
    this.#close();
  }

  /** `nowMs`: of a clock that only goes forward. `apart`: a step of its own, as what was pasted or mended. */
  note(state: string, nowMs: number, apart = false): void {
    const before = this.#states[this.#at];
    if (state === before) return;
    const place = changedIn(before ?? "{}", state);
    const { pauseMs, goMs } = this.#bounds;
    const goesOn =
      !apart &&
      place === this.#place &&
      nowMs - this.#changedMs < pauseMs &&
      nowMs - this.#begunMs < goMs &&
      this.#at > 0;
    this.#states.length = this.#at + 1;
    if (goesOn) this.#states[this.#at] = state;
    else {
      this.#states.push(state);
      this.#at++;
      this.#begunMs = nowMs;
    }
    this.#place = place;
    this.#changedMs = apart ? Number.NEGATIVE_INFINITY : nowMs;
    this.#trim();
  }

  undo(): string | null {
    if (!this.canUndo) return null;
    this.#close();
    return this.#states[--this.#at] ?? null;
  }

  redo(): string | null {
    if (!this.canRedo) return null;
    this.#close();
    return this.#states[++this.#at] ?? null;
  }

  /** What comes next is a step of its own. */
  #close(): void {
    this.#changedMs = Number.NEGATIVE_INFINITY;
  }

  #trim(): void {
    const { steps, chars } = this.#bounds;
    let sum = this.#states.reduce((total, state) => total + state.length, 0);
    while (this.#at > 0 && (this.#states.length > steps + 1 || sum > chars)) {
      sum -= this.#states.shift()?.length ?? 0;
      this.#at--;
    }
  }
}

/** Which fields differ: those of the content and of the schedule each by its name. */
export function changedIn(before: string, after: string): string {
  const [one, other] = [fieldsIn(before), fieldsIn(after)];
  const names = [...new Set([...one.keys(), ...other.keys()])];
  return names.filter((name) => one.get(name) !== other.get(name)).join(" ");
}

function fieldsIn(state: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(JSON.parse(state) as object))
    if ((name === "content" || name === "schedule") && typeof value === "object" && value !== null)
      for (const [inner, part] of Object.entries(value as object)) fields.set(`${name}.${inner}`, JSON.stringify(part));
    else fields.set(name, JSON.stringify(value));
  return fields;
}
