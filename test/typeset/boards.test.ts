/** What stands on the panels, read back out of the pixels. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message, Shape } from "../../src/message/index.ts";
import { typeset, type TypesetRequest } from "../../src/typeset/index.ts";
import { officeDate } from "../../src/typeset/templates/sign.ts";
import { dotsOf } from "./dots.ts";
import { facesOf, plain, Reader, type SetOk } from "./reader.ts";
import { boardShape, noticeIds, request, sampleContent, sampleRequest, sampleShapes } from "./samples.ts";

function set(asked: TypesetRequest): SetOk {
  const result = typeset(asked);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}

const on = (notice: string, board: string) => set(sampleRequest(notice, boardShape(board)));
/** What templates add: of rosters. */
const added = "今日明日周一二三四五六日无值班安排期";
const pagesOn = (notice: string, board: string) => new Reader(written(notice) + added).pages(on(notice, board));

/** What everyone must be able to read of a notice. */
function written(notice: string): string {
  const { displayKind, title, body, signature } = sampleContent(notice);
  if (displayKind === "slogan" || displayKind === "welcome") return body;
  // "今日10月1日": a day's page has no need of the word 日期.
  const told = displayKind === "duty" ? body.replace(/^日期\|/m, "") : body;
  return [title, told.replace(/\|/g, ""), signature.org, signature.date && officeDate(signature.date)].join("");
}

/** Characters of `wanted` that are not among `found`, each as often as it is missing. */
function missing(wanted: string, found: string): string {
  const left = new Map<string, number>();
  for (const character of found) left.set(character, (left.get(character) ?? 0) + 1);
  return [...wanted]
    .filter((character) => {
      const count = left.get(character) ?? 0;
      left.set(character, count - 1);
      return count <= 0;
    })
    .join("");
}

/** All that is read, in order. The bar of a warning may stand on every page; it is told once. */
function barOnce(pages: readonly string[], title: string, wanted: string): string {
  const all = plain(pages.join(""));
  if (all === wanted) return all;
  const bar = plain(title);
  return pages
    .map(plain)
    .reduce((told, page) => told + (told !== "" && page.startsWith(bar) ? page.slice(bar.length) : page), "");
}

const readers = new Map(noticeIds.map((id) => [id, new Reader(written(id) + added)]));

describe.each(sampleShapes)("on $width x $height $colour", (shape) => {
  // Clocks and countdowns have their own tests.
  it.each(noticeIds.filter((id) => !["clock", "countdown"].includes(sampleContent(id).displayKind)))(
    "%s can be read whole",
    (id) => {
      const pages = (readers.get(id) as Reader).pages(set(sampleRequest(id, shape)));
      const wanted = plain(written(id));
      const found = barOnce(pages, sampleContent(id).title, wanted);
      // Headings of tables and of warnings stand on each of their pages again.
      if (["table", "duty", "emergency"].includes(sampleContent(id).displayKind))
        expect(missing(wanted, found)).toBe("");
      else expect(found).toBe(wanted);
    },
  );
});

