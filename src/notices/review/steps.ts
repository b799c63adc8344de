/** The steps between submission and signature: looking, office review, return, withdrawal. */
import type { Entry, LedgerData, Recorder } from "../../ledger/types.ts";
import type { MessageHash } from "../../message/types.ts";
import type { Caller } from "../../people/types.ts";
import { wordsFor } from "../import-words.ts";
import type { BoardId, NoticeId } from "../types.ts";
import { caseDigest } from "./digest.ts";
import { resumed } from "./drafts.ts";
import { answersSchema, wordsSchema } from "./format.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import { type Acting, actingAs, assertFree, assertOwnBoards, changeAs, holders, said, stepOf } from "./persons.ts";
import { assertAsRegistered, isAsRegistered } from "./register.ts";
import type { ReviewVerbs } from "./store.ts";
import { lower, shownOn, showingOf, takeDown } from "./take-down.ts";
import type { Answers, CaseState, PasswordReset, ReviewCase, StepName } from "./types.ts";

export interface StepVerbs {
  /** The message to be looked at; that this caller has seen it is kept. */
  look(caller: Caller, id: string, board: BoardId): Promise<MessageHash>;
  /** 审核: passes it on to the signer. `answers`: the reviewer's own, over those of the maker. */
  review(caller: Caller, id: string, opinion: string, answers?: unknown): Promise<ReviewCase>;
  /** 退回: its draft is open again, with the same text. */
  sendBack(caller: Caller, id: string, reason: string): Promise<ReviewCase>;
  /** 撤回 before the signature; 撤下 after it. */
  withdrawCase(caller: Caller, id: string, reason: string): Promise<ReviewCase>;
}

export const isOpen = ({ state }: Pick<ReviewCase, "state">) => state === "office-review" || state === "signature";

export function stepVerbs(parts: ReviewParts): StepVerbs {
  const { store, clock } = parts;

  return {
    async look(caller, id, board) {
      const account = caller.account ?? (caller.via === "local" ? "local" : null);
      const review = await caseOf(parts, id);
      const pixels = review.pixels.find((one) => one.board === board);
      if (!pixels) return refuse({ code: "review/unknown", what: "board", id: board });
      if (account !== null && isOpen(review))
        await store.cases.looked({ case: id, account, ...pixels, at: clock.now() });
      return pixels.message;
    },

    async review(caller, id, opinion, given) {
      const words = readWords(id, "opinion", opinion, false);
      const before = await caseOf(parts, id);
      const answers = readAnswers(before.notice, given);
      const acting = await actingAs(parts, caller, ["reviewer"], { taken: holders(before) });
      return changeAs(parts, acting, async (tx) => {
        const review = await at(tx, id, ["office-review"]);
        await assertAsRegistered(tx, review);
        assertFree(review, acting);
        const next = { ...review, answers: { ...review.answers, ...answers } };
        return take(tx, next, acting, "reviewed", "signature", words, "review/reviewed");
      });
    },

    async sendBack(caller, id, reason) {
      const words = readWords(id, "reason", reason, true);
      const before = await caseOf(parts, id);
      const role = before.state === "office-review" ? "reviewer" : "signer";
      const acting = await actingAs(parts, caller, [role], { taken: holders(before) });
      const showing = before.kind === "warning" ? await showingOf(parts, before.notice) : [];
      const done = await changeAs(parts, acting, async (tx) => {
        // The step that it was at when the caller's role was asked for.
        const review = await at(tx, id, [role === "reviewer" ? "office-review" : "signature"]);
        assertFree(review, acting);
        const returned = await take(tx, review, acting, "returned", "returned", words, "review/returned");
        // It was on the boards while it waited.
        if (returned.kind === "warning") await lower(tx, returned.notice, acting.by.name, words, clock.now(), showing);
        else await reopenDraft(tx, returned);
        return returned;
      });
      await parts.changed();
      return done;
    },

    async withdrawCase(caller, id, reason) {
      const words = readWords(id, "reason", reason, true);
      const acting = await actingAs(parts, caller, ["maker", "signer", "operator"]);
      const showing = await showingOf(parts, (await caseOf(parts, id)).notice);
      const done = await changeAs(parts, acting, async (tx) => {
        const review = await at(tx, id, ["office-review", "signature", "signed"]);
        await assertOwnBoards(parts, tx, caller, acting, review.notice, await shownOn(tx, review.notice));
        if (review.state === "signed" || review.kind === "warning")
          await takeDown(tx, acting, review.notice, { words, at: clock.now(), showing });
        else await take(tx, review, acting, "withdrawn", "withdrawn", words, "review/withdrawn");
        return (await tx.cases.get(id)) ?? review;
      });
      await parts.changed();
      return done;
    },
  };

  async function take(
    tx: ReviewVerbs & Recorder,
    review: ReviewCase,
    acting: Acting,
    step: StepName,
    state: CaseState,
    words: string,
    action: Entry["action"],
  ): Promise<ReviewCase> {
    return addStep(tx, review, acting, { step, state, words, action, at: clock.now() });
  }

  async function reopenDraft(tx: ReviewVerbs, review: ReviewCase): Promise<void> {
    if (review.kind === "pixels" || (await tx.cases.draft(review.notice)) !== null) return;
    const record = await tx.notices.revision(review.notice, review.number);
    const maker = review.steps.find(({ step }) => step === "submitted")?.by;
    if (record === null || maker === undefined) return;
    const now = clock.now();
    await tx.cases.addDraft({
      notice: review.notice,
      version: 1,
      state: "open",
      held: null,
      owner: maker,
      unit: review.unit,
      hands: review.hands,
      edits: review.number,
      document: resumed(record, review),
      since: now,
      changedAt: now,
    });
  }
}

