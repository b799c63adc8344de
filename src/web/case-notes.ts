/**
 * What somebody has seen and written at a case that waits for them, kept in this browser until they have decided: a telephone
 * that throws the page away between two meetings loses nothing. Each account's own, and practice's apart from the real.
 */
import type { Shelf, Owner } from "./notice/keeper.ts";
import type { Answers } from "./review-api.ts";

export interface CaseNotes {
  /** Board clock, ms: the oldest go first where there are too many. */
  readonly at: number;
  readonly opinion: string;
  readonly reason: string;
  /** Absent: as the case has them. */
  readonly answers?: Answers;
  /** By board and message, the pictures that came into view, from 0. */
  readonly seen: Readonly<Record<string, readonly number[]>>;
}

const head = "boardcast.case ";
const casesMost = 20;
const notesCharsMost = 30_000;
const picturesMost = 2000;

const keyOf = ({ mode, account }: Owner, id: string) => `${head}${mode} ${account} ${id}`;

/** A browser that keeps nothing keeps nothing: the page goes on. */
export function keepNotes(shelf: Shelf, owner: Owner, id: string, notes: CaseNotes): void {
  const text = JSON.stringify(notes);
  if (text.length > notesCharsMost) return;
  const key = keyOf(owner, id);
  try {
    const others = keysOf(shelf).filter((one) => one !== key);
    const byAge = others
      .map((one) => ({ one, at: parsed(shelf.getItem(one))?.at ?? Number.NEGATIVE_INFINITY }))
      .sort((one, other) => one.at - other.at);
    for (const { one } of byAge.slice(0, Math.max(0, others.length - casesMost + 1))) shelf.removeItem(one);
    shelf.setItem(key, text);
  } catch {
    // Full, or forbidden.
  }
}

export function notesOf(shelf: Shelf, owner: Owner, id: string): CaseNotes | null {
  try {
    return parsed(shelf.getItem(keyOf(owner, id)));
  } catch {
    return null;
  }
}

export function dropNotes(shelf: Shelf, owner: Owner, id: string): void {
  try {
    shelf.removeItem(keyOf(owner, id));
  } catch {
    // See above.
  }
}

function keysOf(shelf: Shelf): readonly string[] {
  return Array.from({ length: shelf.length }, (_, index) => shelf.key(index)).filter(
    (key): key is string => key?.startsWith(head) === true,
  );
}

/** Anybody may have put anything there. */
function parsed(text: string | null): CaseNotes | null {
  if (text === null || text.length > notesCharsMost) return null;
  try {
    const { at, opinion, reason, answers, seen } = JSON.parse(text) as Partial<CaseNotes>;
    if (typeof at !== "number" || typeof opinion !== "string" || typeof reason !== "string") return null;
    const isRecord = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isRecord(seen) || (answers !== undefined && !isRecord(answers))) return null;
    const pictures = Object.entries(seen ?? {}).filter((entry): entry is [string, number[]] => isPictures(entry[1]));
    return { at, opinion, reason, ...(answers && { answers }), seen: Object.fromEntries(pictures) };
  } catch {
    return null;
  }
}

const isPictures = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length <= picturesMost && value.every((one) => Number.isInteger(one) && one >= 0);
