/** How boards were reached lately, asked for one after the other: two hundred at once would hold up the boards' own line. */
import { onUnmounted, shallowRef } from "vue";
import type { LinkHealthJson } from "../../api/health-schemas.ts";
import { ask, pathOf, Refusal } from "../ask.ts";

export type { LinkHealthJson };
const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const monthMs = 30 * dayMs;

/** Until now, by the boards' clock. */
export const linkHealth = (board: string, ms: number, now: number): Promise<LinkHealthJson> =>
  ask("GET", `${pathOf`/api/v1/boards/${board}/health`}?from=${Math.round(now - ms)}&until=${Math.round(now)}`);

export interface Spell {
  readonly unit: "seconds" | "minutes" | "hours" | "days";
  readonly count: number;
}

/** As people say it: 40 seconds, 12 minutes, 3 hours, 2 days. */
export function spellOf(ms: number): Spell {
  if (ms < 60_000) return { unit: "seconds", count: Math.max(1, Math.round(ms / 1000)) };
  if (ms < 2 * hourMs) return { unit: "minutes", count: Math.round(ms / 60_000) };
  if (ms < 2 * dayMs) return { unit: "hours", count: Math.round(ms / hourMs) };
  return { unit: "days", count: Math.round(ms / dayMs) };
}

/** Never 100 where anything was missing, nor 0 where anything was there. In percent, tenths where they tell. */
export function percentOf(share: number): string {
  const tenths = share * 1000;
  const cut = tenths >= 500 ? Math.floor(tenths) : Math.ceil(tenths);
  return String(cut / 10);
}

export interface Stretch {
  readonly state: LinkHealthJson["cells"][number];
  /** Hundredths of the strip. */
  readonly from: number;
  readonly width: number;
}

/** Equal parts beside each other are one. */
export function stretchesOf(cells: LinkHealthJson["cells"]): readonly Stretch[] {
  const width = 100 / Math.max(1, cells.length);
  const all: { state: Stretch["state"]; from: number; width: number }[] = [];
  for (const [index, state] of cells.entries()) {
    const last = all[all.length - 1];
    if (last?.state === state) last.width += width;
    else all.push({ state, from: index * width, width });
  }
  return all;
}

const againMs = 5 * 60_000;

/** The last day of the boards that stand in the list, again each five minutes. */
export function useLinkHealth(wanted: () => readonly string[], now: () => number | null) {
  const known = shallowRef<ReadonlyMap<string, LinkHealthJson>>(new Map());
  const askedAt = new Map<string, number>();
  let busy = false;
  const look = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      for (;;) {
        const at = now();
        if (at === null) return;
        const next = wanted().find((id) => Math.abs(at - (askedAt.get(id) ?? -Infinity)) > againMs);
        if (next === undefined) return;
        askedAt.set(next, at);
        const found = await linkHealth(next, dayMs, at);
        known.value = new Map(known.value).set(next, found);
      }
    } catch (error) {
      // It is asked again in its turn; what was known stays.
      if (!(error instanceof Refusal)) throw error;
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void look(), 1000);
  onUnmounted(() => clearInterval(timer));
  return known;
}
