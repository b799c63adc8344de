/** What the whole of 演练 has on its boards at any instant of its year: never nothing, never lit when closed, and why. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Office } from "../../src/api/office.ts";
import { practiceSite } from "../../src/config/practice.ts";
import type { Site } from "../../src/config/types.ts";
import { createOffice, type Desk, deskOffice, openDesk } from "../../src/daemon/index.ts";
import { patternWanted } from "../../src/daemon/switchboard.ts";
import { blankMessage, lookup, type Message, messageFrame } from "../../src/message/index.ts";
import type { BoardFacts, Wanted } from "../../src/panels/contract.ts";
import { createTypesetter } from "../../src/typeset/index.ts";
import { listed } from "../listed.ts";
import { copyPracticeData } from "../practice-data.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

interface Samples {
  readonly boards: readonly { readonly id: string; readonly hours: string }[];
  readonly notices: readonly { readonly id: string; readonly priority: number }[];
  readonly calendars: readonly {
    readonly year: number;
    readonly restDays: readonly string[];
    readonly workingWeekends: readonly string[];
  }[];
}

let folder: string;
let site: Site;
let desk: Desk;
let office: Office;
let samples: Samples;
/** Of all desks: each by itself would begin a thread, and read all fonts. */
const typesetter = createTypesetter();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "boardcast-office-"));
  samples = JSON.parse(await readFile(new URL("../../fixtures/sample-notices.json", import.meta.url), "utf8"));
  site = practiceSite(samples, { port: 0, folder });
  await copyPracticeData(folder);
  desk = await openDesk({ site, folder, startAt: null, typesetter });
  office = deskOffice(desk);
});
afterAll(async () => {
  await desk?.close();
  await rm(folder, { recursive: true, force: true });
});

/** By the samples' own words, not by our calendar. */
function isOpen(board: Samples["boards"][number], at: number): boolean {
  const local = new Date(at + 8 * 3_600_000);
  const [, from = "", until = "", days] = /^(\d\d:\d\d)-(\d\d:\d\d)(?: (.*))?$/.exec(board.hours) ?? [];
  const time = local.toISOString().slice(11, 16);
  if (time < from || time >= until) return false;
  if (days !== "工作日") return true;
  const date = local.toISOString().slice(0, 10);
  const calendar = samples.calendars.find(({ year }) => year === local.getUTCFullYear());
  if (calendar?.workingWeekends.includes(date)) return true;
  return ![0, 6].includes(local.getUTCDay()) && !calendar?.restDays.includes(date);
}

const instants = fc.integer({ min: Date.parse("2017-01-01T00:00+08:00"), max: Date.parse("2017-12-31T23:59+08:00") });

test("between slots a board shows its default picture; it is black only when closed", async () => {
  const urgent = new Set(samples.notices.filter(({ priority }) => priority === 0).map(({ id }) => id));
  await fc.assert(
    fc.asyncProperty(instants, fc.constantFrom(...samples.boards), async (at, board) => {
      const programme = await office.programme(board.id, at);
      if (!programme) throw new Error("no programme");
      const found = lookup(programme.programme, at);
      const owner = programme.owners[found.span]?.[found.turn] ?? null;
      const playlist = await office.playlist(board.id, at, at + 1);
      expect(playlist?.intervals[0]?.notices ?? []).toEqual(owner === null ? [] : expect.arrayContaining([owner]));
      if (isOpen(board, at)) expect(owner).not.toBeNull();
      else if (owner !== null) expect(urgent).toContain(owner);
      const frame = await office.frame(board.id, at);
      if (owner === null) expect(frame?.pixels.every((byte) => byte === 0)).toBe(true);
      if (owner === `default:${board.id}`) expect(frame?.pixels.some((byte) => byte !== 0)).toBe(true);
    }),
    { numRuns: process.env.BOARDCAST_LONG === "1" ? 1500 : 75 },
  );
});

test("every board has a default picture, sealed, and a name even for black", async () => {
  for (const { id, shape } of site.boards) {
    expect(desk.book.verdict(`default:${id}`).ok, id).toBe(true);
    expect(blankMessage(shape).hash).toMatch(/^[0-9a-f]{64}$/);
  }
  for (const { facts } of office.boards()) expect(facts.intended.message).toMatch(/^[0-9a-f]{64}$/);
});

