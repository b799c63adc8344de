/** The kernels' bytes are those of their text, and there is a way without them. What they draw: blit.test.ts, dither.test.ts. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unifont } from "../../src/typeset/fonts/unifont.ts";
import { limits } from "../../src/limits.ts";
import { slotsMax } from "../../src/typeset/kernel/line.ts";
import { ditherMemory, ditherWidthMax, lineMemory } from "../../src/typeset/kernel/memory.ts";
import { assembled, kernels } from "../../src/typeset/kernel/source/assemble.ts";
import { kernelOf } from "../../src/typeset/kernel/wasm.ts";

const folder = new URL("../../src/typeset/kernel/", import.meta.url);

describe("the kernels", () => {
  test.each(Object.keys(kernels))("%s: its bytes are made from its text", async (name) => {
    const committed = readFileSync(new URL(`${name}.wasm.ts`, folder), "utf8");
    expect(committed).toContain(`"${await assembled(name)}"`);
  });

  test("that the engine does not take are none", async () => {
    const bytes = Buffer.from(await assembled("line"), "base64");
    expect(kernelOf(bytes.toString("base64"))).not.toBeNull();
    bytes[bytes.length - 2] = 0xff;
    expect(kernelOf(bytes.toString("base64"))).toBeNull();
  });

  test("the font fits between the slots and the masks", () => {
    expect(unifont().rows.byteLength).toBeLessThanOrEqual(lineMemory.masks - lineMemory.font);
    expect(slotsMax % 8).toBe(0);
  });

  test("a row of the widest panel fits wherever dithering puts it", () => {
    const at = ditherMemory;
    const width = ditherWidthMax;
    expect(width).toBeGreaterThanOrEqual(limits.panelSidePx);
    const parts = [
      [at.luminance, at.light16, 3 * 1024],
      [at.light16, at.luminance16, 1024],
      [at.luminance16, at.gatherPlane, 3 * 1024],
      [at.gatherPlane, at.gatherDots, 144],
      [at.gatherDots, at.errors, 144],
      // One dot more on either side.
      [at.errors, at.errors + at.errorRowBytes, (width + 2) * 16],
      // A vector is read and written whole.
      [at.errors + at.errorRowBytes, at.marks, (width + 2) * 16],
      [at.marks, at.out, width + 16],
      [at.out, at.out + at.outPlaneBytes, width / 2 + 64],
      [at.out, at.picture, 2 * at.outPlaneBytes],
      [at.picture, at.picture + at.pictureBytes, width * 3],
      [at.picture + at.pictureBytes, at.end, 64],
    ] as const;
    for (const [from, to, bytes] of parts) expect(to - from).toBeGreaterThanOrEqual(bytes);
  });
});
