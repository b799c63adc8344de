/** Fields that came later: a notice without them is the very revision that it was before there were any. */
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/canonical-json.ts";
import { revisionHash } from "../../src/notices/revision.ts";
import { contentSchema } from "../../src/notices/import-format.ts";
import { wordsFor } from "../../src/notices/import-words.ts";
import { everyDay, scheduleSchema } from "../../src/notices/schedule-format.ts";
import type { Content } from "../../src/notices/types.ts";
import { parseImport } from "../../src/notices/import.ts";
import { parseRecords, record } from "../store/small-office.ts";
import { context, text } from "./samples.ts";

const publicity = { required: 5, unit: "workday" };
const alert = { msgType: "Alert", identifier: "A1" };

function contentOf(change: object): Content {
  const { accepted, refused } = parseRecords([{ ...record("one"), ...change }]);
  expect(refused).toEqual([]);
  return accepted[0]?.content as Content;
}

describe("phone, contact and colour", () => {
  test("are absent where they are not given", () => {
    expect(Object.keys(contentOf({ publicity }).publicity ?? {})).toEqual(["required", "unit"]);
    expect(Object.keys(contentOf({ alert }).alert ?? {}).sort()).toEqual(["identifier", "msgType", "references"]);
    expect(canonicalJson(contentOf({ publicity, alert }))).not.toMatch(/phone|contact|colour|undefined/);
  });

  test("are kept where they are, and make another revision", () => {
    const more = { ...publicity, phone: "0715-0000000", contact: "办事处纪委" };
    expect(contentOf({ publicity: more }).publicity).toEqual(more);
    expect(contentOf({ alert: { ...alert, colour: "橙" } }).alert).toEqual({
      ...alert,
      references: null,
      colour: "橙",
    });
    expect(revisionHash(contentOf({ publicity: more }))).not.toBe(revisionHash(contentOf({ publicity })));
  });

  test("survive the store's reading", () => {
    for (const content of [contentOf({ publicity, alert }), contentOf({ alert: { ...alert, colour: "红" } })])
      expect(canonicalJson(contentSchema.parse(JSON.parse(canonicalJson(content))))).toBe(canonicalJson(content));
  });

  test.each([
    ["publicity", { ...publicity, phone: "" }],
    ["publicity", { ...publicity, fax: "1" }],
    ["alert", { ...alert, colour: "紫" }],
    ["alert", { ...alert, colour: null }],
  ])("%s %j is refused", (field, value) => {
    expect(parseRecords([{ ...record("one"), [field]: value }]).accepted).toEqual([]);
  });
});

describe("motion", () => {
  const entry = { name: "wipe", direction: "left" };

  test("is absent where it is not given, and kept where it is", () => {
    expect(contentOf({})).not.toHaveProperty("motion");
    for (const motion of [{ entry }, { entry: { name: "reveal" }, exit: entry }, { moving: "blink" }]) {
      const content = contentOf({ motion });
      expect(content.motion).toEqual(motion);
      expect(revisionHash(content)).not.toBe(revisionHash(contentOf({})));
      expect(canonicalJson(contentSchema.parse(JSON.parse(canonicalJson(content))))).toBe(canonicalJson(content));
    }
  });

  test.each([
    [{}, "motion: give at least one of entry, exit and moving"],
    [
      { moving: "scroll-left", entry },
      "motion.moving: a page that moves has no entry or exit: give either moving, or entry and exit",
    ],
    [
      { entry: { name: "reveal", direction: "up" } },
      "motion.entry.direction: wipe and push go left, right, up or down, reveal is horizontal or vertical",
    ],
    [
      { exit: { name: "push", direction: "vertical" } },
      "motion.exit.direction: wipe and push go left, right, up or down, reveal is horizontal or vertical",
    ],
    [{ moving: "spin" }, "motion.moving: must be one of: scroll-left, scroll-right, scroll-up, scroll-down, blink"],
    [{ entry: { name: "fade" } }, "motion.entry.name: must be one of: wipe, push, reveal"],
    [{ entry: { ...entry, speed: 1 } }, 'motion.entry: there is no such field: "speed"'],
    [{ entry: null }, "motion.entry: missing, or not an object { }"],
  ])("%j is refused: %s", (motion, why) => {
    const { accepted, refused } = parseRecords([{ ...record("one"), motion }]);
    expect(accepted).toEqual([]);
    expect(refused.map(({ place, why }) => `${place.replace("notices[0].", "")}: ${why.en}`)).toEqual([why]);
    expect(refused[0]?.why.zh).toMatch(/\p{Script=Han}/u);
  });
});

/** Taken before there were any such fields. */
const before: Readonly<Record<string, string>> = {
  N04: "6aa8655cb0f54375afd8224bd7662df3fbae1e12fa3ae16225c23030d475827a",
  N05: "77b4efaf70e182fe2936ee57ccc924456fd7cf0436247fa13fd6645bb20fdf3d",
  N19: "bf42f077e27964f00e3c4d019d2c39553a1edc096e81cd253ea1aa351fdd81fb",
  N20: "9c7e74d118d9399e92ea17636499b37ebf88291e41e61b95b7a7fbb8d25f4f77",
};

test("the samples are the revisions that they were", () => {
  const hashes = new Map(parseImport(text, context).accepted.map(({ id, content }) => [id, revisionHash(content)]));
  expect(Object.fromEntries(Object.keys(before).map((id) => [id, hashes.get(id)]))).toEqual(before);
});

describe("exceptions of a schedule", () => {
  const read = (from: string, until: string) =>
    scheduleSchema.safeParse({
      ...{ ...everyDay, boards: ["B1"], from: 0, until: 1 },
      exceptions: [{ name: "\u6625\u8282", from, until, plays: false }],
    });

  test("are of one day or more; written backwards they are refused, and the field is told", () => {
    expect(read("2018-02-15", "2018-02-15").success).toBe(true);
    expect(read("2018-02-15", "2018-02-21").success).toBe(true);
    const [issue, ...others] = read("2018-02-21", "2018-02-15").error?.issues ?? [];
    expect([issue?.path, others]).toEqual([["exceptions", 0, "until"], []]);
    expect(issue && wordsFor(issue).en).toBe("the last day must not be before the first");
  });
});