test("a year without a calendar: what is sure is shown, the rest says why, and nothing fails", async () => {
  const at = Date.parse("2040-03-06T10:00+08:00");
  const [b2] = site.boards.filter(({ id }) => id === "B2");
  if (!b2) throw new Error("no B2");
  expect(b2.hours.days).toBe("workday");
  const planned = await desk.programmes.plan(b2, at, at + 3_600_000);
  expect(planned.faults).toEqual([{ code: "calendar/unknown", year: 2040 }]);
  expect(planned.owners.flat()).toEqual(["default:B2"]);
  expect((await office.frame("B2", at))?.pixels.some((byte) => byte !== 0)).toBe(true);
  expect((await office.playlist("B2", at, at + 1))?.intervals[0]?.notices).toEqual(["default:B2"]);
  expect((await listed(office.notices(at))).length).toBeGreaterThan(40);
  // A board that does not ask for working days has nothing to report.
  const [b1] = site.boards;
  if (b1) expect((await desk.programmes.plan(b1, at, at + 3_600_000)).faults).toEqual([]);
});

test("notices are found by title, number, unit or category, the last numbers first, and not by what their text says", async () => {
  const at = Date.parse("2017-07-16T12:00+08:00");
  const found = async (words: string, after?: string) =>
    (await listed(office.notices(at, after, { words }))).map(({ id }) => id);
  expect(await found("停水")).toEqual(["N21"]);
  expect(await found("N2")).toEqual(["N29", "N28", "N27", "N26", "N25", "N24", "N23", "N22", "N21", "N20"]);
  expect(await found("N2", "N23")).toEqual(["N22", "N21", "N20"]);
  expect(await found("便民服务")).toEqual(["default:B2", "N21", "N17", "N11"]);
  expect((await found("青石港办事处")).length).toBeGreaterThan(20);
  expect(await found("抢修电话")).toEqual([]);
  expect(await found("%")).toEqual([]);
  const all = (await listed(office.notices(at))).map(({ id }) => id);
  expect((await listed(office.notices(at, null, { newest: true }))).map(({ id }) => id)).toEqual(all.toReversed());
});

test("a failure of the store is told, and not kept: the next question is answered", async () => {
  // Opened anew: nothing of it is in memory yet.
  const other = await openDesk({ site, folder, startAt: null });
  const asked = deskOffice(other);
  const at = Date.parse("2017-11-06T09:00+08:00");
  const broken = vi.spyOn(other.store.messages, "get").mockRejectedValue(new Error("disk"));
  await expect(asked.programme("B1", at)).rejects.toThrow("disk");
  broken.mockRestore();
  expect(await asked.programme("B1", at)).toEqual(await office.programme("B1", at));
  await other.close();
});

test("a signed notice says how it fits a board, as the message that is shown; an unsigned one says nothing", async () => {
  const board = site.boards.find(({ id }) => id === "B1");
  if (!board) throw new Error("no B1");
  const view = await office.fitOf("N01", board);
  if (view === null || typeof view === "string" || !view.ok) throw new Error("N01 does not fit");
  const sealed = desk.book.verdict("N01");
  expect(sealed.ok && sealed.pixels.get("B1")).toBe(view.message.hash);
  expect(view.report).toMatchObject({ hasMs: 300_000, distance: { pitchMm: 10 } });
  const secret = (await desk.store.notices.list()).records.find(({ content }) => content.openness !== "主动公开");
  if (!secret) throw new Error("the samples have none");
  expect(await office.fitOf(secret.id, board)).toBe("unsigned");
  expect(await office.fitOf("N999", board)).toBeNull();
});

test("a notice is told of from the moment at which it may be shown, and no more once it was taken back", async () => {
  const other = await mkdtemp(join(tmpdir(), "boardcast-office-"));
  await copyPracticeData(other);
  const told = async (startAt: string, then: (desk: Desk) => unknown = () => {}) => {
    const opened = await openDesk({ site, folder: other, startAt: Date.parse(startAt), typesetter });
    try {
      await then(opened);
      const board = site.boards.find(({ id }) => id === "B3");
      if (!board) throw new Error("no B3");
      const view = await deskOffice(opened).fitOf("N04", board);
      return view !== null && typeof view !== "string" ? view.ok : view;
    } finally {
      await opened.close();
    }
  };
  try {
    // N04 names officials to be appointed; signed on 22 September, shown from the 25th to the 29th.
    expect(await told("2017-03-01T09:00+08:00")).toBe("not-yet");
    expect(await told("2017-09-25T07:59+08:00")).toBe("not-yet");
    expect(await told("2017-09-25T08:00+08:00")).toBe(true);
    expect(await told("2017-11-06T09:00+08:00")).toBe(true);
    const takenBack = Date.parse("2017-09-26T12:00+08:00");
    const withdraw = async ({ store, book }: Desk) => {
      expect(await store.notices.withdraw("N04", takenBack)).toBe(true);
      await book.reload();
    };
    expect(await told("2017-09-26T11:00+08:00", withdraw)).toBe(true);
    expect(await told("2017-09-26T12:00+08:00")).toBe("withdrawn");
    expect(await told("2017-11-06T09:00+08:00")).toBe("withdrawn");
  } finally {
    await rm(other, { recursive: true, force: true });
  }
});

