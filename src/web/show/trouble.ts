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
  const t = wordsOf(language);
  const refused = refusals[trouble.closed ?? 0];
  if (refused !== undefined && trouble.awayMs !== null) return t(refused);
  if (trouble.blind) return t("show.no-clock");
  if (trouble.awayMs === null || trouble.awayMs < quietMs) return null;
  if (trouble.heardAt === null) return t("show.never");
  const { heardAt, utcOffsetMin, awayMs, over } = trouble;
  const values = { age: ageWords(awayMs, t), at: atWords(heardAt, utcOffsetMin) };
  return over ? t("show.over", values) : t("show.away", values);
}

type Key = `show.${keyof typeof chinese.show}`;
type Words = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

function wordsOf(language: string): Words {
  const { show } = language.startsWith("zh") ? chinese : english;
  return (key, values = {}) =>
    show[key.slice("show.".length) as keyof typeof show].replace(/\{(\w+)\}/g, (_, name: string) =>
      String(values[name] ?? ""),
    );
}

/** By close code (`preview/show-types.ts`). */
const refusals: Readonly<Record<number, Key>> = {
  4401: "show.no-key",
  4403: "show.other-board",
  4404: "show.no-board",
  4503: "show.full",
};

function ageWords(ms: number, t: Words): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return t("show.moment");
  if (minutes < 60) return t("show.minutes", { count: minutes });
  return t("show.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

function atWords(at: Instant, utcOffsetMin: number): string {
  const { m, d, H, M } = civil(at, utcOffsetMin);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(m)}-${two(d)} ${two(H)}:${two(M)}`;
}
