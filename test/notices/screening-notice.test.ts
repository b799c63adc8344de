/** What a notice of its kind lacks, and what the samples N27 to N33 expect of screening. R03, R05–R09, R14, R15. */
import { describe, expect, test } from "vitest";
import { plainContent } from "../../src/notices/draft.ts";
import {
  defaultRules,
  glyphHits,
  type Hit,
  type ScreeningContext,
  screenContent,
  screeningRulesSchema,
  screenNotice,
} from "../../src/notices/screening/index.ts";
import type { Content } from "../../src/notices/types.ts";
import { missingFromProfile } from "../../src/typeset/missing.ts";
import { dayNumberOf } from "../../src/time/days.ts";
import { instantOf } from "../../src/time/zone.ts";
import { calendar, expecting, parsed, sample, site } from "./samples.ts";

const context: ScreeningContext = { rules: defaultRules, zone: site.zone, calendar };
const rulesOf = (hits: readonly Hit[]) => hits.map(({ rule }) => rule);

const notice: Content = {
  ...plainContent,
  title: "停水通知",
  body: "明日停水。",
  fiveOpen: "服务公开",
  formedOn: "2017-07-14",
  signature: { org: "青石港办事处", date: "2017-07-14" },
};
const publicity: Content = {
  ...notice,
  title: "低保对象公示",
  body: "举报电话\uff1a0715-0000000。",
  publicity: { required: 7, unit: "workday" },
};
const found = (content: Content, more: Partial<ScreeningContext> = {}) =>
  rulesOf(screenNotice(content, { ...context, ...more }));

describe("what is missing is told, and what is there is not", () => {
  test("a whole notice has no hit", () => {
    expect(found(notice)).toEqual([]);
    expect(found(publicity)).toEqual([]);
  });

  test.each<readonly [string, Content, readonly string[]]>([
    ["no office", { ...notice, signature: { org: " ", date: "2017-07-14" } }, ["sign-off"]],
    ["no date", { ...notice, signature: { org: "办事处", date: null } }, ["sign-off-date"]],
    ["no day on which it was formed", { ...notice, formedOn: null }, ["formed-on"]],
    ["none of the five", { ...notice, fiveOpen: null }, ["five-open"]],
    ["another track needs none", { ...notice, track: "党务", fiveOpen: null, formedOn: null }, []],
    ["on request, without a reason", { ...notice, openness: "依申请公开" }, ["openness-reason"]],
    [
      "withheld, with spaces for a reason",
      { ...notice, openness: "不予公开", opennessReason: "  " },
      ["openness-reason"],
    ],
    ["withheld, with a reason", { ...notice, openness: "不予公开", opennessReason: "内部事务" }, []],
    ["not settled", { ...notice, openness: "待定" as Content["openness"] }, ["undecided"]],
    ["a 公示 without a telephone", { ...publicity, body: "公示如下。" }, ["objection-phone"]],
    [
      "a telephone of its own field",
      { ...publicity, body: "", publicity: { required: 7, unit: "day", phone: "12345" } },
      [],
    ],
    ["digits that are no telephone", { ...publicity, body: "电话\uff1a12。" }, ["objection-phone"]],
    ["an amount is no telephone", { ...publicity, body: "金额8812345元\uff0c如有异议请反映。" }, ["objection-phone"]],
    ["called a 公示 without a period", { ...publicity, publicity: null }, ["publicity-period"]],
    ["nor of comments", { ...publicity, title: "征求意见采纳情况", publicity: null, body: "采纳17条。" }, []],
    ["what became of one is none", { ...publicity, title: "低保公示结果", publicity: null, body: "无异议。" }, []],
    [
      "of the kind, whatever it is called",
      { ...publicity, title: "名单", displayKind: "publicity", publicity: null },
      ["publicity-period"],
    ],
  ])("%s", (_what, content, rules) => {
    expect(found(content)).toEqual(rules);
  });

  test("held while undecided, whatever its record says", () => {
    expect(found(notice, { undecided: true })).toEqual(["undecided"]);
  });

  test.each(["slogan", "welcome", "clock", "countdown", "default", "duty", "cover", "qrcode"] as const)(
    "a %s needs no sign-off",
    (displayKind) => {
      expect(found({ ...notice, displayKind, signature: { org: "", date: null } })).toEqual([]);
    },
  );

  test.each(["notice", "table", "list", "emergency", "picture"] as const)("a %s does", (displayKind) => {
    expect(found({ ...notice, displayKind, signature: { org: "", date: null } })).toEqual([
      "sign-off",
      "sign-off-date",
    ]);
  });

  test("which must be mended, which may be explained", () => {
    const all = screenNotice(
      { ...notice, openness: "不予公开", fiveOpen: null, signature: { org: "", date: null } },
      context,
    );
    expect(all.map(({ rule, severity }) => [rule, severity])).toEqual([
      ["openness-reason", "must-fix"],
      ["five-open", "must-fix"],
      ["sign-off", "explain"],
      ["sign-off-date", "explain"],
    ]);
  });
});

