/** `render` and pictures: those beside a file are read there and nowhere else; those of the office come from its store. */
import { mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeFolder, command, dual, folder, openFolder, render } from "./rendering.ts";

beforeAll(openFolder);
afterAll(closeFolder);

const png = () =>
  sharp({ create: { width: 64, height: 32, channels: 3, background: "#ff0000" } })
    .png()
    .toBuffer();

const record = (picture: object, boards = ["B1"]) => ({
  id: "P1",
  title: "宣传画",
  body: "宣传画",
  category: "宣传",
  track: "政府信息",
  openness: "主动公开",
  fiveOpen: null,
  displayKind: "picture",
  formedOn: "2017-09-24",
  signature: { org: "青石港办事处", date: "2017-09-24" },
  pictures: [picture],
  from: "2017-09-24T08:00",
  until: "2017-09-30T18:00",
  rotation: { cron: "0 8 * * *", slotMinutes: 10, calendar: "everyday", tz: "Asia/Shanghai" },
  boards,
  priority: 5,
  review: { state: "approved", signerId: "P01", signedAt: "2017-09-24T07:00" },
});

describe("a picture beside a file", () => {
  let file: string;
  const named = async (name: string) => {
    await writeFile(file, JSON.stringify(record({ file: name })));
    return render(file, ...dual);
  };
  beforeAll(async () => {
    await mkdir(join(folder, "given", "图片"), { recursive: true });
    file = join(folder, "given", "notices.json");
    await writeFile(join(folder, "secret.png"), await png());
    await writeFile(join(folder, "given", "图片", "a.png"), await png());
    await symlink(join(folder, "secret.png"), join(folder, "given", "out.png"));
  });

  test("is set", async () => expect(await named("图片/a.png")).toMatchObject({ code: 0, err: "" }));

  test.each([
    ["a way up", "../secret.png", /must name a file beside/],
    ["a way up on a second line", "a\n/../../secret.png", /must name a file beside/],
    ["a link out of the folder", "out.png", /the file out\.png cannot be read/],
    ["none", "none.png", /the file none\.png cannot be read/],
  ])("%s is refused, with what to do", async (_, name, words) => {
    const { code, out, err } = await named(name);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(words);
    expect(err.trimEnd().split("\n")).toHaveLength(4);
  });

  test("of three gigabytes is refused for its size, not read", async () => {
    const huge = join(folder, "given", "huge.png");
    await writeFile(huge, await png());
    await truncate(huge, 3 * 2 ** 30);
    const { code, err } = await named("huge.png");
    expect(code).toBe(1);
    expect(err).toMatch(/huge\.png: the picture is too large: \d+ bytes, at most \d+/);
  });
});

test("a notice of the office is set with its pictures", async () => {
  const data = join(folder, "office");
  const file = join(folder, "import.json");
  const board = "B3";
  await writeFile(file, JSON.stringify({ notices: [record({ data: (await png()).toString("base64") }, [board])] }));
  const place = ["--practice", "--data", data];
  expect(await command("import", file, ...place)).toMatchObject({ code: 0, err: "" });
  const { code, out, err } = await command("render", "P1", "--panel", "128x64:dual", "--json", ...place);
  expect([code, err]).toEqual([0, ""]);
  expect(JSON.parse(out)).toMatchObject([{ notice: "P1", ok: true }]);
});
