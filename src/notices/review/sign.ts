/** 签发: the password once more, every board looked at, and exactly the submitted messages sealed. */
import { limits } from "../../limits.ts";
import type { Caller } from "../../people/types.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import { type Acting, actingAs, assertFree, assertStill, holders, isAlone, signature } from "./persons.ts";
import { assertAsRegistered } from "./register.ts";
import { assertAnswered, assertPixels, revisionOf, seal } from "./sealing.ts";
import { addStep, at, caseOf, readAnswers, readWords } from "./steps.ts";
import type { ReviewVerbs } from "./store.ts";
import type { CasePixels, PasswordReset, ReviewCase } from "./types.ts";

/** The password as it was entered again, and where from. */
export interface Secret {
  readonly password: string;
  readonly address: string;
}

export interface SignVerbs {
  /**
   * All of these cases, or none. `answers`: the signer's own, where the form is not full yet. FaultErrors: `review/password`,
   * `review/not-looked`, `review/two-steps`, `review/checks`, `review/pixels`, `review/altered`, `review/state`.
   */
  sign(
    caller: Caller,
    cases: readonly string[],
    secret: Secret | null,
    opinion?: string,
    answers?: unknown,
  ): Promise<readonly ReviewCase[]>;
}

export function signVerbs(parts: ReviewParts): SignVerbs {
  return {
    async sign(caller, given, secret, opinion = "", answers = {}) {
      const ids = [...new Set(given)];
      if (ids.length === 0 || ids.length > limits.casesPerSignature)
        refuse({
          code: "review/too-many",
          what: { zh: "一次签发的送审件", en: "cases for one signature" },
          max: limits.casesPerSignature,
        });
      const words = readWords(ids[0] ?? "", "opinion", opinion, false);
      const said = readAnswers(ids[0] ?? "", answers);
      const signers = new Map<string, Acting>();
      for (const id of ids) {
        const review = await caseOf(parts, id);
        const acting = await actingAs(parts, caller, ["signer"], { taken: holders(review) });
        if (signers.size === 0) await assertPassword(parts, caller, acting, secret);
        await assertPixels(parts, review);
        signers.set(id, acting);
      }
      const by = [...signers.values()][0]?.by.account ?? "";
      const reset = await resetBefore(parts, by);
      const signed = await parts.store.change(by, async (tx) => {
        const done: ReviewCase[] = [];
        for (const [id, acting] of signers) {
          const now = parts.clock.now();
          await assertStill(tx, acting, now);
          const found = await at(tx, id, ["signature"]);
          await assertAsRegistered(tx, found);
          const review = { ...found, answers: { ...found.answers, ...said } };
          assertFree(review, acting);
          assertAnswered(review);
          await assertLooked(tx, review, acting.by.account);
          if (review.kind === "warning") {
            const step = {
              step: "countersigned",
              state: "signed",
              words,
              action: "review/countersigned",
              at: now,
              reset,
            } as const;
            done.push(await addStep(tx, review, acting, step));
            continue;
          }
          await revisionOf(tx, review);
          const kind = review.kind === "template" ? "template" : "signed";
          await seal(parts, tx, review, { by: signature(acting), at: now, kind });
          const step = { step: "signed", state: "signed", words, action: "review/signed", at: now, reset } as const;
          done.push(await addStep(tx, review, acting, step));
        }
        return done;
      });
      await parts.changed();
      return signed;
    },
  };
}

/** In practice a click is enough; where one person works alone there is no account. */
export async function assertPassword(
  parts: ReviewParts,
  caller: Caller,
  { by }: Acting,
  secret: Secret | null,
): Promise<void> {
  if (parts.practice || isAlone(parts, caller)) return;
  const right = secret !== null && (await parts.people.verifyPassword(by.account, secret.password, secret.address));
  if (!right) refuse({ code: "review/password" });
}

/** Whoever sets somebody's password anew could sign in their place until they change it: that is said beside the signature. */
export async function resetBefore(
  { people }: Pick<ReviewParts, "people">,
  account: string,
): Promise<PasswordReset | null> {
  return (await people.resetOf?.(account)) ?? null;
}

/** `besides`: what else is to be looked at than the boards. FaultError `review/not-looked`. */
export async function assertLooked(
  tx: ReviewVerbs,
  review: ReviewCase,
  account: string,
  besides: readonly CasePixels[] = [],
): Promise<void> {
  const looks = (await tx.cases.looks(review.id)).filter((look) => look.account === account);
  const boards = [...review.pixels, ...besides]
    .filter(({ board, message }) => !looks.some((look) => look.board === board && look.message === message))
    .map(({ board }) => board);
  if (boards.length > 0) refuse({ code: "review/not-looked", case: review.id, boards });
}
