/** Real text to draw: the annual report that this product comes from. */
import { readFileSync } from "node:fs";
import type { PixelFont } from "../../src/typeset/fonts/unifont.ts";

/** Lines of `characters` full-width characters, in the report's order, without what is half as wide. */
export function reportLines(font: PixelFont, characters: number): readonly string[] {
  const report = readFileSync(new URL("../../fixtures/annual-report-2017.txt", import.meta.url), "utf8");
  const wide = [...report].filter((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0x2fff && font.widths[font.slots[code] ?? 0] === 16;
  });
  const lines: string[] = [];
  for (let from = 0; from + characters <= wide.length; from += characters)
    lines.push(wide.slice(from, from + characters).join(""));
  return lines;
}
