/** What became of a text: kept, taken out, put in. Myers' shortest edit, over characters and whole words and numbers. */
import { lastOf } from "./old.ts";

export interface Piece {
  readonly kind: "kept" | "removed" | "added";
  readonly text: string;
}

/** Texts that differ in more than so many places are told as wholly replaced: nobody could read the difference. */
const editsMax = 1200;

/** A Chinese character is a word; a number or a Latin word is one, so that 2017 does not become 20 and 17. */
const unitsOf = (text: string): string[] => text.match(/[0-9A-Za-z]+|[\s\S]/gu) ?? [];

export function changesOf(before: string, after: string): readonly Piece[] {
  const [old, now] = [unitsOf(before), unitsOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  )
    end++;
  const pieces: Piece[] = [];
  add(pieces, "kept", old.slice(0, start));
  const [oldMiddle, newMiddle] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const path = editsBetween(oldMiddle, newMiddle);
  if (path === null) {
    add(pieces, "removed", oldMiddle);
    add(pieces, "added", newMiddle);
  } else for (const { kind, unit } of path) add(pieces, kind, [unit]);
  add(pieces, "kept", old.slice(old.length - end));
  return pieces;
}

function add(pieces: Piece[], kind: Piece["kind"], units: readonly string[]): void {
  if (units.length === 0) return;
  const last = lastOf(pieces);
  if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + units.join("") };
  else pieces.push({ kind, text: units.join("") });
}

interface Step {
  readonly kind: Piece["kind"];
  readonly unit: string;
}

/** null: too many. */
function editsBetween(old: readonly string[], now: readonly string[]): readonly Step[] | null {
  const most = Math.min(editsMax, old.length + now.length);
  /** How far along `old` each diagonal (x − y, from −edits) got with so many edits. */
  const reached: Int32Array[] = [];
  let before = new Int32Array([0]);
  for (let edits = 0; edits <= most; edits++) {
    const here = new Int32Array(2 * edits + 1);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = edits === 0 ? 0 : fromBefore(before, edits, diagonal).x;
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x++;
      here[diagonal + edits] = x;
      if (x >= old.length && x - diagonal >= now.length) {
        reached.push(here);
        return walkBack(old, now, reached, diagonal);
      }
    }
    reached.push(here);
    before = here;
  }
  return null;
}

/** The better of one more taken out and one more put in, onto `diagonal`. */
function fromBefore(before: Int32Array, edits: number, diagonal: number): { x: number; down: boolean } {
  const at = (other: number) => (Math.abs(other) > edits - 1 ? -1 : (before[other + edits - 1] ?? -1));
  const removed = at(diagonal - 1) < 0 ? -1 : at(diagonal - 1) + 1;
  const added = at(diagonal + 1);
  return added >= removed ? { x: added, down: true } : { x: removed, down: false };
}

function walkBack(
  old: readonly string[],
  now: readonly string[],
  reached: readonly Int32Array[],
  last: number,
): Step[] {
  const steps: Step[] = [];
  let x = old.length;
  let diagonal = last;
  for (let edits = reached.length - 1; edits >= 0; edits--) {
    const came = edits === 0 ? { x: 0, down: false } : fromBefore(reached[edits - 1] as Int32Array, edits, diagonal);
    while (x > came.x) steps.push({ kind: "kept", unit: old[--x] as string });
    if (edits === 0) break;
    if (came.down) {
      steps.push({ kind: "added", unit: now[x - diagonal - 1] as string });
      diagonal++;
    } else {
      steps.push({ kind: "removed", unit: old[--x] as string });
      diagonal--;
    }
  }
  return steps.reverse();
}
