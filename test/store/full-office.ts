/** A small office with rows in every table that the register holds, each written by its own verb. */
import { createHash } from "node:crypto";
import { encodeProgramme } from "../../src/message/index.ts";
import type { ReceivedWarning } from "../../src/notices/cap/store.ts";
import { catalogueDigest, keepCatalogue } from "../../src/notices/catalogue.ts";
import { shippedCatalogue } from "../../src/notices/catalogue-shipped.ts";
import { indexText } from "../../src/notices/index-number.ts";
import { type Issue, issueDigest, issueId } from "../../src/notices/issues.ts";
import { chain, goodDocument, openReview, secret, type SmallReview, submitted } from "../review/small-review.ts";
import { at } from "./small-office.ts";

export const hash = "ab".repeat(32);
export const person = { by: "adm", name: "adm姓名" };

export async function fullOffice(): Promise<SmallReview & { readonly notice: string }> {
  const review = await openReview(chain);
  const schedule = { boards: ["B1"], from: at("2017-11-06T09:00"), until: at("2017-12-08T18:00"), cron: null };
  const one = await submitted(review, "mai", goodDocument("现在", { schedule: { ...schedule, priority: 5 } }));
  for (const { board } of one.pixels) await review.desk.look(review.caller("sig"), one.id, board);
  await review.desk.sign(review.caller("sig"), [one.id], secret("sig-pass"));
  const { store } = review;
  const { notice } = one;
  const shape = { width: 8, height: 8, colour: "mono" } as const;
  const bytes = encodeProgramme({ shape, base: 1, endMs: 10, messages: [], spans: [] });
  const programme = createHash("sha256").update(bytes).digest("hex");
  const packed = await store.play.prepare([{ hash: programme, bytes }]);
  await store.change("adm", async (tx) => {
    await tx.play.keep(packed, 1);
    const data = { programme, from: 1, until: 11, via: "line", before: null, notices: [] };
    await tx.record({ action: "play/told", subject: "B1", data }, "play");
    await tx.people.putDeputy({ id: "d1", of: "sig", deputy: "sun", role: "signer", from: 1, until: 9e12 }, {});
    await tx.notices.takeOff(notice, ["B2"], 8, "");
    const order = await tx.takedowns.open({
      ...{ kind: "notice", notice, by: "甲", reason: "错字", at: 7 },
      boards: [{ board: "B1", darkBy: 9 }],
    });
    await tx.takedowns.done(order, "B1", { at: 8, how: "by-hand", words: "看过" });
    await tx.takedowns.close(order, 9);
    await tx.boards.darken({ board: "B1", since: 5, ...person, reason: "花屏" });
    await tx.boards.maintain({ board: "B2", pattern: "grid", since: 5, until: 9, ...person, reason: "检修" });
    const report = await tx.boards.report({ board: "B1", at: 6, ...person, text: "坏点" });
    await tx.boards.answerReport("B1", report.number, person, "已修", 7);
    await tx.publicity.put({
      ...{ notice, until: 9, title: "公示", number: 1, kind: "公示", required: 5, unit: "workday", from: 1 },
      ...{ stopped: false, actual: 5, interruptions: { watchedFrom: null, days: null }, recordedAt: 9, result: null },
    });
    await tx.record({ action: "publicity/ended", subject: notice, data: {} });
    const word = { at: 8, ...person, words: "", photo: null };
    await tx.postings.say({ notice, number: 1, board: "B2" }, "posted", word, null);
    await tx.record({ action: "paper/posted", subject: notice, data: { board: "B2", number: 1 } });
    const posting = { notice, number: 1, board: "B1" };
    await tx.postings.say(posting, "posted", { at: 8, ...person, words: "", photo: null }, null);
    await tx.record({ action: "posting/posted", subject: notice, data: {} });
    await tx.received.add(warning, [{ sender: "s", identifier: "earlier", sent: 1 }], Uint8Array.of(1, 2, 3));
    await tx.record({ action: "warning/received", subject: "received 1", data: {} });
    const believed = { account: "adm", name: "甲", instead: null, at: 1 };
    const sender = { sender: "s", fingerprint: hash, certificate: "PEM", proposed: believed };
    await tx.received.putSender({ ...sender, confirmed: null, signature: null });
    await tx.record({ action: "cap-sender/proposed", subject: "s", data: {} });
    const message = one.pixels[0]?.message ?? "";
    await tx.issues.add(issueOf(notice, message));
    const issue = issueOf(notice, message);
    await tx.record({ action: "issue/closed", subject: issueId(issue), data: { digest: issueDigest(issue) } });
    await keepCatalogue(tx.settings, shippedCatalogue);
    const after = await catalogueDigest(tx.settings);
    await tx.record({ action: "catalogue/changed", subject: "catalogue", data: { after } });
    if ((await tx.indices.list()).length > 0) return;
    const index = await tx.indices.give(notice, { unit: "A1", class: "B", year: 2017 });
    if (index) await tx.record({ action: "index/given", subject: notice, data: { index: indexText(index) } });
  });
  return { ...review, notice };
}

const warning: Omit<ReceivedWarning, "number"> = {
  ...{
    sender: "s",
    identifier: "i",
    sent: 2,
    digest: hash,
    state: "waiting",
    msgType: "Update",
    via: "api",
    by: "mai",
  },
  ...{ name: "乙", receivedAt: 3, expires: 99, title: "大风", signature: "none", told: [], notice: null },
  ...{ decided: null, pixels: [] },
};

const issueOf = (notice: string, message: string): Issue => ({
  ...{ year: 2017, number: 1, closedAt: 9, ...person, note: "" },
  boards: [
    {
      ...{ id: "B1", name: "B1", place: "门口", shape: { width: 16, height: 8, colour: "mono" }, ledColour: "#ff0000" },
      items: [
        {
          ...{ notice, number: 1, title: "现在", track: "屏幕服务", index: null, from: 1, until: 9 },
          ...{ signedBy: "sig", signedAt: 2, message, personal: false },
        },
      ],
    },
  ],
});