test("what stands above the schedule is what the frame, the preview and the browsers' messages show", async () => {
  const board = site.boards.find(({ id }) => id === "B1");
  if (!board) throw new Error("no B1");
  const since = Date.parse("2017-12-05T09:00+08:00");
  const until = since + 600_000;
  const test = patternWanted(board.shape, { board: "B1", pattern: "label", since, until });
  const dark = { programme: { shape: board.shape, base: since, endMs: 0xffff_ffff, messages: [], spans: [] } };
  const make = (stands: Pick<Wanted, "programme" | "owners" | "messages"> | null) =>
    createOffice({
      ...{ ...desk, messages: desk.store.messages, linkNotes: new Map(), playing: () => null, well: () => true },
      ...{ ledger: () => "checking", onChange: () => () => {}, instead: (id) => (id === "B1" ? stands : null) },
      facts: (id) => office.boards().find(({ config }) => config.id === id)?.facts as BoardFacts,
    });
  const pixels = async (from: Office, at: number) => Buffer.from((await from.frame("B1", at))?.pixels ?? []);
  const planned = (at: number) => pixels(office, at);
  const darkened = make({ ...dark, owners: [], messages: new Map() });
  expect((await planned(since)).some((byte) => byte !== 0)).toBe(true);
  for (const at of [since, since + 1, since + 20 * 86_400_000])
    expect((await pixels(darkened, at)).every((byte) => byte === 0)).toBe(true);
  // What was before it is not touched.
  expect(await pixels(darkened, since - 1)).toEqual(await planned(since - 1));
  expect(darkened.preview().boards[0]?.programme.spans).toEqual([]);

  if (!test) throw new Error("no label");
  const maintained = make(test);
  const [message] = [...test.messages.values()];
  const label = messageFrame(message as Message, 0, since, 480).pixels;
  expect(await pixels(maintained, since)).toEqual(Buffer.from(label));
  expect(await pixels(maintained, until - 1)).toEqual(Buffer.from(label));
  expect(await pixels(maintained, until)).toEqual(await planned(until));
  expect(maintained.preview().boards[0]?.notices["pattern:label"]?.title).toBe("测试图 label");
  const deflated = await maintained.message(message?.hash ?? "");
  expect(deflated && inflateSync(deflated)).toEqual(Buffer.from(message?.bytes ?? []));
  expect(await office.message(message?.hash ?? "")).toBeNull();
});

test("each notice tells when it was due, by which rule, and how it stood to that; N26 that its rule has changed since", async () => {
  const file = samples.notices as unknown as readonly {
    readonly id: string;
    readonly expect: { readonly dueOn?: string };
  }[];
  const views = new Map(
    (await listed(office.notices(Date.parse("2017-12-31T12:00+08:00")))).map((view) => [view.id, view]),
  );
  for (const { id, expect: expected } of file) {
    const { dueOn, deadline } = views.get(id) ?? {};
    expect([id, dueOn, deadline?.dueOn ?? null]).toEqual([id, expected.dueOn ?? null, expected.dueOn ?? null]);
    if (deadline) expect(deadline.rule).toMatchObject({ workingDays: 15 });
  }
  expect(views.get("N31")?.deadline).toMatchObject({ colour: "late", daysLeft: null, lagDays: 35 });
  expect(views.get("N04")?.deadline).toMatchObject({ colour: "met", lagDays: 1 });
  expect(views.get("N26")?.outdated).toBeUndefined();
  const later = await listed(office.notices(Date.parse("2019-05-15T12:00+08:00")));
  expect(later.filter(({ outdated }) => outdated).map(({ id }) => id)).toEqual(["N26"]);
});
