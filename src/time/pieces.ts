/** Long work in pieces, so that panels, browsers and timers get their turn between them. */
import { monotonicMs } from "./clock.ts";

/** Of the 20 ms for which nothing may hold up the main thread, what one piece of work takes. */
const pieceMs = 8;

export class Pieces {
  private begun = monotonicMs();

  /** After each small step of the work: lets the others go first when a piece of it is done. */
  async rest(): Promise<void> {
    if (monotonicMs() - this.begun < pieceMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.begun = monotonicMs();
  }
}
