/** The fit report: figures that can be checked against the message, warnings that appear when they should and not else. */
import { describe, expect, test } from "vitest";
import { emptyBitmap, type Shape } from "../../src/message/index.ts";
import type { Content } from "../../src/notices/types.ts";
import { plainText, typeset } from "../../src/typeset/index.ts";
import { type FitOptions, fitReport, pitchOfModel, readingUnits } from "../../src/typeset/report.ts";
import { durationEn, durationZh } from "../../src/typeset/report-figures.ts";
import { shorterThatFits } from "../../src/typeset/report-trial.ts";
import { fitWords, saidOf } from "../../src/typeset/report-words.ts";
import { request, sampleRequest } from "./samples.ts";

const usual: FitOptions = { charactersPerSecond: 5, hasMs: null, pitchMm: null };
const mono = (width: number, height: number): Shape => ({ width, height, colour: "mono" });

function report(shape: Shape, content: Partial<Content>, options: Partial<FitOptions> = {}) {
  const asked = request(shape, { signature: { org: "", date: null }, ...content });
  const result = typeset(asked);
  if (!result.ok) throw new Error(JSON.stringify(result.faults[0]));
  return { asked, result, said: saidOf(asked, result, { ...usual, ...options }, typeset) };
}
const codes = (said: ReturnType<typeof report>["said"]) => said.words.remarks.map(({ code }) => code);
const remark = (said: ReturnType<typeof report>["said"], code: string) => {
  const found = said.words.remarks.find((one) => one.code === code);
  if (!found) throw new Error(`no ${code} in ${codes(said).join(", ")}`);
  return found;
};
const body = (length: number) => "政务公开监督电话欢迎来电咨询".repeat(Math.ceil(length / 14)).slice(0, length);

describe("figures", () => {
  test("are those of the message", () => {
    const { result, said } = report(mono(128, 64), { title: "停水通知", body: body(60) });
    expect(said.pages).toBe(result.message.pages.length);
    expect(said.needsMs).toBe(result.message.durationMs);
    expect(said.characters).toBe(64);
    expect(said.reading).toEqual({ ms: 12_800, charactersPerSecond: 5 });
    expect(said.faces.map(({ sizePx, strokePx }) => [sizePx, strokePx])).toEqual([[16, 1]]);
  });

  test("a slower reader needs longer, and pages timed for others are too fast for him", () => {
    const { said } = report(mono(128, 64), { title: "停水通知", body: body(28) }, { charactersPerSecond: 2 });
    expect(said.reading.ms).toBe(16_000);
    expect(codes(said)).toContain("read-too-fast");
    expect(codes(report(mono(128, 64), { title: "停水通知", body: body(28) }).said)).not.toContain("read-too-fast");
  });

  test("ideographs, figures and marks are one each, words of letters two", () => {
    expect(readingUnits(["政务公开,"])).toBe(5);
    expect(readingUnits(["2017年"])).toBe(5);
    expect(readingUnits(["Wi-Fi 5G network"])).toBe(2 + 1 + 2 + 1 + 1 + 2);
    expect(readingUnits(["Größe café's"])).toBe(4);
    expect(readingUnits(["  "])).toBe(0);
  });

  test("day-windowed pages count once", () => {
    const asked = sampleRequest("N17", mono(384, 32));
    const result = typeset(asked);
    if (!result.ok) throw new Error("not set");
    const { pages } = saidOf(asked, result, usual, typeset);
    expect(pages).toBe((result.message.pages.at(-1)?.step ?? 0) + 1);
  });

  test("distance follows the height of the letters: 16 dots on P10 are 16 cm", () => {
    const { said } = report(mono(128, 64), { body: body(20) }, { pitchMm: 10 });
    expect(said.distance?.farthestM).toBeCloseTo(0.16 / Math.tan((16 / 60) * (Math.PI / 180)), 0);
    expect(said.distance?.comfortableM).toBeCloseTo(0.16 / Math.tan((20 / 60) * (Math.PI / 180)), 0);
  });

  test("of strokes that are thick enough the height decides", () => {
    const { said } = report(
      { width: 384, height: 192, colour: "rgb" },
      { displayKind: "slogan", body: "公开" },
      { pitchMm: 5 },
    );
    const [face] = said.faces;
    if (!face) throw new Error("no face");
    expect(face.strokePx).toBeGreaterThan(face.sizePx / 16);
    expect(said.distance?.farthestM).toBeCloseTo((face.sizePx * 0.005) / Math.tan((16 / 60) * (Math.PI / 180)), 0);
  });

  test.each([
    ["P10 单红", 10],
    ["P4.75双色", 4.75],
    ["F3.75 双色", 4.75],
    ["F5.0", 7.62],
    ["室内 P2.5 全彩", 2.5],
    ["55寸 LCD", null],
    ["IP65", null],
    ["", null],
  ])("model %s: %s", (model, pitch) => {
    expect(pitchOfModel(model)).toBe(pitch);
  });

  test.each([
    [6400, "6.4 秒", "6.4 s"],
    [9901, "10 秒", "10 s"],
    [42_100, "43 秒", "43 s"],
    [60_000, "1 分钟", "1 min"],
    [100_000, "1 分 40 秒", "1 min 40 s"],
    [3_599_500, "1 小时", "1 h"],
    [7_500_000, "2 小时 5 分", "2 h 5 min"],
  ])("%d ms", (ms, zh, en) => {
    expect([durationZh(ms), durationEn(ms)]).toEqual([zh, en]);
  });
});

