/** 送审: what keeps a draft from it, all told at once; and what an edit afterwards does not change. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Fault } from "../../src/fault.ts";
import { at } from "../store/small-office.ts";
import {
  codeOf,
  drafted,
  faultOf,
  goodDocument,
  lookedAt,
  openReview,
  signed,
  type SmallReview,
  submitted,
} from "./small-review.ts";

let review: SmallReview;
beforeAll(async () => {
  review = await openReview(undefined, (parts) => ({
    ...parts,
    typesetting: {
      ask: async (request) =>
        request.content.body.includes("太长")
          ? {
              ok: false,
              faults: [
                {
                  code: "notice/does-not-fit",
                  notice: request.notice,
                  panel: `${request.shape.width}`,
                  detail: { zh: "长", en: "long" },
                },
              ],
            }
          : parts.typesetting.ask(request),
    },
  }));
});
afterAll(() => review.close());

const good = goodDocument().content as Record<string, unknown>;
const withContent = (change: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  goodDocument("停水通知", { content: JSON.parse(JSON.stringify({ ...good, ...change })), ...more });

/** What it is refused for: fields, or rules of hits, or codes. */
async function refusedFor(document: Record<string, unknown>): Promise<string[]> {
  const { notice, version } = await drafted(review, "mai", document);
  const fault = await faultOf(review.desk.submit(review.caller("mai"), notice, version));
  expect(await review.desk.faultsOf(review.caller("mai"), notice)).toEqual("faults" in fault ? fault.faults : []);
  const name = (one: Fault) =>
    one.code === "review/field" ? one.field : one.code === "review/hit" ? one.key.split(":")[0] : one.code;
  return "faults" in fault ? (fault.faults as Fault[]).map((one) => name(one) ?? "") : [fault.code];
}

describe("refused", () => {
  const planned = (change: object) =>
    goodDocument("一", { schedule: { ...(goodDocument().schedule as object), ...change } });
  test.each<[string, Record<string, unknown>, string[]]>([
    ["no openness", withContent({ openness: undefined }), ["content.openness"]],
    ["none of the five", withContent({ fiveOpen: null }), ["five-open"]],
    ["no date when it was formed", withContent({ formedOn: null }), ["content.formedOn", "formed-on"]],
    ["an identity number", withContent({ body: "11010519491231002X" }), ["id18"]],
    ["no sign-off", withContent({ signature: { org: "处", date: null } }), ["sign-off-date"]],
    ["cannot be set: each board", withContent({ body: "太长" }), ["notice/does-not-fit", "notice/does-not-fit"]],
    [
      "no such board",
      goodDocument("一", { schedule: { ...(goodDocument().schedule as object), boards: ["B7"] } }),
      ["schedule.boards", "review/unknown"],
    ],
    ["past", goodDocument("一", { schedule: { boards: ["B1"], from: 0, until: 1 } }), ["schedule.until"]],
    ["hours of no length", planned({ hours: { fromMinute: 600, untilMinute: 600 } }), ["schedule.hours"]],
    ["begins, and lasts no minute", planned({ cron: "0 9 * * *", slotMinutes: 0 }), ["schedule.slotMinutes"]],
    ["no times", goodDocument("一", { schedule: { boards: ["B1"] } }), ["schedule.from", "schedule.until"]],
    [
      "everything at once",
      withContent({ title: "", fiveOpen: null, formedOn: null }, { schedule: {} }),
      ["content.title", "content.formedOn", "schedule.boards", "schedule.from", "schedule.until"],
    ],
  ])("%s", async (_, document, wanted) => {
    expect((await refusedFor(document)).sort()).toEqual([...wanted].sort());
  });

  test("a hit that is explained is not told of again; what must be mended cannot be explained", async () => {
    const { notice, version } = await drafted(review, "mai", withContent({ signature: { org: "处", date: null } }));
    const [hit] = await review.desk.faultsOf(review.caller("mai"), notice);
    const key = hit?.code === "review/hit" ? hit.key : "";
    const explained = { ...withContent({ signature: { org: "处", date: null } }), explanations: { [key]: "照原文" } };
    const saved = await review.desk.saveDraft(review.caller("mai"), notice, version, explained);
    expect((await review.desk.submit(review.caller("mai"), notice, saved.version)).document.explanations).toEqual({
      [key]: "照原文",
    });
    const must = await drafted(review, "mai", withContent({ body: "11010519491231002X" }));
    const [number] = await review.desk.faultsOf(review.caller("mai"), must.notice);
    const numbered = number?.code === "review/hit" ? number.key : "";
    const tried = { ...withContent({ body: "11010519491231002X" }), explanations: { [numbered]: "本人同意" } };
    const again = await review.desk.saveDraft(review.caller("mai"), must.notice, must.version, tried);
    expect(await codeOf(review.desk.submit(review.caller("mai"), must.notice, again.version))).toBe("review/not-ready");
  });
});

