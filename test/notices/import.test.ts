/** The import file: each record goes in or is refused by itself, with its place and its reason in both languages. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { limits } from "../../src/limits.ts";
import { importJsonSchema } from "../../src/notices/index.ts";
import { scheduleSchema } from "../../src/notices/schedule-format.ts";
import { at, parseRecords, parseText, record } from "../store/small-office.ts";
import { file } from "./samples.ts";

const good = record("good");
const rotation = good.rotation as object;

describe("the JSON Schema", () => {
  const stored: unknown = JSON.parse(
    readFileSync(new URL("../../fixtures/notices.schema.json", import.meta.url), "utf8"),
  );

  test("in fixtures/ is the one that checks", () => {
    expect(stored, "run: npx tsx src/notices/write-schema.ts").toEqual(JSON.parse(JSON.stringify(importJsonSchema())));
  });

  // The reader of JSON Schema at hand has no Unicode patterns: those are tried by themselves.
  const patterns: RegExp[] = [];
  const plain: unknown = JSON.parse(JSON.stringify(stored), (key, value) => {
    if (key !== "pattern" || !String(value).includes("\\p{")) return value;
    patterns.push(new RegExp(value, "u"));
    return undefined;
  });
  const schema = z.fromJSONSchema(plain as Parameters<typeof z.fromJSONSchema>[0]);

  test("has two Unicode patterns: ids, the samples' and no path; names of files, of several folders but none above", () => {
    expect(patterns.length).toBe(2);
    const [ids, files] = patterns;
    for (const { id } of file.notices) expect(ids?.test(id)).toBe(true);
    expect(["../etc", "", "a b", "x".repeat(65)].filter((id) => ids?.test(id))).toEqual([]);
    expect(["a.png", "图片/\u{2a6a5}.png"].filter((name) => !files?.test(name))).toEqual([]);
    expect(["../a.png", "a\n/../b.png", "/etc/a", "a/..", "C:a", ""].filter((name) => files?.test(name))).toEqual([]);
  });

  test("takes the samples", () => {
    expect(schema.safeParse(file).error?.issues.slice(0, 3)).toBeUndefined();
  });

  test.each<[string, Record<string, unknown>]>([
    ["no title", { title: undefined }],
    ["a strange field", { colour: "red" }],
    ["a priority of ten", { priority: 10 }],
    ["a time without its time", { from: "2017-11-06" }],
    ["no slot", { rotation: { ...rotation, slotMinutes: 0 } }],
  ])("refuses what the import refuses: %s", (_what, change) => {
    const bad = { ...good, ...change };
    expect(schema.safeParse({ notices: [JSON.parse(JSON.stringify(bad))] }).success).toBe(false);
    expect(parseRecords([bad]).accepted).toEqual([]);
  });
});

describe("a bad record is refused with its place and reason; the others go in", () => {
  test.each<[string, Record<string, unknown>, string, RegExp, RegExp]>([
    ["a field missing", { title: undefined }, "title", /缺少.*文字/, /missing.*text/],
    ["a field of another kind", { priority: "5" }, "priority", /数字/, /number/],
    ["a strange field", { colour: "red" }, "", /没有这样的字段.*colour/, /no such field.*colour/],
    ["a strange word", { openness: "公开" }, "openness", /应为.*主动公开、依申请公开/, /one of.*主动公开/],
    ["an empty title", { title: "   " }, "title", /不能为空/, /must not be empty/],
    [
      "a title too long",
      { title: "字".repeat(limits.titleChars + 1) },
      "title",
      /最多 200 个字符/,
      /at most 200 characters/,
    ],
    ["a body too long", { body: "字".repeat(limits.bodyChars + 1) }, "body", /最多 20000 个字符/, /at most 20000/],
    ["half a character", { body: "\ud800" }, "body", /半个字符/, /half a character/],
    ["an id with a slash", { id: "../x" }, "id", /编号/, /letters, digits/],
    ["an id of a default picture", { id: "default:B1" }, "id", /编号/, /letters, digits/],
    ["an id with a line break", { id: "a\nb" }, "id", /编号/, /letters, digits/],
    ["an id too long", { id: "x".repeat(65) }, "id", /编号/, /at most 64/],
    ["no id", { id: undefined }, "id", /缺少/, /missing/],
    ["a date that is none", { formedOn: "2017-02-30" }, "formedOn", /没有这一天/, /no such day/],
    ["a date of another form", { formedOn: "2017/2/3" }, "formedOn", /YYYY-MM-DD/, /YYYY-MM-DD/],
    ["a time that is none", { from: "2017-11-06T24:30" }, "from", /没有这个时间/, /no such time/],
    ["before 1970", { from: "1960-01-01T00:00" }, "from", /1970/, /1970/],
    ["an end before the beginning", { until: "2017-11-06T08:00" }, "until", /晚于/, /after it begins/],
    ["another office's zone", { rotation: { ...rotation, tz: "Asia/Tokyo" } }, "rotation.tz", /时区/, /zone/],
    ["a bad cron", { rotation: { ...rotation, cron: "61 * * * *" } }, "rotation.cron", /播放时间/, /cron/],
    ["seconds in the cron", { rotation: { ...rotation, cron: "0 0 8 * * *" } }, "rotation.cron", /五段/, /five fields/],
    [
      "a slot of no length",
      { rotation: { ...rotation, slotMinutes: 0 } },
      "rotation.slotMinutes",
      /至少 1/,
      /at least 1/,
    ],
    [
      "a slot longer than a day",
      { rotation: { ...rotation, slotMinutes: 1441 } },
      "rotation.slotMinutes",
      /最多 1440/,
      /at most 1440/,
    ],
    [
      "a slot of half minutes",
      { rotation: { ...rotation, slotMinutes: 1.5 } },
      "rotation.slotMinutes",
      /整数/,
      /whole number/,
    ],
    ["a negative priority", { priority: -1 }, "priority", /至少 0/, /at least 0/],
    ["the priority of default pictures", { priority: 10 }, "priority", /最多 9/, /at most 9/],
    ["a huge weight", { weight: 1e300 }, "weight", /最多 9007199254740991/, /at most/],
    ["a board that is not there", { boards: ["B1", "B7"] }, "boards[1]", /没有公开栏 B7/, /no board B7/],
    ["no board", { boards: [] }, "boards", /至少 1 项/, /at least 1 item/],
    ["not public, and no reason", { openness: "不予公开" }, "opennessReason", /理由/, /say why/],
    ["a default picture", { displayKind: "default" }, "displayKind", /应为/, /one of/],
    [
      "a signing time that is none",
      { review: { state: "approved", signedAt: "2017-02-30T08:00" } },
      "review.signedAt",
      /没有这个时间/,
      /no such time/,
    ],
    [
      "a form number without end",
      { review: { secrecyFormNo: "x".repeat(201) } },
      "review.secrecyFormNo",
      /最多 200/,
      /at most 200/,
    ],
    ["a signer without a name", { review: { signerId: "" } }, "review.signerId", /不能为空/, /must not be empty/],
  ])("%s", (_what, change, place, zh, en) => {
    const { accepted, refused } = parseRecords([record("before"), { ...good, ...change }, record("after")]);
    expect(accepted.map(({ id }) => id)).toEqual(["before", "after"]);
    const [first] = refused;
    expect(first?.place).toBe(place === "" ? "notices[1]" : `notices[1].${place}`);
    expect(first?.why.zh).toMatch(zh);
    expect(first?.why.zh).toMatch(/\p{Script=Han}/u);
    expect(first?.why.en).toMatch(en);
    expect(first?.id).toBe(typeof change.id === "string" ? change.id.slice(0, 64) : "id" in change ? null : "good");
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["a number", 5],
    ["text", "N01"],
    ["an array", []],
    ["nothing in it", {}],
  ])("a record that is %s", (_what, bad) => {
    const { accepted, refused } = parseRecords([bad, good]);
    expect(accepted.map(({ id }) => id)).toEqual(["good"]);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(10);
  });

  test("of two records with one id the second is refused", () => {
    const { accepted, refused } = parseRecords([good, { ...good, title: "另一条" }]);
    expect(accepted.map(({ content }) => content.title)).toEqual(["good"]);
    expect(refused).toMatchObject([
      { place: "notices[1].id", id: "good", why: { zh: expect.stringContaining("重复") } },
    ]);
  });

  test("a name that means something to JavaScript is a strange field like any other", () => {
    const { accepted, refused } = parseText(
      `{"notices":[${JSON.stringify(good).replace("{", '{"__proto__":{"x":1},')}]}`,
    );
    expect([accepted.length, refused.length]).toEqual([0, 1]);
  });
});

describe("a file that is no import file", () => {
  test.each<[string, string, string]>([
    ["half of one", '{"notices": [\n  {"id": "N01",', "line 2, column 16"],
    ["a comma too many", '{"notices": [\n  {"id": "N01",}\n]}', "line 2, column 16"],
    ["something before it", "x", "line 1, column 1"],
    ["nothing", "", "line 1, column 1"],
    ["a byte-order mark and half a file", '\uFEFF{"notices": [', "line 1, column 14"],
    ["JSON without notices", '{"notice": []}', "notices"],
    ["notices that are no list", '{"notices": {}}', "notices"],
    ["null", "null", "notices"],
    ["too many records", JSON.stringify({ notices: Array(limits.noticesPerImport + 1).fill(0) }), "notices"],
    ["too many bytes", " ".repeat(limits.importFileBytes + 1), "file"],
  ])("%s", (_what, text, place) => {
    const { accepted, refused } = parseText(text);
    expect(accepted).toEqual([]);
    expect(refused.map((one) => one.place)).toEqual([place]);
    expect(refused[0]?.why.zh).toMatch(/\p{Script=Han}/u);
    expect(refused[0]?.why.en).toMatch(/[a-z]/);
  });

  test("a byte-order mark before a good one is read past", () => {
    expect(parseText(`\uFEFF${JSON.stringify({ notices: [good] })}`).accepted.length).toBe(1);
  });

  test("no text makes it throw", () => {
    const whole = JSON.stringify({ notices: [good] });
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.nat(5),
        fc.string({ unit: "binary", maxLength: 3 }),
        (start, length, other) => {
          const { accepted, refused } = parseText(whole.slice(0, start) + other + whole.slice(start + length));
          expect(accepted.length + refused.length).toBeGreaterThan(0);
          for (const { place, why } of refused)
            expect([place, why.zh, why.en].every((words) => words !== "")).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("any value in any field: a record goes in or is refused, never half", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(good)), fc.jsonValue(), (field, value) => {
        const { accepted, refused } = parseRecords([{ ...good, [field]: value }]);
        expect(accepted.length === 1).toBe(refused.length === 0);
      }),
      { numRuns: 300 },
    );
  });
});

test("24:00 is the next midnight; boards named twice are one; the weight is one unless given", () => {
  const { accepted } = parseRecords([{ ...good, until: "2017-11-06T24:00", boards: ["B2", "B1", "B2"] }]);
  expect(accepted[0]?.schedule).toMatchObject({ until: at("2017-11-07T00:00"), boards: ["B2", "B1"], weight: 1 });
});

describe("when it plays", () => {
  const rich = {
    ...rotation,
    cron: null,
    hours: "22:30-06:00",
    weekdays: [1, 5],
    exceptions: [{ name: "\u6625\u8282", from: "2018-02-15", until: "2018-02-21", plays: false }],
    pinned: true,
  };
  const scheduleOf = (given: object) => parseRecords([record("one", { rotation: given })]);

  test("all that a schedule may have is read, in the order of the store; what is left out is absent", () => {
    const [read] = scheduleOf(rich).accepted;
    expect(read?.schedule).toMatchObject({
      ...{ cron: null, hours: { fromMinute: 1350, untilMinute: 360 }, weekdays: [1, 5], pinned: true },
      exceptions: rich.exceptions,
    });
    expect(JSON.stringify(scheduleSchema.parse(read?.schedule))).toBe(JSON.stringify(read?.schedule));
    const [plain] = scheduleOf(rotation).accepted;
    expect(Object.keys(plain?.schedule ?? {})).toHaveLength(8);
    expect(scheduleOf({ ...rotation, hours: "00:00-24:00" }).accepted[0]?.schedule.hours).toEqual({
      ...{ fromMinute: 0, untilMinute: 1440 },
    });
  });

  test.each([
    [{ hours: "8:00-18:00" }, ".rotation.hours"],
    [{ hours: "24:00-08:00" }, ".rotation.hours"],
    [{ hours: "10:00-10:00" }, ".rotation.hours"],
    [{ weekdays: [7] }, ".rotation.weekdays[0]"],
    [{ exceptions: [{ ...rich.exceptions[0], until: "2018-02-14" }] }, ".rotation.exceptions[0].until"],
    [{ pinned: false }, ".rotation.pinned"],
    [{ cron: "" }, ".rotation.cron"],
  ])("%j is refused by its place", (change, place) => {
    const { accepted, refused } = scheduleOf({ ...rich, ...change });
    expect([accepted, refused.map((one) => one.place)]).toEqual([[], [`notices[0]${place}`]]);
  });
});
