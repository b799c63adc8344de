/** Operators' own: when and where a signed notice plays, inside what was signed. */
import { canonicalJson } from "../../canonical-json.ts";
import type { Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { Caller } from "../../people/types.ts";
import { sayCivil } from "../../time/zone.ts";
import { notAllowed, notAllowing } from "../categories.ts";
import { scheduleSchema } from "../schedule-format.ts";
import { submittedSchedule } from "../submitted-schedule.ts";
import { wordsFor } from "../import-words.ts";
import { verdict } from "../seal.ts";
import type { NoticeId, NoticeRecord, Schedule } from "../types.ts";
import { recordOf } from "./drafts.ts";
import { outside } from "./envelope.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import type { ReviewVerbs } from "./store.ts";
import { actingAs, assertOwnBoards, changeAs } from "./persons.ts";

export interface MoveVerbs {
  /**
   * FaultError `review/outside-envelope` says what would need a new signature. `why`: for the register. `was`: the schedule
   * that the caller changed, as it was read; if it is another by now, `review/schedule-changed`, and nothing is done.
   */
  move(caller: Caller, notice: NoticeId, schedule: unknown, why?: string, was?: unknown): Promise<Schedule>;
}

export function moveVerbs(parts: ReviewParts): MoveVerbs {
  return {
    async move(caller, id, given, why, was) {
      const acting = await actingAs(parts, caller, ["operator"]);
      const schedule = readSchedule(parts, id, given);
      await changeAs(parts, acting, async (tx) => {
        const record = await tx.notices.get(id);
        if (record === null) return refuse({ code: "review/unknown", what: "notice", id });
        const judged = verdict(record, parts.key.publicKey);
        if (!judged.ok || record.withdrawnAt !== null || record.supersededAt !== null)
          return refuse({ code: "review/taken-down", notice: id });
        if (was !== undefined) await assertUnmoved(parts, tx, record, was);
        const what = outside(schedule, judged.envelope);
        if (what.length > 0) refuse({ code: "review/outside-envelope", notice: id, what });
        const [board] = notAllowing(parts.boards, schedule.boards, record.content);
        if (board) {
          const why = notAllowed(board, record.content);
          refuse({ code: "review/field", notice: id, field: "schedule.boards", what: why });
        }
        // Of an operator of some boards: neither these nor those that it leaves may be another's.
        const touched = [...schedule.boards, ...record.schedule.boards];
        await assertOwnBoards(parts, tx, caller, acting, id, touched);
        await tx.notices.reschedule(id, record.revisionNumber, schedule, why);
      });
      await parts.changed();
      return (await recordOf(parts, id)).schedule;
    },
  };
}

/** FaultError `review/schedule-changed`. What is not a schedule at all is none that stood here. */
async function assertUnmoved(
  { zone }: Pick<ReviewParts, "zone">,
  tx: ReviewVerbs,
  record: NoticeRecord,
  was: unknown,
): Promise<void> {
  const { id, schedule } = record;
  const read = scheduleSchema.safeParse(was);
  if (read.success && canonicalJson(read.data) === canonicalJson(scheduleSchema.parse(schedule))) return;
  const rows = await tx.cases.registered(id);
  const last = rows.filter(({ action }) => action === "notice/rescheduled").pop();
  const by = last ? ((await tx.people.account(last.by))?.name ?? last.by) : null;
  const unread = { zh: "写错了", en: "not a schedule" };
  const before = read.success ? inWords(zone, read.data) : unread;
  refuse({ code: "review/schedule-changed", notice: id, by, was: before, now: inWords(zone, schedule) });
}

/** "B1 B2 2017-11-06 08:00 至 2017-11-14 17:30, 0 8 * * * × 5 分钟": enough to tell two of them apart. */
function inWords(zone: string, schedule: Schedule): Sentence {
  const { boards, from, until, cron, slotMinutes, priority, calendar, exceptions = [] } = schedule;
  const [start, end] = [sayCivil(zone, from, "minutes"), sayCivil(zone, until, "minutes")];
  const days = {
    everyday: ["每天", "every day"],
    workday: ["工作日", "working days"],
    restday: ["休息日", "rest days"],
  };
  const [daysZh, daysEn] = days[calendar] as [string, string];
  const off = exceptions.map((one) => `${one.name} ${one.from}–${one.until} ${one.plays ? "+" : "−"}`).join(" ");
  const tail = off === "" ? "" : ` (${off})`;
  const slot = (unit: string) => (cron === null ? "" : ` ${cron} × ${slotMinutes} ${unit}`);
  return {
    zh: `${boards.join(" ")} ${start} 至 ${end} ${daysZh}${slot("分钟")} 优先级 ${priority}${tail}`,
    en: `${boards.join(" ")} ${start} to ${end} ${daysEn}${slot("minutes")} priority ${priority}${tail}`,
  };
}

function readSchedule(parts: ReviewParts, notice: NoticeId, given: unknown): Schedule {
  const parsed = submittedSchedule.safeParse(given);
  const field = (name: string, zh: string, en: string) =>
    refuse({ code: "review/field", notice, field: `schedule.${name}`, what: { zh, en } });
  if (!parsed.success) {
    const [issue] = parsed.error.issues.slice(0, limits.faultsPerNotice);
    const { zh, en } = issue ? wordsFor(issue) : { zh: "写错了", en: "is not right" };
    return field(issue?.path.join(".") ?? "", zh, en);
  }
  const { boards, from, until, cron } = parsed.data;
  if (boards.length === 0) return field("boards", "至少一块", "at least one");
  if (from >= until) return field("until", "结束必须晚于开始", "it must end after it begins");
  const bad = cron === null ? null : parts.checkCron(cron);
  if (bad) return field("cron", bad.zh, bad.en);
  return { ...parsed.data, boards: [...new Set(boards)] };
}
