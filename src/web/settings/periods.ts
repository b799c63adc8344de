/** Publicity periods in the order in which somebody has to do something about them. */
import type { PeriodState } from "../../notices/publicity.ts";
import type { PeriodJson } from "./api.ts";

const order: readonly PeriodState[] = ["awaiting-result", "short", "running", "ending", "planned", "closed"];

/** What ends first stands first; of what is closed, what ended last. */
export function inOrder<P extends Pick<PeriodJson, "state" | "until" | "notice">>(periods: readonly P[]): readonly P[] {
  const place = ({ state }: P) => order.indexOf(state);
  const byEnd = (one: P, other: P) => Date.parse(one.until) - Date.parse(other.until);
  return [...periods].sort(
    (one, other) =>
      place(one) - place(other) ||
      (one.state === "closed" ? byEnd(other, one) : byEnd(one, other)) ||
      (one.notice < other.notice ? -1 : 1),
  );
}

const tones = {
  "awaiting-result": "waiting",
  short: "bad",
  running: "good",
  ending: "plain",
  planned: "plain",
  closed: "plain",
} as const satisfies Record<PeriodState, string>;

export const toneOf = (state: PeriodState) => tones[state];
