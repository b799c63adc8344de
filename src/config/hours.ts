/**
 * 开放时段 as people write it: "07:30-21:00", "08:00-18:00 工作日" (or "workday"), "22:00-06:00" across midnight; 静屏时段 too, and
 * with what is shown then: "22:00-07:00 黑屏" (or "nothing"). Hours across midnight belong to the day on which they begin.
 */
import type { BoardHours, QuietHours } from "./types.ts";

export const hoursPattern =
  /^([01]\d|2[0-4]):([0-5]\d)\s*[-–~—至]\s*([01]\d|2[0-4]):([0-5]\d)(?:\s+(每天|工作日|休息日|everyday|workday|restday))?$/;

/** Of quiet hours: then 待机 or 黑屏. */
export const quietPattern = new RegExp(
  hoursPattern.source.replace(/\$$/, "(?:\\s+(\u5f85\u673a|\u9ed1\u5c4f|default|nothing))?$"),
);

const daysByWord: Readonly<Record<string, BoardHours["days"]>> = {
  每天: "everyday",
  everyday: "everyday",
  工作日: "workday",
  workday: "workday",
  休息日: "restday",
  restday: "restday",
};

/** null: not opening hours, or hours without length or after 24:00. */
export function parseHours(text: string): BoardHours | null {
  const found = hoursPattern.exec(text);
  const hours = found && hoursIn(found);
  return hours && lasting(hours) ? hours : null;
}

/** null: not quiet hours, or hours without length or after 24:00. */
export function parseQuiet(text: string): QuietHours | null {
  const found = quietPattern.exec(text);
  if (found === null) return null;
  const hours = hoursIn(found);
  if (!lasting(hours)) return null;
  return { ...hours, shows: found[6] === "黑屏" || found[6] === "nothing" ? "nothing" : "default" };
}

/** From a minute to the same one is 24 hours to some, none to others. */
function lasting({ fromMinute, untilMinute }: BoardHours): boolean {
  return fromMinute < 24 * 60 && untilMinute <= 24 * 60 && fromMinute !== untilMinute;
}

function hoursIn(found: RegExpExecArray): BoardHours {
  return {
    fromMinute: Number(found[1]) * 60 + Number(found[2]),
    untilMinute: Number(found[3]) * 60 + Number(found[4]),
    days: daysByWord[found[5] ?? "everyday"] ?? "everyday",
  };
}

/** The way back, for people and for the API: "08:00-18:00 工作日". */
export function formatHours(hours: BoardHours): string {
  const time = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const days = { everyday: "", workday: " 工作日", restday: " 休息日" }[hours.days];
  return `${time(hours.fromMinute)}-${time(hours.untilMinute)}${days}`;
}
