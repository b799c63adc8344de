/** A small office that receives warnings: two signs on lines, one for party affairs, one to which files are carried. */
import type { BoardConfig } from "../../../src/config/types.ts";
import { createCapDesk } from "../../../src/notices/cap/index.ts";
import type { ReceivedWarning } from "../../../src/notices/cap/store.ts";
import { reviewRules } from "../../../src/notices/review/index.ts";
import { verdict } from "../../../src/notices/seal.ts";
import { chain, openReview } from "../../review/small-review.ts";
import { boards } from "../../store/small-office.ts";
import { bytesOf } from "./signing.ts";

export const start = Date.parse("2017-08-12T16:31:00+08:00");
export const hour = 3_600_000;
const more: readonly BoardConfig[] = [
  ...boards,
  { ...(boards[0] as BoardConfig), id: "B8", allows: ["党务"] },
  { ...(boards[0] as BoardConfig), id: "B9", device: "paper+led", link: { kind: "carried", folder: "usb" } },
];

export type CapTown = Awaited<ReturnType<typeof openCapTown>>;

export async function openCapTown(rules = reviewRules(undefined)) {
  const review = await openReview(rules.kind === "none" ? rules : chain, (parts) => ({ ...parts, boards: more }));
  const cap = createCapDesk({ ...review.parts, store: review.store });
  review.clock.set(start);
  const looked = async ({ number }: ReceivedWarning) =>
    (await cap.warning(number)).boards.flatMap(({ board, message, proposed }) =>
      proposed && message ? [{ board, message: message.hash }] : [],
    );
  const rows = async () =>
    (await review.store.ledger.rows("register", 0)).filter(({ action }) => /^(warning|cap-)/.test(action));
  return {
    review,
    cap,
    looked,
    rows,
    actions: async () => (await rows()).map(({ action }) => action),
    bring: async (text: string, who = "mo") => (await cap.receive(review.caller(who), bytesOf(text))).warning,
    confirm: async (warning: ReceivedWarning, who = "ope") =>
      cap.confirmWarning(review.caller(who), warning.number, await looked(warning)),
    async isLit({ number }: ReceivedWarning) {
      const { notice } = (await cap.warning(number)).warning;
      const record = notice === null ? null : await review.store.notices.get(notice);
      if (record === null || record.withdrawnAt !== null) return false;
      const judged = verdict(record, review.key.publicKey);
      const now = review.clock.now();
      return judged.ok && judged.envelope.from <= now && now < judged.envelope.until;
    },
  };
}
