/** Instants as people and programs write them in a query or on the command line. */
import type { Instant } from "../message/types.ts";
import { parseCivil } from "../time/zone.ts";

/** For messages and documents. */
export const instantForms =
  "2017-12-05T09:00 (civil time in the office's zone), 2017-12-05T09:00:00+08:00 (ISO 8601 with an offset), or milliseconds since 1970 (11 to 14 digits)";

const isoPattern = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** null: none of `instantForms`, or a day or time that does not exist. A date alone is its midnight. */
export function parseInstant(text: string, zone: string): Instant | null {
  if (/^\d{11,14}$/.test(text)) return Number(text);
  // In a query "+" means a space; an offset that lost its sign gets it back.
  const signed = text.replace(/ (\d\d:\d\d)$/, (found, offset: string) => (text.length > 16 ? `+${offset}` : found));
  if (!isoPattern.test(signed)) return parseCivil(zone, text);
  const instant = Date.parse(signed.replace(" ", "T"));
  // `Date` takes 2017-02-30 for 2 March; the civil reading of the same digits does not.
  return Number.isNaN(instant) || parseCivil("UTC", signed.slice(0, 10)) === null ? null : instant;
}
