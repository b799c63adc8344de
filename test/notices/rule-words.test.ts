/** R35: a text that tells of an old rule is flagged from the day of the new one; nothing else is. */
import { expect, test } from "vitest";
import { outdatedWords } from "../../src/notices/rule-words.ts";
import { parsed, sample } from "./samples.ts";

test("N26 says 15 working days: right until 14 May 2019, outdated from the 15th", () => {
  const { content } = sample("N26");
  expect(outdatedWords(content, "2017-11-06")).toBeNull();
  expect(outdatedWords(content, "2019-05-14")).toBeNull();
  expect(outdatedWords(content, "2019-05-15")?.zh).toContain("2019-05-15起是20个工作日");
  const mended = { ...content, body: content.body.replace("15个工作日", "20个工作日") };
  expect(outdatedWords(mended, "2019-05-15")).toBeNull();
  expect(outdatedWords(mended, "2019-05-14")?.en).toContain("since 2008-05-01 it is 15");
});

test("of the samples it is the only one", () => {
  const flagged = parsed.accepted.filter(({ content }) => outdatedWords(content, "2026-01-01") !== null);
  expect(flagged.map(({ id }) => id)).toEqual(["N26"]);
});

test.each(["收到申请之日起5个工作日内", "公示15个工作日。收到申请后电话告知", "办结15个工作日", "受理后当场答复申请"])(
  "%s tells of no rule",
  (body) => {
    expect(outdatedWords({ title: "指南", body }, "2019-05-15")).toBeNull();
  },
);

test("before there was a law nothing is outdated", () => {
  expect(outdatedWords(sample("N26").content, "2008-04-30")).toBeNull();
});
