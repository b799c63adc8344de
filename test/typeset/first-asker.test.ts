/** Alone with its modules (`vitest.config.ts`): faces are made once in a program, for whoever asks first. */
import { expect, it } from "vitest";
import { faceOf } from "../../src/typeset/fonts/index.ts";
import { outlineGlyph } from "../../src/typeset/fonts/outline-face.ts";

it("a drawn size has one weight: who asks first for bold does not embolden rare characters for everybody", () => {
  const rare = 0x2caa9;
  expect(outlineGlyph(rare, 16, "bold")).not.toEqual(outlineGlyph(rare, 16, "regular"));
  for (const weight of ["bold", "regular"] as const)
    expect(faceOf({ sizePx: 16, weight }).glyph(rare)).toEqual(outlineGlyph(rare, 16, "regular"));
});