describe("periods (R08, R09)", () => {
  const at = (date: string, hour: number) => instantOf(site.zone, dayNumberOf(date) ?? Number.NaN, hour * 60);
  const planned = (from: string, until: string) => ({ from: at(from, 8), until: at(until, 18) });
  const periods = (id: string, from: string, until: string, content = sample(id).content) =>
    screenNotice(content, { ...context, planned: planned(from, until) })
      .filter(({ rule }) => rule.endsWith("-short"))
      .map(({ rule, severity, found }) => [rule, severity, found]);

  test.each<readonly [string, string, string, readonly string[][]]>([
    ["N05", "2017-09-27", "2017-10-11", []],
    ["N05", "2017-09-27", "2017-10-10", [["publicity-short", "explain", "6/7个工作日"]]],
    ["N05", "2017-09-27", "2017-10-03", [["publicity-short", "explain", "4/7个工作日"]]],
    ["N22", "2017-03-08", "2017-04-07", []],
    ["N22", "2017-03-08", "2017-04-06", []],
    [
      "N22",
      "2017-03-08",
      "2017-04-05",
      [
        ["publicity-short", "explain", "29/30天"],
        ["consultation-short", "explain", "29/30天"],
      ],
    ],
  ])("%s from %s to %s", (id, from, until, hits) => {
    expect(periods(id, from, until)).toEqual(hits);
  });

  test("a plan that ends before it begins is of no days", () => {
    expect(periods("N05", "2017-10-11", "2017-09-27")).toEqual([["publicity-short", "explain", "0/7个工作日"]]);
    expect(periods("N22", "2017-04-07", "2017-03-08").map(([, , found]) => found)).toEqual(["0/30天", "0/30天"]);
  });

  test("an end at midnight is the day before", () => {
    const content = { ...sample("N05").content, publicity: { required: 7, unit: "workday" as const } };
    const until = at("2017-10-11", 0);
    const hits = screenNotice(content, { ...context, planned: { from: at("2017-09-27", 8), until } });
    expect(hits.map(({ found }) => found)).toEqual(["6/7个工作日"]);
  });

  test("asking for comments, a promise of 20 days is short before it is planned", () => {
    const content = { ...sample("N22").content, publicity: { required: 20, unit: "day" as const } };
    expect(screenNotice(content, context).map(({ found }) => found)).toEqual(["20/30天"]);
    const rules = { ...defaultRules, consultationDays: 15 };
    expect(screenNotice(content, { ...context, rules })).toEqual([]);
  });

  test("what its record says it is counts before its title", () => {
    const content = sample("N22").content;
    const as = (kind: "公示" | "征求意见", title = content.title) =>
      screenNotice({ ...content, title, publicity: { required: 20, unit: "day", kind } }, context)
        .map(({ rule, found }) => `${rule} ${found}`)
        .filter((one) => one.includes("-short"));
    expect(as("公示")).toEqual([]);
    expect(as("征求意见", "规划草案")).toEqual(["consultation-short 20/30天"]);
  });

  test("a year without a calendar cannot be counted, and that is said", () => {
    const hits = periods("N05", "2099-09-01", "2099-09-30");
    expect(hits).toEqual([["publicity-short", "explain", "?/7个工作日"]]);
  });

  test("all samples hang long enough as planned", () => {
    const short = parsed.accepted.filter(({ content, schedule }) =>
      screenNotice(content, { ...context, planned: schedule }).some(({ rule }) => rule.endsWith("-short")),
    );
    expect(short).toEqual([]);
  });
});

