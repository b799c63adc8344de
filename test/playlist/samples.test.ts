/** What the samples expect of the boards: shown or hidden, and why, at given instants. R04, R23, R31, R32. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Book } from "../../src/daemon/book.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { MessageShelf } from "../../src/daemon/shelf.ts";
import { dueOn, isLate } from "../../src/notices/deadlines.ts";
import { defaultPicture, importNotices, type ImportParts } from "../../src/notices/importer.ts";
import { loadOrCreateKey } from "../../src/notices/seal.ts";
import type { Store } from "../../src/store/index.ts";
import { type BoardContext, inForce, intervalsAhead, reasonFor, reasonSentence } from "../../src/playlist/index.ts";
import type { Candidate } from "../../src/playlist/types.ts";
import { openStore } from "../../src/store/index.ts";
import { dateOf, dayNumberOf } from "../../src/time/days.ts";
import { dayNumberAt, formatCivil, instantOf, parseCivil } from "../../src/time/zone.ts";
import { calendar, expecting, file, parsed, sample, site } from "../notices/samples.ts";
import { pixelsOf } from "../store/small-office.ts";

const { zone } = site;
const at = (civil: string): number => parseCivil(zone, civil) ?? Number.NaN;
const folder = mkdtempSync(join(tmpdir(), "boardcast-samples-"));
let store: Store;
let book: Book;
let programmes: Programmes;

beforeAll(async () => {
  store = await openStore(folder);
  const key = loadOrCreateKey(join(folder, "signing.key"));
  const parts: ImportParts = {
    store: store.notices,
    // How it reads is test/typeset's; here any pixels do.
    typesetting: {
      ask: async ({ content }) => ({
        ok: true,
        message: pixelsOf(content.body, { width: 8, height: 8, colour: "mono" }),
      }),
    },
    key,
    boards: site.boards,
    zone,
    calendar: site.calendar,
    now: at("2017-11-06T08:29:50"),
    signAs: { kind: "practice", by: "practice" },
  };
  await importNotices(
    { accepted: site.boards.map((board) => defaultPicture(board, site.office, 0)), refused: [] },
    parts,
  );
  await importNotices(parsed, parts);
  book = new Book(store.notices, key.publicKey);
  await book.reload();
  programmes = new Programmes(site, calendar, book, new MessageShelf(store.messages, 1 << 20));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function context(board: string): BoardContext {
  const found = site.boards.find(({ id }) => id === board);
  if (!found) throw new Error(`no board ${board}`);
  return { hours: found.hours, quiet: found.quiet, candidates: book.candidates(board), calendar, zone };
}

const shown = (board: string, civil: string) =>
  [...(intervalsAhead(context(board), at(civil))[0]?.notices ?? [])].sort();

function why(board: string, notice: string, civil: string) {
  const found = inForce(book.candidates(board), at(civil)).find((one) => one.notice === notice) as Candidate;
  return reasonFor(context(board), found, at(civil));
}

/** The civil days on which a notice is shown on a board, and the first and last instants of each. */
function days(notice: string, board: string): [string, string, string][] {
  const { schedule } = sample(notice);
  const made: [string, string, string][] = [];
  for (let day = dayNumberAt(zone, schedule.from); day <= dayNumberAt(zone, schedule.until); day++) {
    const start = instantOf(zone, day, 0);
    const found = programmes
      .playlist(context_board(board), start, start + 86_400_000)
      .flatMap(({ intervals }) => intervals)
      .filter(({ notices }) => notices.includes(notice));
    if (found.length === 0) continue;
    const time = (instant: number) => formatCivil(zone, instant).slice(11, 16);
    made.push([dateOf(day), time(found[0]?.start ?? 0), time(found.at(-1)?.end ?? 0)]);
  }
  return made;
}
const context_board = (id: string) =>
  site.boards.find((board) => board.id === id) ?? (site.boards[0] as (typeof site.boards)[number]);