describe("time needed and time available", () => {
  const long = { title: "停水通知", body: body(120) };

  test("a slot that is too short says how much of it is shown, how many slots it takes, and what to do", () => {
    const { result, said } = report(mono(128, 64), long, { hasMs: 12_000 });
    const { what, todo } = remark(said, "short-slot");
    // Counted here from the pages themselves.
    let whole = 0;
    for (let used = 0; used + (result.message.pages[whole]?.holdMs ?? 0) <= 12_000; whole++)
      used += result.message.pages[whole]?.holdMs ?? 0;
    const seconds = Math.ceil(result.message.durationMs / 1000);
    const slots = Math.ceil(result.message.durationMs / 12_000);
    expect(whole).toBeGreaterThan(1);
    expect(what.zh).toBe(
      `需 ${seconds} 秒\uff0c只有 12 秒\uff1a每次轮到只播得完前 ${whole} 页\uff0c共 ${result.pages} 页\uff0c下次从断处接着播\uff0c${slots} 次才放完一遍。`,
    );
    expect(what.en).toBe(
      `Needs ${seconds} s, has 12 s: a slot ends after page ${whole} of ${result.pages}, the next goes on where it stopped, and ${slots} slots show it once.`,
    );
    expect(todo?.zh).toMatch(/^删去约 \d+ 字就能一次放完.或把每次播放加长到 1 分钟。$/);
  });

  test("the shorter text that it names does fit the slot", () => {
    const { asked, result } = report(mono(128, 64), long);
    const shorter = shorterThatFits(asked, result, 12_000, typeset);
    if (!shorter) throw new Error("none found");
    const cut = { ...asked.content, body: asked.content.body.slice(0, -shorter.count) };
    const tried = typeset({ ...asked, content: cut });
    expect(tried.ok && tried.message.durationMs).toBe(shorter.ms);
    expect(shorter.ms).toBeLessThanOrEqual(12_000);
  });

  test("a slot that is long enough says how often", () => {
    const { said } = report(mono(128, 64), long, { hasMs: 60_000 });
    expect(codes(said)).not.toContain("short-slot");
    expect(said.words.facts.at(-1)?.en).toBe("A slot of 1 min shows it 2 times if it has the slot to itself.");
  });

  test("a text of a few characters more than a page is told how many", () => {
    let most = 1;
    const onePage = (length: number) => report(mono(192, 96), { title: "通知", body: body(length) }).result.pages === 1;
    while (onePage(most + 1)) most++;
    const { said } = report(mono(192, 96), { title: "通知", body: body(most + 3) });
    expect(said.shorter).toMatchObject({ goal: "fewer-pages", unit: "characters", pages: 1 });
    expect(said.shorter?.count).toBeGreaterThanOrEqual(1);
    expect(said.shorter?.count).toBeLessThanOrEqual(6);
    expect(said.words.remarks.some(({ what, todo }) => `${what.zh}${todo?.zh ?? ""}`.includes("就能放在一页"))).toBe(
      true,
    );
  });
});

