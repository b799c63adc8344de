/** 送审: a draft becomes a revision and a case, with the pixels that will be looked at and signed. */
import type { Fault } from "../../fault.ts";
import type { Recorder } from "../../ledger/types.ts";
import type { Caller } from "../../people/types.ts";
import { UnknownYear } from "../../time/calendar.ts";
import { partsOf } from "../../time/days.ts";
import { dayNumberAt } from "../../time/zone.ts";
import { dueOn } from "../deadlines.ts";
import { revisionHash } from "../revision.ts";
import type { PreparedEntry } from "../store.ts";
import type { NoticeId, NoticeRecord } from "../types.ts";
import { caseDigest, digestOf } from "./digest.ts";
import { assertNewest, assertTheirs } from "./drafts.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import { type Acting, actingAs, changeAs, isAlone, said, signature, stepOf, withHand, writersOf } from "./persons.ts";
import { type SetPixels, setPixels } from "./pixels.ts";
import { type Ready, readiness } from "./readiness.ts";
import { seal } from "./sealing.ts";
import type { ReviewVerbs } from "./store.ts";
import { sampleOf } from "./warning-text.ts";
import type { Draft, Person, ReviewCase } from "./types.ts";

export interface SubmitVerbs {
  /** All that keeps it from being submitted. */
  faultsOf(caller: Caller, notice: NoticeId): Promise<readonly Fault[]>;
  /** FaultError `review/not-ready` with everything at once. Where nobody reviews, it is sealed at once. */
  submit(caller: Caller, notice: NoticeId, version: number): Promise<ReviewCase>;
}

/** A case before it has its numbers. */
export type Opened = Omit<ReviewCase, "id" | "form" | "number" | "since" | "steps">;

export function submitVerbs(parts: ReviewParts): SubmitVerbs {
  const { store } = parts;
  const judge = async (draft: Draft) => {
    const shown = await store.notices.get(draft.notice);
    return judged(parts, draft, shown?.seal ? shown : null);
  };

  return {
    async faultsOf(caller, id) {
      const acting = await actingAs(parts, caller, ["maker", "contributor"], { scope: "draft" });
      const draft = await store.drafts.get(id);
      if (draft === null) return refuse({ code: "review/unknown", what: "draft", id });
      await assertTheirs(parts, acting, draft);
      return (await judge(draft)).faults;
    },

    async submit(caller, id, version) {
      const acting = await actingAs(parts, caller, ["maker"]);
      const draft = await store.drafts.get(id);
      if (draft === null) return refuse({ code: "review/unknown", what: "draft", id });
      assertNewest(draft, version);
      if (draft.state !== "open") refuse({ code: "review/not-yours", notice: id });
      const { ready, set, faults } = await judge(draft);
      if (ready === null || faults.length > 0) return refuse({ code: "review/not-ready", notice: id, faults });
      const { opened, prepared } = await readyToOpen(parts, acting, draft, ready, set);
      const handsNow = new Set(opened.hands.map(({ account }) => account));
      const made = await changeAs(parts, acting, async (tx) => {
        // Somebody may have written on it while it was typeset: then it is not what was judged.
        const now = await tx.cases.draft(id);
        if (now === null) return refuse({ code: "review/unknown", what: "draft", id });
        assertNewest(now, version);
        await tx.cases.dropDraft(id, version);
        // Also where the draft does not know of them: one that an import made, or that lies in a table that was edited.
        const before = (await allWriters(tx, id)).filter(({ account }) => !handsNow.has(account));
        const hands = [...opened.hands, ...before];
        const review = await openCase(parts, tx, acting, { ...opened, hands }, prepared);
        return isAlone(parts, caller) ? sealAlone(parts, tx, acting, review) : review;
      });
      await parts.changed();
      return made;
    },
  };
}

/** All that keeps a draft from being submitted, and what would be. `shown`: as `readiness` takes it. */
export async function judged(parts: ReviewParts, draft: Draft, shown: NoticeRecord | null) {
  const { ready, faults } = await readiness(parts, draft, shown);
  const set: SetPixels = ready?.envelope
    ? await setPixels(parts, draft.notice, sampleOf(ready.content, parts.zone), ready.envelope)
    : { pixels: [], messages: [], faults: [] };
  return { ready, set, faults: [...faults, ...set.faults] };
}

