/** Schedules as they stood: operators move what is signed, and the register has each move with what was before it. */
import type { LedgerStore } from "../ledger/types.ts";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import { scheduleSchema } from "../notices/schedule-format.ts";
import type { Envelope, NoticeId, Schedule } from "../notices/types.ts";
import type { Candidate } from "../playlist/index.ts";

/** What this revision's schedule was at `at`; null: no move came later, it is as it is. */
export async function scheduleAt(
  ledger: Pick<LedgerStore, "about">,
  notice: NoticeId,
  number: number,
  at: Instant,
): Promise<Schedule | null> {
  for (let after = 0; ; ) {
    const rows = await ledger.about("register", notice, after);
    for (const { action, boardAt, data } of rows) {
      if (action !== "notice/rescheduled" || boardAt <= at || data.number !== number) continue;
      return typeof data.before === "string" ? readSchedule(data.before) : null;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < limits.ledgerRowsAtOnce) return null;
    after = last.seq;
  }
}

function readSchedule(text: string): Schedule | null {
  const parsed = scheduleSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

/** The candidate as it would be by another schedule, inside what was signed; `envelope` null: nothing was. */
export function rescheduled(candidate: Candidate, schedule: Schedule, envelope: Envelope | null): Candidate {
  const { pinned: _, ...rest } = candidate;
  const { from, until, priority } = schedule;
  return {
    ...rest,
    window: { from: Math.max(from, envelope?.from ?? from), until: Math.min(until, envelope?.until ?? until) },
    priority: Math.max(priority, envelope?.bestPriority ?? priority),
    weight: schedule.weight,
    rule: schedule,
    ...(schedule.pinned && { pinned: true as const }),
  };
}
