/** Pages stand as long as an office's people read: slower ones longer, faster ones never below what is a page's least. */
import { describe, expect, test } from "vitest";
import { messageProblem, pageMs, type Shape } from "../../src/message/index.ts";
import type { Content } from "../../src/notices/types.ts";
import { typeset, type TypesetRequest } from "../../src/typeset/index.ts";
import { saidOf } from "../../src/typeset/report-words.ts";
import { hashOf } from "./hashes.ts";
import { boardShape, request, samplePairs, sampleRequest } from "./samples.ts";

const mono = (width: number, height: number): Shape => ({ width, height, colour: "mono" });

function set(asked: TypesetRequest, charactersPerSecond?: number) {
  const result = typeset(charactersPerSecond === undefined ? asked : { ...asked, charactersPerSecond });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}
const holds = (asked: TypesetRequest, rate?: number) => set(asked, rate).message.pages.map(({ holdMs }) => holdMs);

/** Without the large screens, whose dots do not matter here. */
const pairs = samplePairs.filter(({ board }) => boardShape(board).width <= 384);
const samples = pairs.map(({ notice, board }) => [notice, board, sampleRequest(notice, boardShape(board))] as const);

test("at five characters a second every sample is the very message that it is without a rate", () => {
  expect(samples.length).toBeGreaterThan(40);
  for (const [notice, board, asked] of samples)
    expect([notice, board, hashOf({ ...asked, charactersPerSecond: 5 })]).toEqual([notice, board, hashOf(asked)]);
});

describe("of every sample", () => {
  test("read at two a second, each standing page lasts as long as that takes; dots and motions are the same", () => {
    let longer = 0;
    for (const [notice, , asked] of samples) {
      const [slow, usual] = [set(asked, 2), set(asked)];
      expect(messageProblem(asked.shape, slow.message.pages)).toBeNull();
      const times = new Map<number, number>();
      for (const [index, page] of slow.message.pages.entries()) {
        const before = usual.message.pages[index];
        const { holdMs, bitmap, fields, ...rest } = page;
        expect(before, notice).toMatchObject(rest);
        expect(Buffer.compare(bitmap.pixels, before?.bitmap.pixels ?? new Uint8Array(0)), notice).toBe(0);
        expect(fields.length).toBe(before?.fields.length);
        expect(times.get(page.step) ?? pageMs(page), notice).toBe(pageMs(page));
        times.set(page.step, pageMs(page));
        if (page.motion !== "hold") expect(holdMs).toBe(before?.holdMs);
        else expect(holdMs).toBeGreaterThanOrEqual(((slow.facts[index]?.characters ?? 0) * 1000) / 2);
        expect(holdMs).toBeGreaterThanOrEqual(before?.holdMs ?? 0);
        if (holdMs > (before?.holdMs ?? 0)) longer++;
      }
      const options = { charactersPerSecond: 2, hasMs: null, pitchMm: null };
      const { warnings } = saidOf({ ...asked, charactersPerSecond: 2 }, slow, options, typeset);
      expect(warnings.map(({ code }) => code)).not.toContain("read-too-fast");
    }
    expect(longer).toBeGreaterThan(50);
  });

  test("read at fifteen, none is gone before three seconds", () => {
    let shorter = 0;
    for (const [, , asked] of samples) {
      const [fast, usual] = [set(asked, 15), set(asked)];
      for (const [index, { holdMs, motion }] of fast.message.pages.entries()) {
        const before = usual.message.pages[index]?.holdMs ?? 0;
        if (motion === "hold") expect(holdMs).toBeGreaterThanOrEqual(3000);
        expect(holdMs).toBeLessThanOrEqual(before);
        if (holdMs < before) shorter++;
      }
    }
    expect(shorter).toBeGreaterThan(50);
  });
});

describe("a page's least is its template's", () => {
  const long = "因管道检修请各户提前储水".repeat(3);
  const unsigned = { signature: { org: "", date: null } } as const;
  test.each<[string, Partial<Content>, readonly number[]]>([
    // 36 characters: 18 s at two, 7.2 s at five, 2.4 s at fifteen.
    ["a notice", { title: "", body: long, ...unsigned }, [18_000, 7200, 3000]],
    ["a slogan", { displayKind: "slogan", body: long }, [18_000, 7200, 6000]],
    ["a default picture", { displayKind: "default", body: long }, [18_000, 10_000, 10_000]],
    ["a clock, which is not read through", { displayKind: "clock", body: "{{time:HH:mm}}" }, [10_000, 10_000, 10_000]],
  ])("%s", (_what, change, expected) => {
    const asked = request(mono(384, 192), change);
    const times = [2, undefined, 15].map((rate) => holds(asked, rate));
    expect(times).toEqual(expected.map((ms) => [ms]));
  });
});

test("an entry is beside the time of reading; blinking lasts as long in whole blinks", () => {
  const slogan = { displayKind: "slogan", body: "因管道检修请各户提前储水" } as const;
  const entered = set(request(mono(384, 32), { ...slogan, motion: { entry: { name: "wipe" } } }), 1).message;
  expect([entered.pages[0]?.holdMs, entered.durationMs]).toEqual([12_000, 12_000 + 384 * 2]);
  const warning = {
    displayKind: "emergency",
    title: "暴雨红色预警",
    body: "远离河道",
    motion: { moving: "blink" },
  } as const;
  const { message, facts } = set(request(mono(384, 192), warning), 1.7);
  const readMs = ((facts[0]?.characters ?? 0) * 1000) / 1.7;
  expect(message.durationMs).toBe(Math.ceil(readMs / 1000) * 1000);
});

test.each([0, -1, Number.NaN])("%d characters a second is a mistake of the program", (charactersPerSecond) => {
  expect(() => typeset({ ...request(mono(64, 32), {}), charactersPerSecond })).toThrow(RangeError);
});
