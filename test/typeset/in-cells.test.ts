/** Notices in the cells of a card that draws characters with a font of its own: what is signed is what it can show, as it shows it. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Shape } from "../../src/message/index.ts";
import type { Content, DisplayKind } from "../../src/notices/types.ts";
import { neverFirst, neverLast } from "../../src/typeset/break-rules.ts";
import { cardFace } from "../../src/typeset/fonts/card-cells.ts";
import { inProfile } from "../../src/typeset/fonts/charsets.ts";
import { cellDrawing, contentOf, type TypesetResult, typeset } from "../../src/typeset/index.ts";

const sign: Shape = { width: 128, height: 64, colour: "dual" };

function set(content: Partial<Content>, shape = sign, glyphs: "GB2312" | "GBK" = "GB2312"): TypesetResult {
  const window = { from: Date.UTC(2017, 8, 25), until: Date.UTC(2017, 9, 25) };
  return typeset({
    ...{ notice: "N1", content: contentOf(content), shape, zone: "Asia/Shanghai", window },
    cells: { glyphs, sizePx: 16 },
  });
}

function pagesOf(result: TypesetResult): readonly (readonly string[])[] {
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.facts.map(({ lines }) => lines);
}

const widthOf = (line: string) => [...line].reduce((sum, one) => sum + (one < "\x80" ? 8 : 16), 0);

test("a notice is lines of its own grid: title in the middle, paragraphs indented, the office and the date to the right", () => {
  const result = set({
    title: "停水通知",
    body: "各位居民\uff1a\n因检修管道\uff0c9月26日8:30—17:00停水\u3002",
    signature: { org: "街道办", date: "2017-09-25" },
  });
  expect(pagesOf(result)).toEqual([
    ["停水通知", "各位居民\uff1a", "因检修管", "道\uff0c9月26日"],
    ["8:30—17:00", "停水\u3002", "街道办", "2017年9月25日"],
  ]);
  if (!result.ok) return;
  // Where each line's ink begins, in half cells: 128 dots are 16 of them.
  const { pixels } = result.message.pages[0]?.bitmap ?? { pixels: new Uint8Array(0) };
  const rows = [0, 1, 2, 3].map((line) => pixels.subarray(line * 256, line * 256 + 256));
  const planes = rows.map((row, line) => row.map((byte, at) => byte | (pixels[1024 + line * 256 + at] ?? 0)));
  const inked = planes.map((row) =>
    Array.from({ length: 16 }, (_, x) => row.some((byte, at) => at % 16 === x && byte)),
  );
  expect(inked.map((line) => line.indexOf(true))).toEqual([4, 0, 4, 0]);
});

test("a few words stand in the middle, as far as whole lines go", () => {
  const result = set({ body: "欢迎光临", displayKind: "slogan" });
  expect(pagesOf(result)).toEqual([["欢迎光临"]]);
  if (!result.ok) return;
  const { pixels } = result.message.pages[0]?.bitmap ?? { pixels: new Uint8Array(0) };
  const lit = [0, 1, 2, 3].map((line) => pixels.subarray(line * 256, line * 256 + 256).some((byte) => byte > 0));
  expect(lit).toEqual([false, true, false, false]);
});

test("of what it is, nothing is lost, no line is too wide, and none begins or ends with what must not stand there", () => {
  const letters = fc.array(fc.constantFrom(..."公开栏发布系统通知内容abc 0123\uff0c\u3002\uff08\uff09《》“”"), {
    minLength: 1,
    maxLength: 120,
  });
  fc.assert(
    fc.property(letters, fc.integer({ min: 6, max: 32 }), fc.integer({ min: 1, max: 4 }), (all, halves, rows) => {
      const body = all.join("").trim();
      fc.pre(body !== "");
      const shape = { width: halves * 8, height: rows * 16 + 5, colour: "mono" } as const;
      const lines = pagesOf(set({ body, displayKind: "notice" }, shape)).flat();
      expect(lines.join("").replaceAll(" ", "")).toBe(body.replaceAll(" ", ""));
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(shape.width);
    }),
    { numRuns: 150 },
  );
  const text =
    "经研究决定\uff0c自2017年10月1日起\uff0c“便民大厅”延长办公时间\uff08含周六\uff09\uff0c请互相转告\u3002".repeat(3);
  for (let width = 96; width <= 256; width += 8) {
    const lines = pagesOf(set({ body: text }, { width, height: 64, colour: "mono" })).flat();
    for (const line of lines)
      expect([neverFirst.has(line[0] ?? ""), neverLast.has(line.at(-1) ?? "")]).toEqual([false, false]);
  }
});

describe("what it cannot show is said before anything is signed", () => {
  const kinds: readonly (readonly [DisplayKind, Partial<Content>, RegExp])[] = [
    ["table", { body: "姓名|金额\n张三|100" }, /表格.*\/.*tables|表格/],
    ["duty", { body: "日期|值班\n9月25日|张三" }, /值班表/],
    ["clock", { body: "{{time:HH:mm}}" }, /时钟/],
    ["countdown", { body: "距开会{{daysTo:2017-10-01}}天" }, /倒计时/],
    ["picture", { body: "图" }, /图片/],
    ["qrcode", { body: "{{qr:https://example.com}}" }, /二维码/],
    ["publicity", { body: "姓名|金额\n张三|100" }, /表格/],
  ];
  test.each(kinds)("%s", (displayKind, content, says) => {
    const result = set({ ...content, displayKind });
    expect(result.ok).toBe(false);
    if (result.ok) return;
    const [fault] = result.faults;
    expect(fault?.code).toBe("notice/does-not-fit");
    expect(fault?.code === "notice/does-not-fit" && fault.detail.zh).toMatch(says);
    expect(fault?.code === "notice/does-not-fit" && fault.detail.en).toMatch(/shows text alone, not [A-Z a-z]+$/);
  });

  test("a character that its font lacks is a fault at its place, with what may stand there instead", () => {
    const result = set({ title: "公告", body: "张喆家100\u33a1" });
    expect(result).toMatchObject({ ok: false });
    if (result.ok) return;
    const font = "card-GB2312-16";
    expect(result.faults).toMatchObject([
      { code: "notice/missing-glyph", part: "body", character: "喆", position: 1, font },
      { code: "notice/missing-glyph", part: "body", character: "\u33a1", position: 6, font },
    ]);
    const [name, unit] = result.faults.map((fault) => fault.code === "notice/missing-glyph" && fault.proposal?.zh);
    expect([name, unit]).toEqual([expect.stringContaining("不选这块屏"), expect.stringContaining("平方米")]);
    expect(set({ title: "公告", body: "张喆家100" }, sign, "GBK").ok).toBe(true);
    // A backslash is the card's own mark, whatever its font.
    expect(set({ body: "a\\b" }, sign, "GBK").ok).toBe(false);
  });

  test("motion is left out, and that is told", () => {
    const result = set({ body: "欢迎", displayKind: "slogan", motion: { moving: "scroll-left" } });
    expect(result.ok && result.message.pages.map(({ motion }) => motion)).toEqual(["hold"]);
    expect(result.ok && result.warnings.map(({ en }) => en)).toEqual([
      "pages of a font card stand: no motion, entry or exit",
    ]);
  });

  test("more pages than a message holds, and a panel without a whole cell", () => {
    const long = set({ body: "一二三四五六七八九十".repeat(300) }, { width: 32, height: 16, colour: "mono" });
    expect(long).toMatchObject({ ok: false, faults: [{ code: "notice/does-not-fit" }] });
    expect(set({ body: "一" }, { width: 16, height: 15, colour: "mono" })).toMatchObject({ ok: false });
  });
});

test("drawings are what they were: what was signed for such a card is read by them", () => {
  const hash = createHash("sha256");
  for (let code = 0x20; code < 0x10000; code++) {
    const drawing = inProfile(code, "GBK") ? cellDrawing(code) : null;
    if (drawing) hash.update(Uint16Array.of(code, drawing.width, ...drawing.rows));
  }
  expect(hash.digest("hex").slice(0, 16)).toBe("431e50c207344880");
});

test("every character but ASCII takes a whole cell, also where our face draws it narrow; dashes join", () => {
  const face = cardFace("GB2312");
  const dots = (character: string) => face.glyph(character.codePointAt(0) ?? 0);
  expect([dots("A"), dots("\u0410"), dots("中"), dots("“")].map((glyph) => glyph?.advance)).toEqual([8, 16, 16, 16]);
  expect(dots("\u2014")).toMatchObject({ left: 0, width: 16 });
  expect(dots("\\")).toBe(null);
});