/** Inside a change: one more step, and its row in the register. */
export async function addStep(
  tx: ReviewVerbs & Recorder,
  review: ReviewCase,
  acting: Acting,
  {
    step,
    state,
    words,
    action,
    at: now,
    more = {},
    reset = null,
  }: {
    readonly step: StepName;
    readonly state: CaseState;
    readonly words: string;
    readonly action: Entry["action"];
    readonly at: number;
    readonly more?: LedgerData;
    /** Of a signature, and whoever attests one. */
    readonly reset?: PasswordReset | null;
  },
): Promise<ReviewCase> {
  const moved = state !== review.state;
  const next: ReviewCase = {
    ...review,
    state,
    version: review.version + 1,
    since: moved ? now : review.since,
    remindedAt: moved ? null : review.remindedAt,
    steps: [...review.steps, stepOf(step, acting, now, words, reset)],
  };
  // Of one that was altered the register keeps what it said before, so that it goes on to disagree.
  const there = await tx.cases.get(review.id);
  const whole = there && (await isAsRegistered(tx, there)) ? { whole: caseDigest(next) } : {};
  if (!(await tx.cases.put(next))) refuse({ code: "review/state", case: review.id, state: review.state });
  const { id, form, number, revision, notice } = review;
  await tx.record({
    action,
    subject: notice,
    data: {
      case: id,
      form,
      number,
      revision,
      ...said(acting),
      role: acting.role,
      words,
      ...more,
      ...(reset && { reset: { ...reset } }),
      ...whole,
    },
  });
  return next;
}

/** Inside a change: the case as it is now. FaultError `review/unknown`, `review/state`. */
export async function at(tx: ReviewVerbs, id: string, states: readonly CaseState[]): Promise<ReviewCase> {
  const review = await tx.cases.get(id);
  if (review === null) return refuse({ code: "review/unknown", what: "case", id });
  if (!states.includes(review.state)) refuse({ code: "review/state", case: id, state: review.state });
  return review;
}

/** FaultError `review/unknown`. */
export async function caseOf({ store }: Pick<ReviewParts, "store">, id: string): Promise<ReviewCase> {
  return (await store.cases.get(id)) ?? refuse({ code: "review/unknown", what: "case", id });
}

export function readWords(notice: NoticeId, field: string, given: string, needed: boolean): string {
  const parsed = wordsSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse({ code: "review/field", notice, field, what: issue ? wordsFor(issue) : notRight });
  }
  const words = parsed.data.trim();
  if (needed && words === "")
    refuse({ code: "review/field", notice, field, what: { zh: "要写明原因", en: "say why" } });
  return words;
}

export function readAnswers(notice: NoticeId, given: unknown): Answers {
  const parsed = answersSchema.safeParse(given ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse({ code: "review/field", notice, field: "answers", what: issue ? wordsFor(issue) : notRight });
  }
  const unsaid = Object.values(parsed.data).some((one) => one && one.answer !== "clear" && one.note.trim() === "");
  if (unsaid)
    refuse({
      code: "review/field",
      notice,
      field: "answers",
      what: { zh: "有问题的\uff0c要写明情况", en: "say what it is" },
    });
  return parsed.data as Answers;
}

const notRight = { zh: "写错了", en: "is not right" };
