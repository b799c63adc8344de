/** Pictures that an import file names are read beside it, and nowhere else. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix, win32 } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isBelow, readerBeside } from "../../src/cli/beside.ts";

const home = mkdtempSync(join(tmpdir(), "boardcast-beside-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const folder = join(home, "import");
mkdirSync(join(folder, "图片"), { recursive: true });
writeFileSync(join(home, "secret"), "secret");
writeFileSync(join(folder, "a.png"), "12345");
writeFileSync(join(folder, "..a.png"), "dots");
writeFileSync(join(folder, "图片", "b.png"), "b");
symlinkSync(join(home, "secret"), join(folder, "out.png"));
symlinkSync(join(folder, "a.png"), join(folder, "in.png"));
symlinkSync(home, join(folder, "up"));

const read = async (name: string, most = 100) => {
  const bytes = await readerBeside(join(folder, "notices.json"), most)(name);
  return bytes && Buffer.from(bytes).toString();
};

test.each([
  ["a.png", "12345"],
  ["..a.png", "dots"],
  ["图片/b.png", "b"],
  ["in.png", "12345"],
])("%s is read", async (name, content) => {
  expect(await read(name)).toBe(content);
});

test.each(["../secret", "out.png", "up/secret", "none.png", "图片", "."])("%s is not", async (name) => {
  expect(await read(name)).toBe(null);
});

test("one byte more than may be is read of a file that is too large", async () => {
  expect(await read("a.png", 3)).toBe("1234");
});

test.each([
  ["C:\\in\\a.png", true],
  ["C:\\in\\图片\\a.png", true],
  ["C:\\in\\..a.png", true],
  ["C:\\a.png", false],
  ["C:\\inside\\a.png", false],
  ["D:\\in\\a.png", false],
  ["\\\\server\\in\\a.png", false],
])("on Windows: is %s below C:\\in? %s", (file, below) => {
  expect(isBelow("C:\\in", file, win32)).toBe(below);
  expect(isBelow("/in", "/in/a.png", posix)).toBe(true);
});

test("a pipe is no file, and nobody waits for it", async () => {
  execFileSync("mkfifo", [join(folder, "pipe.png")]);
  expect(await read("pipe.png")).toBe(null);
});
