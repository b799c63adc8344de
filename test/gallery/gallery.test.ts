/** The sheets in README.md are what the typesetter draws today, to the dot; and what they say of themselves holds. */
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { motions, transitions } from "../../src/message/index.ts";
import { templates } from "../../src/typeset/templates/list.ts";
import { motionExhibits, templateExhibits } from "./exhibits.ts";
import { newSheet, pngOf, type Rgb, type Sheet } from "./sheet.ts";
import { showcases } from "./showcases.ts";

const folder = new URL("../../fixtures/pictures/", import.meta.url);
const largestBytes = 300 * 1024;

async function opened(png: Uint8Array): Promise<Sheet> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  return { width: info.width, height: info.height, pixels: new Uint8Array(data) };
}

/** Where two sheets differ first; null: nowhere. */
function difference(a: Sheet, b: Sheet): string | null {
  if (a.width !== b.width || a.height !== b.height) return `${a.width}x${a.height}, not ${b.width}x${b.height}`;
  const at = a.pixels.findIndex((value, index) => value !== b.pixels[index]);
  return at < 0 ? null : `x ${Math.floor(at / 3) % a.width}, y ${Math.floor(at / 3 / a.width)}`;
}

describe.each(showcases)("fixtures/pictures/$file", ({ file, draw }) => {
  it("is what npm run gallery -- --readme draws", async () => {
    const kept = readFileSync(new URL(file, folder));
    expect(kept.length).toBeLessThan(largestBytes);
    expect(difference(await opened(kept), draw()), "draw it anew, and look at it").toBeNull();
  });
});

describe("the gallery", () => {
  it("has every template and every motion", () => {
    const names = [...templateExhibits, ...motionExhibits].flatMap(({ name }) => name.split(/[ ,]+/));
    const all = [...Object.keys(templates), ...Object.keys(motions), ...Object.keys(transitions)];
    expect(all.filter((one) => !names.includes(one))).toEqual([]);
  });

  const colourTypeAt = 25;

  it.each([
    ["a palette's worth of colours", 256, 3],
    ["more colours than a palette has", 257, 2],
  ])("keeps %s as they are", async (_, colours, colourType) => {
    const sheet = newSheet(31, 17, [0, 0, 7]);
    for (let at = 0; at < sheet.width * sheet.height; at++) {
      const number = at % colours;
      sheet.pixels.set([number & 255, number >> 8, 7] satisfies Rgb, at * 3);
    }
    const png = pngOf(sheet);
    expect(png[colourTypeAt]).toBe(colourType);
    expect(difference(await opened(png), sheet)).toBeNull();
  });
});
