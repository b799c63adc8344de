/** What pages say, read: never throws, null for anything else. */
import type { ShowHello, ShowReport } from "./show-types.ts";

const whys = ["turn", "blank", "dark", "bare"] as const;
const hash = /^[0-9a-f]{64}$/;
/** Latest instant of a date. */
const instantMax = 8.64e15;

export type PageWord =
  | { readonly kind: "hello"; readonly hello: ShowHello }
  | { readonly kind: "ping"; readonly ping: number }
  | { readonly kind: "report"; readonly report: ShowReport["report"] };

export function pageWord(text: string): PageWord | null {
  const value = objectIn(text);
  if (value === null) return null;
  if ("ping" in value) return finite(value.ping) ? { kind: "ping", ping: value.ping } : null;
  if ("report" in value) return reportOf(value.report);
  return value.show === 1 ? helloOf(value) : null;
}

function helloOf({ key, page }: Readonly<Record<string, unknown>>): PageWord | null {
  if (key !== null && !(typeof key === "string" && /^[\w-]{1,200}$/.test(key))) return null;
  if (typeof page !== "string" || !/^[\w-]{16,64}$/.test(page)) return null;
  return { kind: "hello", hello: { show: 1, key, page } };
}

function reportOf(value: unknown): PageWord | null {
  if (typeof value !== "object" || value === null) return null;
  const { at, sentAt, roundTripMs, programme, message, why, frameCrc, hidden } = value as Record<string, unknown>;
  const times = instant(at) && instant(sentAt) && finite(roundTripMs) && roundTripMs >= 0;
  const named = hashOrNull(programme) && hashOrNull(message);
  const reason = whys.find((one) => one === why);
  if (!times || !named || reason === undefined || typeof hidden !== "boolean") return null;
  if (!finite(frameCrc) || !Number.isInteger(frameCrc) || frameCrc < 0 || frameCrc > 0xffff_ffff) return null;
  return { kind: "report", report: { at, sentAt, roundTripMs, programme, message, why: reason, frameCrc, hidden } };
}

export function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const finite = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const instant = (value: unknown): value is number =>
  finite(value) && Number.isInteger(value) && value >= 0 && value <= instantMax;
const hashOrNull = (value: unknown): value is string | null =>
  value === null || (typeof value === "string" && hash.test(value));
