/** A today's list that has everything, as no office has it on one day. */
import { todayGroups, type todayKinds } from "../../src/api/today.ts";
import type { TodayJson } from "../../src/api/today-schemas.ts";

/** One line of each kind; `isDone`: the result is on record. */
export function fullToday(isDone: boolean): TodayJson {
  const says = { zh: "落款日期有误", en: "the date is wrong" };
  const item = (kind: (typeof todayKinds)[number]) => ({
    ...{
      kind,
      title: `${kind} 的标题`,
      notice: "N05",
      case: "2017-0001",
      draft: true,
      number: "1",
      late: kind === "overdue",
    },
    boards: ["dark", "fault", "report", "post", "take-down", "reminder"].includes(kind) ? ["B1", "B2"] : [],
    ...{ since: "2017-11-05T00:00:00.000Z", until: "2017-11-07T00:00:00.000Z" },
    ...{ people: ["甲", "乙", "丙", "丁"], says, remedy: says },
  });
  const of: Record<(typeof todayGroups)[number], readonly (typeof todayKinds)[number][]> = {
    warnings: ["received", "countersignature"],
    late: isDone ? ["overdue", "held"] : ["overdue", "held", "result"],
    trouble: ["dark", "takedown", "fault", "report"],
    begin: ["people", "first-board"],
    sign: ["signature"],
    review: ["office-review"],
    submit: ["returned", "handed-in", "decision", "draft"],
    post: ["post", "carry"],
    "take-down": ["take-down"],
    reminders: ["reminder", "calendar"],
  };
  const groups = todayGroups.map((group) => ({ group, items: of[group].map(item), more: group === "sign" ? 5 : 0 }));
  return { at: "2017-11-06T00:30:00.000Z", groups };
}
