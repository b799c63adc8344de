/**
 * Texts of full length that once took minutes, on every kind of notice: each is set or refused. A search that grows with
 * the square of a text's length does not end within the test's own time here. BOARDCAST_LONG=1 takes each text on each kind;
 * an ordinary run takes each on a third of them, drawn by the seed that it prints.
 */
import { describe, expect, it, vi } from "vitest";
import { Canvas } from "../../src/typeset/canvas.ts";
import { measuredBytesHeld } from "../../src/typeset/templates/template.ts";
import { displayKinds, hostileBodies } from "./hostile.ts";
import { limits } from "../../src/limits.ts";
import type { Content } from "../../src/notices/types.ts";
import { placesOf } from "../../src/typeset/text.ts";
import { instant, request } from "./samples.ts";
import type { Shape } from "../../src/message/index.ts";
import { typeset } from "../../src/typeset/index.ts";

const shapes: readonly Shape[] = [{ width: 128, height: 64, colour: "dual" }];
const screen: Shape = { width: 1920, height: 1080, colour: "rgb" };

/** Pages that are drawn by `work`. */
function pagesDrawn(work: () => void): number {
  const calls = vi.spyOn(Canvas.prototype, "bitmap");
  try {
    work();
    return calls.mock.calls.length;
  } finally {
    calls.mockRestore();
  }
}

const isLong = process.env.BOARDCAST_LONG === "1";
const seed = Number(process.env.BOARDCAST_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe.each(shapes)(`on $width x $height $colour (BOARDCAST_TEST_SEED=${seed})`, (shape) => {
  describe.each(displayKinds.map((displayKind, kind) => ({ displayKind, kind })))(
    "$displayKind",
    ({ displayKind, kind }) => {
      it.each(Object.entries(hostileBodies).filter((_, body) => isLong || (kind + body + seed) % 3 === 0))(
        "%s",
        (_, bodyFor) => {
          const set = typeset(request(shape, { displayKind, body: bodyFor(displayKind) }));
          if (!set.ok) expect(set.faults.length).toBeGreaterThan(0);
        },
        20_000,
      );
    },
  );
});

describe("characters that no font has", () => {
  it("are listed up to a maximum, and the last fault says how many more there are", () => {
    const count = 20_000;
    const body = Array.from({ length: count }, (_, at) => String.fromCharCode(0xe000 + (at % 6400))).join("");
    const set = typeset(request({ width: 128, height: 64, colour: "mono" }, { displayKind: "notice", body }));
    if (set.ok) throw new Error("set");
    expect(set.faults).toHaveLength(limits.faultsPerNotice + 1);
    expect(set.faults.slice(0, -1).every(({ code }) => code === "notice/missing-glyph")).toBe(true);
    expect(set.faults.at(-1)).toEqual({
      code: "notice/more-missing-glyphs",
      notice: "T1",
      count: count - limits.faultsPerNotice,
    });
  });

  it("are found by a few look-ups each, parts of graphemes too", () => {
    class Counting extends Set<string> {
      lookUps = 0;
      override has(value: string): boolean {
        this.lookUps++;
        return super.has(value);
      }
      override [Symbol.iterator](): SetIterator<string> {
        this.lookUps += this.size;
        return super[Symbol.iterator]();
      }
    }
    const text = `${Array.from({ length: 5000 }, (_, at) => String.fromCharCode(0xe000 + at)).join("")}a\u0301\u0302甲`;
    const wanted = new Counting([...text.slice(0, 5000), "\u0301\u0302"]);
    wanted.lookUps = 0;
    const places = placesOf(text, wanted);
    expect(places).toHaveLength(5001);
    expect(places.at(-1)).toEqual({ character: "a\u0301\u0302", position: 5000 });
    expect(wanted.lookUps).toBeLessThan(text.length * 6);
  });
});

describe("bounds are looked at before anything is drawn", () => {
  const items = (count: number) => Array.from({ length: count }, (_, at) => `第${at}行`).join("\n");
  const low: Shape = { width: 64, height: 32, colour: "mono" };
  const year = { from: instant("2017-03-06T00:00"), until: instant("2018-03-06T00:00") };
  const words = "公开".repeat(10_000);

  it.each<[string, Shape, Partial<Content>, number, RegExp]>([
    [
      "a default picture with a page for each of its lines",
      screen,
      { displayKind: "default", body: items(400) },
      10,
      /400 pages/,
    ],
    ["a default picture that would move", screen, { displayKind: "default", body: words }, 10, /longer than a message/],
    ["a cover of many items", low, { displayKind: "cover", body: items(2000) }, 10, /pages are more than/],
    [
      "a code with a caption of many lines",
      screen,
      { displayKind: "qrcode", body: `{{qr:x}}\n${items(2000)}` },
      10,
      /caption/,
    ],
    [
      "a countdown of a year on a large screen",
      screen,
      { displayKind: "countdown", body: "{{daysTo:2018-06-01}}" },
      365,
      /365 pages/,
    ],
    [
      "a countdown of a long text",
      screen,
      { displayKind: "countdown", body: `{{daysTo:2017-06-01}}${words}`.slice(0, 20_000) },
      10,
      /of 10 days.*10000 characters/,
    ],
    [
      "a clock's lunar days of a long text",
      low,
      { displayKind: "clock", body: `{{lunar}} ${words}`.slice(0, 20_000) },
      10,
      /of 10 days.*10000 characters/,
    ],
    [
      "a clock of many lines",
      low,
      { displayKind: "clock", body: `{{time:HH:mm}} ${items(2000)}` },
      10,
      /takes \d+ pages, at most 400/,
    ],
  ])("of %s", (_, shape, differences, days, why) => {
    const asked = request(shape, differences);
    const drawn = pagesDrawn(() => {
      const set = typeset({ ...asked, window: days > 10 ? year : asked.window });
      expect(set).toMatchObject({ ok: false, faults: [{ detail: { en: expect.stringMatching(why) } }] });
    });
    // The code itself is a page, of which there is always one.
    expect(drawn).toBeLessThanOrEqual(differences.displayKind === "qrcode" ? 1 : 0);
  });

  it.each<[string, Shape, Partial<Content>, number]>([
    ["a warning of many pages rises", low, { displayKind: "emergency", title: "暴雨红色预警", body: items(2000) }, 1],
    [
      "a roster with a day of many duties is a table",
      low,
      { displayKind: "duty", body: `日期|值班\n${"3月7日|张三\n".repeat(1500)}` },
      2,
    ],
    [
      "a roster with a preface for each of many days is a table",
      { ...low, height: 16 },
      { displayKind: "duty", body: `${words.slice(0, 10_000)}\n日期|值班\n3月7日|张三\n3月8日|李四` },
      3,
    ],
  ])("%s, and nothing is drawn in vain", (_, shape, differences, most) => {
    let pages = 0;
    const drawn = pagesDrawn(() => {
      const set = typeset({ ...request(shape, differences), window: { ...year, until: instant("2017-04-06T00:00") } });
      if (!set.ok) throw new Error(JSON.stringify(set.faults));
      ({ pages } = set);
    });
    expect(drawn).toBe(pages);
    expect(pages).toBeLessThanOrEqual(most);
  });

  it("of the texts that are kept measured, by the bytes of their glyphs", () => {
    const shape: Shape = { width: 2048, height: 2048, colour: "rgb" };
    for (const body of "甲乙丙丁戊己庚辛") typeset(request(shape, { displayKind: "slogan", body }));
    expect(measuredBytesHeld()).toBeGreaterThan(0);
    expect(measuredBytesHeld()).toBeLessThanOrEqual(limits.measuredBytes);
  });
});
