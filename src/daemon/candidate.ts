/** A revision on one of its boards, as the playlist asks for it: what its seal allows, cut to that. */
import type { BoardConfig } from "../config/types.ts";
import type { Instant } from "../message/types.ts";
import { allowsOn } from "../notices/categories.ts";
import type { BoardId, NoticeRecord, Schedule, SealVerdict } from "../notices/types.ts";
import type { Candidate, Rule } from "../playlist/types.ts";

export function earliest(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

/** `durationMs` is not known yet (0). */
export function candidateOf(
  record: NoticeRecord,
  board: BoardId,
  judged: SealVerdict,
  allows: BoardConfig["allows"],
): Candidate {
  const { schedule, content } = record;
  const off = record.takenOff?.[board] ?? null;
  const common = {
    notice: record.id,
    title: content.title,
    withdrawnAt: earliest(record.withdrawnAt, off),
    supersededAt: record.supersededAt,
    ...(off !== null && (record.withdrawnAt === null || off < record.withdrawnAt) && { takenOff: true as const }),
    rule: ruleOf(schedule),
    ...(schedule.pinned && { pinned: true as const }),
    weight: schedule.weight,
    durationMs: 0,
  };
  if (!judged.ok)
    return {
      ...common,
      window: { from: schedule.from, until: schedule.until },
      signedAt: null,
      priority: schedule.priority,
      message: null,
      blocked: judged.why,
    };
  const { envelope } = judged;
  // A board says its own default picture, and passes on every warning, whatever it is limited to.
  const { displayKind } = content;
  const allowed = displayKind === "default" || displayKind === "emergency" || allowsOn(allows, content);
  const signed = envelope.boards.includes(board) ? (judged.pixels.get(board) ?? null) : null;
  const blocked = signed !== null ? null : envelope.boards.includes(board) ? "no-pixels" : "other-board";
  return {
    ...common,
    // Operators move a notice inside its envelope; what lies outside it is cut off here, whatever the row says.
    window: {
      from: Math.max(schedule.from, envelope.from),
      until: Math.min(schedule.until, envelope.until),
    },
    signedAt: judged.signedAt,
    priority: Math.max(schedule.priority, envelope.bestPriority),
    message: allowed ? signed : null,
    blocked: allowed ? blocked : (blocked ?? "category"),
  };
}

function ruleOf({ cron, slotMinutes, calendar, hours, weekdays, exceptions }: Schedule): Rule {
  return {
    cron,
    slotMinutes,
    calendar,
    ...(hours && { hours }),
    ...(weekdays && { weekdays }),
    ...(exceptions && { exceptions }),
  };
}
