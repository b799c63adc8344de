/** One line, and only in trouble: how long nobody was heard, and of when what is shown is. */
import { civil } from "../../message/civil.ts";
import type { Instant } from "../../message/types.ts";
import english from "../locales/show.en.json";
import chinese from "../locales/show.zh-CN.json";

export interface Trouble {
  /** Since when nobody is heard, ms; null: somebody is. */
  readonly awayMs: number | null;
  /** Board clock when the daemon was heard last. */
  readonly heardAt: Instant | null;
  readonly utcOffsetMin: number;
  /** Black, because nothing more is known to be due. */
  readonly over: boolean;
  readonly blind: boolean;
  /** Why the line was closed, last time. */
  readonly closed: number | null;
}

/** Shorter than this, a line that is down is nobody's business: most come back by themselves. ms */
const quietMs = 20_000;

/** null: no trouble. */
export function troubleWords(trouble: Trouble, language: string): string | null {
  const { show: t } = language.startsWith("zh") ? chinese : english;
  const refused = refusals[trouble.closed ?? 0];
  if (refused !== undefined && trouble.awayMs !== null) return t[refused];
  if (trouble.blind) return t["no-clock"];
  if (trouble.awayMs === null || trouble.awayMs < quietMs) return null;
  if (trouble.heardAt === null) return t.never;
  const { heardAt, utcOffsetMin, awayMs } = trouble;
  return fill(trouble.over ? t.over : t.away, { age: ageWords(awayMs, t), at: atWords(heardAt, utcOffsetMin) });
}

type Words = typeof chinese.show;

/** By close code (`preview/show-types.ts`). */
const refusals: Readonly<Record<number, keyof Words>> = {
  4401: "no-key",
  4403: "other-board",
  4404: "no-board",
  4503: "full",
};

function ageWords(ms: number, t: Words): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return t.moment;
  if (minutes < 60) return fill(t.minutes, { count: minutes });
  return fill(t.hours, { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

function atWords(at: Instant, utcOffsetMin: number): string {
  const { m, d, H, M } = civil(at, utcOffsetMin);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(m)}-${two(d)} ${two(H)}:${two(M)}`;
}

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
