/** When a notice goes from its boards: from all of them at once, or from each at its own time. */
import type { Instant } from "../message/types.ts";
import type { BoardId, NoticeRecord } from "./types.ts";

type Ending = Pick<NoticeRecord, "schedule" | "withdrawnAt" | "takenOff">;

/** When it was, or will be, taken off a board: withdrawn, or off this board alone; null: neither. */
export function offAt({ withdrawnAt, takenOff }: Omit<Ending, "schedule">, board: BoardId): Instant | null {
  const alone = takenOff?.[board];
  if (alone === undefined) return withdrawnAt;
  return withdrawnAt === null ? alone : Math.min(withdrawnAt, alone);
}

/** From when on it is on none of its boards any more: taken off the last of them counts like withdrawn; null: neither. */
export function goneAt(record: Ending, boards: readonly BoardId[] = record.schedule.boards): Instant | null {
  let last: Instant | null = null;
  for (const board of boards) {
    const off = offAt(record, board);
    if (off === null) return null;
    last = Math.max(last ?? off, off);
  }
  return last ?? record.withdrawnAt;
}

/** Whether what is signed for these boards is over on all of them: ended, withdrawn, or another took its place. */
export function isOver(record: NoticeRecord, boards: readonly BoardId[], at: Instant): boolean {
  const { schedule, supersededAt } = record;
  return Math.min(schedule.until, ...[goneAt(record, boards), supersededAt].flatMap((end) => end ?? [])) <= at;
}
