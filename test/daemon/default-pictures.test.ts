/** The installation file's own words on a board: sealed in its name and on record, or loudly not. */
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkDefaults } from "../../src/cli/doctor/content.ts";
import { practiceSite } from "../../src/config/practice.ts";
import { readSite } from "../../src/config/read.ts";
import type { Site } from "../../src/config/types.ts";
import { openDesk } from "../../src/daemon/index.ts";
import { revisionHash } from "../../src/notices/revision.ts";
import { createTypesetter } from "../../src/typeset/index.ts";
import samples from "../../fixtures/sample-notices.json" with { type: "json" };

const folder = await mkdtemp(join(tmpdir(), "boardcast-defaults-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const practice = practiceSite(samples, { port: 0, folder });
const [first, second] = practice.boards;
if (!first || !second) throw new Error("two boards");
const site: Site = {
  ...practice,
  practice: false,
  boards: [first, { ...second, defaultLines: ["联系人身份证 11010519491231002X"] }],
};
const typesetter = createTypesetter();

test("a refused picture is a fault on its board, a signed one is on record as the file's", async () => {
  const desk = await openDesk({ site, folder, startAt: null, typesetter });
  try {
    expect(desk.unsigned).toMatchObject([{ code: "board/default-unsigned", board: second.id }]);
    const record = await desk.store.notices.get(`default:${first.id}`);
    expect(record?.seal?.body.by).toBe("boardcast.yaml");
    const rows = [];
    for (const row of await desk.store.ledger.rows("register", 0, 1000))
      if (row.subject === `default:${first.id}`) rows.push([row.by, row.data.revision]);
    expect(rows).toEqual([["boardcast.yaml", record && revisionHash(record.content)]]);
  } finally {
    await desk.close();
  }
});

test("words that stay the same are set and sealed again, once, where the panel is another one, or its card is sent characters now", async () => {
  const own = await mkdtemp(join(tmpdir(), "boardcast-defaults-"));
  const sealed = async (board: typeof first) => {
    const desk = await openDesk({ site: { ...site, boards: [board] }, folder: own, startAt: null, typesetter });
    try {
      expect(desk.unsigned).toEqual([]);
      const record = await desk.store.notices.get(`default:${board.id}`);
      let rows = 0;
      for (const row of await desk.store.ledger.rows("register", 0, 1000))
        if (row.subject === `default:${board.id}`) rows++;
      return { message: record?.seal?.body.pixels[0]?.message, revision: record?.revision, rows };
    } finally {
      await desk.close();
    }
  };
  const withFont = { ...first, cells: { glyphs: "GB2312", sizePx: 16 } } as const;
  try {
    const higher = { ...first, shape: { ...first.shape, height: first.shape.height * 2 } };
    const dots = await sealed(first);
    const characters = await sealed(withFont);
    expect(await sealed(withFont)).toEqual(characters);
    const large = await sealed(higher);
    expect(await sealed(higher)).toEqual(large);
    expect([characters.revision, large.revision]).toEqual([dots.revision, dots.revision]);
    expect(new Set([dots, characters, large].map(({ message }) => message)).size).toBe(3);
    expect([dots, characters, large].map(({ rows }) => rows)).toEqual([1, 2, 3]);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
});

test("doctor says so before anything is started", async () => {
  const checks = await checkDefaults(site, typesetter);
  expect(checks.map(({ name, status }) => [name, status])).toEqual([["defaults", "fail"]]);
  expect(checks[0]?.what.en).toContain(second.id);
  expect(await checkDefaults({ ...site, boards: [first] }, typesetter)).toMatchObject([{ status: "ok" }]);
});

test("of every installation file that a README has, the default pictures can be signed", async () => {
  const folders = readdirSync("src/panels", { recursive: true, encoding: "utf8" });
  const readmes = [
    "README.md",
    ...folders.filter((path) => path.endsWith("README.md")).map((path) => join("src/panels", path)),
  ];
  const files = readmes.flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/```yaml\n(office:[\s\S]*?)```/g)].map(
      ([, yaml = ""]) => [path, yaml] as const,
    ),
  );
  expect(files.length).toBeGreaterThanOrEqual(5);
  for (const [path, yaml] of files) {
    const read = readSite(yaml, path);
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    expect(await checkDefaults(read.site, typesetter), path).toMatchObject([{ status: "ok" }]);
  }
});
