/**
 * What is typed, kept in this browser until the daemon has it: a reload, a crash, a session that ended loses nothing. Each
 * account's own, and practice's apart from the real: the same computer may serve both.
 */
import type { DraftDocument } from "../review-api.ts";

export interface Copy {
  /** Board clock, ms. */
  readonly at: number;
  /** Which version of the draft it was written upon. */
  readonly version: number;
  readonly document: DraftDocument;
}

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  key(index: number): string | null;
  readonly length: number;
}

export interface Owner {
  readonly mode: string;
  readonly account: string;
}

const head = "boardcast.draft ";
const copiesMost = 12;
const copyCharsMost = 400_000;
const lastHead = "boardcast.last ";
const lastCharsMost = 20_000;

const keyOf = ({ mode, account }: Owner, notice: string) => `${head}${mode} ${account} ${notice}`;

/** false: it could not be kept here, as where a browser keeps nothing. */
export function keepCopy(shelf: Shelf, owner: Owner, notice: string, copy: Copy): boolean {
  const text = JSON.stringify(copy);
  if (text.length > copyCharsMost) return false;
  const key = keyOf(owner, notice);
  try {
    makeRoom(shelf, key);
    shelf.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

export function copyOf(shelf: Shelf, owner: Owner, notice: string): Copy | null {
  try {
    return parsed(shelf.getItem(keyOf(owner, notice)));
  } catch {
    return null;
  }
}

export function dropCopy(shelf: Shelf, owner: Owner, notice: string): void {
  try {
    shelf.removeItem(keyOf(owner, notice));
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
}

function makeRoom(shelf: Shelf, key: string): void {
  const others = keysOf(shelf).filter((one) => one !== key);
  const byAge = others
    .map((one) => ({ key: one, at: parsed(shelf.getItem(one))?.at ?? Number.NEGATIVE_INFINITY }))
    .sort((one, other) => one.at - other.at);
  for (const { key: oldest } of byAge.slice(0, Math.max(0, others.length - copiesMost + 1))) shelf.removeItem(oldest);
}

function keysOf(shelf: Shelf): readonly string[] {
  return Array.from({ length: shelf.length }, (_, index) => shelf.key(index)).filter(
    (key): key is string => key?.startsWith(head) === true,
  );
}

/** Anybody may have put anything there. */
function parsed(text: string | null): Copy | null {
  if (text === null || text.length > copyCharsMost) return null;
  try {
    const copy = JSON.parse(text) as Partial<Copy> | null;
    const { content, schedule, explanations, answers } = (copy?.document ?? {}) as Partial<DraftDocument>;
    const isWhole = [content, schedule, explanations, answers].every((one) => typeof one === "object" && one !== null);
    return typeof copy?.at === "number" && typeof copy.version === "number" && isWhole ? (copy as Copy) : null;
  } catch {
    return null;
  }
}

/** What somebody chose last for each kind of notice: by its name, whatever JSON says. */
export function lastUsed<T extends object>(shelf: Shelf, { mode, account }: Owner): { readonly [kind: string]: T } {
  try {
    const found: unknown = JSON.parse(shelf.getItem(`${lastHead}${mode} ${account}`) ?? "{}");
    return typeof found === "object" && found !== null ? (found as { [kind: string]: T }) : {};
  } catch {
    return {};
  }
}

export function rememberLast(shelf: Shelf, owner: Owner, kind: string, chosen: object): void {
  const text = JSON.stringify({ ...lastUsed(shelf, owner), [kind]: chosen });
  try {
    if (text.length <= lastCharsMost) shelf.setItem(`${lastHead}${owner.mode} ${owner.account}`, text);
  } catch {
    // See above.
  }
}
