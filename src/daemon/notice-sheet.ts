/** One notice as its own page has it: the revision that counts now, what its seal says, and the case that it came from. */
import type { NoticeSheet, NoticeView } from "../api/office.ts";
import type { NoticeRecord } from "../notices/types.ts";
import { signerName } from "../ledger/reports/index.ts";
import { ruleSentence } from "../playlist/index.ts";
import type { Store } from "../store/index.ts";
import type { Book } from "./book.ts";
import { namesOf, whoOf } from "./names.ts";
import type { NoticeSet } from "./notice-set.ts";

export interface SheetParts {
  readonly book: Pick<Book, "of">;
  /** Absent: no case is looked for, and accounts are not called by their names. */
  readonly store?: Pick<Store, "cases" | "people">;
}

/** `viewOf`: as the list has it, now. null: no such notice. */
export async function noticeSheet(
  { book, store }: SheetParts,
  id: string,
  viewOf: (has: NoticeSet, record: NoticeRecord) => NoticeView,
): Promise<NoticeSheet | null> {
  const has = await book.of([id]);
  const record = has.record(id);
  if (record === undefined) return null;
  const judged = has.verdict(id);
  const pixels = judged.ok ? [...judged.pixels].map(([board, message]) => ({ board, message })) : [];
  const its = (await store?.cases.of(id))?.findLast(({ number }) => number === record.revisionNumber);
  const { content, schedule, revisionNumber: number, seal } = record;
  return {
    ...{ view: viewOf(has, record), number, content, schedule, pixels },
    rule: ruleSentence(schedule, schedule.priority),
    publicSince: judged.ok ? Math.max(schedule.from, judged.envelope.from, judged.signedAt) : null,
    signed: seal && {
      by: whoOf(signerName(seal.body.by), store ? await namesOf(store.people) : (by) => by),
      ...{ at: seal.body.at, kind: seal.body.kind, form: seal.body.form },
      leader: its?.paper?.leader ?? null,
    },
    case: its?.id ?? null,
  };
}
