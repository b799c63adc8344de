/** 含个人信息: some time after its end the pixels go; hash, text and record stay. */
import type { Instant } from "../../message/types.ts";
import { dayNumberAt } from "../../time/zone.ts";
import { goneAt } from "../ended.ts";
import type { NoticeId, NoticeRecord } from "../types.ts";
import type { ReviewParts } from "./parts.ts";
import type { CasePixels } from "./types.ts";

const dayMs = 86_400_000;
/** As a content of them has it. */
const personalInJson = '"personal":true';

/** Once a civil day: looks through all notices that have any, and erases what is due in one change for each notice. */
export function erasing(parts: ReviewParts): (now: Instant) => Promise<void> {
  const { store, rules, zone } = parts;
  const keptMs = (rules.kind === "chain" ? rules.eraseDays : 30) * dayMs;
  let looked: number | null = null;

  return async (now) => {
    const today = dayNumberAt(zone, now);
    if (looked === today) return;
    for (const id of await store.notices.mentioning(personalInJson)) {
      const { records, earlier } = await store.notices.about([id]);
      const chain = [...earlier, ...records];
      const due = chain.filter(
        (record, index) => record.content.personal === true && endOf(record, chain[index + 1]) + keptMs <= now,
      );
      if (due.length > 0) await eraseOf(id, due, []);
    }
    // What was typeset for a submission that nobody signed: from when it was sent back or taken back.
    for (const { notice, number, pixels, since } of await store.cases.personalLeftOver()) {
      const record = since + keptMs <= now ? await store.notices.revision(notice, number) : null;
      if (record?.content.personal === true) await eraseOf(notice, [record], pixels);
    }
    looked = today;
  };

  async function eraseOf(id: NoticeId, due: readonly NoticeRecord[], unsigned: readonly CasePixels[]): Promise<void> {
    const sealed = due.flatMap(({ seal }) => seal?.body.pixels ?? []);
    const messages = [...new Set([...sealed, ...unsigned].map(({ message }) => message))];
    const pictures = [...new Set(due.flatMap(({ content }) => content.pictures?.map(({ sha256 }) => sha256) ?? []))];
    const of = due.map(({ revisionNumber }) => ({ notice: id, number: revisionNumber }));
    const numbers = of.map(({ number }) => number);
    await store.change("system", async (tx) => {
      // A photo of the sheet as it hung shows what was on it.
      const photos = (await tx.postings.of(id))
        .filter(({ number }) => numbers.includes(number))
        .flatMap(({ before = [], ...last }) => [...before, last])
        .flatMap(({ posted, taken }) => [posted, taken].flatMap((word) => word?.photo ?? []));
      const erased = await tx.cases.erase(of, { messages, pictures: [...pictures, ...photos] });
      if (erased > 0) await tx.record({ action: "notice/erased", subject: id, data: { numbers, erased } });
    });
    // Those too that were left for somebody else's sake: they are read again when they are wanted.
    parts.erased?.(messages);
  }
}

/** When a signed revision was last on any board. One that was never signed has not been on any, and ends by its schedule. */
function endOf(record: NoticeRecord, next: NoticeRecord | undefined): Instant {
  const { seal, schedule, supersededAt } = record;
  const until = seal?.body.envelope.until ?? schedule.until;
  // It may be moved to any board that it is signed for: off those that it has now is not off all.
  const off = goneAt(record, seal?.body.envelope.boards);
  return Math.min(until, off ?? until, supersededAt ?? until, next?.seal?.body.at ?? until);
}
