/** 撤下: everywhere or from single boards, with the order that says board by board when it has gone. */
import type { Recorder } from "../../ledger/types.ts";
import type { Instant } from "../../message/types.ts";
import type { Caller } from "../../people/types.ts";
import type { TakedownId } from "../takedown.ts";
import type { BoardId, NoticeId } from "../types.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import { type Acting, actingAs, assertOwnBoards, changeAs } from "./persons.ts";
import { addStep, isOpen, readWords } from "./steps.ts";
import type { ReviewVerbs } from "./store.ts";

export interface TakeDownVerbs {
  /**
   * 撤下: off the boards from now on, and nothing more of it on its way. `boards`: off these alone, as far as it is signed now; a
   * revision that is signed later decides anew. Returns the order. FaultErrors `review/unknown`, `review/field`.
   */
  withdrawNotice(caller: Caller, notice: NoticeId, reason: string, boards?: readonly BoardId[]): Promise<TakedownId>;
  /** Somebody stood there and saw that it has gone: a paper, a carried sign, a panel that is unplugged. */
  goneByHand(caller: Caller, id: TakedownId, board: BoardId, words: string): Promise<void>;
}

/** What panels may show of a notice, from before the change in which its order is opened. */
export type Showing = Parameters<ReviewVerbs["takedowns"]["open"]>[0]["boards"];

export async function showingOf(parts: Pick<ReviewParts, "onPanels">, notice: NoticeId): Promise<Showing> {
  return (await parts.onPanels?.showing(notice)) ?? [];
}

/** Inside a change: off every board, with what is on its way: it would be marked as withdrawn, and could never be shown. */
export async function takeDown(
  tx: ReviewVerbs & Recorder,
  acting: Acting,
  notice: NoticeId,
  { words, at, showing }: { readonly words: string; readonly at: Instant; readonly showing: Showing },
): Promise<TakedownId> {
  for (const review of (await tx.cases.of(notice)).filter((one) => isOpen(one) || one.state === "signed"))
    await addStep(tx, review, acting, { step: "withdrawn", state: "withdrawn", words, action: "review/withdrawn", at });
  return lower(tx, notice, acting.by.name, words, at, showing);
}

/** Inside a change: withdrawn, and the order for it. */
export async function lower(
  tx: Pick<ReviewVerbs, "notices" | "takedowns">,
  notice: NoticeId,
  by: string,
  reason: string,
  at: Instant,
  boards: Showing,
): Promise<TakedownId> {
  if (!(await tx.notices.withdraw(notice, at, reason))) refuse({ code: "review/unknown", what: "notice", id: notice });
  return tx.takedowns.open({ kind: "notice", notice, by, reason, at, boards });
}

export function takeDownVerbs(parts: ReviewParts): TakeDownVerbs {
  const { clock } = parts;

  return {
    async withdrawNotice(caller, notice, reason, boards) {
      const words = readWords(notice, "reason", reason, true);
      const acting = await actingAs(parts, caller, ["maker", "signer", "operator"]);
      const showing = await showingOf(parts, notice);
      const id = await changeAs(parts, acting, async (tx) => {
        const shown = await shownOn(tx, notice);
        await assertOwnBoards(parts, tx, caller, acting, notice, boards ?? shown);
        if (boards === undefined) return takeDown(tx, acting, notice, { words, at: clock.now(), showing });
        await assertOn(tx, notice, boards, shown);
        const at = clock.now();
        await tx.notices.takeOff(notice, boards, at, words);
        const there = showing.filter(({ board }) => boards.includes(board));
        return tx.takedowns.open({ kind: "notice", notice, by: acting.by.name, reason: words, at, boards: there });
      });
      await parts.changed();
      return id;
    },

    async goneByHand(caller, id, board, words) {
      const given = readWords(id, "words", words, true);
      const acting = await actingAs(parts, caller, ["operator", "maker", "signer"]);
      await changeAs(parts, acting, async (tx) => {
        const found = await tx.takedowns.about(id);
        if (found === null) return refuse({ code: "takedown/unknown", id });
        await assertOwnBoards(parts, tx, caller, acting, found.notice ?? id, [board]);
        const said = `${acting.by.name}\uff1a${given}`;
        if (!(await tx.takedowns.done(id, board, { at: clock.now(), how: "by-hand", words: said })))
          refuse({ code: "takedown/not-waiting", id, board });
        // Who saw that it has gone from the board saw that its paper has gone too.
        if (found.notice !== null) await paperGone(tx, acting, { ...found, notice: found.notice }, board, given);
      });
      await parts.changed();
    },
  };

  async function paperGone(
    tx: ReviewVerbs & Recorder,
    { by: { account, name } }: Acting,
    { id, notice, at }: { readonly id: TakedownId; readonly notice: NoticeId; readonly at: Instant },
    board: BoardId,
    words: string,
  ): Promise<void> {
    const word = { at: clock.now(), by: account, name, words, photo: null };
    for (const { number, posted, taken, ...sheet } of await tx.postings.of(notice)) {
      // What was posted since then is of a revision that was signed since then.
      if (sheet.board !== board || posted === null || taken !== null || posted.at > at) continue;
      if (await tx.postings.say({ notice, number, board }, "taken", word, null))
        await tx.record({ action: "paper/taken", subject: notice, data: { board, number, name, words, order: id } });
    }
  }

  async function assertOn(
    tx: ReviewVerbs,
    notice: NoticeId,
    boards: readonly BoardId[],
    shown: readonly BoardId[],
  ): Promise<void> {
    const record = await tx.notices.get(notice);
    if (record === null) return refuse({ code: "review/unknown", what: "notice", id: notice });
    const strange = boards.find((board) => !shown.includes(board));
    if (strange !== undefined) {
      const known = parts.boards.some(({ id }) => id === strange);
      if (!known) refuse({ code: "review/unknown", what: "board", id: strange });
      const what = { zh: `${notice} 不在 ${strange} 上`, en: `${notice} is not on ${strange}` };
      refuse({ code: "review/field", notice, field: "boards", what });
    }
    // A template is only filled in; and what is not signed is on no board.
    const on = record.seal !== null && record.seal.body.kind !== "template" && boards.length > 0;
    if (!on) refuse({ code: "review/field", notice, field: "boards", what: onNone });
  }
}

const onNone = {
  zh: "它不在哪块公开栏上\uff1a没有签发\uff0c或是模板",
  en: "it is on no board: not signed, or a template",
};

/** Every board that it is on, or would be: of its newest revision, what is signed of it, and what is on its way. */
export async function shownOn(tx: ReviewVerbs, notice: NoticeId): Promise<readonly BoardId[]> {
  const record = await tx.notices.get(notice);
  const cases = (await tx.cases.of(notice)).filter((one) => isOpen(one) || one.state === "signed");
  return [
    ...(record?.schedule.boards ?? []),
    ...(record?.seal?.body.envelope.boards ?? []),
    ...cases.flatMap(({ envelope }) => envelope?.boards ?? []),
  ];
}
