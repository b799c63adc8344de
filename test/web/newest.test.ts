/** Asking about a text while it is typed: a few questions at a time, the newest wins, the boards in view first. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NewestWins } from "../../src/web/notice/newest.ts";

interface Asked {
  readonly board: string;
  readonly text: string;
  answer(ok: boolean): void;
}

/** Timers that go off by hand, and a daemon that answers when it is told to. */
function desk(atOnce = 1, together: (boards: readonly string[], open: number) => number = () => 1) {
  const timers: { work: () => void; at: number }[] = [];
  let now = 0;
  const asked: Asked[] = [];
  const told: string[] = [];
  const newest = new NewestWins<string, string>({
    ask: (several, text) =>
      new Promise((resolve, reject) => {
        const board = several.join("+");
        const answers = several.map(() => text);
        asked.push({ board, text, answer: (ok) => (ok ? resolve(answers) : reject(new Error("busy"))) });
      }),
    told(answers, isNewest) {
      for (const [board, answer] of answers) told.push(`${board} ${answer}${isNewest ? "" : " (old)"}`);
    },
    ...{ atOnce, together },
    quietMs: 600,
    retryMs: 1500,
    timer: (work, ms) => {
      const timer = { work, at: now + ms };
      timers.push(timer);
      return () => {
        const index = timers.indexOf(timer);
        if (index >= 0) timers.splice(index, 1);
      };
    },
  });
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return {
    ...{ newest, asked, told, settle },
    want: (text: string, inView: readonly string[] = ["B1"], boards: readonly string[] = ["B1", "B2", "B3"]) =>
      newest.want({ text, key: text, boards, inView: new Set(inView) }),
    async pass(ms: number) {
      await settle();
      for (const end = now + ms; ; ) {
        const due = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
        now = due?.at ?? end;
        if (!due) return;
        timers.splice(timers.indexOf(due), 1);
        due.work();
        await settle();
      }
    },
    async answer(ok = true, which = asked.length - 1) {
      asked[which]?.answer(ok);
      await settle();
    },
  };
}

describe("what is typed", () => {
  test("in one go is asked about once, and while an answer is waited for only its last form is kept", async () => {
    const { want, pass, asked, answer, told } = desk();
    for (const text of ["a", "ab", "abc"]) want(text);
    await pass(0);
    expect(asked.map(({ text }) => text)).toEqual(["abc"]);
    for (const text of ["abcd", "abcde"]) want(text);
    await pass(500);
    expect(asked).toHaveLength(1);
    await answer();
    await pass(0);
    expect(asked.map(({ text }) => text)).toEqual(["abc", "abcde"]);
    await answer();
    expect(told).toEqual(["B1 abc (old)", "B1 abcde"]);
  });

  test("is asked for boards in view by turns, for the others when nothing is typed any more", async () => {
    const { want, pass, asked, answer } = desk();
    want("a", ["B2", "B3"]);
    await pass(0);
    want("ab", ["B2", "B3"]);
    await pass(0);
    await answer();
    await answer();
    await answer();
    expect(asked.map(({ board, text }) => board + text)).toEqual(["B2a", "B3ab", "B2ab"]);
    await pass(599);
    expect(asked).toHaveLength(3);
    await pass(1);
    expect(asked.map(({ board }) => board)).toEqual(["B2", "B3", "B2", "B1"]);
  });

  test("is asked again after a while where nobody answered, and nothing once it is closed", async () => {
    const { want, pass, asked, answer, newest, told } = desk();
    want("a");
    await pass(0);
    await answer(false);
    await pass(1499);
    expect(asked).toHaveLength(1);
    await pass(1);
    expect(asked).toHaveLength(2);
    newest.close();
    await answer();
    await pass(10_000);
    expect([asked.length, told]).toEqual([2, []]);
  });

  test("is asked for as many boards at once as it may be, the first of the list first, while an answer is told", async () => {
    const { want, pass, asked, answer, told } = desk(2);
    want("a", ["B3", "B1", "B2"]);
    await pass(0);
    expect(asked.map(({ board }) => board)).toEqual(["B1", "B2"]);
    await answer(true, 1);
    expect([asked.map(({ board }) => board), told]).toEqual([["B1", "B2", "B3"], ["B2 a"]]);
    // B1 is still asked about the older text, and not twice at a time.
    want("ab", ["B1", "B2", "B3"]);
    await answer(true, 2);
    expect(asked.map(({ board, text }) => board + text)).toEqual(["B1a", "B2a", "B3a", "B2ab"]);
    await answer(true, 0);
    expect(asked.map(({ board, text }) => board + text).slice(4)).toEqual(["B1ab"]);
  });

  test("is asked about together for as many boards as go together; one that is still being asked about is left out", async () => {
    const opens: number[] = [];
    const signs = (boards: readonly string[], open: number) => {
      opens.push(open);
      return boards.filter((board) => board !== "B3").length;
    };
    const { want, pass, asked, answer, told } = desk(2, signs);
    const all = ["B1", "B2", "B3"];
    want("a", all);
    await pass(0);
    expect(opens).toEqual([0, 1]);
    expect(asked.map(({ board, text }) => board + text)).toEqual(["B1+B2a", "B3a"]);
    want("ab", all);
    await answer(true, 0);
    expect(told).toEqual(["B1 a (old)", "B2 a (old)"]);
    // Taken out meanwhile, it is told of no more.
    want("abc", all, ["B2", "B3"]);
    await answer(true, 2);
    await answer(true, 1);
    expect(asked.map(({ board, text }) => board + text).slice(2)).toEqual(["B1+B2ab", "B2abc", "B3abc"]);
    expect(told.slice(2)).toEqual(["B2 ab (old)", "B3 a (old)"]);
  });

  test("whatever is typed and answered when, in whatever order: no more questions are open than may be, one a board, and all boards end with the last text", async () => {
    const act = fc.oneof(
      fc.record({ type: fc.constantFrom("a", "b", "c", "d") }),
      fc.record({ pass: fc.integer({ min: 0, max: 700 }) }),
      fc.record({ answer: fc.boolean(), which: fc.nat(2) }),
      fc.record({ view: fc.subarray(["B1", "B2", "B3"]) }),
    );
    const number = fc.integer({ min: 1, max: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), number, number, async (acts, atOnce, together) => {
        const { want, pass, asked, answer, told } = desk(atOnce, () => together);
        let [text, view] = ["", ["B1"] as string[]];
        const answered = new Set<Asked>();
        const reply = async (ok: boolean, which: number) => {
          const open = asked.filter((one) => !answered.has(one));
          expect(open.length).toBeLessThanOrEqual(atOnce);
          const boards = open.flatMap(({ board }) => board.split("+"));
          expect(new Set(boards).size).toBe(boards.length);
          const one = open[which % open.length];
          if (!one) return;
          answered.add(one);
          await answer(ok, asked.indexOf(one));
        };
        for (const one of acts) {
          if ("type" in one) text += one.type;
          if ("view" in one) view = one.view;
          if ("pass" in one) await pass(one.pass);
          else if ("answer" in one) await reply(one.answer, one.which);
          else want(text, view);
        }
        want(text, view);
        for (let turn = 0; turn < 20; turn++) {
          await pass(2000);
          await reply(true, 0);
        }
        const last = new Map(told.map((line) => [line.slice(0, 2), line.slice(3)]));
        expect([...last.keys()].sort()).toEqual(["B1", "B2", "B3"]);
        for (const said of last.values()) expect(said).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});
