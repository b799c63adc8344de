/**
 * What is on a card that nobody but a person reaches. Such a card goes round and round what it was given, by day and by
 * night, until somebody gives it something else: it knows no window, no slot and no end. So of a load nothing is scheduled;
 * who makes it decides what stands at that moment, and each item is judged for the whole of the time that it may stand.
 */
import { createHash } from "node:crypto";
import type { Fault } from "../../fault.ts";
import type { Instant, Message, MessageHash, Programme, Shape } from "../../message/types.ts";
import type { Cleared, Wanted } from "../contract.ts";
import { clear, type Seals } from "../delivery/clear.ts";

/** One notice of a load. */
export interface LoadItem {
  readonly notice: string;
  /** Of the first revision that has these pixels on this board. */
  readonly number: number;
  readonly title: string;
  readonly message: MessageHash;
  /** [from, until): when it is to be shown, by its seal and its schedule; board clock. */
  readonly from: Instant;
  readonly until: Instant;
  /** Whose name the seal has, and when it was put there. */
  readonly signedBy: string;
  readonly signedAt: Instant;
}

/** An item whose seal was looked at in the moment before its pixels leave, with those pixels. */
export interface ClearedItem extends LoadItem {
  readonly wanted: Cleared<Wanted>;
}

/** As long as a programme can be, ms: 49 days. */
const longestMs = 0xffff_ffff;

/**
 * Names a load by what is on it, 64 hex digits: the same items for the same panel are the same load, whenever it was made.
 * Titles and names are in the revisions that `number` names.
 */
export function loadId(board: string, shape: Shape, items: readonly LoadItem[]): string {
  const { width, height, colour } = shape;
  const its = items.map(({ notice, number, message, from, until }) => [notice, number, message, from, until]);
  return createHash("sha256")
    .update(JSON.stringify(["card", 1, board, width, height, colour, its]))
    .digest("hex");
}

/** How people read it from a slip, and type it in: "3F2A-91BC". */
export const codeOf = (load: string): string => `${load.slice(0, 4)}-${load.slice(4, 8)}`.toUpperCase();

/** One item, and nothing else, from `now` to `until` or as far as a programme reaches. */
export function itemWanted(
  board: string,
  shape: Shape,
  { notice, message }: Pick<LoadItem, "notice" | "message">,
  span: { readonly now: Instant; readonly until: Instant },
  pixels?: Message,
): Wanted {
  const endMs = Math.max(1, Math.min(longestMs, span.until - span.now));
  return {
    board,
    programme: ring(shape, span.now, endMs, [[message, pixels?.durationMs ?? 1]]),
    owners: [[notice]],
    messages: new Map(pixels ? [[message, pixels]] : []),
    dark: false,
  };
}

/** All of a load as the card goes round it, for the play log: its order, its durations, and no end that anybody knows. */
export function loadWanted(
  board: string,
  shape: Shape,
  items: readonly (Pick<LoadItem, "notice" | "message"> & { readonly durationMs: number })[],
  now: Instant,
): Wanted {
  const turns = items.map(({ message, durationMs }) => [message, durationMs] as const);
  return {
    board,
    programme: ring(shape, now, longestMs, turns),
    owners: turns.length === 0 ? [] : [items.map(({ notice }) => notice)],
    messages: new Map(),
    dark: false,
  };
}

function ring(
  shape: Shape,
  base: Instant,
  endMs: number,
  turns: readonly (readonly [MessageHash, number])[],
): Programme {
  const messages = [...new Set(turns.map(([message]) => message))];
  let at = 0;
  const placed = turns.map(([message, durationMs]) => {
    at += durationMs;
    return { message: messages.indexOf(message), endMs: at };
  });
  const spans = placed.length === 0 ? [] : [{ startMs: 0, endMs, leadMs: 0, turns: placed, utcOffsetMin: 0 }];
  return { shape, base, endMs, messages, spans };
}

/**
 * The last look before pixels leave for a stick: of each item, seal, board, window and dots, as `delivery/clear.ts` has them
 * for every other way out. What is refused is left out, and the others go on without it.
 */
export function clearItems(
  board: string,
  shape: Shape,
  items: readonly (LoadItem & { readonly pixels: Message })[],
  seals: Seals,
  now: Instant,
): { readonly items: readonly ClearedItem[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const cleared = items.flatMap(({ pixels, ...item }): ClearedItem[] => {
    const looked = clear(itemWanted(board, shape, item, { now, until: item.until }, pixels), seals, now);
    if (looked.ok) return [{ ...item, wanted: looked.cleared }];
    faults.push(...looked.faults);
    return [];
  });
  return { items: cleared, faults };
}

/**
 * Whether a card can stand for it: what changes with the hour or the day (clock fields, a countdown's or a roster's pages)
 * would be wrong on a card that knows neither, and a PNG of it would be a picture of another day.
 */
export const changesByItself = ({ pages }: Pick<Message, "pages">): boolean =>
  pages.some(({ window, fields }) => window !== null || fields.length > 0);
