/** Proposals put in, names by category, the watch list, and keys for explanations. R14, R15. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainContent } from "../../src/notices/draft.ts";
import {
  applyProposals,
  defaultRules,
  type Hit,
  hitKey,
  maskName,
  namePolicy,
  type ScreeningContext,
  screeningRulesSchema,
  screenNotice,
  unanswered,
  watchList,
} from "../../src/notices/screening/index.ts";
import type { Content } from "../../src/notices/types.ts";
import { calendar, parsed, sample, site } from "./samples.ts";

const context: ScreeningContext = { rules: defaultRules, zone: site.zone, calendar };
const mendAll = (content: Content, more = context) =>
  applyProposals(content, screenNotice(content, more).map(hitKey), more);
const body = (text: string, more: Partial<Content> = {}): Content => ({
  ...plainContent,
  title: "情况",
  category: "政策落实",
  fiveOpen: "结果公开",
  formedOn: "2017-06-05",
  signature: { org: "青石港办事处", date: "2017-06-05" },
  body: text,
  ...more,
});
const benefit = { category: "社会保障", title: "临时救助对象名单" };

describe("in one click", () => {
  test("N29 in masked form", () => {
    expect(mendAll(sample("N29").content).body).toBe(
      sample("N29")
        .content.body.replace("999999198001010011", "99*************011")
        .replace("13800138000", "138****8000")
        .replace("6200000000000005", "6200********0005"),
    );
  });

  test("N05 with its people's names comes out as the sample is: 欧阳*成 (R15)", () => {
    const { content } = sample("N05");
    const named = ["王秀兰", "刘伟", "欧阳志成", "郑小英"];
    const masked = ["王*兰", "刘*", "欧阳*成", "郑*英"];
    const full = {
      ...content,
      body: masked.reduce((text, one, at) => text.replace(one, named[at] as string), content.body),
    };
    expect(screenNotice(full, context).map(({ rule, found, proposal }) => [rule, found, proposal])).toEqual(
      named.map((name, at) => ["name", name, masked[at]]),
    );
    expect(mendAll(full)).toEqual(content);
  });

  test("columns go, heading and all, and what is left is a table", () => {
    const text =
      "前言\n姓名|身份证号|金额|卡号\n赵大田|999999198001010011|500|1\n\n李四|无|20|\n合计||520|\n电话\uff1a0715-0000000";
    const content = body(text, benefit);
    expect(mendAll(content).body).toBe("前言\n姓名|金额\n赵*田|500\n\n李*|20\n合计|520\n电话\uff1a0715-0000000");
    const columnsOnly = screenNotice(content, context).filter(({ rule }) => rule === "column");
    expect(applyProposals(content, columnsOnly.map(hitKey), context).body).toContain("赵大田|500\n\n李四|20");
  });

  test("of two columns one is left, and its names are still names", () => {
    expect(mendAll(body("姓名|身份证号\n张三丰|1\n李四|2", benefit)).body).toBe("姓名\n张*丰\n李*");
    const content = body("姓名|身份证号\n张三丰|1\n李四|2", benefit);
    const column = screenNotice(content, context).filter(({ rule }) => rule === "column");
    const left = applyProposals(content, column.map(hitKey), context);
    expect(screenNotice(left, context).map(({ found }) => found)).toEqual(["张三丰", "李四"]);
  });

  test("only what was asked for", () => {
    const content = body("张三13800138000\uff0c家住柳林村3组12号\uff0c扫黑险恶");
    const keys = screenNotice(content, context)
      .filter(({ rule }) => rule === "address")
      .map(hitKey);
    expect(applyProposals(content, keys, context).body).toBe("张三13800138000\uff0c家住柳林村\uff0c扫黑险恶");
    expect(applyProposals(content, [], context)).toBe(content);
    expect(applyProposals(content, ["mobile:body:0000000000000000"], context)).toBe(content);
  });

  test("in every part that is lit", () => {
    const content = body("正文", {
      title: "张三13800138000",
      signature: { org: "张三13800138000", date: "2017-06-05" },
      pictures: [{ sha256: "" }, { sha256: "", caption: "张三13800138000" }],
      publicity: { required: 7, unit: "day", contact: "张三13800138000", phone: "13800138000" },
    });
    const mended = mendAll(content);
    expect(JSON.stringify(mended)).not.toContain("13800138000");
    expect(JSON.stringify(mended).match(/138\*{4}8000/g)).toHaveLength(5);
    expect(mended.pictures?.[0]).toEqual({ sha256: "" });
  });

  test("an order that is wrong twice over comes right", () => {
    const content = body("大局意识、政治意识、大局意识、政治意识");
    expect(screenNotice(mendAll(content), context)).toEqual([]);
  });

  const pieces = [
    "999999198001010011",
    "138 0013 8000",
    "6200000000000005",
    "家住柳林村3组12号",
    "扫黑“险”恶",
    "“三个代表”重要理论",
    "大局意识、政治意识、",
    "姓名|身份证号|病种\n",
    "张三丰|420999650228017|肺病\n",
    "欧阳成|9|\n",
    "户主\uff1a赵大田",
    "\n",
    "|",
    "\u200b",
    " ",
    "1",
    "张三\n",
    "\uff0c",
  ];
  test("screened again, none of those put in is left; what has no proposal stays; the text around is not touched", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 4 })), {
          maxLength: 14,
        }),
        fc.boolean(),
        fc.infiniteStream(fc.boolean()),
        (texts, helped, chosen) => {
          const content = body(texts.join(""), helped ? benefit : {});
          const hits = screenNotice(content, context);
          const keys = new Set(hits.filter(() => chosen.next().value).map(hitKey));
          const mended = applyProposals(content, keys, context);
          const left = screenNotice(mended, context);
          expect(left.filter((hit) => hit.proposal !== null && keys.has(hitKey(hit)))).toEqual([]);
          if (!hits.some((hit) => hit.rule === "column")) {
            expect(mended.body.split("\n").length).toBeGreaterThanOrEqual(
              content.body.split("\n").length - hits.length,
            );
          }
          expect({ ...mended, body: "" }).toEqual({ ...content, body: "" });
        },
      ),
      { numRuns: 500 },
    );
  });

  test("hits stand where they say, none over another", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 5 }))),
        (texts) => {
          const content = body(texts.join(""), benefit);
          let end = 0;
          for (const { index, found } of screenNotice(content, context).filter(({ part }) => part === "body")) {
            expect(content.body.startsWith(found, index)).toBe(true);
            expect(index).toBeGreaterThanOrEqual(end);
            end = index + found.length;
          }
        },
      ),
    );
  });
});

describe("names (R15)", () => {
  test.each([
    ["张三丰", "张*丰"],
    ["李四", "李*"],
    ["欧阳志成", "欧阳*成"],
    ["欧阳成", "欧阳*"],
    ["欧阳", "欧*"],
    ["上官婉儿", "上官*儿"],
    ["诸葛孔明", "诸葛*明"],
    ["司马相如", "司马*如"],
    ["张李小红", "张**红"],
    ["阿依努尔\u00b7买买提", "阿依努尔\u00b7***"],
  ])("%s is %s", (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  test("cadre, party and duty notices keep theirs; lists of people who are helped and 公示 of residents do not", () => {
    const masked = parsed.accepted.filter(({ content }) => namePolicy(content, defaultRules) === "masked");
    expect(masked.map(({ id }) => id)).toEqual(["N05", "N06", "N07", "N18", "N29", "N30", "N37"]);
  });

  test("as the office chooses for a category, either way", () => {
    const names = (content: Content, chosen: object) =>
      screenNotice(content, { ...context, rules: screeningRulesSchema.parse({ names: chosen }) }).map(
        ({ found }) => found,
      );
    const aid = body("姓名|金额\n张三丰|500", benefit);
    expect(names(aid, {})).toEqual(["张三丰"]);
    expect(names(aid, { 社会保障: "full" })).toEqual([]);
    const duty = body("姓名|金额\n张三丰|500", { category: "值班" });
    expect(names(duty, {})).toEqual([]);
    expect(names(duty, { 值班: "masked" })).toEqual(["张三丰"]);
    expect(names({ ...aid, category: "constructor" }, {})).toEqual(["张三丰"]);
  });

  test.each<readonly [string, Partial<Content>, string]>([
    ["of the party", { track: "党务" }, "full"],
    ["on duty", { displayKind: "duty" }, "full"],
    ["of cadres", { category: "人事信息" }, "full"],
    ["of candidates", { title: "困难党员推荐人选、候选人公示" }, "full"],
    ["of people who are helped", {}, "masked"],
    ["of residents, posted for objections", { title: "征地补偿公示", category: "项目建设" }, "masked"],
    ["of the kind 公示", { title: "名单", category: "项目建设", displayKind: "publicity" }, "masked"],
    ["of nobody in particular", { title: "名单", category: "项目建设" }, "full"],
  ])("%s", (_what, differences, policy) => {
    expect(namePolicy(body("", { title: "慰问名单公示", category: "社会保障", ...differences }), defaultRules)).toBe(
      policy,
    );
  });
});

describe("the watch list", () => {
  const terms = (text: string, rules = {}) =>
    screenNotice(body(text), { ...context, rules: screeningRulesSchema.parse(rules) }).map(({ found, proposal }) => [
      found,
      proposal,
    ]);

  test("each wrong term is found and put right; no right one is a hit", () => {
    for (const { wrong, right, unless = [] } of watchList) {
      expect(terms(`坚持${wrong}\u3002`), wrong).toEqual([[wrong, right]]);
      for (const rightful of [right, ...unless]) expect(terms(`坚持${rightful}\u3002`), rightful).toEqual([]);
    }
    expect(watchList.length).toBeGreaterThan(100);
    expect(new Set(watchList.map(({ wrong }) => wrong)).size).toBe(watchList.length);
  });

  test("an office adds, replaces and switches off", () => {
    expect(terms("青石巷办事处", { watch: [{ wrong: "青石巷办事处", right: "青石港办事处" }] })).toEqual([
      ["青石巷办事处", "青石港办事处"],
    ]);
    expect(terms("扫黑险恶", { watchOff: ["扫黑险恶"] })).toEqual([]);
    expect(terms("残废人", { watch: [{ wrong: "残废人", right: "残障人士" }] })).toEqual([["残废人", "残障人士"]]);
    expect(
      terms("青石巷办事处旧址", {
        watch: [{ wrong: "青石巷办事处", right: "青石港办事处", unless: ["青石巷办事处旧址"] }],
      }),
    ).toEqual([]);
  });

  test("rules are checked whole", () => {
    const refused = (rules: object) => screeningRulesSchema.safeParse(rules).success === false;
    expect(refused({ watch: [{ wrong: "一", right: "二" }] })).toBe(true);
    expect(refused({ watch: [{ wrong: "一一", right: "" }] })).toBe(true);
    expect(refused({ names: { 三农: "half" } })).toBe(true);
    expect(refused({ watch: Array.from({ length: 2001 }, (_, n) => ({ wrong: `错${n}`, right: "对" })) })).toBe(true);
    expect(refused({ wach: [] })).toBe(true);
  });
});

describe("a key for what is explained", () => {
  const [hit] = screenNotice(body("地址\uff1a柳林村3组12号"), context) as [Hit];

  test("stays while the text around it is edited, and is gone with what was explained", () => {
    const key = hitKey(hit);
    expect(key).toMatch(/^address:body:[0-9a-f]{16}$/);
    const keys = (text: string) => screenNotice(body(text), context).map(hitKey);
    expect(keys("现将地址改写\uff0c地址\uff1a柳林村3组12号\u3002")).toEqual([key]);
    expect(keys("地址\uff1a柳林村3组13号")).not.toContain(key);
    expect(keys("")).toEqual([]);
  });

  test("tells rules, parts and pictures apart", () => {
    const others: Hit[] = [
      hit,
      { ...hit, rule: "term" },
      { ...hit, part: "title" },
      { ...hit, part: "caption", picture: 0 },
      { ...hit, part: "caption", picture: 1 },
    ];
    expect(new Set(others.map(hitKey)).size).toBe(5);
    expect(hitKey({ ...hit, index: 99 })).toBe(hitKey(hit));
  });

  test("an explanation answers what may be explained, never what must be mended", () => {
    const hits = screenNotice(body("家住柳林村3组12号\uff0c电话13800138000"), context);
    const every = new Set(hits.map(hitKey));
    expect(unanswered(hits, new Set()).map(({ rule }) => rule)).toEqual(["address", "mobile"]);
    expect(unanswered(hits, every).map(({ rule }) => rule)).toEqual(["mobile"]);
  });
});
