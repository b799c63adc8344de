import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/cli/program.ts";
import { hearing } from "./hearing.ts";

async function boardcast(...words: string[]) {
  const { output, said } = hearing();
  return { code: await run(words, output), ...said };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "boardcast-cli-"));
});
afterAll(() => rm(folder, { recursive: true }));

const verbs = ["start", "import", "playlist", "frame", "render", "panel", "doctor"];

describe("help", () => {
  test("names every verb in both languages", async () => {
    const { code, out, err } = await boardcast("--help");
    expect([code, err]).toEqual([0, ""]);
    for (const verb of verbs) expect(out).toMatch(new RegExp(`^ +${verb} .*[\u4e00-\u9fff].* · `, "m"));
    expect(out).toMatch("用法 Usage: boardcast");
    expect(out).toMatch("退出码 Exit codes");
  });

  test.each(verbs)("of %s explains each of its options in both languages", async (verb) => {
    const { code, out } = await boardcast(verb, "--help");
    expect(code).toBe(0);
    const options = out
      .slice(out.indexOf("选项 Options:"))
      .split(/\n {2}(?=-)/)
      .slice(1);
    expect(options.length).toBeGreaterThan(1);
    for (const option of options) expect(option).toMatch(/[\u4e00-\u9fff].*[a-z]{2}/s);
  });

  test("is what no verb at all gets, as a mistake", async () => {
    const { code, err } = await boardcast();
    expect(code).toBe(2);
    expect(err).toMatch("用法 Usage: boardcast");
  });
});

describe("a command that makes no sense: exit code 2, said in both languages", () => {
  test.each<[string[], RegExp]>([
    [["playlis"], /没有这个命令.*unknown command 'playlis'.*Did you mean playlist/s],
    [["playlist"], /少了参数.*missing required argument 'board'/],
    [["playlist", "B1", "B2"], /参数太多/],
    [["playlist", "B1", "--form", "2h"], /没有这个选项.*Did you mean --for/s],
    [["playlist", "B1", "--for", "soon"], /选项的值不对.*写成 30s.*write 30s/],
    [["start", "--port", "99999"], /选项的值不对.*65535/],
    [["start", "--config", "a", "--practice"], /这些选项不能一起用/],
    [["render", "N01"], /少了必需的选项.*--panel/],
    [["panel", "--size", "128x32"], /选项的值不对.*128x64:mono/],
    [["panel", "--size", "128x32:mono", "--listen", "tcp:0", "--serial", "/dev/x"], /这些选项不能一起用/],
  ])("%j", async (words, expected) => {
    const { code, err } = await boardcast(...words);
    expect(err).toMatch(expected);
    expect(err).toMatch("用 --help 看写法");
    expect(code).toBe(2);
  });
});

test("an installation file with mistakes: each with its line, exit code 1, nothing begun", async () => {
  const file = join(folder, "boardcast.yaml");
  await writeFile(file, "ofice: o\nboards: none\n");
  for (const words of [["start"], ["doctor"], ["playlist", "B1"], ["import", file]]) {
    const { code, out, err } = await boardcast(...words, "--config", file, "--data", join(folder, "data"));
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(`${file}:1:1 不认识“ofice”`);
    expect(err).toMatch(`Did you mean "office"?`);
    expect(err).toMatch(`${file}:2:9 `);
  }
});
