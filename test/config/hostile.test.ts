/** Files that were made to hurt, or that are none: an answer, and soon. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assetUrl, loadSite, readSite, SiteFileError } from "../../src/config/index.ts";
import { limits } from "../../src/limits.ts";
import { mistakes } from "./small-file.ts";

const example = await readFile(assetUrl("boardcast.example.yaml"), "utf8");

describe("hostile files are refused, not suffered", () => {
  test("nesting, and long groups", () => {
    const tooMuch = `nested more than ${limits.configDepth} levels deep, or more than ${limits.configEntries} entries together`;
    expect(mistakes(`a: ${"[".repeat(100_000)}`)).toEqual([`1:15 ${tooMuch}`]);
    expect(mistakes(`a: { ${"b, ".repeat(50_000)} }`)).toEqual([`1:4 ${tooMuch}`]);
  });

  test("aliases that grow", () => {
    const layers = Array.from({ length: 8 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(",")}]`);
    expect(mistakes(`l0: &l0 [1]\n${layers.join("\n")}`)).toEqual([expect.stringContaining("too many aliases")]);
  });

  test("mistakes are listed up to the limit", () => {
    const keys = Array.from({ length: 900 }, (_, i) => `k${i}: 1`).join("\n");
    expect(mistakes(keys)).toHaveLength(limits.configProblems);
  });

  test("whatever bytes: an answer, never an exception, and places inside the file", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(..."ab: -[]{}&*#\"'|>\n\t0!@%?,", "boards", "office", "kind: "), { maxLength: 60 }),
        (parts) => {
          const text = parts.join("");
          const result = readSite(text, "f");
          expect(result.ok).toBe(false);
          if (result.ok) return;
          expect(result.faults.length).toBeGreaterThan(0);
          const lines = text.split("\n");
          for (const fault of result.faults) {
            expect(fault.line).toBeGreaterThanOrEqual(1);
            expect(fault.line).toBeLessThanOrEqual(lines.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("from disk", () => {
  async function refusal(content: Uint8Array | string | null): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "boardcast-config-"));
    const path = join(folder, "boardcast.yaml");
    try {
      if (content !== null) await writeFile(path, content);
      await loadSite(path);
      return "loaded";
    } catch (error) {
      if (!(error instanceof SiteFileError)) throw error;
      return error.faults.map((fault) => fault.what.en).join("\n");
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  test("loads, or says why not", async () => {
    expect(await refusal(example)).toBe("loaded");
    expect(await refusal(`\uFEFF${example.replaceAll("\n", "\r\n")}`)).toBe("loaded");
    expect(await refusal(null)).toBe("cannot be read (ENOENT)");
    expect(await refusal(Uint8Array.of(0xb0, 0xec, 0xca, 0xc2))).toBe("is not UTF-8");
    expect(await refusal("#".repeat(limits.configFileBytes + 1))).toBe("is larger than 256 KiB");
  });
});
