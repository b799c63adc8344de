/** What the office keeps of looking: a board counts when all its pages were sent; personal texts of the past are not for everybody. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Review } from "../../src/api/review.ts";
import { openReview as openOffice } from "../../src/daemon/review.ts";
import { PartLooks } from "../../src/daemon/part-looks.ts";
import { limits } from "../../src/limits.ts";
import type { Message } from "../../src/message/types.ts";
import { at, boards, zone } from "../store/small-office.ts";
import { codeOf, goodDocument, openReview, signed, type SmallReview, submitted } from "./small-review.ts";

let small: SmallReview;
let office: Review;
beforeAll(async () => {
  small = await openReview();
  const { store, parts } = small;
  const desk = { ...parts, store, programmes: { forget() {} } };
  const site = {
    review: { office: false, paper: false },
    boards,
    zone,
    practice: false,
    calendar: parts.calendarConfig,
  };
  const people = { store: store.people, passwords: { confirm: async () => true } };
  office = openOffice({ site, desk, people, changed: async () => {} } as never);
});
afterAll(() => small.close());

test("a board was looked at when the last of its pages was sent", async () => {
  const { id } = await submitted(small);
  const sig = small.caller("sig");
  const real = await office.pages(sig, id, "B1");
  expect(await small.store.cases.looks(id)).toEqual([]);
  const three = { ...real, pages: [real.pages[0], real.pages[0], real.pages[0]] } as Message;
  await office.sent(sig, id, "B1", three, 1, 1);
  await office.sent(small.caller("aud"), id, "B1", three, 2, 3);
  await office.sent(sig, id, "B1", three, 3, 3);
  expect(await small.store.cases.looks(id)).toEqual([]);
  await office.sent(sig, id, "B1", three, 2, 2);
  expect(await small.store.cases.looks(id)).toMatchObject([{ account: "sig", board: "B1", message: real.hash }]);
  expect(await codeOf(office.pages(sig, id, "B9"))).toBe("review/unknown");
});

test("what is being looked at in parts is kept for so many", () => {
  const looks = new PartLooks();
  expect(looks.sent("first", 1, 1, 2)).toBe(false);
  for (let other = 0; other < limits.partLooks; other++) looks.sent(`other ${other}`, 1, 1, 2);
  expect(looks.sent("first", 2, 2, 2)).toBe(false);
  expect(looks.sent("first", 1, 1, 2)).toBe(true);
});

test("a personal text of the past is for the auditor, signers, and who wrote it", async () => {
  const document = goodDocument();
  const { id, notice } = await signed(small, "mai", {
    ...document,
    content: { ...(document.content as object), personal: true },
  });
  expect((await office.case(small.caller("ope"), id)).content?.personal).toBe(true);
  await small.desk.withdrawNotice(small.caller("mai"), notice, "到期");
  small.clock.set(at("2017-11-07T08:30"));
  for (const who of ["ope", "mo", "adm"])
    expect(await codeOf(office.case(small.caller(who), id))).toBe("review/personal-past");
  for (const who of ["mai", "sig", "aud"])
    expect((await office.case(small.caller(who), id)).content?.personal).toBe(true);
});