describe("R03, R04: what is not for proactive disclosure", () => {
  const closed = { openness: "不予公开", opennessReason: "过程性信息" };

  test("cannot even be kept without its reason", async () => {
    const fault = await faultOf(drafted(review, "mai", withContent({ openness: "不予公开" })));
    expect("faults" in fault && fault.faults).toMatchObject([{ field: "content.opennessReason" }]);
  });

  test("is registered and may be signed as a record, and is on no board", async () => {
    const { id, notice, pixels, envelope } = await submitted(review, "mai", withContent(closed));
    expect([pixels, envelope]).toEqual([[], null]);
    const [done] = await review.desk.sign(review.caller("sig"), [id], { password: "sig-pass", address: "" });
    expect(done?.state).toBe("signed");
    expect((await review.store.notices.get(notice))?.seal).toBeNull();
  });

  test("takes down what boards show of its earlier text", async () => {
    const { notice } = await signed(review);
    const draft = await review.desk.editNotice(review.caller("mai"), notice);
    const document = withContent(closed, { ofSubstance: false });
    const saved = await review.desk.saveDraft(review.caller("mai"), notice, draft.version, document);
    const { id } = await review.desk.submit(review.caller("mai"), notice, saved.version);
    expect((await review.store.notices.get(notice))?.withdrawnAt).toBeNull();
    await review.desk.sign(review.caller("sig"), [id], { password: "sig-pass", address: "" });
    expect((await review.store.notices.get(notice))?.withdrawnAt).toBe(review.clock.now());
  });
});

describe("drafts", () => {
  test("two who write at once: the second is told both versions", async () => {
    const { notice, version } = await drafted(review);
    const both = await Promise.allSettled(
      ["mai", "mo"].map((who) => review.desk.saveDraft(review.caller(who), notice, version, goodDocument(who))),
    );
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const late = review.desk.saveDraft(review.caller("mo"), notice, version, goodDocument());
    expect(await faultOf(late)).toEqual({ code: "review/conflict", notice, yours: version, current: version + 1 });
  });

  test("an edit after submission changes nothing of the case, and waits for it", async () => {
    const first = await submitted(review);
    const draft = await review.desk.editNotice(review.caller("mai"), first.notice);
    const saved = await review.desk.saveDraft(review.caller("mai"), first.notice, draft.version, goodDocument("改了"));
    expect(await codeOf(review.desk.submit(review.caller("mai"), first.notice, saved.version))).toBe(
      "review/open-case",
    );
    await lookedAt(review, first.id);
    await review.desk.sign(review.caller("sig"), [first.id], { password: "sig-pass", address: "" });
    const record = await review.store.notices.get(first.notice);
    expect([record?.content.title, record?.seal?.body.revision]).toEqual(["停水通知", first.revision]);
  });

  test("bounds: what is too long or nests otherwise is named", async () => {
    const { notice, version } = await drafted(review);
    const save = (document: unknown) => review.desk.saveDraft(review.caller("mai"), notice, version, document);
    for (const document of [
      { content: { title: "长".repeat(300) } },
      { content: { title: "\ud83d" } },
      { answers: { privacy: { answer: "perhaps" } } },
      { explanations: { anything: "x" } },
      { schedule: { boards: Array.from({ length: 1001 }, String) } },
      { carrier: 7 },
      "text",
    ])
      expect(await codeOf(save(document))).toBe("review/not-ready");
  });
});

test("dates: what is withdrawn before the signature leaves the shown revision up; after it, it is gone", async () => {
  const { notice } = await signed(review);
  const draft = await review.desk.editNotice(review.caller("mai"), notice);
  const saved = await review.desk.saveDraft(review.caller("mai"), notice, draft.version, {
    ...goodDocument("改"),
    ofSubstance: false,
  });
  const { id } = await review.desk.submit(review.caller("mai"), notice, saved.version);
  await review.desk.withdrawCase(review.caller("mai"), id, "不改了");
  expect(await review.store.notices.get(notice)).toMatchObject({ revisionNumber: 1, withdrawnAt: null });
  review.clock.set(at("2017-11-06T12:00"));
  await review.desk.withdrawNotice(review.caller("ope"), notice, "误发");
  expect((await review.store.notices.get(notice))?.withdrawnAt).toBe(at("2017-11-06T12:00"));
});