/** Of a draft without faults, before the change in which its case is opened. */
export async function readyToOpen(
  parts: ReviewParts,
  acting: Acting,
  draft: Draft,
  { content, schedule, envelope }: Ready,
  { pixels, messages }: SetPixels,
): Promise<{ readonly opened: Opened; readonly prepared: PreparedEntry }> {
  const prepared = await parts.store.notices.prepare({
    id: draft.notice,
    content,
    revision: revisionHash(content),
    schedule,
    makerId: acting.by.account,
    importedAt: parts.clock.now(),
    seal: null,
    messages,
    anew: true,
  });
  const { content: _, schedule: _schedule, envelope: _envelope, answers, ...document } = draft.document;
  const opened: Opened = {
    notice: draft.notice,
    revision: prepared.entry.revision,
    kind: content.slots ? "template" : "notice",
    title: content.title,
    state: parts.rules.kind === "chain" && parts.rules.office ? "office-review" : "signature",
    version: 1,
    unit: draft.unit,
    hands: withHand(draft.hands, acting),
    answers,
    document,
    envelope,
    pixels,
    dueOn: dueOf(parts, prepared),
    paper: null,
    remindedAt: null,
  };
  return { opened, prepared };
}

/** By the cases, and by the register, which nobody edits unseen. */
async function allWriters(tx: ReviewVerbs, notice: NoticeId): Promise<readonly Person[]> {
  const known = new Map(writersOf(await tx.cases.of(notice)).map((person) => [person.account, person]));
  for (const { action, data } of await tx.cases.registered(notice)) {
    const { kind, hands } = data;
    const wrote = action === "draft/imported" || (action === "review/submitted" && kind !== "pixels");
    if (!wrote || !Array.isArray(hands)) continue;
    for (const account of hands as readonly unknown[]) {
      if (typeof account !== "string" || known.has(account)) continue;
      known.set(account, { account, name: (await tx.people.account(account))?.name ?? account });
    }
  }
  return [...known.values()];
}

function dueOf(parts: ReviewParts, { entry: { content } }: PreparedEntry): string | null {
  try {
    return dueOn(content, parts.calendar, parts.promises ?? []);
  } catch (error) {
    // Next year's calendar comes in late autumn: a notice does not wait for it.
    if (error instanceof UnknownYear) return null;
    throw error;
  }
}

/** Inside a change: the revision, its case with both numbers, and their row in the register (R11). */
export async function openCase(
  parts: ReviewParts,
  tx: ReviewVerbs & Recorder,
  acting: Acting,
  opened: Opened,
  prepared: PreparedEntry,
): Promise<ReviewCase> {
  const { notice } = opened;
  const open = (await tx.cases.of(notice)).find(({ state }) => state === "office-review" || state === "signature");
  if (open) refuse({ code: "review/open-case", notice, case: open.id });
  const since = parts.clock.now();
  const { year } = partsOf(dayNumberAt(parts.zone, since));
  const { number } = await tx.notices.save(prepared);
  const id = `${year}-${String(await tx.cases.next(`case ${year}`)).padStart(5, "0")}`;
  const form = `BM${year}-${String(await tx.cases.next(`form ${year}`)).padStart(3, "0")}`;
  const steps = [stepOf("submitted", acting, since, "")];
  const review: ReviewCase = { ...opened, id, form, number, since, steps };
  await tx.cases.add(review, prepared.messages);
  const { content, schedule } = prepared.entry;
  await tx.record({
    action: "review/submitted",
    subject: notice,
    data: {
      case: id,
      form,
      number,
      kind: opened.kind,
      state: opened.state,
      revision: opened.revision,
      title: content.title,
      category: content.category,
      track: content.track,
      openness: content.openness,
      fiveOpen: content.fiveOpen,
      ...said(acting),
      unit: opened.unit,
      hands: opened.hands.map(({ account }) => account),
      source: opened.document.source && `${opened.document.source.kind}: ${opened.document.source.name}`,
      boards: schedule.boards,
      from: schedule.from,
      until: schedule.until,
      formedOn: content.formedOn,
      changedOn: opened.document.changedOn,
      dueOn: opened.dueOn,
      explained: Object.keys(opened.document.explanations).length,
      pixels: digestOf(opened.pixels),
      whole: caseDigest(review),
    },
  });
  return review;
}

/** 本机不设审核: who submits is all that there is. */
export async function sealAlone(
  parts: ReviewParts,
  tx: ReviewVerbs & Recorder,
  acting: Acting,
  review: ReviewCase,
): Promise<ReviewCase> {
  const at = parts.clock.now();
  const steps = [...review.steps, stepOf("signed", acting, at, "")];
  const signed: ReviewCase = { ...review, state: "signed", since: at, version: review.version + 1, steps };
  await tx.cases.put(signed);
  await seal(parts, tx, signed, {
    by: signature(acting),
    at,
    kind: signed.kind === "template" ? "template" : "signed",
  });
  await tx.record({
    action: "review/signed",
    subject: review.notice,
    data: {
      case: review.id,
      form: review.form,
      number: review.number,
      ...said(acting),
      revision: review.revision,
      whole: caseDigest(signed),
    },
  });
  return signed;
}
