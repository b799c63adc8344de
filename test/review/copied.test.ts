/** What is written anew after an older notice is of today: a November notice never says July. */
import { describe, expect, test } from "vitest";
import { copied } from "../../src/notices/review/copied.ts";
import type { DraftDocument } from "../../src/notices/review/types.ts";

const zone = "Asia/Shanghai";
const now = Date.parse("2017-11-06T10:30+08:00");
const blank: DraftDocument = {
  content: {},
  schedule: {},
  envelope: null,
  source: null,
  changedOn: null,
  ofSubstance: null,
  carrier: "纸质",
  explanations: {},
  answers: {},
};
const old: DraftDocument = {
  ...blank,
  content: {
    title: "停水通知",
    body: "因管道检修停水。",
    formedOn: "2017-07-13",
    changedOn: "2017-07-14",
    signature: { org: "青石港办事处", date: "2017-07-14" },
  },
  schedule: {
    boards: ["B1"],
    from: Date.parse("2017-07-14T08:00+08:00"),
    until: Date.parse("2017-07-18T18:30+08:00"),
    priority: 5,
    exceptions: [{ name: "节日", from: "2017-07-15", until: "2017-07-15", plays: false }],
  },
  envelope: { from: 1, until: 2, boards: ["B1"], bestPriority: 5 },
  changedOn: "2017-07-14",
  ofSubstance: true,
};

describe("a copy", () => {
  test("begins on its own day, lasts as many days, at the same times; words stay, dates are today's", () => {
    const { content, schedule, envelope, changedOn, ofSubstance, carrier } = copied(old, zone, now);
    expect(content).toEqual({
      title: "停水通知",
      body: "因管道检修停水。",
      formedOn: "2017-11-06",
      signature: { org: "青石港办事处", date: "2017-11-06" },
    });
    expect(schedule).toEqual({
      boards: ["B1"],
      from: Date.parse("2017-11-06T08:00+08:00"),
      until: Date.parse("2017-11-10T18:30+08:00"),
      priority: 5,
    });
    expect([envelope, changedOn, ofSubstance, carrier]).toEqual([null, null, null, "纸质"]);
  });

  test("of one that says no date says none", () => {
    const { content } = copied(
      { ...old, content: { ...old.content, formedOn: null, signature: { org: "青石港办事处", date: null } } },
      zone,
      now,
    );
    expect(content).toMatchObject({ formedOn: null, signature: { date: null } });
  });

  test("of a blank one is blank", () => {
    expect(copied(blank, zone, now)).toEqual(blank);
  });
});
