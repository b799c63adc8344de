/**
 * An import where notices are reviewed: each record becomes a draft that somebody submits. What the file says of approval
 * counts for nothing; who brings it in has written it, and reviews and signs none of it.
 */
import { limits } from "../../limits.ts";
import type { Caller } from "../../people/types.ts";
import { type ParsedImport, parseImport } from "../import.ts";
import type { ImportSummary } from "../importer.ts";
import { type PictureTaking, type ReadBeside, takeUploads } from "../pictures.ts";
import { revisionHash } from "../revision.ts";
import type { NoticeId } from "../types.ts";
import type { Sentence } from "../../fault.ts";
import type { Instant } from "../../message/types.ts";
import type { ReviewParts, ReviewStore } from "./parts.ts";
import { type Acting, actingAs, assertStill, said, withHand } from "./persons.ts";
import type { Draft } from "./types.ts";

export interface ImportVerbs {
  /** By a maker, who holds a step of whatever comes in. A bad record is refused, the others go in. */
  importText(caller: Caller, text: string, readBeside: ReadBeside | null): Promise<ImportSummary>;
}

export function importVerbs(parts: ReviewParts): ImportVerbs {
  const { store, taking, boards, zone, checkCron, clock } = parts;
  return {
    async importText(caller, text, readBeside) {
      const acting = await actingAs(parts, caller, ["maker"], { scope: "draft" });
      const parsed = parseImport(text, { zone, boards: new Set(boards.map(({ id }) => id)), checkCron });
      const still = (people: Parameters<typeof assertStill>[0]) => assertStill(people, acting, clock.now());
      return importDrafts(parsed, { store, taking, readBeside, acting, now: clock.now(), still });
    },
  };
}

export interface ImportDraftParts {
  readonly store: Pick<ReviewStore, "notices" | "drafts" | "change">;
  readonly taking: PictureTaking;
  readonly readBeside: ReadBeside | null;
  readonly acting: Pick<Acting, "by" | "instead">;
  readonly now: Instant;
  /** Inside each change: throws if `acting` may not any more. Absent: nobody asks. */
  still?(tx: Parameters<typeof assertStill>[0]): Promise<void>;
}

/** One record is one transaction. */
export async function importDrafts(parsed: ParsedImport, parts: ImportDraftParts): Promise<ImportSummary> {
  const { store, acting, now } = parts;
  const { by } = acting;
  const count = { added: 0, revised: 0, unchanged: 0 };
  const refused = [...parsed.refused];
  const notes: { id: NoticeId; why: Sentence }[] = [];
  let room = limits.draftsOpen - (await store.drafts.list()).length;
  for (const [index, record] of parsed.accepted.entries()) {
    const taken = await takeUploads(record, parts.taking, parts.readBeside);
    if (!taken.ok) {
      refused.push(...taken.refused);
      continue;
    }
    const { id, schedule } = record;
    const { content, pictures } = taken;
    const [notice, open] = [await store.notices.get(id), await store.drafts.get(id)];
    const isSame = (other: Pick<Draft["document"], "content" | "schedule">) =>
      JSON.stringify([other.content, other.schedule]) === JSON.stringify([content, schedule]);
    const same =
      notice?.revision === revisionHash(content) && JSON.stringify(notice.schedule) === JSON.stringify(schedule);
    if (same || (open !== null && isSame(open.document))) {
      count.unchanged++;
      continue;
    }
    if (open !== null) {
      refused.push({ place: `notices[${index}].id`, id, why: beingWritten });
      continue;
    }
    if (room <= 0) {
      refused.push({ place: `notices[${index}]`, id, why: tooMany });
      continue;
    }
    for (const why of [...taken.notes, waits]) notes.push({ id, why });
    const prepared = await store.notices.prepare({
      id,
      content,
      revision: revisionHash(content),
      schedule,
      makerId: by.account,
      importedAt: now,
      seal: null,
      messages: [],
      pictures,
    });
    const draft: Draft = {
      notice: id,
      version: 1,
      state: "open",
      held: null,
      owner: by,
      unit: "",
      hands: withHand([], { ...acting, role: "maker" }),
      edits: notice?.revisionNumber ?? null,
      document: {
        content,
        schedule,
        envelope: null,
        source: null,
        changedOn: null,
        ofSubstance: null,
        carrier: "",
        explanations: {},
        answers: {},
      },
      since: now,
      changedAt: now,
    };
    const added = await store.change(by.account, async (tx) => {
      await parts.still?.(tx);
      if (!(await tx.cases.addDraft(draft))) return false;
      await tx.cases.addPictures(prepared.pictures);
      const hands = draft.hands.map(({ account }) => account);
      await tx.record({
        action: "draft/imported",
        subject: id,
        data: { title: content.title, ...said({ ...acting, role: "maker" }), hands },
      });
      return true;
    });
    if (added) room--;
    if (!added) refused.push({ place: `notices[${index}].id`, id, why: beingWritten });
    else if (notice === null) count.added++;
    else count.revised++;
  }
  return { ...count, sealed: 0, refused, notes };
}

const waits: Sentence = { zh: "存为草稿\uff0c等人送审签发", en: "a draft: to be submitted and signed" };
const beingWritten: Sentence = {
  zh: "这条信息已有草稿在写\uff0c没有动它",
  en: "somebody is writing on a draft of it, which was left alone",
};
const tooMany: Sentence = {
  zh: `草稿太多\uff1a最多 ${limits.draftsOpen} 份\uff0c先办完或删去一些`,
  en: `too many open drafts: at most ${limits.draftsOpen}; deal with some first`,
};
