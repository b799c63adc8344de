/**
 * A text asked about again and again while it is typed, for several boards: one question at a time, always about the newest
 * text, the boards in view first. What an older text was answered is told, too, so long as nothing newer was: pictures
 * follow a fast typist instead of waiting for a pause.
 */
export interface Wanted<Text> {
  readonly text: Text;
  /** Equal keys are equal texts: what was answered is not asked again. */
  readonly key: string;
  readonly boards: readonly string[];
  /** Asked at once; the others when nothing was typed for a while. */
  readonly inView: ReadonlySet<string>;
}

export interface NewestOptions<Text, Answer> {
  /** Rejects where it is to be asked again later. */
  ask(board: string, text: Text): Promise<Answer>;
  told(board: string, answer: Answer, isNewest: boolean): void;
  /** The daemon is busy, or away. */
  failed?(error: unknown): void;
  /** What is typed in one go is asked about once, ms. */
  readonly waitMs: number;
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
  /** When each was asked last: of several in view the one that waited longest is next. */
  readonly #turn = new Map<string, number>();
  #turns = 0;
  #asking = false;
  /** Nobody answered: until it is tried again, nothing that is typed asks sooner. */
  #holding = false;
  #quiet = false;
  #cancel: () => void = () => {};
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
        this.#turn.delete(board);
      }
    if (isTyped) {
      this.#quiet = false;
      this.#cancelQuiet();
      this.#cancelQuiet = this.#timer(() => {
        this.#quiet = true;
        this.#soon(0);
      }, this.#options.quietMs);
    }
    this.#soon(this.#options.waitMs);
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
    this.#cancelQuiet();
  }

  #soon(ms: number): void {
    if (this.#asking || this.#holding || this.#closed) return;
    this.#cancel();
    this.#cancel = this.#timer(() => void this.#turnOver(), ms);
  }

  #next(): string | undefined {
    if (this.#wanted === null) return undefined;
    const { boards, inView, key } = this.#wanted;
    const stale = boards.filter((board) => this.#answered.get(board) !== key);
    const first = stale.filter((board) => inView.has(board));
    const waited = (board: string) => this.#turn.get(board) ?? -1;
    // The order of the list decides between those that were never asked: sorting is stable.
    return (first.length > 0 ? first : this.#quiet ? stale : []).sort((one, other) => waited(one) - waited(other))[0];
  }

  async #turnOver(): Promise<void> {
    const board = this.#next();
    if (board === undefined || this.#wanted === null || this.#asking || this.#closed) return;
    const { text, key } = this.#wanted;
    this.#asking = true;
    this.#turn.set(board, ++this.#turns);
    try {
      const answer = await this.#options.ask(board, text);
      if (this.#closed) return;
      // A board that was taken out meanwhile is nobody's any more.
      if (this.#wanted.boards.includes(board)) {
        this.#answered.set(board, key);
        this.#options.told(board, answer, key === this.#wanted.key);
      }
    } catch (error) {
      if (this.#closed) return;
      this.#options.failed?.(error);
      this.#holding = true;
      this.#cancel = this.#timer(() => {
        this.#holding = false;
        this.#soon(0);
      }, this.#options.retryMs);
    } finally {
      this.#asking = false;
    }
    if (this.#next() !== undefined) this.#soon(0);
  }
}
