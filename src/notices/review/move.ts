/** Operators' own: when and where a signed notice plays, inside what was signed. */
import { limits } from "../../limits.ts";
import type { Caller } from "../../people/types.ts";
import { notAllowed, notAllowing } from "../categories.ts";
import { submittedSchedule } from "../submitted-schedule.ts";
import { wordsFor } from "../import-words.ts";
import { verdict } from "../seal.ts";
import type { NoticeId, Schedule } from "../types.ts";
import { recordOf } from "./drafts.ts";
import { outside } from "./envelope.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import { actingAs, assertOwnBoards, changeAs } from "./persons.ts";

export interface MoveVerbs {
  /** FaultError `review/outside-envelope` says what would need a new signature. `why`: for the register. */
  move(caller: Caller, notice: NoticeId, schedule: unknown, why?: string): Promise<Schedule>;
}

export function moveVerbs(parts: ReviewParts): MoveVerbs {
  return {
    async move(caller, id, given, why) {
      const acting = await actingAs(parts, caller, ["operator"]);
      const schedule = readSchedule(parts, id, given);
      await changeAs(parts, acting, async (tx) => {
        const record = await tx.notices.get(id);
        if (record === null) return refuse({ code: "review/unknown", what: "notice", id });
        const judged = verdict(record, parts.key.publicKey);
        if (!judged.ok || record.withdrawnAt !== null || record.supersededAt !== null)
          return refuse({ code: "review/taken-down", notice: id });
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
