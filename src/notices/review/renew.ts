/** 同文换版: a board has a panel of another shape; the same text is set for it, looked at and signed again. */
import type { Caller } from "../../people/types.ts";
import { verdict } from "../seal.ts";
import type { BoardId, NoticeId } from "../types.ts";
import { recordOf } from "./drafts.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import { actingAs, changeAs, withHand } from "./persons.ts";
import { setPixels } from "./pixels.ts";
import { openCase } from "./submit.ts";
import type { Person, ReviewCase } from "./types.ts";

export interface RenewVerbs {
  /** For these of its boards; on the others the signed messages stay. Straight to the signer: the text was reviewed. */
  renewPixels(caller: Caller, notice: NoticeId, boards: readonly BoardId[]): Promise<ReviewCase>;
}

export function renewVerbs(parts: ReviewParts): RenewVerbs {
  const { store } = parts;
  return {
    async renewPixels(caller, id, boards) {
      const acting = await actingAs(parts, caller, ["maker"]);
      const record = await recordOf(parts, id);
      const judged = verdict(record, parts.key.publicKey);
      if (!judged.ok || record.withdrawnAt !== null || record.supersededAt !== null)
        return refuse({ code: "review/taken-down", notice: id });
      const { envelope } = judged;
      const [strange = boards.length === 0 ? "" : null] = boards.filter((board) => !envelope.boards.includes(board));
      if (strange !== null) return refuse({ code: "review/unknown", what: "board", id: strange });
      const set = await setPixels(parts, id, record.content, envelope, boards);
      if (set.faults.length > 0) return refuse({ code: "review/not-ready", notice: id, faults: set.faults });
      const renewed = new Map(set.pixels.map(({ board, message }) => [board, message]));
      // Also of a board that has a posting place now and had none when this was signed.
      const places = [...new Set([...judged.pixels.keys(), ...renewed.keys()])];
      const pixels = places.flatMap((board) => {
        const message = renewed.get(board) ?? judged.pixels.get(board);
        return message === undefined ? [] : [{ board, message }];
      });
      const before = (await store.cases.of(id)).findLast(({ number }) => number === record.revisionNumber);
      const prepared = await store.notices.prepare({
        id,
        content: record.content,
        revision: record.revision,
        schedule: record.schedule,
        makerId: acting.by.account,
        importedAt: parts.clock.now(),
        seal: null,
        messages: set.messages,
        anew: true,
      });
      return changeAs(parts, acting, async (tx) => {
        const now = await tx.notices.get(id);
        if (now?.revisionNumber !== record.revisionNumber || now.withdrawnAt !== null)
          return refuse({ code: "review/taken-down", notice: id });
        return openCase(
          parts,
          tx,
          acting,
          {
            notice: id,
            revision: record.revision,
            kind: "pixels",
            title: record.content.title,
            state: "signature",
            version: 1,
            unit: before?.unit ?? "",
            // Who signed the text may sign its new pixels; who wrote it, reviewed it or brought its scan in, and who asks, may not.
            hands: withHand(before ? beforeSignature(before) : [], acting),
            answers: before?.answers ?? {},
            document: before?.document ?? {
              source: null,
              changedOn: null,
              ofSubstance: null,
              carrier: "",
              explanations: {},
            },
            envelope,
            pixels,
            dueOn: before?.dueOn ?? null,
            paper: null,
            remindedAt: null,
          },
          prepared,
        );
      });
    },
  };
}

/** Everybody who held a step before the signature. */
function beforeSignature({ hands, steps }: ReviewCase): readonly Person[] {
  const held = steps.filter(({ step }) => step === "reviewed" || step === "uploaded");
  return held.reduce<readonly Person[]>(
    (all, { by, instead }) => withHand(all, { by, instead, role: "reviewer" }),
    hands,
  );
}
