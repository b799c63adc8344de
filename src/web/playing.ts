/** What to say of a board at an instant: what plays, until when, why, and what comes next. */
import type { Sentence } from "../fault.ts";
import { lookup } from "../message/index.ts";
import type { Instant, Programme } from "../message/types.ts";
import type { BoardProgramme } from "../preview/types.ts";

export interface Playing {
  /** A notice's id, `default:<board>`, or null: black. */
  readonly owner: string | null;
  readonly title: string | null;
  readonly why: Sentence | null;
  /** How many other notices it takes turns with. */
  readonly others: number;
  /** When something else comes on. */
  readonly until: Instant;
  /** The programme ends before anything else comes: `until` is how far is planned, and no end of what is on. */
  readonly open: boolean;
  readonly next: { readonly owner: string | null; readonly title: string | null } | null;
}

const blankPrefix = "blank:";
export const defaultPrefix = "default:";
const stepsMax = 2000;

/** What was found last of each programme, and when it is so: it is asked for five times a second, for every board. */
const latest = new WeakMap<Programme, { readonly from: Instant; readonly until: Instant; readonly playing: Playing }>();

export function playingAt(found: BoardProgramme, at: Instant): Playing {
  const { programme } = found;
  const known = latest.get(programme);
  if (known && known.from <= at && at < known.until) return known.playing;
  const playing = search(found, at);
  // With how many it takes turns is the span's.
  const spanEnd = programme.spans[lookup(programme, at).span]?.endMs ?? 0;
  latest.set(programme, { from: at, until: Math.min(playing.until, programme.base + spanEnd), playing });
  return playing;
}

function search(found: BoardProgramme, at: Instant): Playing {
  const { programme, owners, notices } = found;
  const end = programme.base + programme.endMs;
  const owner = ownerAt(found, at);
  const ring = new Set(owners[lookup(programme, at).span] ?? []);
  let until = at;
  for (let steps = 0; steps < stepsMax && until < end; steps++) {
    const { span, until: change } = lookup(programme, until);
    const alone = new Set(owners[span] ?? []).size === 1;
    const spanEnd = programme.spans[span]?.endMs;
    until = alone && spanEnd !== undefined ? programme.base + spanEnd : change;
    if (until >= end || ownerAt(found, until) !== owner) break;
  }
  const open = until >= end;
  const following = open ? null : ownerAt(found, until);
  const titleOf = (id: string | null) => (id === null ? null : (notices[id]?.title ?? null));
  return {
    owner,
    title: titleOf(owner),
    why: owner === null ? null : (notices[owner]?.why ?? null),
    others: Math.max(0, ring.size - 1),
    until: Math.min(until, end),
    open,
    next: open ? null : { owner: following, title: titleOf(following) },
  };
}

function ownerAt({ programme, owners }: BoardProgramme, at: Instant): string | null {
  const { span, turn } = lookup(programme, at);
  const owner = owners[span]?.[turn] ?? null;
  return owner?.startsWith(blankPrefix) ? null : owner;
}
