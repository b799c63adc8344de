/** Of notices with personal information the past is for auditors and signers, and after some time for nobody (R15). */
import type { PictureRefusal } from "../api/ledger.ts";
import type { Instant } from "../message/types.ts";
import { goneAt } from "../notices/ended.ts";
import { holders } from "../notices/review/persons.ts";
import type { ReviewCase } from "../notices/review/types.ts";
import type { NoticeRecord } from "../notices/types.ts";
import type { Caller } from "../people/types.ts";
import type { Store } from "../store/index.ts";
import type { Desk } from "./desk.ts";
import type { Refusing } from "./was.ts";

export const looksBack = ({ roles }: Caller): boolean => roles.has("auditor") || roles.has("signer");

export const personalThen: PictureRefusal = {
  status: 403,
  why: {
    zh: "当时的画面含个人信息\uff0c请监督员或签发人查看",
    en: "what was lit then has personal information: an auditor or a signer may look at it",
  },
};

/** The pixels of personal notices are taken out of the store when their time has come. */
export const personalErased: PictureRefusal = {
  status: 410,
  why: {
    zh: "画面含个人信息\uff0c已按期清除\uff1b登记和校验码仍在",
    en: "these pixels had personal information and were erased when their time had come; the record and its hash stay",
  },
};

/** For what boards showed. */
export const personalPast =
  (book: Pick<Desk["book"], "of">): Refusing =>
  async (notices, caller) => {
    if (looksBack(caller)) return null;
    const has = await book.of(notices.map(({ id }) => id));
    return notices.some(({ id }) => has.isPersonal(id)) ? personalThen : null;
  };

/** The same of a message that no seal names: nobody waits for it any more. */
export async function isPersonalLeftOver(store: Pick<Store, "cases" | "notices">, message: string): Promise<boolean> {
  const naming = (await store.cases.naming(message)).filter(({ pixels }) =>
    pixels.some((one) => one.message === message),
  );
  if (naming.some(isOpen)) return false;
  for (const { notice, number } of naming)
    if ((await store.notices.revision(notice, number))?.content.personal === true) return true;
  return false;
}

const isOpen = ({ state }: Pick<ReviewCase, "state">) => state === "office-review" || state === "signature";

/** For what was typeset for a case: those who work on it see it as long as it waits or may be shown. */
export function casePast(
  { state }: Pick<ReviewCase, "state">,
  record: NoticeRecord,
  now: Instant,
  caller: Caller,
): PictureRefusal | null {
  const { content, schedule, supersededAt } = record;
  if (content.personal !== true || looksBack(caller)) return null;
  if (isOpen({ state })) return null;
  const ended = Math.min(schedule.until, goneAt(record) ?? schedule.until, supersededAt ?? schedule.until) <= now;
  return state !== "signed" || ended ? personalThen : null;
}

/** The same for the text of a case, which whoever wrote it or let it through may read again. */
export function isTextPast(review: ReviewCase, record: NoticeRecord, now: Instant, caller: Caller): boolean {
  const isTheirs = caller.account !== null && holders(review).has(caller.account);
  return !isTheirs && casePast(review, record, now, caller) !== null;
}
