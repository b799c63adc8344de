/** `review: none`, and what an import becomes with and without it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verdict } from "../../src/notices/seal.ts";
import { importDrafts } from "../../src/notices/review/import-drafts.ts";
import { parseRecords, record } from "../store/small-office.ts";
import { codeOf, drafted, goodDocument, openReview, type SmallReview, submitted } from "./small-review.ts";

let alone: SmallReview;
let chained: SmallReview;
beforeAll(async () => {
  alone = await openReview({ kind: "none" });
  chained = await openReview();
});
afterAll(async () => {
  await alone.close();
  await chained.close();
});

describe("本机不设审核", () => {
  test("who submits at this computer has signed", async () => {
    const { state, notice, steps } = await submitted(alone, "local");
    expect([state, steps.map(({ step }) => step)]).toEqual(["signed", ["submitted", "signed"]]);
    const sealed = await alone.store.notices.get(notice);
    expect(sealed?.seal?.body).toMatchObject({ by: "本机不设审核", kind: "signed" });
    expect(sealed && verdict(sealed, alone.key.publicKey).ok).toBe(true);
    await alone.desk.withdrawNotice(alone.caller("local"), notice, "过期");
    expect((await alone.store.notices.get(notice))?.withdrawnAt).toBe(alone.clock.now());
  });

  test("a cancellation takes down the warning that it names there too", async () => {
    const alert = (msgType: string, identifier: string, references: string | null) => ({
      content: { ...(goodDocument(identifier).content as object), alert: { msgType, identifier, references } },
    });
    const warning = await submitted(alone, "local", goodDocument("W-1", alert("Alert", "W-1", null)));
    const other = await submitted(alone, "local", goodDocument("W-10", alert("Alert", "W-10", null)));
    await submitted(alone, "local", goodDocument("C-1", alert("Cancel", "C-1", "W-1")));
    // Not before the cancellation itself is shown.
    const { schedule } = goodDocument() as { schedule: { from: number } };
    expect((await alone.store.notices.get(warning.notice))?.supersededAt).toBe(schedule.from);
    expect((await alone.store.notices.get(other.notice))?.supersededAt).toBeNull();
  });

  test("screening and typesetting hold there too", async () => {
    const document = goodDocument("一");
    Object.assign(document.content as object, { body: "联系人电话 13812345678\uff0c请来电。" });
    const { notice, version } = await drafted(alone, "local", document);
    expect(await codeOf(alone.desk.submit(alone.caller("local"), notice, version))).toBe("review/not-ready");
  });

  test("nobody is alone where there is a chain", async () => {
    expect(await codeOf(chained.desk.createDraft(chained.caller("local")))).toBe("review/role");
  });
});

describe("an import where notices are reviewed", () => {
  const run = (records: readonly unknown[]) =>
    importDrafts(parseRecords(records), {
      store: chained.store,
      taking: chained.parts.taking,
      readBeside: null,
      acting: { by: { account: "import", name: "import" }, instead: null },
      now: chained.clock.now(),
    });

  test("is drafts, whatever the file says; the same again is nothing; what is being written on is left alone", async () => {
    expect(await run([record("I1"), record("I2")])).toMatchObject({ added: 2, sealed: 0, refused: [] });
    expect(await chained.store.notices.get("I1")).toBeNull();
    expect(await run([record("I1")])).toMatchObject({ added: 0, unchanged: 1 });
    const draft = await chained.store.drafts.get("I1");
    expect(draft).toMatchObject({ state: "open", edits: null, hands: [{ account: "import" }] });
    await chained.desk.saveDraft(chained.caller("mai"), "I1", 1, goodDocument("改过"));
    const again = await run([record("I1", { body: "新" })]);
    expect(again.refused).toMatchObject([{ id: "I1" }]);
    expect((await chained.store.drafts.get("I1"))?.document.content.title).toBe("改过");
  });

  test("is submitted and signed like any other", async () => {
    await run([record("I3", { until: "2017-11-09T10:00" })]);
    const saved = await chained.desk.saveDraft(chained.caller("mai"), "I3", 1, goodDocument("导入的"));
    const { state, notice, hands } = await chained.desk.submit(chained.caller("mai"), "I3", saved.version);
    expect([state, notice, hands.map(({ account }) => account)]).toEqual(["signature", "I3", ["import", "mai"]]);
  });
});
