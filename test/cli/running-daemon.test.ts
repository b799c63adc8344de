/** The reading verbs ask a running daemon; here a fake one, found as they find it: by `daemon.json` in the data folder. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { playlistSchema } from "../../src/api/schemas.ts";
import { runningDaemon } from "../../src/cli/client.ts";
import { run } from "../../src/cli/program.ts";
import { serve } from "../api/fake-office.ts";
import { hearing } from "./hearing.ts";

let folder: string;
let api: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "boardcast-running-"));
  api = await serve();
  await writeFile(join(folder, "daemon.json"), JSON.stringify({ url: `${api.url}/`, clockId: "c1" }));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

async function boardcast(...words: string[]) {
  const { output, said } = hearing();
  return { code: await run([...words, "--practice", "--data", folder], output), ...said };
}

test("playlist, for people and for programs", async () => {
  const plain = await boardcast("playlist", "B1", "--at", "2017-12-05T09:00", "--for", "90m");
  expect(plain).toEqual({
    code: 0,
    err: "",
    out: [
      "B1  2017-12-05 09:00:00 — 2017-12-05 10:30:00  Asia/Shanghai",
      "",
      "2017-12-05 09:00:00 — 10:30:00  P5  N01 鄂南首善之区",
      "",
      "2017-12-05 09:00:00 各条信息 why each notice is shown or not:",
      "N01  鄂南首善之区",
      "     正在播放",
      "     shown",
      "",
    ].join("\n"),
  });
  const json = await boardcast("playlist", "B1", "--json");
  const found = playlistSchema.parse(JSON.parse(json.out));
  // The board clock's now, and two hours.
  expect([found.from, found.until]).toEqual(["2017-11-06T00:29:50.125Z", "2017-11-06T02:29:50.125Z"]);
});

test("frame, as text and as a picture", async () => {
  const { code, out } = await boardcast("frame", "B2", "--at", "2017-12-05T09:00");
  expect([code, out]).toEqual([0, "rgy.....\n........\n"]);
  const file = join(folder, "frame.png");
  expect(await boardcast("frame", "B1", "--png", file)).toEqual({ code: 0, out: "", err: "" });
  expect(await sharp(file).metadata()).toMatchObject({ width: 16, height: 8 });
});

test("what the daemon refuses is said in its words", async () => {
  const { code, out, err } = await boardcast("frame", "B11");
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch('there is no board "B11"');
  expect(err).toMatch("Did you mean B1?");
  const usage = await boardcast("frame", "B1", "--at", "soon");
  expect([usage.code, usage.err]).toEqual([2, expect.stringContaining('"soon" is not an instant')]);
});

test("a second daemon on the same data is refused, with the first one's address", async () => {
  const { code, err } = await boardcast("start", "--port", "0");
  expect([code, err]).toEqual([1, expect.stringContaining(`it is running already: ${api.url}`)]);
});

test("who answers at a dead daemon's address, but is of another office, is not believed", async () => {
  const other = await mkdtemp(join(tmpdir(), "boardcast-other-"));
  await writeFile(join(other, "daemon.json"), JSON.stringify({ url: `${api.url}/`, clockId: "c2" }));
  expect(await runningDaemon(folder)).toMatchObject({ url: api.url });
  expect(await runningDaemon(other)).toBeNull();
  await writeFile(join(other, "daemon.json"), "null");
  expect(await runningDaemon(other)).toBeNull();
  await rm(other, { recursive: true });
});
