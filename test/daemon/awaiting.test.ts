/** A warning that one person sent out: its boards say that it is to be countersigned, until it is. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Awaiting } from "../../src/daemon/awaiting.ts";
import { remedy, sentence } from "../../src/fault.ts";
import { chain, goodDocument, lookedAt, openReview, secret, signed, type SmallReview } from "../review/small-review.ts";
import { at, zone } from "../store/small-office.ts";

let review: SmallReview;
beforeAll(async () => {
  review = await openReview();
});
afterAll(() => review.close());

test("on its boards and no other, once for each change, until somebody countersigns", async () => {
  const slots = { stations: ["柳林站"], kinds: ["暴雨"], levels: ["红"], amount: { min: 10, max: 300 }, hoursMax: 6 };
  const document = goodDocument("", {
    content: {
      ...(goodDocument().content as object),
      title: "{{station}}{{kind}}{{level}}色预警",
      body: "{{time}}起{{hours}}小时内降水{{amount}}毫米\uff0c请注意防范。",
      displayKind: "emergency",
      track: "屏幕服务",
      fiveOpen: null,
      slots,
    },
    schedule: {
      boards: ["B1"],
      from: at("2017-11-06T08:00"),
      until: at("2018-11-06T08:00"),
      cron: null,
      priority: 0,
    },
  });
  let told = 0;
  const awaiting = new Awaiting({ store: review.store, rules: chain, zone, changed: () => void told++ });
  await awaiting.look();
  const template = (await signed(review, "mai", document)).notice;
  await awaiting.look();
  expect([awaiting.faults("B1"), told]).toEqual([[], 0]);

  const values = { station: "柳林站", time: at("2017-11-06T08:00"), kind: "暴雨", level: "红", amount: 50, hours: 3 };
  const warning = await review.desk.publishWarning(review.caller("ope"), template, values);
  await awaiting.look();
  await awaiting.look();
  const [said] = awaiting.faults("B1");
  expect(said).toMatchObject({ at: warning.since, fault: { code: "review/to-countersign", notice: warning.notice } });
  expect(said && sentence(said.fault).zh).toContain("“柳林站暴雨红色预警”待补签\uff0c2017-11-06 12:30 前");
  expect(said && remedy(said.fault).en).toContain("countersigns");
  expect([awaiting.faults("B2"), told]).toEqual([[], 1]);

  await lookedAt(review, warning.id);
  await review.desk.sign(review.caller("sig"), [warning.id], secret("sig-pass"));
  await awaiting.look();
  expect([awaiting.faults("B1"), told]).toEqual([[], 2]);
});
