/**
 * A text asked about again and again while it is typed, for several boards: a few questions at a time, no board in two of
 * them, always about the newest text, the boards in view first. What an older text was answered is told, too, so long as
 * nothing newer was: pictures follow a fast typist instead of waiting for a pause.
 */
export interface Wanted<Text> {
  readonly text: Text;
  /** Equal keys are equal texts: what was answered is not asked again. */
  readonly key: string;
  /** Of those that are equally far behind, the first is asked first. */
  readonly boards: readonly string[];
  /** Asked at once; the others when nothing was typed for a while. */
  readonly inView: ReadonlySet<string>;
}

export interface NewestOptions<Text, Answer> {
  /** In their order. Rejects where it is to be asked again later. */
  ask(boards: readonly string[], text: Text): Promise<readonly Answer[]>;
  told(answers: ReadonlyMap<string, Answer>, isNewest: boolean): void;
  /** The daemon is busy, or away. */
  failed?(error: unknown): void;
  /** Questions at a time: while one answer is drawn, the next is made. */
  readonly atOnce: number;
  /**
   * Of these that wait to be asked about, the first ones: so many are asked about in one question, one at least. `open`:
   * questions that are asked already.
   */
  together?(boards: readonly string[], open: number): number;
  readonly quietMs: number;
  readonly retryMs: number;
  readonly timer?: (work: () => void, ms: number) => () => void;
}

const browserTimer = (work: () => void, ms: number) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

export class NewestWins<Text, Answer> {
  readonly #options: NewestOptions<Text, Answer>;
  readonly #timer: NonNullable<NewestOptions<Text, Answer>["timer"]>;
  #wanted: Wanted<Text> | null = null;
  readonly #answered = new Map<string, string>();
  /** Of which text in a row each was asked last: of several in view the one that is furthest behind is next. */
  readonly #behind = new Map<string, number>();
  #texts = 0;
  readonly #asked = new Set<string>();
  #open = 0;
  /** Nobody answered: until it is tried again, nothing that is typed asks sooner. */
  #holding = false;
  #quiet = false;
  #due = false;
  #cancelRetry: () => void = () => {};
  #cancelQuiet: () => void = () => {};
  #closed = false;

  constructor(options: NewestOptions<Text, Answer>) {
    this.#options = options;
    this.#timer = options.timer ?? browserTimer;
  }

  want(wanted: Wanted<Text>): void {
    const isTyped = wanted.key !== this.#wanted?.key;
    this.#wanted = wanted;
    for (const board of [...this.#answered.keys()])
      if (!wanted.boards.includes(board)) {
        this.#answered.delete(board);
        this.#behind.delete(board);
      }
    if (isTyped) {
      this.#texts++;
      this.#quiet = false;
      this.#cancelQuiet();
      this.#cancelQuiet = this.#timer(() => {
        this.#quiet = true;
        this.#askAll();
      }, this.#options.quietMs);
    }
    if (this.#due) return;
    this.#due = true;
    // Several fields that change in one go, as when a step is taken back, are asked about once.
    queueMicrotask(() => {
      this.#due = false;
      this.#askAll();
    });
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#cancelQuiet();
  }

  #askAll(): void {
    while (this.#open < this.#options.atOnce && !this.#holding && !this.#closed) {
      const boards = this.#next();
      if (boards.length === 0 || this.#wanted === null) return;
      this.#open++;
      void this.#ask(boards, this.#wanted);
    }
  }

  #next(): readonly string[] {
    if (this.#wanted === null) return [];
    const { boards, inView, key } = this.#wanted;
    const stale = boards.filter((board) => this.#answered.get(board) !== key && !this.#asked.has(board));
    const first = stale.filter((board) => inView.has(board));
    const at = (board: string) => this.#behind.get(board) ?? -1;
    // Between those that are equally far the order of the list decides: sorting is stable.
    const next = (first.length > 0 ? first : this.#quiet ? stale : []).sort((one, other) => at(one) - at(other));
    return next.slice(0, Math.max(1, this.#options.together?.(next, this.#open) ?? 1));
  }

  async #ask(boards: readonly string[], { text, key }: Wanted<Text>): Promise<void> {
    for (const board of boards) {
      this.#asked.add(board);
      this.#behind.set(board, this.#texts);
    }
    const close = () => {
      this.#open--;
      for (const board of boards) this.#asked.delete(board);
    };
    try {
      const answers = await this.#options.ask(boards, text);
      close();
      // A board that was taken out meanwhile is nobody's any more.
      const told = new Map<string, Answer>();
      for (const [index, board] of boards.entries()) {
        const answer = answers[index];
        if (answer === undefined || !this.#wanted?.boards.includes(board)) continue;
        this.#answered.set(board, key);
        told.set(board, answer);
      }
      // The next question is on its way while this answer is drawn.
      this.#askAll();
      if (!this.#closed && told.size > 0) this.#options.told(told, key === this.#wanted?.key);
    } catch (error) {
      close();
      this.#hold(error);
    }
  }

  #hold(error: unknown): void {
    if (this.#closed) return;
    this.#options.failed?.(error);
    if (this.#holding) return;
    this.#holding = true;
    this.#cancelRetry = this.#timer(() => {
      this.#holding = false;
      this.#askAll();
    }, this.#options.retryMs);
  }
}
