/** What stands above the schedules: boards that are dark, boards that show a test picture, and for how long. */
import { patternMessage, patternOf } from "../../src/message/index.ts";
import type { Wanted } from "../../src/panels/contract.ts";
import { boards } from "../store/small-office.ts";
import { mayPlay } from "./may-play.ts";
import type { Model } from "./model.ts";

export interface Maintained {
  readonly pattern: string;
  readonly since: number;
  readonly until: number;
}

export class Above {
  readonly dark = new Set<string>();
  readonly maintained = new Map<string, Maintained>();

  /** A test picture goes when its time is over, when the clock says that it has not begun, and for a warning. */
  tend(model: Model, now: number): void {
    for (const [board, { since, until }] of this.maintained)
      if (this.dark.has(board) || now < since || now >= until || warned(model, board, now) === "surely")
        this.maintained.delete(board);
  }

  /** Where it could not be said whether a warning was on, by what the board has. */
  settle(model: Model, { board, owners }: Wanted, now: number): void {
    const shows = owners.flat().some((owner) => patternOf(owner) !== null);
    if (!shows && warned(model, board, now) === "perhaps") this.maintained.delete(board);
  }

  /** Whether a message is that test picture, and may be lit: of an earlier request too, until the maintenance of now ends. */
  allows(owner: string, message: string, board: string, at: number): boolean {
    const name = patternOf(owner);
    const shape = boards.find((one) => one.id === board)?.shape;
    if (name === null || !shape || this.picture(board, at) === null) return false;
    return patternMessage(name, shape, board)?.hash === message;
  }

  /** The message of the test picture that was asked for last, where a board may show it at an instant. */
  picture(board: string, at: number): string | null {
    const found = this.maintained.get(board);
    const shape = boards.find(({ id }) => id === board)?.shape;
    if (!found || !shape || at < found.since || at >= found.until) return null;
    return patternMessage(found.pattern, shape, board)?.hash ?? null;
  }
}

/** Whether a warning (priority 0) is on: of what plays at times only, and of what was changed, nobody here can tell. */
export function warned({ revisions }: Model, board: string, now: number): "surely" | "perhaps" | "no" {
  const all = revisions.filter((one) => mayPlay(one, board, now));
  const urgent = ({ notice }: { readonly notice: string }) =>
    revisions.filter((one) => one.notice === notice).map(({ schedule }) => schedule.priority === 0);
  if (all.some((one) => one.schedule.cron === null && urgent(one).every(Boolean))) return "surely";
  return all.some((one) => urgent(one).some(Boolean)) ? "perhaps" : "no";
}
