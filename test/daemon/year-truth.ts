/**
 * What a board has to show, read from the sample file as a person would read it: minute by minute, notice by notice, with
 * nothing of the program's own playlist. All times of the samples are whole minutes of a zone without daylight saving.
 */
import { readFileSync } from "node:fs";

interface Raw {
  readonly id: string;
  readonly from: string;
  readonly until: string;
  readonly rotation: { readonly cron: string; readonly slotMinutes: number; readonly calendar: string };
  readonly boards: readonly string[];
  readonly priority: number;
  readonly alert?: { readonly references?: string; readonly identifier?: string };
  readonly review: { readonly signedAt?: string };
  readonly expect: {
    readonly displayable: boolean;
    readonly dueOn?: string;
    readonly lateForDisclosure?: boolean;
    readonly effectiveBoards?: readonly string[];
    readonly alert?: { readonly identifier: string; readonly references?: string };
  };
}
interface RawFile {
  readonly notices: readonly Raw[];
  readonly boards: readonly { readonly id: string; readonly hours: string }[];
  readonly calendars: readonly { readonly restDays: readonly string[]; readonly workingWeekends: readonly string[] }[];
}

const file = JSON.parse(
  readFileSync(new URL("../../fixtures/sample-notices.json", import.meta.url), "utf8"),
) as RawFile;

export const minuteMs = 60_000;
export const dayMs = 86_400_000;
const offsetMs = 8 * 3_600_000;

/** "2017-10-08T24:00" is the next midnight. */
export function instant(civil: string): number {
  const [date = "", time = "00:00"] = civil.split("T");
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return Date.parse(`${date}T00:00:00Z`) - offsetMs + (hour * 60 + minute) * minuteMs;
}
export const civil = (at: number): string => new Date(at + offsetMs).toISOString().slice(0, 23);
export const dateOf = (at: number): string => civil(at).slice(0, 10);

const rest = new Set(file.calendars.flatMap(({ restDays }) => restDays));
const worked = new Set(file.calendars.flatMap(({ workingWeekends }) => workingWeekends));
export function isWorkday(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return worked.has(date) || (weekday !== 0 && weekday !== 6 && !rest.has(date));
}

/** "0 8 1-7,10-12 * *": five sets; the samples never restrict both kinds of days. */
function fieldOf(text: string, least: number, most: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const [range = "", step = "1"] = part.split("/");
    const [from, to = from] = range === "*" ? [least, most] : range.split("-").map(Number);
    for (let value = from ?? 0; value <= (to ?? 0); value += Number(step)) found.add(value);
  }
  return found;
}

interface Told extends Raw {
  readonly begins: number;
  ends: number;
  /** Minutes of the day at which slots begin. */
  readonly starts: ReadonlySet<number>;
  isDay(date: string): boolean;
}

function told(raw: Raw): Told {
  const { cron, calendar } = raw.rotation;
  const [minutes = "", hours = "", days = "", months = "", weekdays = ""] = cron.split(" ");
  if (days !== "*" && weekdays !== "*") throw new Error(`${raw.id}: both kinds of days`);
  const starts = new Set<number>();
  for (const hour of fieldOf(hours, 0, 23))
    for (const minute of fieldOf(minutes, 0, 59)) starts.add(hour * 60 + minute);
  const [ofMonth, ofYear, ofWeek] = [fieldOf(days, 1, 31), fieldOf(months, 1, 12), fieldOf(weekdays, 0, 6)];
  return {
    ...raw,
    begins: Math.max(instant(raw.from), instant(raw.review.signedAt ?? "9999-01-01T00:00")),
    ends: instant(raw.until),
    starts,
    isDay(date) {
      const [, month = 0, day = 0] = date.split("-").map(Number);
      const kind = isWorkday(date) ? "workday" : "restday";
      const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
      return (
        ofMonth.has(day) && ofYear.has(month) && ofWeek.has(weekday) && (calendar === "everyday" || calendar === kind)
      );
    },
  };
}

export class Truth {
  readonly notices: readonly Told[] = file.notices.map(told);
  readonly boards = file.boards.map(({ id }) => id);
  private readonly hours = new Map(
    file.boards.map(({ id, hours }) => {
      const [from = 0, until = 0] = [...hours.matchAll(/(\d\d):(\d\d)/g)].map(([, h, m]) => Number(h) * 60 + Number(m));
      return [id, { from, until, workdays: hours.includes("工作日") }] as const;
    }),
  );

  constructor() {
    // A cancellation takes down what it refers to when it comes.
    for (const { begins, expect } of this.notices) {
      const gone = this.notices.find(({ expect: other }) => other.alert?.identifier === expect.alert?.references);
      if (expect.alert?.references !== undefined && gone !== undefined) gone.ends = Math.min(gone.ends, begins);
    }
  }

  withdrawnAt = Number.NaN;

  withdraw(id: string, at: number): void {
    this.withdrawnAt = at;
    for (const notice of this.notices) if (notice.id === id) notice.ends = Math.min(notice.ends, at);
  }

  /** What may be lit on each minute of the day that begins at `midnight`: ids, sorted and joined; "" black. */
  day(board: string, midnight: number): readonly string[] {
    const date = dateOf(midnight);
    const { from, until, workdays } = this.hours.get(board) ?? { from: 0, until: 0, workdays: false };
    const isOpenDay = !workdays || isWorkday(date);
    const best = Array.from({ length: 1440 }, () => ({ priority: 10, ids: [] as string[] }));
    for (const notice of this.notices) {
      const { id, begins, ends, priority, boards, expect, starts, rotation } = notice;
      if (!expect.displayable || !boards.includes(board)) continue;
      if (ends <= midnight || begins >= midnight + dayMs || !notice.isDay(date)) continue;
      const on = new Uint8Array(1440);
      for (const start of starts) on.fill(1, start, start + rotation.slotMinutes);
      for (let minute = 0; minute < 1440; minute++) {
        const at = midnight + minute * minuteMs;
        const open = priority === 0 || (isOpenDay && from <= minute && minute < until);
        const one = best[minute];
        if (!on[minute] || !open || at < begins || ends <= at || !one || priority > one.priority) continue;
        if (priority < one.priority) Object.assign(one, { priority, ids: [] });
        one.ids.push(id);
      }
    }
    return best.map(({ ids }, minute) => {
      if (ids.length > 0) return ids.sort().join(" ");
      return isOpenDay && from <= minute && minute < until ? `default:${board}` : "";
    });
  }
}
