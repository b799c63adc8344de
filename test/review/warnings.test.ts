/** 应急: one person, a signed template, and values that the template allows. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signSeal, verdict } from "../../src/notices/seal.ts";
import { at } from "../store/small-office.ts";
import {
  codeOf,
  faultOf,
  goodDocument,
  lookedAt,
  openReview,
  secret,
  signed,
  type SmallReview,
} from "./small-review.ts";

const slots = {
  stations: ["青石水库", "柳林站"],
  kinds: ["暴雨", "雷电"],
  levels: ["黄", "红"],
  amount: { min: 10, max: 300 },
  hoursMax: 6,
};
const templateContent = {
  ...(goodDocument().content as object),
  title: "{{station}}{{kind}}{{level}}色预警",
  body: "{{time}}起{{hours}}小时内降水{{amount}}毫米\uff0c请注意防范。",
  displayKind: "emergency",
  track: "屏幕服务",
  fiveOpen: null,
  slots,
};
const document = goodDocument("", {
  content: templateContent,
  schedule: {
    boards: ["B1", "B2"],
    from: at("2017-11-06T08:00"),
    until: at("2018-11-06T08:00"),
    cron: null,
    priority: 0,
  },
});

let review: SmallReview;
let template = "";
beforeAll(async () => {
  review = await openReview();
  template = (await signed(review, "mai", document)).notice;
});
afterAll(() => review.close());

const good = { station: "柳林站", time: at("2017-11-06T08:00"), kind: "暴雨", level: "红", amount: 50, hours: 3 };
const warn = (values: unknown = good, who = "ope") => review.desk.publishWarning(review.caller(who), template, values);
const worth = async (notice: string) => {
  const record = await review.store.notices.get(notice);
  return record && { record, judged: verdict(record, review.key.publicKey) };
};

test("the template itself lights nothing, though it is signed", async () => {
  const { record, judged } = (await worth(template)) ?? {};
  expect(record?.seal?.body.kind).toBe("template");
  expect(judged).toEqual({ ok: false, why: "draft" });
});

test("one person's warning is on at once, ends by itself, and waits to be countersigned", async () => {
  const { id, notice, state, kind } = await warn();
  expect([state, kind]).toEqual(["signature", "warning"]);
  const { record, judged } = (await worth(notice)) ?? {};
  expect(record?.content).toMatchObject({
    title: "柳林站暴雨红色预警",
    body: "2017-11-06 08:00起3小时内降水50毫米\uff0c请注意防范。",
  });
  expect(record?.seal?.body).toMatchObject({
    kind: "emergency",
    envelope: { until: review.clock.now() + 3 * 3_600_000, bestPriority: 0 },
  });
  expect(judged?.ok).toBe(true);
  await lookedAt(review, id);
  await review.desk.sign(review.caller("sig"), [id], secret("sig-pass"));
  expect((await review.store.cases.get(id))?.steps.map(({ step }) => step)).toEqual(["submitted", "countersigned"]);
  review.clock.set(review.clock.now() + 5 * 3_600_000);
  await review.desk.tend(review.clock.now());
  expect((await worth(notice))?.record.withdrawnAt).toBeNull();
  review.clock.set(at("2017-11-06T08:30"));
});

describe("never free text", () => {
  test.each<[string, Record<string, unknown>]>([
    ["a station that is not in the list", { station: "某地" }],
    ["another kind", { kind: "地震" }],
    ["a colour that was not signed", { level: "蓝" }],
    ["too much", { amount: 301 }],
    ["a fraction", { amount: 50.5 }],
    ["a number as text", { amount: "50" }],
    ["more hours than signed", { hours: 7 }],
    ["a time long past", { time: at("2017-11-04T08:00") }],
    ["something more", { note: "字" }],
  ])("%s", async (_, change) => {
    expect(await codeOf(warn({ ...good, ...change }))).toBe("review/field");
  });

  test("whatever is sent, what is lit is made of the template's own words", async () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constantFrom(...slots.stations, ...slots.kinds, ...slots.levels),
      fc.constant(good.time),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.record(
          { station: value, time: value, kind: value, level: value, amount: value, hours: value },
          { requiredKeys: [] },
        ),
        async (values) => {
          const done = await warn({ ...good, ...values }).catch(() => null);
          if (done === null) return;
          expect(done.title).toMatch(/^(青石水库|柳林站)(暴雨|雷电)[黄红]色预警$/);
          // So few may await their countersignature that the rest would be refused for that.
          await review.desk.withdrawCase(review.caller("ope"), done.id, "试过了");
        },
      ),
      { numRuns: 60 },
    );
  });
});

test("not by everybody, and not by who sent it out", async () => {
  for (const who of ["aud", "con", "rev", "sig"]) expect(await codeOf(warn(good, who))).toBe("review/role");
  const { id } = await warn(good, "all");
  await lookedAt(review, id, "all");
  expect(await faultOf(review.desk.sign(review.caller("all"), [id], secret("all-pass")))).toMatchObject({
    code: "review/two-steps",
  });
});

test("not countersigned in time: taken down, on record, and a fault", async () => {
  const { notice, since } = await warn();
  await review.desk.tend(since + 4 * 3_600_000 - 1);
  expect((await worth(notice))?.record.withdrawnAt).toBeNull();
  const due = since + 4 * 3_600_000;
  await review.desk.tend(due);
  expect((await worth(notice))?.record.withdrawnAt).toBe(due);
  expect(await review.desk.reminders(due)).toContainEqual({ code: "review/uncountersigned", notice, hours: 4 });
  const actions = (await review.store.ledger.about("register", notice)).map(({ action }) => action);
  expect(actions).toEqual([
    "notice/added",
    "review/submitted",
    "notice/sealed",
    "review/uncountersigned",
    "notice/withdrawn",
    "takedown/opened",
  ]);
});

test("sent back by the signer: gone at once", async () => {
  const { id, notice } = await warn();
  await review.desk.sendBack(review.caller("sig"), id, "已解除");
  expect((await worth(notice))?.record.withdrawnAt).toBe(review.clock.now());
});

test("longer than a day is worth nothing, whoever signed it; a withdrawn template sends out nothing", async () => {
  const { notice } = await warn();
  const { record } = (await worth(notice)) ?? {};
  if (!record?.seal) throw new Error("not sealed");
  const { envelope } = record.seal.body;
  const long = { ...record.seal.body, envelope: { ...envelope, until: envelope.from + 24 * 3_600_000 + 1 } };
  expect(verdict({ ...record, seal: signSeal(long, review.key) }, review.key.publicKey)).toEqual({
    ok: false,
    why: "seal-broken",
  });
  await review.desk.withdrawNotice(review.caller("ope"), template, "停用");
  expect(await codeOf(warn())).toBe("review/taken-down");
});
