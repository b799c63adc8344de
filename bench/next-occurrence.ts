/**
 * When a rule begins next, in a zone that moves its clocks, for three expressions: ours against croner, whose answers are
 * the same. Asked from instants without order over ten years, as people and the playlist ask.
 */
import { Cron } from "croner";
import { nextStart, type Rule } from "../src/playlist/index.ts";
import { workCalendar } from "../src/time/calendar.ts";
import type { Bench, Contender } from "./harness.ts";
import { use } from "./peers/agree.ts";

const zone = "America/New_York";
const expressions = ["*/5 8-18 * * 1-5", "0 9 1 * *", "15 14 29 2 *"] as const;
const instants = 512;
const from = Date.UTC(2017, 0);
const spanMs = 10 * 365 * 86_400_000;
const forever = Date.UTC(2100, 0);

export function benches(): readonly Bench[] {
  const at = Float64Array.from({ length: instants }, (_, index) => Math.floor(from + scattered(index) * spanMs));
  const everyDay = workCalendar({ kind: "none", overrides: [] });
  return expressions.map((expression): Bench => {
    const rule: Rule = { cron: expression, slotMinutes: 5, calendar: "everyday" };
    const peer = new Cron(expression, { timezone: zone, paused: true });
    const ours = (instant: number) => nextStart(rule, instant, zone, everyDay, forever) ?? 0;
    const theirs = (instant: number) => peer.nextRun(new Date(instant))?.getTime() ?? 0;
    for (const instant of at)
      if (ours(instant) !== theirs(instant))
        throw new Error(`${expression} after ${instant}: ${ours(instant)} against ${theirs(instant)}`);
    const contender = (name: string, ask: (instant: number) => number): Contender => ({
      name,
      perRun: instants,
      run() {
        let sum = 0;
        for (const instant of at) sum += ask(instant) % 1000;
        use(sum);
      },
    });
    return {
      name: `next occurrence of ${expression} in ${zone}`,
      unit: "ns",
      contenders: [contender("ours", ours), contender("croner", theirs)],
      gates: [{ name: "P: croner / ours", ratioOf: ["croner", "ours"], atLeast: 20 }],
    };
  });
}

/** 0 ≤ x < 1, without visible order. */
function scattered(index: number): number {
  return (Math.imul(index + 1, 0x9e3779b1) >>> 0) / 2 ** 32;
}
