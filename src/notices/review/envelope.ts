import type { Sentence } from "../../fault.ts";
import type { Envelope, Schedule } from "../types.ts";

/** What of a schedule lies outside an envelope: for each thing, what would need a new signature. */
export function outside(schedule: Schedule, { boards, from, until, bestPriority }: Envelope): Sentence[] {
  const found: Sentence[] = [];
  const strange = schedule.boards.filter((board) => !boards.includes(board));
  if (strange.length > 0) {
    const list = strange.join("、");
    found.push({ zh: `公开栏 ${list} 不在签发之列`, en: `boards ${strange.join(", ")} are not signed for` });
  }
  if (schedule.from < from) found.push({ zh: "开始早于签发的时间", en: "it would begin earlier" });
  if (schedule.until > until) found.push({ zh: "结束晚于签发的时间", en: "it would end later" });
  if (schedule.priority < bestPriority)
    found.push({ zh: `优先级最高只签到 ${bestPriority}`, en: `its priority is signed for ${bestPriority} at best` });
  return found;
}
