/** What `message/` finds wrong reaches people in both languages. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sentence } from "../../src/fault.ts";
import { messageProblem, type Page, type Shape, shapeProblem } from "../../src/message/index.ts";
import { wordsOfProblem } from "../../src/typeset/problem-words.ts";
import { typeset } from "../../src/typeset/index.ts";
import { boardShape, sampleRequest } from "./samples.ts";

const shape: Shape = { width: 8, height: 1, colour: "mono" };
const page = (change: Partial<Page> = {}): Page => ({
  step: 0,
  window: null,
  motion: "hold",
  msPerPx: 0,
  holdMs: 1000,
  bitmap: { width: 8, height: 1, format: "mono1", palette: new Uint8Array(), pixels: new Uint8Array(1) },
  fields: [],
  ...change,
});
const field = (cells: number): Page["fields"][number] => ({
  cellWidth: 1,
  cellHeight: 1,
  glyphCount: 1,
  atlas: new Uint8Array(1),
  ink: [0, 0, 0],
  cells: Array.from({ length: cells }, () => ({
    x: 0,
    y: 0,
    unit: "S",
    divisor: 1,
    modulus: 1,
    base: 0,
    blankZero: false,
  })),
});
const pages = (count: number, holdMs = 1000) => Array.from({ length: count }, (_, step) => page({ step, holdMs }));

describe("said in Chinese too", () => {
  test.each<[string, string | null, string]>([
    ["a panel too wide", shapeProblem({ ...shape, width: 5000 }), "1 至 4096 点的整数\uff0c不能是 5000"],
    ["too many pages", messageProblem(shape, pages(500)), "最多 400 页\uff0c这里有 500 页"],
    ["no page", messageProblem(shape, []), "这里有 0 页"],
    ["too many cells", messageProblem(shape, [page({ fields: [field(1000)] })]), "第 1 页\uff1a会走的日期时间"],
    ["too many fields", messageProblem(shape, [page({ fields: Array(100).fill(field(1)) })]), "会走的日期时间太多"],
    ["flashing", messageProblem(shape, pages(10, 100)), "闪得太快\uff1a第 0 毫秒起"],
    ["a page too long", messageProblem(shape, [page({ holdMs: 2 ** 31 })]), "第 1 页\uff1a播一遍的时间太长"],
    ["all too long", messageProblem(shape, pages(3, 2 ** 31 - 1)), "播一遍的时间太长"],
    ["a time past its bits", messageProblem(shape, [page({ holdMs: 2 ** 33 })]), "第 1 页\uff1a停留的时间"],
    ["a mistake of ours", messageProblem(shape, [page({ step: 3 })]), "第 1 页\uff1a排出的画面屏播不了"],
  ])("%s", (_, problem, zh) => {
    const said = wordsOfProblem(problem ?? "");
    expect(said.zh).toContain(zh);
    expect(said.en).toBe(problem?.replace(/^page (\d+)/, (_, index) => `page ${Number(index) + 1}`));
  });

  test("as the fault of a notice, each language by itself", () => {
    const set = typeset({ ...sampleRequest("N01", boardShape("B1")), shape: { ...shape, width: 5000 } });
    if (set.ok) throw new Error("set");
    expect(set.faults.map(sentence)).toEqual([
      {
        zh: "信息 N01 排不进 5000x1:mono：屏的宽和高各须是 1 至 4096 点的整数\uff0c不能是 5000",
        en: "Notice N01 cannot be set on 5000x1:mono: a panel's side is 1 to 4096 dots, not 5000",
      },
    ]);
  });

  test("whole, whatever it quotes of the notice", () => {
    const asked = sampleRequest("N01", boardShape("B1"));
    const set = typeset({ ...asked, content: { ...asked.content, displayKind: "clock", body: "{{收入 / 支出}}" } });
    if (set.ok) throw new Error("set");
    const [said] = set.faults.map(sentence);
    expect(said?.zh).toMatch(/^信息 N01 排不进.*不认识 .*收入 \/ 支出/);
    expect(said?.en).toMatch(/^Notice N01 cannot be set .*收入 \/ 支出.* is not known/);
  });

  test("property: whatever is found", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 400 }), (problem, index) => {
        for (const one of [problem, `page ${index}: ${problem}`])
          expect(wordsOfProblem(one).zh).toMatch(/\p{Script=Han}/u);
      }),
    );
  });
});
