/** 连通情况: what the log's own recorder wrote of a board comes back as when it was reached, and when it was not. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linkHealth } from "../../src/daemon/link-health.ts";
import { healthOf } from "../../src/ledger/health.ts";
import { PlayRecorder } from "../../src/ledger/play.ts";
import { limits } from "../../src/limits.ts";
import { base, FakePlay } from "./fake-play.ts";

const minute = 60_000;
const [hash, other] = ["a".repeat(64), "b".repeat(64)];

/** A board that is asked each 5 s, as delivery does. */
function office() {
  const play = new FakePlay();
  const recorder = new PlayRecorder();
  let now = base;
  const tell = (programme: string, id = "N01", lastsMs = 7_200_000) => {
    const notices = [{ id, number: 1, messages: [0] }];
    const told = { kind: "told", programme, until: now + lastsMs, via: "line", notices } as const;
    play.add(recorder.note({ board: "B1", at: now, ...told }), now);
  };
  const go = (minutes: number, answer: "right" | "wrong" | "none", programme: string | null = hash) => {
    for (const end = now + minutes * minute; now < end; ) {
      now += 5000;
      const about = { board: "B1", at: now };
      if (answer === "right") play.add(recorder.note({ ...about, kind: "confirmed", programme }), now);
      if (answer === "wrong") play.add(recorder.note({ ...about, kind: "wrong", why: "panel/frame" }), now);
      play.add(
        recorder.look(now, () => "link/silent"),
        now,
      );
    }
  };
  const darken = (on: boolean) => play.add(recorder.note({ board: "B1", at: now, kind: "dark", on }), now);
  const office = (data: Readonly<Record<string, number | boolean | null>>) =>
    play.add([{ action: "play/started", subject: "office", data }], now);
  office({ lastAt: null });
  return {
    ...{ play, tell, go, darken, office },
    close: () => play.add(recorder.close(), now),
    sleep: (minutes: number) => {
      now += minutes * minute;
    },
    health: async (from = base, until = now) =>
      (await linkHealth(play, "B1", { from, until }, { now, open: recorder.run("B1") })) ?? expect.fail(),
  };
}
const minutes = (ms: number | undefined) => Math.round((ms ?? 0) / minute);

describe("what was on record", () => {
  test("reached, away twice, reached again: the share, the breaks and the longest", async () => {
    const { tell, go, health } = office();
    tell(hash);
    go(40, "right");
    go(12, "none");
    go(20, "right");
    go(4, "none");
    go(44, "right");
    const { share, outages, longestMs, last, cells, ms } = await health();
    expect(share).toBeCloseTo(104 / 120, 2);
    expect([outages, minutes(longestMs)]).toEqual([2, 12]);
    expect(last.map(({ state, why, from, until }) => [state, why, minutes(until - from)])).toEqual([
      ["unreached", "link/silent", 4],
      ["unreached", "link/silent", 12],
    ]);
    expect([minutes(ms.reached), minutes(ms.unreached)]).toEqual([104, 16]);
    expect(cells.length).toBe(limits.healthCells);
    expect([cells[20], cells[45], cells[60], cells[110]]).toEqual(["reached", "unreached", "reached", "reached"]);
  });

  test("another picture is not the same as no answer", async () => {
    const { tell, go, health } = office();
    tell(hash);
    go(30, "right");
    go(10, "wrong");
    go(20, "right");
    const { last, ms } = await health();
    expect(last.map(({ state, why }) => [state, why])).toEqual([["wrong", "panel/frame"]]);
    expect([minutes(ms.wrong), minutes(ms.unreached)]).toEqual([10, 0]);
  });

  test("told anew meanwhile, a board that is away is away once", async () => {
    const { tell, go, health } = office();
    tell(hash);
    go(10, "right");
    go(10, "none");
    tell(other);
    go(10, "none");
    go(10, "right", other);
    const { outages, longestMs } = await health();
    expect([outages, minutes(longestMs)]).toEqual([1, 20]);
  });

  test("dark, and a test picture: it was reached all the same", async () => {
    const { tell, go, darken, health } = office();
    tell(hash);
    go(20, "right");
    darken(true);
    go(20, "right", null);
    darken(false);
    go(20, "right");
    tell(other, "pattern:red", 10 * minute);
    go(10, "right", other);
    tell(hash);
    go(10, "right");
    const { ms, share } = await health();
    expect([minutes(ms.dark), minutes(ms.maintenance), minutes(ms.reached)]).toEqual([20, 10, 50]);
    expect(share).toBeGreaterThan(0.99);
    // Told anew it was not away: from one read-back to the next, whatever they confirmed.
    expect(ms.unknown).toBeLessThan(15_000);
  });

  test("while no daemon ran nothing is said of the board, and it does not count against it", async () => {
    const { tell, go, close, sleep, office: started, health } = office();
    tell(hash);
    go(20, "none");
    close();
    const stoppedAt = base + 20 * minute;
    sleep(60);
    started({ lastAt: stoppedAt, aliveAt: stoppedAt });
    go(20, "right");
    const { ms, outages, longestMs, share } = await health();
    expect([minutes(ms.stopped), minutes(ms.unreached), minutes(ms.reached)]).toEqual([60, 20, 20]);
    expect([outages, minutes(longestMs)]).toEqual([1, 20]);
    expect(share).toBeCloseTo(0.5, 1);
  });

  test("what began before the time is known in it; before the log, and what is to come, nothing is", async () => {
    const { tell, go, darken, health } = office();
    tell(hash);
    go(10, "right");
    darken(true);
    go(30, "none");
    const late = await health(base + 20 * minute, base + 60 * minute);
    expect([minutes(late.ms.unreached), late.cells[0]]).toEqual([20, "unreached"]);
    expect(late.cells[limits.healthCells - 1]).toBe("unknown");
    // Its row begins where the board was told, and it was confirmed after that.
    expect(minutes((await health()).longestMs)).toBe(30);
    const before = await health(base - 60 * minute, base);
    expect([before.share, minutes(before.ms.unknown)]).toEqual([null, 60]);
  });
});

test("whatever happened, the parts make up the whole, and the strip has its length", async () => {
  const step = fc.record({
    minutes: fc.integer({ min: 1, max: 9 }),
    what: fc.constantFrom("right", "wrong", "none", "dark", "lit", "told", "test"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 120 }), async (steps, length) => {
      const { tell, go, darken, health } = office();
      tell(hash);
      for (const { minutes: long, what } of steps) {
        if (what === "dark" || what === "lit") darken(what === "dark");
        else if (what === "told" || what === "test")
          tell(what === "told" ? other : hash, what === "test" ? "pattern:all" : "N02");
        else go(long, what);
      }
      const until = base + length * minute;
      const found = await health(base, until);
      const known = Object.values(found.ms).reduce((sum, ms) => sum + ms, 0);
      expect(known).toBeLessThanOrEqual(length * minute);
      expect(found.cells).toHaveLength(limits.healthCells);
      expect(found.share === null || (found.share >= 0 && found.share <= 1)).toBe(true);
      expect(found.outages === 0).toBe(found.ms.wrong + found.ms.unreached === 0);
      expect(found.last.length).toBeLessThanOrEqual(limits.healthOutages);
    }),
    { numRuns: 40 },
  );
});

test("nothing at all: unknown", () => {
  const { cells, share } = healthOf({ from: 0, until: 1000 }, { rows: [], open: null, down: [], now: 1000 });
  expect([new Set(cells), share]).toEqual([new Set(["unknown"]), null]);
});
