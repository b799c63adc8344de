/** From a case to a seal: exactly what was submitted, and nothing that was changed since. */
import type { Instant } from "../../message/types.ts";
import type { Recorder } from "../../ledger/types.ts";
import { catalogueOf } from "../catalogue.ts";
import { placeOf } from "../index-number.ts";
import { revisionHash } from "../revision.ts";
import { screenContent } from "../screening/index.ts";
import { signSeal } from "../seal.ts";
import type { NoticeRecord, SealBody } from "../types.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import type { ReviewVerbs } from "./store.ts";
import { lower } from "./take-down.ts";
import { checkIds, type ReviewCase } from "./types.ts";

/** Before the change, since it takes long: every message is there, and its bytes are what its name says. FaultError `review/pixels`. */
export async function assertPixels({ store }: Pick<ReviewParts, "store">, review: ReviewCase): Promise<void> {
  for (const { board, message } of review.pixels)
    if ((await store.messages.get(message)) === null) refuse({ code: "review/pixels", case: review.id, board });
}

/** FaultError `review/checks`: not all answered (R10), or, of what boards would show, one answered with a problem. */
export function assertAnswered({ id, answers, envelope }: ReviewCase): void {
  const open = checkIds.filter((check) => answers[check] === undefined);
  if (open.length > 0) refuse({ code: "review/checks", case: id, checks: open, found: false });
  const found = checkIds.filter((check) => answers[check]?.answer === "found");
  if (found.length > 0 && envelope !== null) refuse({ code: "review/checks", case: id, checks: found, found: true });
}

/** The case's own revision, as it was written. FaultError `review/altered`, `review/taken-down`. */
export async function revisionOf(tx: ReviewVerbs, review: ReviewCase): Promise<NoticeRecord> {
  const record = await tx.notices.revision(review.notice, review.number);
  const untouched =
    record !== null &&
    record.seal === null &&
    record.revision === review.revision &&
    revisionHash(record.content) === review.revision &&
    (record.content.openness === "主动公开") === (review.envelope !== null) &&
    screenContent(record.content).length === 0;
  if (!untouched) return refuse({ code: "review/altered", case: review.id });
  if (record.withdrawnAt !== null || record.supersededAt !== null)
    refuse({ code: "review/taken-down", notice: review.notice });
  return record;
}

/**
 * Inside a change, all the checks done: seals the revision, which from `at` on supersedes the one before. What is only
 * registered has no seal; what boards show of its earlier text goes, since that is no longer for everybody.
 */
export async function seal(
  parts: ReviewParts,
  tx: ReviewVerbs & Recorder,
  review: ReviewCase,
  { by, at, kind }: { readonly by: string; readonly at: Instant; readonly kind: SealBody["kind"] },
): Promise<void> {
  const { notice, number, revision, form, envelope, pixels } = review;
  if (envelope === null) {
    // Which boards still show it the daemon finds out: it is asked about one notice before a change, and many are signed at once.
    await lower(tx, notice, by, review.id, at, []);
    return;
  }
  const { installation } = parts.key;
  const body: SealBody = { v: 1, installation, revision, notice, envelope, pixels, form, by, at, kind };
  const content = (await tx.notices.revision(notice, number))?.content;
  const place = content ? placeOf(await catalogueOf(tx.settings), content, at, parts.zone) : null;
  await tx.notices.seal(notice, number, signSeal(body, parts.key), kind === "template" ? null : place);
  await cancelOthers(tx, review, at);
}

/** A cancellation takes down the warnings that it names, from when it is shown. */
async function cancelOthers(
  { notices }: Pick<ReviewVerbs, "notices">,
  { notice, number }: Pick<ReviewCase, "notice" | "number">,
  at: Instant,
): Promise<void> {
  const record = await notices.revision(notice, number);
  const alert = record?.content.alert;
  if (!record || alert?.msgType !== "Cancel" || alert.references === null) return;
  for (const { id } of await notices.warnings(alert.references))
    if (id !== notice) await notices.supersede(id, Math.max(record.schedule.from, at), alert.identifier);
}