describe("the samples' own demands", () => {
  it("N01 stands on B1 in one line", () => {
    expect(pagesOn("N01", "B1")).toEqual(["建设鄂南首善之区服务辖区千家万户"]);
  });

  it("N01 stands on B7 in two", () => {
    expect(pagesOn("N01", "B7")).toEqual(["建设鄂南首善之区/服务辖区千家万户"]);
  });

  it.each(["B1", "B7"])("and does not move on %s", (board) => {
    expect(on("N01", board).message.pages.map(({ motion }) => motion)).toEqual(["hold"]);
  });

  it("N02 moves on B7, which cannot hold it in two lines, and stands on B6 in four", () => {
    expect(on("N02", "B7").message.pages.map(({ motion }) => motion)).toEqual(["scroll-left"]);
    const parts = ["坚持以公开为常态、", "不公开为例外,推进", "决策、执行、管理、", "服务、结果公开"];
    expect(pagesOn("N02", "B6").map((page) => page.split("/").map(plain))).toEqual([parts.map(plain)]);
  });

  it("N03's salutation stands flush, its paragraph indented, its sign-off right", () => {
    expect(pagesOn("N03", "B3")[0]).toMatch(/通知\/各办、各社区:\/为做好.*\/特此通知。\/青石港办事处\/2017年2月8日$/);
  });

  it("N09 on B5: all three columns side by side, their heading on each page, figures in their rows", () => {
    const pages = pagesOn("N09", "B5").filter((page) => page.includes("项目"));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages).toHaveLength(pages.filter((page) => /^(单位.万元\/)?项目预算数决算数\//.test(page)).length);
    const said = pages.map((page) => page.replace(/^.*决算数\//, "")).join("/");
    const figures = [...said.matchAll(/(\d+\.\d\d)(\d+\.\d\d)/g)].map(([, planned, spent]) => [planned, spent]);
    expect(figures).toEqual([
      ["0.00", "0.00"],
      ["9.50", "7.82"],
      ["12.00", "10.37"],
      ["0.00", "0.00"],
      ["21.50", "18.19"],
    ]);
    expect(said.replace(/[\d.]+|\//g, "")).toMatch(/^因公出国.境.费公务接待费公务用车运行维护费公务用车购置费合计/);
  });

  it("N14 on B6: words that do not stand side by side stand one under another, each behind its heading", () => {
    expect(pagesOn("N14", "B6")[1]).toBe("序号\uff1a1/事项\uff1a危房改造/责任单位\uff1a村镇建设办/进度\uff1a85%");
  });

  it("N16 on B4 and B8: each day's page is all there is, on B8 with the whole roster", () => {
    for (const board of ["B4", "B8"]) expect(on("N16", board).message.pages.every(({ step }) => step === 0)).toBe(true);
    for (const page of pagesOn("N16", "B8")) expect(page.match(/10月[1-8]日/g)?.length).toBeGreaterThanOrEqual(8);
  });
});

const ideographs = fc.constantFrom(..."街道办事处政府信息公开公示公告居委会惠农补贴发放名单耕地地力保护");
const letters = fc.constantFrom(..."0123456789ABCabc");
const marks = fc.constantFrom("\uff0c", "。", "《", "》", "(", ")", "%");
/** A mark has an ideograph before it: alone in its line it could be another one, higher or lower. */
const text = fc
  .tuple(
    ideographs,
    fc.array(
      fc.oneof(
        { weight: 8, arbitrary: ideographs },
        { weight: 2, arbitrary: letters },
        { weight: 1, arbitrary: fc.tuple(ideographs, marks).map(([first, mark]) => first + mark) },
      ),
      { maxLength: 60 },
    ),
  )
  .map(([first, more]) => [first, ...more].join(""));
/** Wide enough for a mark to stand beside what it belongs to. */
const widthLeast = 48;
const shapes: fc.Arbitrary<Shape> = fc.record({
  width: fc.integer({ min: widthLeast, max: 420 }),
  height: fc.integer({ min: 16, max: 220 }),
  colour: fc.constantFrom("mono", "dual", "rgb"),
});

const unsigned = { signature: { org: "", date: null } };

describe("any text on any panel", () => {
  it("is lit whole, in order, and nothing else is: no dot belongs to no glyph, or lies outside its page", () => {
    fc.assert(
      fc.property(shapes, text, text, fc.constantFrom("notice", "list"), (shape, title, body, displayKind) => {
        const whole = `${title}${body}青石港办事处2017年3月6日`;
        const pages = new Reader(whole).pages(set(request(shape, { title, body, displayKind })));
        expect(barOnce(pages, title, plain(whole))).toBe(plain(whole));
      }),
      { numRuns: 100 },
    );
  });

  it("is lit whole even one character a line", () => {
    const words = fc.array(ideographs, { minLength: 1, maxLength: 30 }).map((characters) => characters.join(""));
    fc.assert(
      fc.property(words, words, fc.integer({ min: 16, max: widthLeast }), (title, body, width) => {
        const made = set(request({ width, height: 40, colour: "mono" }, { title, body, ...unsigned }));
        expect(new Reader(title + body).all(made)).toBe(title + body);
      }),
      { numRuns: 50 },
    );
  });

  it("stands as a slogan with four dots left free at each side, or moves", () => {
    fc.assert(
      fc.property(shapes, text, (shape, body) => {
        const made = set(request({ ...shape, width: shape.width + 16 }, { body, displayKind: "slogan" }));
        const pages = new Reader(body).pages(made);
        expect(plain(pages.join(""))).toBe(plain(body));
        for (const [index, { bitmap, motion }] of made.message.pages.entries()) {
          if (motion !== "hold" || made.pages > 1) continue;
          if (shape.height < 64) expect(pages[index]?.split("/").length).toBeLessThanOrEqual(2);
          expect(sideDots(bitmap)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("the reader of these tests", () => {
  const reader = readers.get("N01") as Reader;

  it.each(["B7", "B3"])("cannot read a page of %s with a dot too many, or one too few", (board) => {
    const made = on("N01", board);
    const { bitmap } = made.message.pages[0] as Message["pages"][number];
    const faces = facesOf(made.facts[0] as SetOk["facts"][number]);
    const changed = (change: (pixels: Uint8Array) => void) => {
      const pixels = bitmap.pixels.slice();
      change(pixels);
      return reader.lines(dotsOf({ ...bitmap, pixels }), faces);
    };
    expect(changed(() => {})).toEqual(["建设鄂南首善之区", "服务辖区千家万户"]);
    const lit = bitmap.pixels.findIndex((byte) => byte !== 0);
    for (let bit = 1; bit < 256; bit *= 2)
      expect(changed((pixels) => pixels.fill((pixels[lit] ?? 0) ^ bit, lit, lit + 1))).toBeNull();
    expect(changed((pixels) => pixels.fill(1, pixels.length - 1))).toBeNull();
  });

  it("tells characters apart that differ by a stroke", () => {
    const made = set(request(boardShape("B7"), { displayKind: "slogan", body: "己已巳" }));
    expect(new Reader("巳已己").pages(made)).toEqual(["己已巳"]);
  });
});

/** Columns lit within four dots of a mono, dual or index bitmap's sides. */
function sideDots(bitmap: Message["pages"][number]["bitmap"]): number[] {
  const { width, height, lit } = dotsOf(bitmap);
  const columns = [0, 1, 2, 3, width - 4, width - 3, width - 2, width - 1];
  return columns.filter((x) => Array.from({ length: height }, (_, y) => lit[y * width + x]).includes(1));
}