describe("the samples (R14)", () => {
  test.each(expecting<{ type: string; masked: string }[]>("pii"))("%s: three hits in masked form", (id, wanted) => {
    const hits = screenNotice(sample(id).content, context);
    expect(hits.map(({ rule, proposal }) => ({ type: rule, masked: proposal }))).toEqual(wanted);
    expect(hits.map(({ severity }) => severity)).toEqual(["must-fix", "must-fix", "must-fix"]);
  });

  test.each(["N11", "N30", "N10", "N27", "N28", "N31", "N32", "N33", "N04", "N16"])("%s has none", (id) => {
    expect(screenNotice(sample(id).content, context)).toEqual([]);
  });

  test("N12 and N37 name no telephone for objections; all others but N29 are whole", () => {
    const hits = parsed.accepted.flatMap(({ id, content }) =>
      id === "N29" ? [] : screenNotice(content, context).map(({ rule }) => [id, rule]),
    );
    expect(hits).toEqual([
      ["N12", "objection-phone"],
      ["N37", "objection-phone"],
    ]);
  });

  test.each(["N27", "N28"])("%s without its reason cannot leave the draft", (id) => {
    expect(found({ ...sample(id).content, opennessReason: null })).toEqual(["openness-reason"]);
  });

  test("N33: the five characters that a GB2312 font lacks, handed in from outside, each where it stands", () => {
    const { content } = sample("N33");
    const glyphsMissing = ({ body }: Content) => glyphHits("body", body, missingFromProfile(body, "GB2312"));
    const hits = screenNotice(content, { ...context, glyphsMissing });
    const [wanted] = expecting<string[]>("glyphs").map(([, glyphs]) => glyphs);
    expect([...new Set(hits.map(({ found }) => found))]).toEqual(wanted);
    for (const { rule, index, found } of hits) {
      expect(rule).toBe("glyph");
      expect(content.body.startsWith(found, index)).toBe(true);
    }
  });
});

test("glyphs are counted as a reader does, hits as the text is kept", () => {
  const text = "家\u{1f468}\u200d\u{1f469}\u200d\u{1f467}喆";
  const hits = glyphHits("caption", text, missingFromProfile(text, "GB2312"), 2);
  expect(hits.map(({ found, index, picture }) => [found, index, picture])).toEqual([
    ["\u{1f468}\u200d\u{1f469}\u200d\u{1f467}", 1, 2],
    ["喆", 9, 2],
  ]);
  expect(glyphHits("body", "", missingFromProfile(text, "GB2312"))).toEqual([]);
});

describe("what stops a seal and every send", () => {
  const body = (text: string) => rulesOf(screenContent({ ...notice, body: text }));
  test.each<readonly [string, string, readonly string[]]>([
    ["an identity number", "999999198001010011", ["id18"]],
    ["an old one that is called so", "身份证号420999650228017", ["id15"]],
    ["a mobile", "13800138000", ["mobile"]],
    ["one with something unseen inside, which is not lit either", "138\u200b0013\u20608000", ["mobile"]],
    ["a bank card", "6200000000000005", ["bankcard"]],
    ["not fifteen digits of anything", "420999650228017", []],
    [
      "not an address, a term or a mistyped number: these may be explained",
      "家住柳林村3组12号\uff0c扫黑险恶\uff0c卡号6200000000000006",
      [],
    ],
  ])("%s", (_what, text, rules) => {
    expect(body(text)).toEqual(rules);
  });

  test("an office's rules change nothing of it", () => {
    const rules = screeningRulesSchema.parse({ names: { 三农: "full" }, watchOff: ["扫黑险恶"] });
    expect(found(sample("N29").content, { rules })).toEqual(["id18", "mobile", "bankcard"]);
  });
});
