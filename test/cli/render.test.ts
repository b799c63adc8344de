/** `render`: any file on any panel gives pixels and a report, or says what is wrong, where, and what to do. */
import { readdir, truncate } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../src/limits.ts";
import { run } from "../../src/cli/program.ts";
import { hearing } from "./hearing.ts";
import { closeFolder, dual, fileOf, firstLines, folder, listed, openFolder, render } from "./rendering.ts";

beforeAll(openFolder);
afterAll(closeFolder);

describe("what it shows", () => {
  test("a sample notice as rows of dots, then how it fits", async () => {
    const { code, out, err } = await render("N01", "--panel", "384x32:mono");
    expect([code, err]).toEqual([0, ""]);
    const [pages = "", report = ""] = out.split("\n\n");
    const [head, ...rows] = pages.split("\n");
    expect(head).toMatch(/^第 1\/1 页 page {2}384x32 {2}hold \d+ ms$/);
    expect(rows.at(-1)).toMatch(/^[0-9a-f]{64} {2}[\d.]+ s$/);
    expect(rows.slice(0, -1).map((row) => row.length)).toEqual(Array(32).fill(384));
    expect(rows.slice(0, -1).join("")).toMatch(/^[.@]+$/);
    expect(pages).toMatch("@");
    expect(report).toMatch(/^适屏报告 {2}1 页.16 字.播一遍 6 秒。\n/);
    expect(report).toMatch(/\nFit report {2}1 page, 16 characters, 6 s once through\.\n/);
  });

  test("a text file, a picture a page", async () => {
    const file = await fileOf("notice.txt", `停水通知\n${"因管道检修，明天上午停水。".repeat(20)}`);
    const { code, out } = await render(file, ...dual, "--png", join(folder, "pages"));
    expect(code).toBe(0);
    const pictures = (await readdir(join(folder, "pages"))).sort();
    expect(pictures.length).toBeGreaterThan(1);
    expect(out.match(/^第 /gm)).toHaveLength(pictures.length);
    for (const picture of pictures) {
      const { width, height } = await sharp(join(folder, "pages", picture)).metadata();
      expect([width, height]).toEqual([128, 64]);
    }
  });

  test("several panels at once, each under its heading and in its own pictures", async () => {
    const file = await fileOf("ok.txt", "OK 24h");
    const panels = ["80x7:mono", "16x16:mono@P10", "4096x16:mono"].flatMap((size) => ["--panel", size]);
    const { code, out } = await render(file, ...panels, "--report", "--png", join(folder, "three"));
    expect(code).toBe(0);
    expect(out.match(/^== .*$/gm)).toEqual([
      "== ok · 80x7-mono 80x7:mono",
      "== ok · 16x16-mono 16x16:mono",
      "== ok · 4096x16-mono 4096x16:mono",
    ]);
    expect(await readdir(join(folder, "three"))).toEqual(
      expect.arrayContaining(["ok-80x7-mono-001.png", "ok-4096x16-mono-001.png"]),
    );
    expect(out).not.toMatch(/^[.@]{16}/m);
  });

  test("what a content asks for: an entry, or motion; what cannot be is said in both languages", async () => {
    const slogan = (motion: object) => JSON.stringify({ body: "政务公开", displayKind: "slogan", motion });
    const moving = await listed(await fileOf("moves.json", slogan({ moving: "scroll-right" })), ...dual);
    expect(moving[0]?.pages).toMatchObject([{ motion: "scroll-right", holdMs: 1500 }]);
    const wiped = await render(await fileOf("wiped.json", slogan({ entry: { name: "wipe" } })), ...dual, "--report");
    expect(wiped.out).toMatch(/6\.768 s/);
    const { out: shown } = await render(join(folder, "wiped.json"), ...dual);
    expect(shown).toMatch(/^第 1\/1 页 page {2}128x64 {2}hold 6000 ms {2}进入 entry wipe right$/m);
    expect(moving[0]?.pages).toMatchObject([{ entry: null, exit: null }]);
    const clock = { body: "{{time:HH:mm}}", displayKind: "clock", motion: { moving: "scroll-left" } };
    const { out } = await render(await fileOf("clock.json", JSON.stringify(clock)), ...dual, "--report");
    expect(out).toMatch(/! 画面上有时钟.只能停着.没有向左滚动\n/);
    expect(out).toMatch(/! a page with a clock on it can only stand: no scroll-left\n/);
    const wrong = await render(await fileOf("both.json", slogan({ moving: "blink", exit: { name: "push" } })), ...dual);
    expect(wrong.code).not.toBe(0);
    expect(wrong.err).toMatch(/a page that moves has no entry or exit/);
  });

  test("by the installation file: its reading rate, and the font of a board's card", async () => {
    const config = await fileOf(
      "boardcast.yaml",
      `office: o\nreading: 1\nboards:\n  - { id: B1, name: n, place: p, device: led, glyphs: GBK,
      panel: { width: 128, height: 64, colour: dual }, link: { kind: browser } }\n`,
    );
    const file = await fileOf("name.txt", "王䶮任监督员聘期一年");
    const { output, said } = hearing();
    const words = ["render", file, "--panel", "B1", "--report", "--config", config, "--data", join(folder, "none")];
    expect(await run(words, output)).toBe(0);
    expect(said.out).toMatch(
      / {2}10 s\n[\s\S]*at 1 character a second[\s\S]*character 2: "䶮" is not in the card's GBK font/,
    );
  });

  test("what a card's own font lacks, with its place and what to do", async () => {
    const { code, out } = await render("N33", ...dual, "--glyphs", "GB2312", "--report");
    expect(code).toBe(0);
    expect(
      [...out.matchAll(/! Body, character (\d+): "(.)" is not in the card's GB2312 font\. /g)].map(([, ...at]) => at),
    ).toEqual([
      ["9", "喆"],
      ["12", "堃"],
      ["15", "翀"],
      ["18", "䶮"],
      ["50", "〇"],
    ]);
    expect(out.match(/! 正文第 \d+ 个字“.”不在控制卡的 GB2312 字库里/g)).toHaveLength(5);
    expect((await render("N33", ...dual, "--report")).out).not.toMatch(/GB2312/);
    expect((await render("N33", ...dual, "--glyphs", "GB")).code).toBe(2);
  });

  test("all of the office's boards, with their pitch and the slot of the notice's schedule", async () => {
    const all = await listed("N01", "--panel", "all");
    expect(all.map(({ panel }) => panel)).toEqual(["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9"]);
    expect(all[0]?.report).toMatchObject({ hasMs: 300_000, distance: { pitchMm: 10 } });
    const [slot] = await listed("N01", "--panel", "B5", "--slot", "12s");
    expect(slot?.report?.hasMs).toBe(12_000);
  });

  test("the same whether it is told by a board or by its size", async () => {
    const [board] = await listed("N09", "--panel", "B5");
    const [size] = await listed("N09", ...dual);
    expect(board?.message).toMatch(/^[0-9a-f]{64}$/);
    expect(size?.message).toBe(board?.message);
  });

  test("a picture file", async () => {
    const png = await sharp({ create: { width: 64, height: 32, channels: 3, background: "#ff0000" } })
      .png()
      .toBuffer();
    const [one] = await listed(await fileOf("red.png", png), ...dual);
    expect(one).toMatchObject({ notice: "red", ok: true });
  });
});

describe("JSON", () => {
  const written = (name: string, value: unknown) =>
    fileOf(name, typeof value === "string" ? value : JSON.stringify(value));
  const record = (id: string) => ({
    id,
    title: "停水通知",
    body: `第 ${id} 条`,
    category: "通知",
    track: "政府信息",
    openness: "主动公开",
    fiveOpen: "服务公开",
    displayKind: "notice",
    formedOn: "2017-09-24",
    signature: { org: "青石港办事处", date: "2017-09-24" },
    from: "2017-09-24T08:00",
    until: "2017-09-30T18:00",
    rotation: { cron: "0 8 * * *", slotMinutes: 10, calendar: "everyday", tz: "Asia/Shanghai" },
    boards: ["elsewhere"],
    priority: 5,
  });

  test("a bare body is enough", async () => {
    expect(await firstLines(await written("least.json", { body: "明天停水" }), ...dual)).toEqual(["明天停水"]);
  });

  test("a record, of whatever boards; a whole file; one of it", async () => {
    const [one] = await listed(await written("record.json", record("A1")), ...dual);
    expect(one).toMatchObject({ notice: "A1", ok: true, report: { hasMs: 600_000 } });
    const file = await written("file.json", { notices: [record("A1"), record("A2")] });
    expect((await listed(file, ...dual)).map(({ notice }) => notice)).toEqual(["A1", "A2"]);
    expect((await listed(file, ...dual, "--notice", "A2")).map(({ notice }) => notice)).toEqual(["A2"]);
    const unknown = await render(file, ...dual, "--notice", "A3");
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("has no notice A3")]);
  });

  test.each<[string, unknown, RegExp]>([
    ["a comma too many", '{"body":"x",}', /line 1, column 13: from here on it is not JSON/],
    ["an unknown field", { titel: "x", body: "y" }, /there is no such field: "titel"/],
    ["a number for a text", { body: 3 }, /body: missing, or not text/],
    ["an unknown kind", { body: "x", displayKind: "blink" }, /displayKind: must be one of: slogan/],
    ["half a character", '{"body":"a\\ud800"}', /body: contains half a character/],
    ["nothing to show", { title: "", body: " " }, /title and body are both empty/],
    ["too long", { body: "长".repeat(limits.bodyChars + 1) }, /body: too large: at most 20000 characters/],
    ["a list", [1], /must be one object/],
    ["no notices", { notices: [] }, /has no notices/],
    ["a record of which most is missing", { id: "A1", title: "x" }, /A1 body: missing, or not text; A1 category/],
    ["nothing", "", /is empty/],
  ])("%s is told with its place", async (_, value, words) => {
    const { code, out, err } = await render(await written("wrong.json", value), ...dual);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n\s+at /);
    // What and what to do, in both languages.
    expect(err.trimEnd().split("\n")).toHaveLength(4);
  });
});