describe("what may be displayed (R04)", () => {
  test.each(expecting<boolean>("displayable"))("%s: %s", (id, displayable) => {
    expect(book.verdict(id).ok).toBe(displayable);
  });

  test.each([
    ["N27", "not-public"],
    ["N28", "not-public"],
    ["N29", "screening"],
    ["N32", "draft"],
  ])("%s is blocked: %s, and the sentence says so", (id, code) => {
    expect(expecting("blockReason").map(([one]) => one)).toContain(id);
    for (const board of sample(id).schedule.boards) {
      const reason = why(board, id, "2017-07-12T09:00");
      expect(reason).toEqual({ code: "blocked", why: code });
      expect(reasonSentence(reason, zone).zh).toMatch(/主动公开|未隐去|未经审核签字/);
    }
  });

  test("what is displayable is displayed: each on at least one of its boards, on some day; the others on none", () => {
    const never = file.notices.filter(({ id }) =>
      sample(id).schedule.boards.every((board) => days(id, board).length === 0),
    );
    expect(never.map(({ id }) => id)).toEqual(["N27", "N28", "N29", "N32"]);
  });
});

describe("late or in time, by the first day that it is on a board, or is to be (R01)", () => {
  test.each(expecting<boolean>("lateForDisclosure"))("%s: %s", (id, late) => {
    expect(isLate(dueOn(sample(id).content, calendar, site.disclosure ?? []), programmes.firstDay(id))).toBe(late);
  });
});

describe("slots (R23)", () => {
  test("N14 shows from 8:00 to 18:00 on the days that its note lists, the first 2017-10-10", () => {
    for (const board of ["B3", "B4", "B8"]) {
      const seen = days("N14", board);
      expect(seen.map(([date]) => date)).toEqual(listedDays);
      for (const [, from, until] of seen) expect([from, until]).toEqual(["08:00", "18:00"]);
    }
    // The note writes them "10月10至12日,11月1、2、3、6、7、10日,12月1、4、5、6、7、11、12日".
    const written = /10月10至12日\S11月1、2、3、6、7、10日\S12月1、4、5、6、7、11、12日/;
    expect(expecting<string>("cronNote")).toEqual([["N14", expect.stringMatching(written)]]);
  });

  test("N13 plays on the hour, ten minutes, on the working days of November", () => {
    const seen = days("N13", "B1").map(([date]) => date);
    const working = range(2, 30)
      .map((day) => `2017-11-${String(day).padStart(2, "0")}`)
      .filter((date) => calendar.kind(dayNumberOf(date) ?? 0) === "workday");
    expect(seen).toEqual(working);
    expect(seen).not.toContain("2017-11-04");
    for (const [time, on] of [
      ["08:00", true],
      ["08:09:59.999", true],
      ["08:10", false],
      ["17:00", true],
      ["07:59", false],
      ["18:00", false],
    ] as const)
      expect([time, shown("B1", `2017-11-06T${time.padEnd(5)}`).includes("N13")]).toEqual([time, on]);
  });

  test("N16 shows on rest days alone and on B1 alone; B3 and B4 are closed then, and say so", () => {
    expect(expecting<string[]>("effectiveBoards")).toEqual([["N16", ["B1"]]]);
    const holiday = range(1, 8).map((day) => `2017-10-0${day}`);
    expect(days("N16", "B1").map(([date]) => date)).toEqual(holiday);
    expect([days("N16", "B3"), days("N16", "B4")]).toEqual([[], []]);
    expect(why("B3", "N16", "2017-10-01T08:05")).toEqual({ code: "closed", opens: at("2017-10-09T08:00") });
    expect(why("B1", "N16", "2017-09-30T18:05")).toMatchObject({
      code: "wrong-day",
      needs: "restday",
      next: at("2017-10-01T08:00"),
    });
  });

  test("N35 shows every day, over 清明 and the Saturday worked for it", () => {
    expect(days("N35", "B1").length).toBe(17);
  });

  test("N15 has the gate from 8:00 to 12:00, and hands it back", () => {
    expect(shown("B1", "2017-12-05T07:59")).not.toContain("N15");
    expect(shown("B1", "2017-12-05T09:00")).toEqual(["N15"]);
    expect(shown("B1", "2017-12-05T11:59:59.999")).toEqual(["N15"]);
    expect(shown("B1", "2017-12-05T12:00")).toEqual(["N01"]);
    expect(why("B1", "N01", "2017-12-05T09:01")).toMatchObject({
      code: "outranked",
      by: "N15",
      until: at("2017-12-05T09:05"),
    });
  });

  test("N18 counts down to the end of its last day, and is gone the next", () => {
    expect(shown("B1", "2017-11-30T20:50")).toContain("N18");
    expect(why("B1", "N18", "2017-12-01T08:20")).toEqual({ code: "after", until: at("2017-11-30T21:00") });
  });
});

