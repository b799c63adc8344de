import { describe, expect, it } from "vitest";
import { type Bench, measure } from "../../bench/harness.ts";
import { tableOf } from "../../bench/table.ts";

/** A clock that only the contenders move, so that the arithmetic is tested and no computer's speed. */
function town() {
  let ms = 0;
  const order: string[] = [];
  const work = (name: string, lastsMs: () => number) => () => {
    order.push(name);
    ms += lastsMs();
  };
  return { order, work, now: () => ms };
}

function bench(contenders: Bench["contenders"], gates: Bench["gates"] = []): Bench {
  return { name: "copying", unit: "us", contenders, gates };
}

describe("the bench harness", () => {
  it("reports the median per unit of work, and the median of each round's own ratio", async () => {
    const { work, now } = town();
    let slowdown = 1;
    const slow = { name: "slow", perRun: 10, run: work("slow", () => 100 * slowdown) };
    // The computer gets slower and slower: single times wander, the ratio stays.
    const fast = { name: "fast", perRun: 10, run: work("fast", () => 2 * slowdown++) };
    const gates = [
      { name: "at least forty", ratioOf: ["slow", "fast"], atLeast: 40 },
      { name: "at least sixty", ratioOf: ["slow", "fast"], atLeast: 60 },
      { name: "at most sixty", ratioOf: ["slow", "fast"], atMost: 60 },
    ] as const;
    const result = await measure(bench([slow, fast], gates), { rounds: 201, sampleMs: 1, now, random: () => 0.999 });
    const ratios = result.gates.map(({ ratio }) => Math.round(ratio));
    expect(ratios).toEqual([50, 50, 50]);
    expect(result.gates.map(({ reached }) => reached)).toEqual([true, false, true]);
    const first = result.contenders[0];
    expect(first?.name).toBe("slow");
    expect(first && first.p10 < first.median && first.median < first.p90).toBe(true);
    expect(tableOf(result)).toMatch(/reached {6}at least forty: 50.*\n.*NOT REACHED {2}at least sixty: 50/);
  });

  it("runs short work often enough for the clock, and waits for promises", async () => {
    const { order, work, now } = town();
    const short = { name: "short", perRun: 4, run: work("short", () => 0.5) };
    const patient = {
      name: "patient",
      perRun: 1,
      run: async () => {
        await Promise.resolve();
        work("patient", () => 8)();
      },
    };
    const result = await measure(bench([short, patient]), { rounds: 3, sampleMs: 8, now, random: () => 0 });
    expect(result.contenders.map(({ median }) => median)).toEqual([125, 8000]);
    expect(order.slice(-17).sort()).toEqual(["patient", ...Array.from({ length: 16 }, () => "short")]);
  });

  it("takes the word of a contender that is another process, as long as it asked for", async () => {
    const { work, now } = town();
    const asked: number[] = [];
    const other = {
      name: "other",
      perRun: 2,
      measured: async (runs: number) => {
        asked.push(runs);
        return runs * 3;
      },
    };
    const here = { name: "here", perRun: 1, run: work("here", () => 6) };
    const gates = [{ name: "four times", ratioOf: ["here", "other"], atLeast: 4 }] as const;
    const result = await measure(bench([other, here], gates), { rounds: 3, sampleMs: 8, now, random: () => 0 });
    expect(asked).toEqual([1, 2, 4, 4, 4, 4]);
    expect(result.contenders.map(({ median }) => median)).toEqual([1500, 6000]);
    expect(result.gates.map(({ ratio, reached }) => [ratio, reached])).toEqual([[4, true]]);
  });

  it("judges a contender's own time, and whatever else is counted once all is done", async () => {
    const { work, now } = town();
    let hindered = 0;
    // Every other time something else gets in the way.
    const one = { name: "one", perRun: 1, run: work("one", () => (hindered++ % 2 === 0 ? 60 : 6)) };
    const two = { name: "two", perRun: 1, run: work("two", () => 9) };
    let counted = 0;
    const gates = [
      { name: "quick", timeOf: "one", atMost: 6000 },
      { name: "slow", timeOf: "two", atMost: 6000 },
      { name: "count", value: () => ++counted, atMost: 1 },
      { name: "told", value: () => ++counted },
      { name: "less than nothing", value: () => -1, atMost: 0 },
    ] as const;
    const result = await measure(bench([one, two], gates), { rounds: 20, sampleMs: 1, now, random: () => 0 });
    expect(result.gates.map(({ ratio, reached }) => [ratio, reached])).toEqual([
      [6000, true],
      [9000, false],
      [1, true],
      [2, true],
      [-1, true],
    ]);
    const missing = [{ name: "whose", timeOf: "three", atMost: 1 }] as const;
    await expect(measure(bench([one], missing), { rounds: 1, sampleMs: 1, now, random: () => 0 })).rejects.toThrow(
      'exactly one contender named "three"',
    );
  });

  it("draws a new order each round", async () => {
    const { order, work, now } = town();
    const contenders = ["a", "b"].map((name) => ({ name, perRun: 1, run: work(name, () => 1) }));
    let draw = 0;
    await measure(bench(contenders), { rounds: 4, sampleMs: 1, now, random: () => (draw++ % 2 === 0 ? 0 : 0.9) });
    expect(order.slice(2).join("")).toBe("baabbaab");
  });

  it("tells a ratio without a bound and judges nothing by it", async () => {
    const { work, now } = town();
    const contenders = [3, 1].map((ms) => ({ name: `${ms} ms`, perRun: 1, run: work("", () => ms) }));
    const told = bench(contenders, [{ name: "L", ratioOf: ["3 ms", "1 ms"] }]);
    const result = await measure(told, { rounds: 3, sampleMs: 1, now, random: Math.random });
    expect(result.gates).toMatchObject([{ name: "L", ratio: 3, wanted: null, reached: true }]);
    expect(tableOf(result)).toMatch(/told {7,}L: 3 \(3\u20133\)$/m);
  });

  it("refuses a gate on a contender that does not run, and a gate with two bounds", async () => {
    const { work, now } = town();
    const only = { name: "only", perRun: 1, run: work("only", () => 1) };
    const options = { rounds: 1, sampleMs: 1, now, random: Math.random };
    const unknown = bench([only], [{ name: "g", ratioOf: ["only", "gone"], atLeast: 1 }]);
    await expect(measure(unknown, options)).rejects.toThrow('"gone"');
    const both = bench([only], [{ name: "g", ratioOf: ["only", "only"], atLeast: 1, atMost: 2 }]);
    await expect(measure(both, options)).rejects.toThrow("both atLeast and atMost");
  });
});