describe("warnings", () => {
  test("a notice that fits has none", () => {
    expect(codes(report(mono(192, 96), { title: "停水通知", body: "明天上午停水。" }).said)).toEqual([]);
  });

  test.each<[string, Shape, Partial<Content>]>([
    ["scrolls", mono(64, 16), { body: body(40) }],
    ["title-long", mono(128, 64), { title: body(30), body: "x" }],
    ["long", mono(128, 32), { body: body(600) }],
    ["word-broken", mono(64, 64), { body: "Donaudampfschifffahrtsgesellschaft" }],
    [
      "table-listed",
      mono(96, 64),
      { displayKind: "table", body: `姓名|住址|事由\n${"张三|文明路口|临时困难\n".repeat(3)}` },
    ],
  ])("%s", (code, shape, content) => {
    expect(codes(report(shape, content).said)).toContain(code);
  });

  test("one word that two make when joined is not broken where the two stand", () => {
    const { asked, result } = report(mono(64, 64), { body: "no one noone" });
    const said = (lines: readonly string[]) =>
      fitReport({ ...asked, ...result, facts: result.facts.map((page) => ({ ...page, lines })) }, usual).warnings;
    expect(said(["no", "one", "noone"])).toEqual([]);
    expect(said(["no one", "noo", "ne"])).toEqual([{ code: "word-broken", page: 1, word: "noone", count: 1 }]);
  });

  test("a word that stands whole on two lines is not broken", () => {
    const { said } = report(mono(64, 64), { body: "one two one two one two" });
    expect(codes(said)).not.toContain("word-broken");
  });

  test("nothing-lit: a page of dots that are all dark", () => {
    const { asked, result } = report(mono(64, 64), { body: "x" });
    const dark = {
      ...result.message,
      pages: result.message.pages.map((page) => ({ ...page, bitmap: emptyBitmap(64, 64, "mono1") })),
    };
    const facts = result.facts.map((page) => ({ ...page, characters: 0, lines: [] }));
    const bare = fitReport({ ...asked, ...result, message: dark, facts }, usual);
    expect(bare.warnings).toEqual([{ code: "nothing-lit" }]);
    expect(fitWords(bare).remarks[0]?.what.zh).toContain("全黑");
  });

  test("a rare name among outlines is named where it comes from another face", () => {
    const { said } = report({ width: 1920, height: 1080, colour: "rgb" }, { body: "姓名:\u4dae" });
    for (const { what } of said.words.remarks.filter(({ code }) => code === "fallback-glyphs"))
      expect(what.zh).toContain("\u4dae");
  });
});

test("every sentence is there in both languages, and none has holes", () => {
  for (const id of ["N01", "N05", "N09", "N13", "N17", "N19"])
    for (const shape of [
      mono(384, 32),
      mono(128, 32),
      mono(16, 16),
      { width: 384, height: 192, colour: "rgb" } as const,
    ]) {
      const asked = sampleRequest(id, shape);
      const result = typeset(asked);
      if (!result.ok) continue;
      for (const hasMs of [null, 1000, 20_000, 600_000]) {
        const said = saidOf(asked, result, { charactersPerSecond: 4, hasMs, pitchMm: 4.75 }, typeset);
        const { summary, facts, remarks } = fitWords(said);
        for (const { zh, en } of [
          summary,
          ...facts,
          ...remarks.flatMap(({ what, todo }) => (todo ? [what, todo] : [what])),
        ]) {
          expect(zh).toMatch(/。$/);
          expect(en).toMatch(/^[A-Z0-9].*\.$/);
          expect(zh + en).not.toMatch(/undefined|NaN|null|Infinity|\[object/);
        }
        expect(saidOf(asked, result, { charactersPerSecond: 4, hasMs, pitchMm: 4.75 }, typeset)).toEqual(said);
      }
    }
}, 60_000);

describe("a text file is read as offices write them", () => {
  test("title, body, sign-off", () => {
    const content = plainText("停水通知\n各住户:\n明天停水。\n青石港办事处\n2017年9月24日\n");
    expect(content).toMatchObject({
      title: "停水通知",
      body: "各住户:\n明天停水。",
      displayKind: "notice",
      signature: { org: "青石港办事处", date: "2017-09-24" },
    });
  });

  test.each([
    ["a date that would be set otherwise stays in the text", "通知\n停水。\n2017年09月04日", "停水。\n2017年09月04日"],
    ["a day that is none", "通知\n停水。\n2017年2月30日", "停水。\n2017年2月30日"],
    ["a first line that is a sentence is no title", "明天停水。\n请储水。", "明天停水。\n请储水。"],
  ])("%s", (_, text, expected) => {
    expect(plainText(text)).toMatchObject({ body: expected, signature: { date: null } });
  });

  test("one short line is a slogan; columns make a table", () => {
    expect(plainText("建设鄂南首善之区\n")).toMatchObject({
      displayKind: "slogan",
      body: "建设鄂南首善之区",
      title: "",
    });
    expect(plainText("补贴名单\n姓名\t金额\n张三\t100\n")).toMatchObject({
      displayKind: "table",
      body: "姓名|金额\n张三|100",
    });
  });
});