describe("warnings (R31, R32)", () => {
  const everywhere = site.boards.map(({ id }) => id);

  test("N19 interrupts every board at once, closed or not", () => {
    for (const board of everywhere) {
      expect(shown(board, "2017-08-12T16:30"), board).toEqual(["N19"]);
      expect(shown(board, "2017-08-12T17:00"), board).toEqual(["N19"]);
      expect(shown(board, "2017-08-12T16:29:59.999"), board).not.toContain("N19");
    }
  });

  test("on a closed board nothing but the warning is lit; after it, nothing at all", () => {
    for (const board of ["B2", "B3", "B4", "B5"]) {
      expect(shown(board, "2017-08-12T16:29"), board).toEqual([]);
      expect(shown(board, "2017-08-12T20:40"), board).toEqual([]);
    }
    expect(shown("B1", "2017-08-12T20:40")).not.toEqual([]);
  });

  test("N20 takes N19 down when it comes: the two are never on together", () => {
    for (const board of everywhere) {
      expect(shown(board, "2017-08-12T20:09:59.999"), board).toEqual(["N19"]);
      expect(shown(board, "2017-08-12T20:10"), board).toEqual(["N20"]);
      expect(shown(board, "2017-08-12T20:39:59.999"), board).toEqual(["N20"]);
      expect(why(board, "N19", "2017-08-12T20:10")).toEqual({ code: "superseded", at: at("2017-08-12T20:10") });
    }
  });
});

describe("all nine boards at given instants", () => {
  test.each<[string, Record<string, string[]>]>([
    [
      "2017-11-06T08:30",
      {
        B1: ["N01"],
        B2: ["N17"],
        B3: ["N07", "N09", "N14"],
        B4: ["N14"],
        B5: ["N09"],
        B6: ["N17"],
        B7: ["N01"],
        B8: ["N07", "N09", "N14"],
        B9: ["N07"],
      },
    ],
    ["2017-12-05T09:00", { B1: ["N15"] }],
    ["2017-12-31T20:59:59", { B1: ["N17"] }],
    ["2018-01-01T09:00", { B1: ["default:B1"], B3: [], B8: ["default:B8"] }],
    ["2018-01-02T10:00", { B3: ["N39"], B2: ["N11"] }],
  ])("%s", (civil, wanted) => {
    const seen = Object.fromEntries(Object.keys(wanted).map((board) => [board, shown(board, civil)]));
    expect(seen).toEqual(wanted);
  });

  test("between slots a board shows its default picture, black only when closed", () => {
    expect(shown("B9", "2017-11-06T08:25")).toEqual(["default:B9"]);
    expect(shown("B9", "2017-11-06T17:30")).toEqual([]);
    expect(shown("B9", "2017-11-06T07:59:59.999")).toEqual([]);
  });
});

const listedDays = [
  ...["10-10", "10-11", "10-12", "11-01", "11-02", "11-03", "11-06", "11-07", "11-10"],
  ...["12-01", "12-04", "12-05", "12-06", "12-07", "12-11", "12-12"],
].map((date) => `2017-${date}`);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
