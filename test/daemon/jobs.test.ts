/** The daemon's own jobs on clocks that tests set: what is due is decided from state, whatever the clocks did meanwhile. */
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { createJobs, type Job, type Jobs } from "../../src/daemon/jobs.ts";
import { daily, lastTime } from "../../src/daemon/jobs/daily.ts";
import { sentence } from "../../src/fault.ts";
import { limits } from "../../src/limits.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const zone = "Asia/Shanghai";
/** 2017-11-06 12:00 in the zone. */
const noon = Date.UTC(2017, 10, 6, 4);

/** One computer with its clocks, and what it keeps on disk. */
class Host {
  readonly settings = new Map<string, string>();
  wall = noon;
  monotonic = 0;
  /** Of practice. */
  offset = 0;
  ran: string[] = [];
  failures: unknown[] = [];
  changes = 0;
  jobs!: Jobs;

  start(list: readonly Job[]): void {
    this.jobs = createJobs({
      list,
      settings: {
        get: async (key) => this.settings.get(key) ?? null,
        set: async (key, value) => void this.settings.set(key, value),
      },
      clock: { now: () => this.wall + this.offset },
      wall: { now: () => this.wall },
      monotonic: () => this.monotonic,
      changed: () => void this.changes++,
      failed: (error) => void this.failures.push(error),
    });
  }

  /** Time goes by with a heartbeat each `every` ms. */
  async live(ms: number, every = minuteMs): Promise<void> {
    for (let passed = 0; passed < ms; passed += every) {
      this.wall += every;
      this.monotonic += every;
      this.jobs.look();
      await this.jobs.settled();
    }
  }

  job(name: string, due: Job["due"], run: () => Promise<void> = async () => {}): Job {
    return {
      name,
      due,
      run: async () => {
        this.ran.push(name);
        await run();
      },
    };
  }
}

let host: Host;
beforeEach(() => {
  host = new Host();
});
const nightly = daily("wall", zone, 2 * 60);

describe("a daily job", () => {
  test("is done at once the first time, then once a night, also over a restart", async () => {
    const list = [host.job("one", nightly)];
    host.start(list);
    await host.live(2 * minuteMs);
    expect(host.ran).toEqual(["one"]);
    await host.live(14 * hourMs - 3 * minuteMs);
    expect(host.ran).toHaveLength(1);
    await host.live(2 * minuteMs);
    expect(host.ran).toHaveLength(2);
    host.start(list);
    await host.live(23 * hourMs);
    expect(host.ran).toHaveLength(2);
  });

  test("after a week's sleep: once", async () => {
    host.start([host.job("one", nightly)]);
    await host.live(minuteMs);
    host.wall += 7 * dayMs;
    await host.live(5 * minuteMs);
    expect(host.ran).toHaveLength(2);
  });

  test("the clock is set back a year: not done again, nor held up for a year", async () => {
    const list = [host.job("one", nightly), host.job("two", daily("board", zone, 3 * 60))];
    host.start(list);
    await host.live(dayMs, 10 * minuteMs);
    const before = host.ran.length;
    host.wall -= 365 * dayMs;
    await host.live(20 * minuteMs);
    expect(host.ran).toHaveLength(before);
    host.start(list);
    await host.live(2 * dayMs, 10 * minuteMs);
    expect(host.ran).toHaveLength(before + 4);
  });

  test("a practice clock that is set moves what goes by it, and nothing else", async () => {
    host.start([host.job("wall", nightly), host.job("board", daily("board", zone, 2 * 60))]);
    await host.live(minuteMs);
    host.ran = [];
    host.offset = 40 * dayMs;
    await host.live(3 * minuteMs);
    expect(host.ran).toEqual(["board"]);
    host.offset = -400 * dayMs;
    await host.live(3 * minuteMs);
    expect(host.ran).toEqual(["board"]);
  });

  test("property: whatever the clock does, at most once a night or a jump, and within a day where the clock is left alone", async () => {
    const step = fc.oneof(
      { arbitrary: fc.record({ live: fc.integer({ min: 1, max: 40 }) }), weight: 3 },
      { arbitrary: fc.record({ jump: fc.integer({ min: -500 * 24, max: 500 * 24 }) }), weight: 1 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const one = new Host();
        one.start([one.job("one", nightly)]);
        let nights = 1;
        let jumps = 0;
        let idle = 0;
        for (const each of steps) {
          if ("jump" in each) {
            one.wall += each.jump * hourMs;
            jumps++;
            // A clock that was set back makes it wait for the next night once more.
            idle = 0;
            continue;
          }
          for (let hour = 0; hour < each.live; hour++) {
            const [before, ran] = [lastTime(zone, 120, one.wall), one.ran.length];
            await one.live(hourMs, hourMs);
            if (lastTime(zone, 120, one.wall) !== before) nights++;
            idle = one.ran.length > ran ? 0 : idle + 1;
            expect(idle).toBeLessThanOrEqual(24);
          }
        }
        expect(one.ran.length).toBeLessThanOrEqual(nights + jumps);
      }),
      { numRuns: 60 },
    );
  });
});

