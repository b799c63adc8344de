/** The boards as devices, without a browser: which comes first, what is said of a link, what a check looks at. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { patternsOf } from "../../src/message/index.ts";
import type { BoardJson } from "../../src/web/api.ts";
import { found, reportOf, stepsOf } from "../../src/web/boards/check.ts";
import { percentOf, spellOf, stretchesOf } from "../../src/web/boards/health.ts";
import { matches, ranked, type Trouble, troubleOf } from "../../src/web/boards/rank.ts";
import { judgeFacts } from "../../src/web/facts.ts";
import { fakeOffice, practiceStart } from "../preview/fake-office.ts";
import zh from "../../src/web/locales/boards.zh-CN.json" with { type: "json" };

const board = (id: string, more: Partial<BoardJson> = {}) =>
  ({ id, name: `${id}屏`, place: "大厅", model: "P10 单红", ...more }) as BoardJson;

describe("the table", () => {
  test("trouble first, then what is to be watched, then by number", () => {
    const of = (id: string, trouble: Trouble) => ({ board: board(id), trouble });
    const all = [of("B10", "none"), of("B9", "waiting"), of("B2", "none"), of("B11", "bad"), of("B3", "bad")];
    expect(ranked(all).map((one) => one.board.id)).toEqual(["B3", "B11", "B9", "B2", "B10"]);
  });

  test("a line that is down is trouble, a reminder is to be watched, dark is, too", async () => {
    const known = (await fakeOffice()).preview().boards[1] ?? expect.fail();
    const of = (change: Partial<typeof known>) => {
      const preview = { ...known, ...change };
      return troubleOf(preview, judgeFacts(preview, "serial", practiceStart + 2000, true));
    };
    const facts = { ...known.facts, faults: [] };
    const stale = { code: "board/stale", board: "B2", since: "2017-10-01", days: 30 } as const;
    const dark = { since: practiceStart, by: "丁", reason: "画面异常" };
    expect(of({ facts })).toBe("none");
    expect(of({ facts: { ...facts, link: "down" } })).toBe("bad");
    expect(of({ facts: { ...facts, faults: [{ fault: { code: "panel/unseen", board: "B2" }, at: 0 }] } })).toBe("bad");
    expect(of({ facts: { ...facts, faults: [{ fault: stale, at: 0 }] } })).toBe("waiting");
    expect(of({ facts, above: { dark, maintenance: null, reports: [] } })).toBe("waiting");
    expect(troubleOf(undefined, [])).toBe("none");
  });

  test("every word is sought, wherever it stands", () => {
    expect(matches(board("B12"), "屏幕管理员丁", "b12 大厅 丁")).toBe(true);
    expect(matches(board("B12"), "屏幕管理员丁", "b12 二楼")).toBe(false);
    expect(matches(board("B12"), "", "")).toBe(true);
  });
});

describe("a link in words", () => {
  test("never whole where anything was missing, never nothing where anything was there", () => {
    expect([1, 0.9999, 0.987, 0.0001, 0].map(percentOf)).toEqual(["100", "99.9", "98.7", "0.1", "0"]);
  });

  test("as people say how long", () => {
    const said = [200, 40_000, 720_000, 3 * 3_600_000, 3 * 86_400_000].map(spellOf);
    expect(said.map(({ unit, count }) => `${count} ${unit}`)).toEqual([
      ...["1 seconds", "40 seconds", "12 minutes", "3 hours", "3 days"],
    ]);
  });

  test("the stretches of a strip are its parts, put together", () => {
    const state = fc.constantFrom("reached" as const, "unreached" as const, "dark" as const);
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 120 }), (cells) => {
        const stretches = stretchesOf(cells);
        for (const [index, cell] of cells.entries()) {
          const middle = ((index + 0.5) * 100) / cells.length;
          expect(stretches.find(({ from, width }) => from <= middle && middle < from + width)?.state).toBe(cell);
        }
        for (const [index, one] of stretches.entries()) expect(stretches[index + 1]?.state).not.toBe(one.state);
      }),
    );
  });
});

describe("the check", () => {
  const panel = (colour: "mono" | "dual" | "rgb") => ({ width: 64, height: 32, colour, ledColour: null });

  test.each(["mono", "dual", "rgb"] as const)(
    "%s: pictures that such a panel has, the line first, every dot last",
    (colour) => {
      const steps = stepsOf({ panel: panel(colour), device: "led" });
      const names = steps.map(({ name }) => name);
      expect([names[0], names[names.length - 1], new Set(names).size]).toEqual(["link", "all", names.length]);
      for (const { pattern } of steps) if (pattern !== null) expect(patternsOf(colour)).toContain(pattern);
      for (const { name, causes } of steps) {
        expect(zh.boards.check.step).toHaveProperty(name);
        for (const cause of causes) expect(zh.boards.check.cause).toHaveProperty(cause);
        expect(causes[causes.length - 1]).toBe("other");
      }
    },
  );

  test("a screen has no modules; three colours are looked at where there are three", () => {
    const names = (colour: "mono" | "rgb", device: "led" | "lcd") =>
      stepsOf({ panel: panel(colour), device }).map(({ name }) => name);
    expect(names("rgb", "lcd")).not.toContain("modules");
    expect(names("rgb", "led")).toEqual(expect.arrayContaining(["red", "green", "blue", "modules"]));
    expect(names("mono", "led").filter((name) => ["red", "green", "blue", "lit"].includes(name))).toEqual(["lit"]);
  });

  test("who looks again has the last word; a long report says that it is cut", () => {
    const first = found([], { step: "red", cause: "colours", words: "偏绿" });
    expect(found(first, { step: "red", cause: null, words: "" })).toEqual([{ step: "red", cause: null, words: "" }]);
    expect(reportOf(["一二三", "四五"], 10, "…")).toBe("一二三四五");
    expect(reportOf(["一二三", "四五六"], 5, "…")).toBe("一二三四…");
  });
});
