/**
 * What the daemon does again and again, with a thousand notices and with a hundred thousand: nine boards a tick. A tick
 * looks whether a programme runs short and what each board plays; a plan is made at half of the hold and on each change.
 */
import { createPlanner } from "../src/daemon/planner.ts";
import { type Instant, lookup } from "../src/message/index.ts";
import type { Wanted } from "../src/panels/contract.ts";
import { factAt } from "../src/panels/delivery/facts.ts";
import { eligibleWindows, lifeOf } from "../src/playlist/playlist.ts";
import { dayNumberAt } from "../src/time/zone.ts";
import type { Bench, Contender, Sizes } from "./harness.ts";
import { use } from "./peers/agree.ts";
import { type ManyNotices, messagesOf, newKey, officeNow, officeOf, practice, signedNotices } from "./peers/office.ts";

const tickMs = 1000;

export async function benches({ few, many }: Sizes): Promise<readonly Bench[]> {
  const key = newKey();
  const messages = messagesOf(practice());
  const all = [...messages.values()].flat();
  const records = signedNotices(many, key, messages);
  const ticks: Contender[] = [];
  const plans: Contender[] = [];
  // The newest come first: the small office has the same days before it, and less behind it.
  for (const count of [few, many]) {
    const office = officeOf(records.slice(0, count), key, all);
    await office.book.reload();
    const day = await running(office);
    await agreeing(office, day, count);
    const scans = inTurn(day.ticks, (at) => nineScans(office, at));
    ticks.push({ name: `ours, ${count} notices`, perRun: 1, run: inTurnAsync(day.ticks, day.tick) });
    ticks.push({ name: `scan of all, ${count} notices`, perRun: 1, run: scans });
    plans.push({
      name: `ours, ${count} notices`,
      perRun: 1,
      run: inTurnAsync(day.ticks, (at) => ninePlans(office, at)),
    });
  }
  const ours = [`ours, ${many} notices`, `ours, ${few} notices`] as const;
  return [
    {
      name: "tick, nine boards",
      unit: "us",
      contenders: ticks,
      gates: [
        { name: `growth, ${few} to ${many} notices`, ratioOf: ours, atMost: 1.3 },
        { name: `P: scan / ours at ${many}`, ratioOf: [`scan of all, ${many} notices`, ours[0]], atLeast: 100 },
      ],
    },
    {
      name: "plan, nine boards",
      unit: "ms",
      contenders: plans,
      gates: [{ name: `growth, ${few} to ${many} notices`, ratioOf: ours, atMost: 2 }],
    },
  ];
}

interface Day {
  /** A third of the hold: no programme runs short meanwhile. */
  readonly ticks: number;
  readonly wanted: ReadonlyMap<string, Wanted>;
  tick(number: number): Promise<number>;
}

const instantOf = (tick: number): Instant => officeNow + tick * tickMs;

/** A planner with its nine programmes, on a clock that each tick sets. */
async function running({ site, programmes }: ManyNotices): Promise<Day> {
  let now = officeNow;
  const wanted = new Map<string, Wanted>();
  const planner = createPlanner({
    site,
    clock: { now: () => now },
    programmes,
    want: (one) => wanted.set(one.board, one),
    changed: () => {},
    failed: (error) => {
      throw error;
    },
  });
  await planner.look();
  return {
    ticks: Math.floor(site.holdMs / 3 / tickMs),
    wanted,
    async tick(number) {
      now = instantOf(number);
      await planner.look();
      let sum = 0;
      for (const one of wanted.values()) sum += factAt(one, now, now).message.charCodeAt(0);
      return sum;
    },
  };
}

async function ninePlans({ site, programmes }: ManyNotices, tick: number): Promise<number> {
  const now = instantOf(tick);
  let turns = 0;
  for (const board of site.boards) {
    const { programme } = await programmes.plan(board, now, now + site.holdMs);
    for (const span of programme.spans) turns += span.turns.length;
  }
  return turns;
}

/** The obvious scheduler: at each tick every notice is asked whether it is on. */
function scan({ site, book, calendar }: ManyNotices, board: ManyNotices["site"]["boards"][number], at: Instant) {
  const day = dayNumberAt(site.zone, at);
  const context = { hours: board.hours, quiet: board.quiet, calendar, zone: site.zone };
  let top = Number.POSITIVE_INFINITY;
  let on: string[] = [];
  for (const candidate of book.candidates(board.id)) {
    const { from, until } = lifeOf(candidate);
    if (at < from || at >= until || candidate.priority > top) continue;
    if (!eligibleWindows(candidate, day, context).some((slot) => slot.from <= at && at < slot.until)) continue;
    if (candidate.priority < top) on = [];
    top = candidate.priority;
    on.push(candidate.notice);
  }
  return on;
}

function nineScans(office: ManyNotices, tick: number): number {
  let count = 0;
  for (const board of office.site.boards) count += scan(office, board, instantOf(tick)).length;
  return count;
}

/** Both ways show the same notices on every board, all along the ticks. */
async function agreeing(office: ManyNotices, day: Day, count: number): Promise<void> {
  for (let tick = 0; tick < day.ticks; tick += Math.ceil(day.ticks / 12)) {
    await day.tick(tick);
    for (const board of office.site.boards) {
      const wanted = day.wanted.get(board.id);
      const found = wanted && lookup(wanted.programme, instantOf(tick));
      const ours = [...new Set(wanted?.owners[found?.span ?? -1] ?? [])].sort();
      const scanned = scan(office, board, instantOf(tick)).sort();
      if (ours.join() !== scanned.join())
        throw new Error(`${board.id}, tick ${tick}, ${count} notices: ${ours.join()} against ${scanned.join()}`);
    }
  }
}

function inTurn(ticks: number, work: (tick: number) => number) {
  let next = 0;
  return () => {
    use(work(next));
    next = next + 1 === ticks ? 0 : next + 1;
  };
}

function inTurnAsync(ticks: number, work: (tick: number) => Promise<number>) {
  let next = 0;
  return async () => {
    use(await work(next));
    next = next + 1 === ticks ? 0 : next + 1;
  };
}
