/** The report behind this product pages through every panel: checked on the pixels, not on what the layout says of itself. */
import { describe, expect, it } from "vitest";
import type { Shape } from "../../src/message/index.ts";
import { plainText, typeset } from "../../src/typeset/index.ts";
import { plain, Reader } from "./reader.ts";
import { annualReport, request, sampleShapes } from "./samples.ts";

const everyCharacter = plain(annualReport);
const reader = new Reader(annualReport);

function read(shape: Shape, times = 1) {
  const set = typeset({ ...request(shape, {}), content: plainText(`${annualReport}\n`.repeat(times)) });
  if (!set.ok) throw new Error(JSON.stringify(set.faults));
  return {
    text: plain(reader.all(set)),
    motions: [...new Set(set.message.pages.map(({ motion }) => motion))],
    pages: set.message.pages.length,
  };
}

/** Short, where the whole texts would fill the screen. */
function firstDifference(read: string, written: string) {
  const at = [...read, ""].findIndex((character, index) => character !== (written[index] ?? ""));
  return at < 0 ? null : { at, read: read.slice(at, at + 20), written: written.slice(at, at + 20) };
}

describe("the annual report of 2017 loses no character", () => {
  it("has characters to lose", () => expect(everyCharacter.length).toBeGreaterThan(2000));

  it.each(sampleShapes)("on pages of $width x $height $colour", (shape) => {
    const { text, motions } = read(shape);
    expect(motions).toEqual(["hold"]);
    expect(firstDifference(text, everyCharacter)).toBeNull();
  });

  // Six times over, for a strip has at most `limits.pageSidePx` dots.
  it.each<readonly [string, Shape, string]>([
    ["left, on a panel of one line", { width: 160, height: 16, colour: "mono" }, "scroll-left"],
    ["up, where its pages are more than a message has", { width: 48, height: 32, colour: "dual" }, "scroll-up"],
  ])("in strips that move %s", (_, shape, motion) => {
    const { text, motions, pages } = read(shape, 6);
    expect(motions).toEqual([motion]);
    expect(pages).toBeGreaterThan(1);
    expect(firstDifference(text, everyCharacter.repeat(6))).toBeNull();
  });
});
