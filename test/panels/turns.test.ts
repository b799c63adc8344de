/** Who is next on a line, on no clock at all. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Standing, Turns } from "../../src/panels/links/turns.ts";

interface One {
  readonly name: string;
  readonly standing: Standing;
  dark: boolean;
  urgent(): boolean;
}

function house(...names: readonly string[]) {
  const turns = new Turns();
  const all = names.map((name): One => {
    const one: One = { name, standing: turns.join(), dark: false, urgent: () => one.dark };
    return one;
  });
  const next = (nowMs: number, waiting: readonly One[] = all) => {
    const found = turns.next(waiting, nowMs);
    return typeof found === "number" ? found : found.name;
  };
  const of = (name: string) => all.find((one) => one.name === name) ?? expect.fail(name);
  return { turns, all, next, of };
}

test("who waits longest; who must be dark before; of those, who did not answer last time after", () => {
  const { turns, next, of } = house("A", "B", "C", "D");
  expect(next(0)).toBe("A");
  turns.over(of("B"), false, 1500, 1500);
  for (const name of ["B", "D"]) of(name).dark = true;
  expect(next(1600)).toBe("D");
  of("D").dark = false;
  expect(next(1600)).toBe("B");
  expect(next(1600, [])).toBe(Number.POSITIVE_INFINITY);
});

test("who is silent rests once, thrice, seven times as long as that took, half a minute at most; an answer ends it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 10_000 }), (silences, tookMs) => {
      const { turns, all, next, of } = house("A");
      for (let at = 0; at < silences; at++) turns.over(of("A"), false, tookMs, 0);
      const own = Math.min(30_000, tookMs * (2 ** Math.min(silences, 16) - 1));
      const restMs = silences === 1 ? own : Math.max(own, 3 * tookMs);
      expect(next(0)).toBe(restMs);
      expect(next(restMs, all)).toBe("A");
      turns.over(of("A"), true, 10, 0);
      expect(next(0)).toBe("A");
      turns.over(of("A"), false, tookMs, 0);
      turns.anew();
      expect(next(0)).toBe("A");
    }),
  );
});

test("a turn of which nothing was made is no silence, and no answer", () => {
  const { turns, next, of } = house("A");
  turns.over(of("A"), false, 100, 0);
  turns.over(of("A"), null, 5, 50);
  expect(next(50)).toBe(50);
});

test("who must be dark, answers, and is not dark for all that, goes back into the round", () => {
  const { turns, all, of } = house("A", "B");
  of("B").dark = true;
  let queue = [...all];
  const had = Array.from({ length: 40 }, (_, at) => {
    const one = turns.next(queue, at);
    if (typeof one === "number") throw new Error("nobody");
    turns.over(one, true, 1, at);
    queue = [...queue.filter((other) => other !== one), one];
    return one.name;
  });
  expect(had.slice(0, 16).every((name) => name === "B")).toBe(true);
  expect(had.slice(16).join("")).toBe("AB".repeat(12));
});

test("who must be dark, and does not answer, has two turns before which it does not rest, and then rests as before", () => {
  const { turns, next, of } = house("A", "B");
  const silent = (name: string, atMs: number) => turns.over(of(name), false, 1000, atMs);
  for (let at = 0; at < 10; at++) silent("B", 0);
  const waits = [of("B")];
  expect(next(500, waits)).toBe(29_500);
  // It has a turn when that becomes so: it is none of them.
  expect(next(30_000, waits)).toBe("B");
  of("B").dark = true;
  silent("B", 31_000);
  for (const atMs of [31_000, 32_000]) {
    expect(next(atMs, waits)).toBe("B");
    silent("B", atMs + 1000);
  }
  expect(next(33_000, waits)).toBe(30_000);
  expect(next(63_000, waits)).toBe("B");
  silent("B", 64_000);
  expect(next(64_000, waits)).toBe(30_000);
  // Another press is another two.
  of("B").dark = false;
  expect(next(64_000, waits)).toBe(30_000);
  of("B").dark = true;
  expect(next(64_000, waits)).toBe("B");
});
