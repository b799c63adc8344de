/** An import where notices are reviewed: each record becomes a draft that somebody submits. What the file says of approval counts for nothing. */
import type { ParsedImport } from "../import.ts";
import type { ImportSummary } from "../importer.ts";
import { type PictureTaking, type ReadBeside, takeUploads } from "../pictures.ts";
import { revisionHash } from "../revision.ts";
import type { NoticeId } from "../types.ts";
import type { Sentence } from "../../fault.ts";
import type { Instant } from "../../message/types.ts";
import type { ReviewStore } from "./parts.ts";
import type { Draft, Person } from "./types.ts";

export interface ImportDraftParts {
  readonly store: Pick<ReviewStore, "notices" | "drafts" | "change">;
  readonly taking: PictureTaking;
  readonly readBeside: ReadBeside | null;
  readonly by: Person;
  readonly now: Instant;
}

/** One record is one transaction. */
export async function importDrafts(parsed: ParsedImport, parts: ImportDraftParts): Promise<ImportSummary> {
  const { store, by, now } = parts;
  const count = { added: 0, revised: 0, unchanged: 0 };
  const refused = [...parsed.refused];
  const notes: { id: NoticeId; why: Sentence }[] = [];
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
      // Whoever wrote it is not known here; whoever submits it stands for it.
      hands: [],
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
      if (!(await tx.cases.addDraft(draft))) return false;
      await tx.cases.addPictures(prepared.pictures);
      await tx.record({ action: "draft/imported", subject: id, data: { title: content.title } });
      return true;
    });
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
