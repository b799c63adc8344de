/** 催办 (R16): working hours, not hours; once for each step. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { workingMinutes } from "../../src/notices/review/working-hours.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { at, zone } from "../store/small-office.ts";
import { chain, drafted, openReview, type SmallReview, submitted } from "./small-review.ts";

const calendar = workCalendar({ kind: "state-council", overrides: [] });

/** From, until, hours. 2017: 30 September a Saturday worked, 1 to 8 October off. */
test.each([
  ["2017-11-06T08:00", "2017-11-06T18:00", 8],
  ["2017-11-06T11:00", "2017-11-06T15:00", 2],
  ["2017-11-06T19:00", "2017-11-07T07:00", 0],
  ["2017-11-10T17:00", "2017-11-13T09:00", 2],
  ["2017-09-29T17:00", "2017-10-09T09:00", 1 + 8 + 1],
  ["2017-11-06T08:30", "2017-11-06T08:30", 0],
])("%s to %s: %s hours", (from, until, hours) => {
  expect(workingMinutes(at(from), at(until), { zone, calendar })).toBe(hours * 60);
});

let review: SmallReview;
beforeAll(async () => {
  review = await openReview({ ...chain, office: true });
});
afterAll(() => review.close());

test("an item left for two working days is told of; on record once for each step", async () => {
  const { id, notice } = await submitted(review);
  const rows = async () =>
    (await review.store.ledger.about("register", notice)).filter(({ action }) => action === "review/reminded").length;
  const told = async (civil: string) => {
    await review.desk.tend(at(civil));
    return (await review.desk.reminders(at(civil))).map((fault) => fault.code);
  };
  expect(await told("2017-11-08T08:29")).toEqual([]);
  expect(await rows()).toBe(0);
  expect(await told("2017-11-08T08:30")).toEqual(["review/waiting"]);
  expect(await told("2017-11-08T10:00")).toEqual(["review/waiting"]);
  expect(await rows()).toBe(1);
  review.clock.set(at("2017-11-08T10:00"));
  await review.desk.review(review.caller("rev"), id, "同意");
  expect(await told("2017-11-08T11:00")).toEqual([]);
  expect(await told("2017-11-10T10:00")).toEqual(["review/waiting"]);
  expect(await rows()).toBe(2);
});

test("待定 is open work, told of when its day is past, and not to be submitted", async () => {
  const { notice, version } = await drafted(review);
  const held = { note: "请示上级", reviewBy: "2017-11-20" };
  const draft = await review.desk.holdDraft(review.caller("mai"), notice, version, held);
  expect(await review.desk.faultsOf(review.caller("mai"), notice)).toMatchObject([
    { code: "review/field", field: "held" },
  ]);
  const overdue = async (civil: string) =>
    (await review.desk.reminders(at(civil))).filter(({ code }) => code === "review/held");
  expect(await overdue("2017-11-20T23:00")).toEqual([]);
  expect(await overdue("2017-11-21T00:00")).toMatchObject([{ notice, reviewBy: "2017-11-20" }]);
  await review.desk.holdDraft(review.caller("mai"), notice, draft.version, null);
  expect(await overdue("2017-11-21T00:00")).toEqual([]);
});
