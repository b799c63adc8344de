/**
 * Civil time in an IANA zone. Instants everywhere, civil time only at the edges.
 *
 * Where a zone changes its clocks, everything in this program (playlist, reasons, next occurrences, CLI, page) goes by
 * one rule: a civil time means the first instant at which the clock on the wall shows it or is past it.
 * - Skipped: 02:30 in spring is the first instant after the gap. A slot that would begin there begins then.
 * - Repeated: 02:30 in autumn is the first of the two. A slot begins once.
 * - A slot lasts its minutes of elapsed time, and then until the clock is past its end: 30 minutes from 01:10 are 30
 *   minutes; an hour from 01:00, where 01:00-02:00 comes twice, is two. Slots that touch on the clock touch, whoever's they
 *   are: rules that leave no minute of a day out leave no instant out.
 * - Hours (of a rule, of a board, quiet ones) run from the instant of their civil begin to that of their civil end:
 *   01:00-03:00 is one hour long in spring, three in autumn, and hours within a gap are none.
 * - A day that a zone skips whole (Samoa's 30 December 2011) has no time; its slots begin with the day after it.
 */
import type { Instant } from "./clock.ts";
import { dateOf, dayNumberOf } from "./days.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Zone changes happen on quarter hours. */
const stepMs = 900_000;
const cachedOffsetsMax = 20_000;

/** Offsets that were asked for, by day (UTC) where a day has only one, and by quarter hour in the others. */
interface Offsets {
  readonly days: Map<number, number | null>;
  readonly steps: Map<number, number>;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Offsets>();

/** Throws a RangeError for a zone that this computer does not know. */
function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "iso8601",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}

/** Local civil time minus UTC at `at`, minutes. */
export function utcOffsetMin(zone: string, at: Instant): number {
  let known = offsets.get(zone);
  if (!known) {
    known = { days: new Map(), steps: new Map() };
    offsets.set(zone, known);
  }
  const day = Math.floor(at / dayMs);
  let offset = known.days.get(day);
  if (offset === undefined) {
    const first = offsetInStep(zone, known.steps, (day * dayMs) / stepMs);
    // No zone changes its clocks twice within a day.
    const last = offsetInStep(zone, known.steps, ((day + 1) * dayMs) / stepMs - 1);
    offset = first === last ? first : null;
    if (known.days.size >= cachedOffsetsMax) known.days.clear();
    known.days.set(day, offset);
  }
  return offset ?? offsetInStep(zone, known.steps, Math.floor(at / stepMs));
}

function offsetInStep(zone: string, known: Map<number, number>, step: number): number {
  const cached = known.get(step);
  if (cached !== undefined) return cached;
  const part: Record<string, number> = {};
  for (const { type, value } of formatFor(zone).formatToParts(step * stepMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const offset = Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - step * stepMs) / minuteMs);
  if (known.size >= cachedOffsetsMax) known.clear();
  known.set(step, offset);
  return offset;
}

/** The civil day of `at`. */
export function dayNumberAt(zone: string, at: Instant): number {
  return Math.floor((at + utcOffsetMin(zone, at) * minuteMs) / dayMs);
}

/** Minutes after civil midnight of `at`, 0–1439. */
export function minuteOfDayAt(zone: string, at: Instant): number {
  const local = at + utcOffsetMin(zone, at) * minuteMs;
  return Math.floor((local - Math.floor(local / dayMs) * dayMs) / minuteMs);
}

/** The instant of a civil day's minute; `minute` may run past 1439 into the next day (1440 is its midnight). */
export function instantOf(zone: string, dayNumber: number, minute: number): Instant {
  const local = dayNumber * dayMs + minute * minuteMs;
  // The offset a day before and a day after; the true one is one of the two.
  const before = utcOffsetMin(zone, local - dayMs);
  const after = utcOffsetMin(zone, local + dayMs);
  const first = local - before * minuteMs;
  if (utcOffsetMin(zone, first) === before) return first;
  const second = local - after * minuteMs;
  if (utcOffsetMin(zone, second) === after) return second;
  // Skipped: the gap ends where the offset changes, between the two guesses.
  let low = Math.min(first, second);
  let high = Math.max(first, second);
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
    if (utcOffsetMin(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

const civilPattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?$/;

/** "2017-12-05", "2017-12-05T09:00", "2017-12-31T24:00" (the next midnight), with seconds if given; null if it is no civil time. */
export function parseCivil(zone: string, text: string): Instant | null {
  const match = civilPattern.exec(text);
  if (!match) return null;
  const [, date = "", hour = "0", minute = "0", second = "0", fraction = "0"] = match;
  const day = dayNumberOf(date);
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (day === null || h > 24 || m > 59 || s > 59 || (h === 24 && m + s > 0)) return null;
  return instantOf(zone, day, h * 60 + m) + s * 1000 + Number(fraction.padEnd(3, "0"));
}

/** "2017-12-05T09:00:00" in the zone. */
export function formatCivil(zone: string, at: Instant): string {
  return new Date(at + utcOffsetMin(zone, at) * minuteMs).toISOString().slice(0, 19);
}

/**
 * As `formatCivil`, to seconds or to minutes, for people: "2017-11-05 01:30". With its offset to UTC ("2017-11-05 01:30-05:00")
 * where the zone shows the same civil time twice, and only there.
 */
export function sayCivil(zone: string, at: Instant, to: "seconds" | "minutes" = "seconds"): string {
  const said = formatCivil(zone, at).slice(0, to === "seconds" ? 19 : 16);
  return `${said.replace("T", " ")}${offsetIfTwice(zone, at)}`;
}

/** "-05:00" where the clock on the wall shows the civil time of `at` twice, else "". */
export function offsetIfTwice(zone: string, at: Instant): string {
  const offset = utcOffsetMin(zone, at);
  const local = at + offset * minuteMs;
  const twice = [utcOffsetMin(zone, at - dayMs), utcOffsetMin(zone, at + dayMs)].some(
    (other) => other !== offset && utcOffsetMin(zone, local - other * minuteMs) === other,
  );
  if (!twice) return "";
  const two = (part: number) => String(part).padStart(2, "0");
  const size = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** "2017-12-05" in the zone. */
export function dateAt(zone: string, at: Instant): string {
  return dateOf(dayNumberAt(zone, at));
}
