/**
 * Texts of full length that once took minutes, on every kind of notice: each is set or refused. A search that grows with
 * the square of a text's length does not end within the test's own time here.
 */
import { describe, expect, it, vi } from "vitest";
import { Canvas } from "../../src/typeset/canvas.ts";
import { measuredBytesHeld } from "../../src/typeset/templates/template.ts";
import { displayKinds, hostileBodies } from "./hostile.ts";
import { limits } from "../../src/limits.ts";
import { placesOf } from "../../src/typeset/text.ts";
import { request } from "./samples.ts";
import type { Shape } from "../../src/message/index.ts";
import { typeset } from "../../src/typeset/index.ts";

const shapes: readonly Shape[] = [{ width: 128, height: 64, colour: "dual" }];

describe.each(shapes)("on $width x $height $colour", (shape) => {
  describe.each(displayKinds)("%s", (displayKind) => {
    it.each(Object.entries(hostileBodies))(
      "%s",
      (_, bodyFor) => {
        const set = typeset(request(shape, { displayKind, body: bodyFor(displayKind) }));
        if (!set.ok) expect(set.faults.length).toBeGreaterThan(0);
      },
      20_000,
    );
  });
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
  it("of a default picture with a page for each of its lines", () => {
    const drawn = vi.spyOn(Canvas.prototype, "bitmap");
    const body = Array.from({ length: 400 }, (_, at) => `第${at}行`).join("\n");
    const set = typeset(request({ width: 1920, height: 1080, colour: "rgb" }, { displayKind: "default", body }));
    expect(set).toMatchObject({ ok: false, faults: [{ detail: { en: expect.stringContaining("400 pages") } }] });
    expect(drawn).not.toHaveBeenCalled();
    drawn.mockRestore();
  });

  it("of the texts that are kept measured, by the bytes of their glyphs", () => {
    const shape: Shape = { width: 2048, height: 2048, colour: "rgb" };
    for (const body of "甲乙丙丁戊己庚辛") typeset(request(shape, { displayKind: "slogan", body }));
    expect(measuredBytesHeld()).toBeGreaterThan(0);
    expect(measuredBytesHeld()).toBeLessThanOrEqual(limits.measuredBytes);
  });
});
