import type { FieldUnit, Instant } from "./types.ts";

/** Civil quantities of `instant` shifted by `utcOffsetMin`, proleptic Gregorian. weekday 0 = Sunday. */
export function civil(instant: Instant, utcOffsetMin: number): Readonly<Record<FieldUnit, number>> {
  const seconds = Math.floor(instant / 1000) + utcOffsetMin * 60;
  const day = Math.floor(seconds / 86400);
  const second = seconds - day * 86400;
  // Years that begin on 1 March make the leap day the last one, so that month lengths follow one line: (153 m + 2) / 5.
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    Y: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    m: month,
    d: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    weekday: (((day + 4) % 7) + 7) % 7,
    H: Math.floor(second / 3600),
    M: Math.floor(second / 60) % 60,
    S: second % 60,
  };
}
