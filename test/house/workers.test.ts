/** Most files share their worker's modules (vitest.config.ts): what one does to them, the next would meet. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alone } from "../vitest.config.ts";
import { projectFiles, root } from "./files.ts";

/** Of a pattern, what stands before its first star. */
const isAlone = (file: string) =>
  alone.some((one) => (one.includes("*") ? file.startsWith(one.slice(0, one.indexOf("*"))) : file === one));

const tests = projectFiles().filter((file) => /^test\/.*\.ts$/.test(file));
const text = (file: string) => readFileSync(join(root, file), "utf8");

describe("a test file that shares its modules", () => {
  it("puts nothing in place of one", () => {
    const mocking = tests.filter((file) => /^vi\.(mock|doMock)\(/m.test(text(file)));
    expect(mocking.length).toBeGreaterThan(0);
    expect(
      mocking.filter((file) => !isAlone(file)),
      "name it in `alone`",
    ).toEqual([]);
  });

  it("imports none whose hooks are set up as it is read: the second file would go without", () => {
    const hooking = tests.filter((file) => !file.endsWith(".test.ts"));
    const found = hooking.filter((file) => /^(before|after)(All|Each)\(/m.test(text(file)));
    const importing = (file: string) => {
      const name = `/${file.split("/").at(-1)}"`;
      return tests.filter((other) => other.endsWith(".test.ts") && text(other).includes(name));
    };
    expect(
      found.flatMap(importing).filter((file) => !isAlone(file)),
      "hand out a function instead",
    ).toEqual([]);
  });
});