describe("what cannot be shown", () => {
  test.each<[string, string, RegExp]>([
    ["a character without a glyph", "通知\n姓名:\u{2cb2a}", /body: character 4/],
    ["an emoji", "通知\n大家好😀", /"😀".*\n {2}Notices have no use for pictographs/],
    ["a control character", "通知\n响铃\x07", /U\+0007/],
    ["Hebrew", "通知\nשלום", /right to left.*\n {2}Set it in a word processor/],
    ["Uyghur", "通知\nئۇيغۇر", /right to left/],
    ["Tibetan", "通知\nབོད", /Tibetan/],
    ["a direction mark", "通知\na\u202eb", /U\+202E/],
  ])("%s", async (_, text, words) => {
    const { code, out, err } = await render(await fileOf("odd.txt", text), ...dual);
    expect([code, out, err]).toEqual([1, "", expect.stringMatching(words)]);
  });

  test("five thousand of them are told in a few lines", async () => {
    const { code, err } = await render(await fileOf("emojis.txt", "😀".repeat(5000)), ...dual);
    expect(code).toBe(1);
    expect(err.split("\n").length).toBeLessThan(60);
    expect(err).toMatch("4990 more of the same");
  });

  test("one panel that cannot does not keep the others from it", async () => {
    const { code, out, err } = await render(await fileOf("cn.txt", "停水通知"), "--panel", "80x7:mono", ...dual);
    expect(code).toBe(1);
    expect(err).toMatch("Chinese needs");
    expect(out).toMatch("适屏报告");
  });

  test("a hundred columns and twenty thousand characters can", async () => {
    const row = (value: (column: number) => string) =>
      Array.from({ length: 100 }, (_, column) => value(column)).join("|");
    const wide = [row((column) => `列${column}`), ...Array.from({ length: 10 }, () => row(String))].join("\n");
    for (const text of [wide, "政务公开。".repeat(4000), "a".repeat(20_000)]) {
      const [one] = await listed(await fileOf("large.txt", text), ...dual);
      expect(one?.ok).toBe(true);
    }
    const long = await render(await fileOf("long.txt", "长".repeat(20_201)), ...dual);
    expect(long.err).toMatch("has 20201 characters; a notice has at most 20000");
  });

  test("no file, a folder, a huge one, a board that there is not", async () => {
    const nobody = await render("N99", ...dual);
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining("there is no notice N99")]);
    expect((await render(folder, ...dual)).err).toMatch("is a folder");
    const huge = await fileOf("huge.bin", "");
    await truncate(huge, limits.importFileBytes + 1);
    expect((await render(huge, ...dual)).err).toMatch("huge.bin is larger than 32 MiB");
    expect((await render("N01", "--panel", "B10")).err).toMatch("Did you mean B1?");
    expect((await render("N01", "--panel", "128x64")).code).toBe(2);
    expect((await render("N01", "--panel", "128x64:dual@P0")).code).toBe(2);
    expect((await render("N01", ...dual, "--encoding", "latin1")).code).toBe(2);
  });
});
