import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../src/cli/program.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "boardcast-render-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function render(...words: string[]) {
  const said = { code: -1, out: "", err: "" };
  const output = {
    out: (text: string) => {
      said.out += text;
    },
    err: (text: string) => {
      said.err += text;
    },
  };
  said.code = await run(["render", ...words, "--practice", "--data", join(folder, "none")], output);
  return said;
}

test("a sample notice, as rows of dots", async () => {
  const { code, out, err } = await render("N01", "--panel", "384x32:mono");
  expect([code, err]).toEqual([0, ""]);
  const [head, ...rows] = out.trimEnd().split("\n");
  expect(head).toMatch(/^第 1\/1 页 page {2}384x32 {2}hold \d+ ms$/);
  expect(rows.at(-1)).toMatch(/^[0-9a-f]{64} {2}[\d.]+ s$/);
  expect(rows.slice(0, -1).map((row) => row.length)).toEqual(Array(32).fill(384));
  expect(rows.slice(0, -1).join("")).toMatch(/^[.@]+$/);
  expect(out).toMatch("@");
});

test("a text file, a picture a page", async () => {
  const file = join(folder, "notice.txt");
  await writeFile(file, `停水通知\n${"因管道检修,明天上午停水。".repeat(20)}`);
  const { code, out } = await render(file, "--panel", "128x64:dual", "--png", join(folder, "pages"));
  expect(code).toBe(0);
  const pictures = (await readdir(join(folder, "pages"))).sort();
  expect(pictures.length).toBeGreaterThan(1);
  expect(out.match(/^第 /gm)).toHaveLength(pictures.length);
  for (const picture of pictures) {
    const { width, height } = await sharp(join(folder, "pages", picture)).metadata();
    expect([width, height]).toEqual([128, 64]);
  }
});

test("what cannot be set is a fault with a remedy", async () => {
  const file = join(folder, "rare.txt");
  await writeFile(file, "通知\n姓名:𬭊");
  const rare = await render(file, "--panel", "128x64:mono");
  expect(rare.code).toBe(1);
  expect(rare.err).toMatch("𬭊");
  const nobody = await render("N99", "--panel", "128x64:mono");
  expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining("there is no notice N99")]);
});
