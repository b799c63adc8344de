/** 开屏时段 as people write it: "07:30-21:00", "08:00-18:00 工作日" (or "workday"). */
import type { BoardHours } from "./types.ts";

export const hoursPattern =
  /^([01]\d|2[0-4]):([0-5]\d)\s*[-–~—至]\s*([01]\d|2[0-4]):([0-5]\d)(?:\s+(每天|工作日|休息日|everyday|workday|restday))?$/;

const daysByWord: Readonly<Record<string, BoardHours["days"]>> = {
  每天: "everyday",
  everyday: "everyday",
  工作日: "workday",
  workday: "workday",
  休息日: "restday",
  restday: "restday",
};

/** null: not opening hours, or hours that end before they begin (a board cannot stay open over midnight). */
export function parseHours(text: string): BoardHours | null {
  const found = hoursPattern.exec(text);
  if (found === null) return null;
  const fromMinute = Number(found[1]) * 60 + Number(found[2]);
  const untilMinute = Number(found[3]) * 60 + Number(found[4]);
  if (fromMinute >= untilMinute || untilMinute > 24 * 60) return null;
  return { fromMinute, untilMinute, days: daysByWord[found[5] ?? "everyday"] ?? "everyday" };
}

/** The way back, for people and for the API: "08:00-18:00 工作日". */
export function formatHours(hours: BoardHours): string {
  const time = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const days = { everyday: "", workday: " 工作日", restday: " 休息日" }[hours.days];
  return `${time(hours.fromMinute)}-${time(hours.untilMinute)}${days}`;
}
