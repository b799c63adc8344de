/** One question at a time: a command is given once, and of questions that wait the newest is asked. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Refusal } from "../../src/web/ask.ts";
import { useAsking } from "../../src/web/asking.ts";

const settle = async () => {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
};

/** A daemon that answers by hand, in the order in which it was asked. */
function desk() {
  const asked: { readonly what: number; readonly end: (well: boolean) => void }[] = [];
  const work = (what: number) => () =>
    new Promise<void>((resolve, reject) => {
      asked.push({ what, end: (well) => (well ? resolve() : reject(new Refusal(503, []))) });
    });
  return { asked, work, ...useAsking() };
}

describe("asking", () => {
  test("a second press does nothing; what was asked meanwhile is asked afterwards, the last of it", async () => {
    const { asked, work, attempt, newest, busy } = desk();
    const first = attempt(work(1));
    expect(await attempt(work(2))).toBe(false);
    const third = newest(work(3));
    const fourth = newest(work(4));
    await settle();
    expect(asked.map(({ what }) => what)).toEqual([1]);
    asked[0]?.end(false);
    expect(await first).toBe(false);
    await settle();
    expect(asked.map(({ what }) => what)).toEqual([1, 4]);
    expect(busy.value).toBe(true);
    asked[1]?.end(true);
    expect(await third).toBe(true);
    expect(await fourth).toBe(true);
    expect(busy.value).toBe(false);
  });

  test("whatever is asked and answered in whatever order: one at a time, and the newest question is asked in the end", async () => {
    const move = fc.constantFrom("ask", "press", "well", "badly");
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 30 }), async (moves) => {
        const { asked, work, attempt, newest, busy, refusal } = desk();
        let [count, ended, last] = [0, 0, 0];
        const answer = (well: boolean) => {
          if (ended < asked.length) asked[ended++]?.end(well);
        };
        for (const one of moves) {
          if (one === "ask") {
            last = ++count;
            void newest(work(last));
          } else if (one === "press") void attempt(work(++count));
          else answer(one === "well");
          await settle();
          expect(asked.length - ended).toBeLessThanOrEqual(1);
          expect(busy.value).toBe(asked.length > ended);
        }
        while (ended < asked.length) {
          answer(true);
          await settle();
        }
        if (last > 0) expect(asked.some(({ what }) => what === last)).toBe(true);
        const questions = asked.map(({ what }) => what);
        expect(questions).toEqual([...questions].sort((one, other) => one - other));
        expect(busy.value).toBe(false);
        expect(refusal.value === null || asked.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("what is no refusal goes to whoever asked, and the next is asked all the same", async () => {
    const { asked, work, attempt, newest } = desk();
    const broken = attempt(() => Promise.reject(new TypeError("a mistake of ours")));
    const next = newest(work(2));
    await expect(broken).rejects.toThrow("a mistake of ours");
    await settle();
    asked[0]?.end(true);
    expect(await next).toBe(true);
  });
});
