/** 公示期满 goes on record by itself, once, whatever happens between; what came of it is a person's word. R08, R09. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { limits } from "../../src/limits.ts";
import { nobody } from "../../src/people/index.ts";
import { at, scratch } from "../store/small-office.ts";
import { openPeriodsOffice, type PeriodsOffice, posted } from "./periods-office.ts";

const settled = limits.playStillMs + limits.playGapMs;
const maker = { ...nobody, account: "a1", name: "\u5f20" };
let place: ReturnType<typeof scratch>;
let office: PeriodsOffice;
beforeEach(async () => {
  place = scratch();
  office = await openPeriodsOffice(place.folder, "2017-10-11T17:00");
});
afterEach(async () => {
  await office.store.close();
  place.remove();
});
const ends = () => office.rows("publicity/ended", "publicity/stopped");
const n05 = (until = "2017-10-11T18:00", more = {}) => posted("N05", "2017-09-27T08:00", until, more);
const states = async () =>
  (await office.publicity().list()).map(({ notice, state, actual }) => [notice, state, actual]);

describe("how long it hangs", () => {
  test("seven working days over the holiday are enough, six or calendar days are short", async () => {
    await office.add(
      n05(),
      posted("P1", "2017-09-27T08:00", "2017-10-10T18:00"),
      posted("P2", "2017-09-27T08:00", "2017-10-03T18:00"),
    );
    office.time.now = at("2017-09-28T09:00");
    expect(await states()).toEqual([
      ["N05", "running", 7],
      ["P1", "short", 6],
      ["P2", "short", 4],
    ]);
  });

  test("comments are asked for over thirty days, by its record or its title; an end at midnight is the day before", async () => {
    const asked = (id: string, until: string, differences: object) =>
      posted(id, "2017-03-08T08:00", until, {
        title: "规划征求意见公告",
        publicity: { required: 30, unit: "day" },
        review: { state: "approved", signerId: "P03", signedAt: "2017-03-07T08:00" },
        ...differences,
      });
    await office.add(
      asked("N22", "2017-04-07T18:00", {}),
      asked("P1", "2017-04-05T18:00", { title: "草案", publicity: { required: 30, unit: "day", kind: "征求意见" } }),
      asked("P2", "2017-04-07T00:00", { publicity: { required: 30, unit: "day", kind: "公示" } }),
    );
    office.time.now = at("2017-03-01T09:00");
    const listed = await office.publicity().list();
    expect(listed.map(({ notice, kind, state, actual }) => [notice, kind, state, actual])).toEqual([
      ["N22", "征求意见", "planned", 31],
      ["P1", "征求意见", "short", 29],
      ["P2", "公示", "planned", 30],
    ]);
  });

  test("to the end of its last day it is lit, and then it is gone", async () => {
    await office.add(n05());
    const [board] = office.site.boards;
    const on = (time: number) => office.programmes.noticesAt(board as never, time);
    expect(await on(at("2017-10-11T18:00") - 1)).toEqual(["N05"]);
    expect(await on(at("2017-10-11T18:00"))).toEqual([]);
  });
});

describe("its end", () => {
  test("is on record once, after the last read-backs; not before, and not again", async () => {
    await office.add(n05());
    const publicity = office.publicity();
    office.time.now = at("2017-10-11T18:00") + settled - 1;
    await publicity.run();
    expect([await ends(), publicity.isDue(office.time.now)]).toEqual([[], false]);
    expect(await states()).toEqual([["N05", "ending", 7]]);
    office.time.now++;
    expect(publicity.isDue(office.time.now)).toBe(true);
    await publicity.run();
    await publicity.run();
    expect(publicity.isDue(office.time.now + 400 * 86_400_000)).toBe(false);
    const [row, ...others] = await ends();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      action: "publicity/ended",
      subject: "N05",
      by: "system",
      data: { kind: "公示", required: 7, unit: "workday", actual: 7, short: false, number: 1 },
    });
    expect(await states()).toEqual([["N05", "awaiting-result", 7]]);
  });

  test("a death before the write leaves it for the next start; one after it leaves nothing to do", async () => {
    await office.add(n05());
    office.time.now = at("2017-11-01T08:00");
    const dying = office.publicity(() => Promise.reject(new Error("killed")));
    await expect(dying.run()).rejects.toThrow("killed");
    expect(await ends()).toEqual([]);
    await office.store.close();
    office = await openPeriodsOffice(place.folder, "2017-11-02T08:00");
    // Two of them at once, as after a restart that came too early: one writes.
    await Promise.all([office.publicity().run(), office.publicity().run()]);
    expect(await ends()).toHaveLength(1);
    await office.store.close();
    office = await openPeriodsOffice(place.folder, "2017-11-03T08:00");
    expect(await office.publicity().due(office.time.now)).toEqual([]);
    await office.publicity().run();
    expect(await ends()).toHaveLength(1);
  });

  test("of a short one says that it was short, of comments their kind", async () => {
    await office.add(posted("P1", "2017-09-27T08:00", "2017-10-10T18:00", { title: "规划征求意见公告" }));
    office.time.now = at("2017-10-11T08:00");
    await office.publicity().run();
    expect((await ends())[0]?.data).toMatchObject({ kind: "征求意见", actual: 6, short: true });
  });

  test("early is 中止, with the days that it had", async () => {
    await office.add(n05());
    office.time.now = at("2017-09-29T10:00");
    await office.store.notices.withdraw("N05", office.time.now, "有误");
    await office.book.reload();
    office.time.now = at("2017-09-29T12:00");
    await office.publicity().run();
    const [row, ...others] = await ends();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ action: "publicity/stopped", data: { actual: 3, short: true } });
    expect((await office.publicity().list())[0]).toMatchObject({ stopped: true, state: "awaiting-result" });
  });

  test("taken off before it began, it never was one", async () => {
    await office.add(n05());
    await office.store.notices.withdraw("N05", at("2017-09-26T18:00"), "有误");
    await office.book.reload();
    office.time.now = at("2017-12-01T08:00");
    await office.publicity().run();
    expect([await ends(), await states()]).toEqual([[], []]);
  });

  test("moved after it was recorded, it runs again, and ends again", async () => {
    await office.add(n05());
    office.time.now = at("2017-10-12T08:00");
    await office.publicity().run();
    const next = {
      body: "更正,监督电话0715-0000000",
      review: { state: "approved", signerId: "P03", signedAt: "2017-10-12T09:00" },
    };
    await office.add(n05("2017-10-20T18:00", next));
    expect(await states()).toEqual([["N05", "running", 14]]);
    office.time.now = at("2017-10-21T08:00");
    await office.publicity().run();
    expect((await ends()).map(({ data }) => [data.number, data.actual])).toEqual([
      [1, 7],
      [2, 14],
    ]);
  });

  test("hung once more after weeks, it is a period of its own", async () => {
    await office.add(n05());
    const review = { state: "approved", signerId: "P03", signedAt: "2017-11-06T07:00" };
    await office.add(posted("N05", "2017-11-06T08:00", "2017-11-14T18:00", { body: "再次公示,电话12345678", review }));
    office.time.now = at("2017-11-15T08:00");
    await office.publicity().run();
    expect((await ends()).map(({ data }) => [data.from, data.actual])).toEqual([[at("2017-11-06T08:00"), 7]]);
  });

  test("what has no period, and drafts, have no end", async () => {
    await office.add(posted("P1", "2017-09-27T08:00", "2017-10-10T18:00", { publicity: undefined }));
    office.time.now = at("2017-12-01T08:00");
    await office.publicity().run();
    expect(await ends()).toEqual([]);
  });
});

describe("interruptions", () => {
  const days = ["2017-09-27", "2017-09-28", "2017-09-30", "2017-10-10", "2017-10-11"];
  const recorded = async () => {
    office.time.now = at("2017-10-12T08:00");
    await office.publicity().run();
    return (await ends())[0]?.data.interruptions;
  };

  test("are the working days on which no read-back showed it", async () => {
    await office.add(n05());
    for (const day of days) await office.seen(day);
    expect(await recorded()).toEqual({ watchedFrom: "2017-09-27", days: ["2017-09-29", "2017-10-09"] });
  });

  test("in days the holiday counts, too; before the play log nothing is known", async () => {
    await office.add(n05("2017-10-02T18:00", { publicity: { required: 3, unit: "day" } }));
    for (const day of days.slice(1, 3)) await office.seen(day);
    expect(await recorded()).toEqual({ watchedFrom: "2017-09-28", days: ["2017-09-29", "2017-10-01", "2017-10-02"] });
  });

  test("a day on which something else was read back is one", async () => {
    const other = posted("X", "2017-09-28T08:30", "2017-09-28T12:00", { publicity: undefined, priority: 1 });
    await office.add(n05("2017-09-29T18:00"), other);
    for (const day of ["2017-09-27", "2017-09-28", "2017-09-29"]) await office.seen(day);
    expect(await recorded()).toEqual({ watchedFrom: "2017-09-27", days: ["2017-09-28"] });
  });

  test("a day on which it was told, and another programme read back, is one", async () => {
    await office.add(n05("2017-09-28T18:00"));
    await office.seen("2017-09-27", "09:00", "09:10", true);
    await office.seen("2017-09-28");
    expect(await recorded()).toEqual({ watchedFrom: "2017-09-27", days: ["2017-09-27"] });
  });

  test("a read-back after its end on the last day is none of it", async () => {
    await office.add(n05("2017-09-28T18:00"));
    await office.seen("2017-09-27", "07:00", "07:59");
    await office.seen("2017-09-28", "17:59", "18:10");
    expect(await recorded()).toEqual({ watchedFrom: "2017-09-27", days: ["2017-09-27"] });
  });

  test("of a sign whose file is carried nothing is known", async () => {
    await office.add(n05(undefined, { boards: ["B2"] }));
    await office.seen("2017-09-27");
    expect(await recorded()).toEqual({ watchedFrom: null, days: null });
  });
});

describe("what came of it", () => {
  const result = { note: "期满，无异议", result: "N24" };
  const over = async () => {
    await office.add(n05(), posted("N24", "2017-10-12T08:00", "2017-10-20T18:00", { publicity: undefined }));
    office.time.now = at("2017-10-12T08:00");
    await office.publicity().run();
  };

  test("is said by a person, names its notice, and closes it; said again, both are on record", async () => {
    await over();
    const publicity = office.publicity();
    expect(await publicity.conclude(maker, "N05", result)).toMatchObject({
      state: "closed",
      result: { note: "期满，无异议", notice: "N24", by: "a1", name: "\u5f20", at: office.time.now },
    });
    await publicity.conclude(maker, "N05", { note: "有一条异议,已答复", result: null });
    const rows = await office.rows("publicity/result");
    expect(rows.map(({ by, data }) => [by, data.note, data.result, data.before])).toEqual([
      ["a1", "期满，无异议", "N24", null],
      ["a1", "有一条异议,已答复", null, result],
    ]);
    await office.store.close();
    office = await openPeriodsOffice(place.folder, "2017-10-13T08:00");
    expect(await states()).toEqual([["N05", "closed", 7]]);
  });

  test.each<[string, string, typeof result, string]>([
    ["of what is no publicity", "N24", result, "publicity/unknown"],
    ["by a notice that is not there", "N05", { ...result, result: "N99" }, "publicity/result"],
    ["by itself", "N05", { ...result, result: "N05" }, "publicity/result"],
  ])("not %s", async (_, notice, said, code) => {
    await over();
    await expect(office.publicity().conclude(maker, notice, said)).rejects.toMatchObject({ fault: { code } });
    expect(await office.rows("publicity/result")).toEqual([]);
  });

  test("not while it hangs, nor before its end is on record", async () => {
    await office.add(n05());
    const refused = () => expect(office.publicity().conclude(maker, "N05", { note: "无", result: null })).rejects;
    await refused().toMatchObject({ fault: { code: "publicity/running" } });
    office.time.now = at("2017-10-11T18:01");
    await refused().toMatchObject({ fault: { code: "publicity/running" } });
  });
});
