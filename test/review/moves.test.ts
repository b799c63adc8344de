/** Operators move a notice inside what was signed, and nowhere else. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scheduleSchema } from "../../src/notices/schedule-format.ts";
import type { Schedule } from "../../src/notices/types.ts";
import { at } from "../store/small-office.ts";
import { codeOf, faultOf, goodDocument, openReview, signed, type SmallReview } from "./small-review.ts";

let review: SmallReview;
let notice = "";
beforeAll(async () => {
  review = await openReview();
  const envelope = {
    boards: ["B1", "B2"],
    from: at("2017-11-06T08:00"),
    until: at("2017-11-20T18:00"),
    bestPriority: 3,
  };
  notice = (await signed(review, "mai", goodDocument("停水", { envelope }))).notice;
});
afterAll(() => review.close());

const inside: Schedule = {
  boards: ["B2"],
  from: at("2017-11-07T08:00"),
  until: at("2017-11-20T18:00"),
  cron: "0 8 * * *",
  slotMinutes: 30,
  calendar: "workday",
  priority: 3,
  weight: 2,
};
const onB1 = goodDocument("停水", { schedule: { ...(goodDocument().schedule as object), boards: ["B1"] } });
const move = (schedule: unknown, who = "ope") => review.desk.move(review.caller(who), notice, schedule);

test("inside: done at once, the seal untouched, on record with both schedules", async () => {
  const before = await review.store.notices.get(notice);
  expect(await move(inside)).toEqual(inside);
  const after = await review.store.notices.get(notice);
  expect([after?.seal, after?.revisionNumber]).toEqual([before?.seal, before?.revisionNumber]);
  const row = (await review.store.ledger.about("register", notice)).at(-1);
  expect(row).toMatchObject({ action: "notice/rescheduled", by: "ope" });
  expect(JSON.parse(String(row?.data.after))).toEqual(inside);
  expect(row?.data.why).toBe(undefined);
  await review.desk.move(review.caller("ope"), notice, { ...inside, weight: 1 }, "停电检修");
  expect((await review.store.ledger.about("register", notice)).at(-1)?.data.why).toBe("停电检修");
});

test("over what somebody else moved meanwhile nothing is written: both are told in words, and by whom", async () => {
  const now = (await review.store.notices.get(notice))?.schedule as Schedule;
  const mine = { ...now, until: now.until - 3_600_000 };
  // The order of its keys is nobody's business.
  const same = Object.fromEntries(Object.entries(now).reverse());
  expect(await review.desk.move(review.caller("ope"), notice, mine, "", same)).toEqual(mine);
  const fault = await faultOf(review.desk.move(review.caller("ope"), notice, { ...now, weight: 9 }, "", now));
  expect(fault).toMatchObject({
    code: "review/schedule-changed",
    was: { zh: expect.stringContaining("2017-11-20 18:00") },
    now: { zh: expect.stringContaining("2017-11-20 17:00") },
  });
  expect("by" in fault && fault.by).toBeTruthy();
  expect((await review.store.notices.get(notice))?.schedule).toEqual(mine);
  expect(await codeOf(review.desk.move(review.caller("ope"), notice, now, "", {}))).toBe("review/schedule-changed");
});

describe("outside: says what would need a new signature", () => {
  test.each<[string, Partial<Schedule>, number]>([
    ["another board", { boards: ["B1", "B2", "B9"] }, 1],
    ["earlier", { from: at("2017-11-06T07:59") }, 1],
    ["later", { until: at("2017-11-20T18:00") + 1 }, 1],
    ["more urgent", { priority: 2 }, 1],
    ["all of it", { boards: ["B9"], from: 0, until: at("2018-01-01T00:00"), priority: 0 }, 4],
  ])("%s", async (_, change, count) => {
    const fault = await faultOf(move({ ...inside, ...change }));
    expect(fault.code).toBe("review/outside-envelope");
    expect("what" in fault && fault.what).toHaveLength(count);
  });
});

test("not by others, not on others' boards, not what makes no sense", async () => {
  for (const who of ["mai", "sig", "aud", "con"]) expect(await codeOf(move(inside, who))).toBe("review/role");
  const ofB2 = { ...review.caller("ope"), boards: ["B2"] };
  expect(await codeOf(review.desk.move(ofB2, notice, { ...inside, boards: ["B1"] }))).toBe("review/others-boards");
  for (const change of [{ cron: "often" }, { boards: [] }, { until: inside.from }, { weight: 99 }])
    expect(await codeOf(move({ ...inside, ...change }))).toBe("review/field");
});

test("nor rules that say nothing: hours of no length, slots that begin and last no minute", async () => {
  const hours = { fromMinute: 600, untilMinute: 600 };
  expect(await faultOf(move({ ...inside, hours }))).toMatchObject({ field: "schedule.hours" });
  expect(await faultOf(move({ ...inside, slotMinutes: 0 }))).toMatchObject({
    field: "schedule.slotMinutes",
    what: { en: "what begins by cron lasts at least 1 minute" },
  });
  // What is stored already is read as it is.
  expect(scheduleSchema.safeParse({ ...inside, hours, slotMinutes: 0 }).success).toBe(true);
});

test("from a single board that it is not on: said of the notice, not of the board", async () => {
  await move(inside);
  const alone = (await signed(review, "mai", onB1)).notice;
  const off = (id: string) => faultOf(review.desk.withdrawNotice(review.caller("ope"), alone, "误发", [id]));
  const what = { en: `${alone} is not on B2`, zh: `${alone} 不在 B2 上` };
  expect(await off("B2")).toMatchObject({ code: "review/field", field: "boards", what });
  expect(await off("B9")).toMatchObject({ code: "review/unknown", what: "board", id: "B9" });
});

test("not once it is taken down", async () => {
  await review.desk.withdrawNotice(review.caller("ope"), notice, "误发");
  expect(await codeOf(move(inside))).toBe("review/taken-down");
});
