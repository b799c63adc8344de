/** The kernels' bytes are those of their text, and there is a way without them. What they draw: blit.test.ts, dither.test.ts. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unifont } from "../../src/typeset/fonts/unifont.ts";
import { lineMemory } from "../../src/typeset/kernel/memory.ts";
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
  });
});
