/** "2h", "90m", "30s", "1d" → ms. The installation file and the command line write durations alike. */
const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const durationPattern = /^([1-9]\d{0,6})(s|m|h|d)$/;

/** null: not a duration. */
export function parseDuration(text: string): number | null {
  const [, count, unit] = durationPattern.exec(text) ?? [];
  const ms = unit === undefined ? undefined : unitMs[unit];
  return count === undefined || ms === undefined ? null : Number(count) * ms;
}