test("one that fails is told of, tried again later each time, and stops none of the others", async () => {
  let broken = true;
  const fails = async () => {
    if (broken) throw new Error("磁盘已满 / ENOSPC");
  };
  host.start([host.job("backup", nightly, fails), host.job("report", nightly)]);
  await host.live(minuteMs);
  expect(host.ran).toEqual(["backup", "report"]);
  const [said] = host.jobs.faults;
  expect(said?.fault).toEqual({ code: "job/failed", job: "backup", why: "磁盘已满 / ENOSPC" });
  expect(said && sentence(said.fault).zh).toContain("每夜备份");
  const at = said?.at;
  host.ran = [];
  await host.live(dayMs - hourMs);
  // 1, 2, 4 ... 256 minutes, then every six hours.
  expect(host.ran.filter((name) => name === "backup")).toHaveLength(11);
  expect(host.jobs.faults[0]?.at).toBe(at);
  broken = false;
  await host.live(limits.jobRetryMsMax);
  expect(host.jobs.faults).toEqual([]);
  expect(host.failures).toHaveLength(12);
  expect(host.changes).toBe(2);
});

test("a question that fails is a failure too", async () => {
  host.start([
    host.job("one", () => {
      throw new Error("no calendar");
    }),
    host.job("two", nightly),
  ]);
  await host.live(minuteMs);
  expect(host.ran).toEqual(["two"]);
  expect(host.jobs.faults.map(({ fault }) => fault.code)).toEqual(["job/failed"]);
});

test("one that hangs is told of and not begun again; the others go on; when it ends all is well", async () => {
  let end = () => {};
  const hangs = () => new Promise<void>((resolve) => (end = resolve));
  host.start([host.job("backup", nightly, hangs), host.job("report", nightly)]);
  const beat = async () => {
    host.wall += minuteMs;
    host.monotonic += minuteMs;
    host.jobs.look();
    await new Promise((resolve) => setImmediate(resolve));
  };
  await beat();
  expect(host.ran).toEqual(["backup"]);
  // A clock that is set is not time that passed.
  host.wall += dayMs;
  await beat();
  expect(host.ran).toEqual(["backup"]);
  for (let passed = 0; passed <= limits.jobMs; passed += minuteMs) await beat();
  expect(host.ran).toEqual(["backup", "report"]);
  expect(host.jobs.faults.map(({ fault }) => fault)).toEqual([{ code: "job/hangs", job: "backup", minutes: 30 }]);
  host.wall += 2 * dayMs;
  await beat();
  expect(host.ran).toEqual(["backup", "report", "report"]);
  end();
  await beat();
  expect(host.jobs.faults).toEqual([]);
  // It was done by the day on which it began: what has come since is due now.
  await beat();
  expect(host.ran.filter((name) => name === "backup")).toHaveLength(2);
  end();
  await host.jobs.stop();
});

test("a row that was spoilt counts as never", async () => {
  host.settings.set("job.one", "{");
  host.start([host.job("one", nightly)]);
  await host.live(2 * minuteMs);
  expect(host.ran).toEqual(["one"]);
});

test("two heartbeats in one: one run", async () => {
  host.start([host.job("one", nightly)]);
  host.jobs.look();
  host.jobs.look();
  await host.jobs.settled();
  host.jobs.look();
  await host.jobs.settled();
  expect(host.ran).toEqual(["one"]);
});

test("stopped: nothing more is begun", async () => {
  host.start([host.job("one", nightly), host.job("two", nightly)]);
  host.jobs.look();
  await host.jobs.stop();
  host.jobs.look();
  await host.jobs.settled();
  expect(host.ran.length).toBeLessThanOrEqual(1);
});
