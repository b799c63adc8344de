/** What one text, picture or notice is to `render`. */
import { type Fault, remedy, type Sentence, sentence } from "../../fault.ts";
import type { Window } from "../../message/types.ts";
import type { Content } from "../../notices/types.ts";
import { wallClock } from "../../time/clock.ts";
import type { PictureBytes } from "../../typeset/pictures/open.ts";
import { Refusal } from "../say.ts";

export interface Source {
  /** For headings, sentences and file names. */
  readonly name: string;
  readonly content: Content;
  /** Countdowns have a page for each of its days. */
  readonly window: Window;
  readonly pictures: readonly PictureBytes[];
  /** A slot of its schedule, ms; null: it has none. */
  readonly slotMs: number | null;
  /** Worth telling beside the pages. */
  readonly notes: readonly Sentence[];
}

/** For a text that has no window of its own: the day from now. */
export function passing(): Pick<Source, "window" | "pictures" | "slotMs"> {
  const now = wallClock.now();
  return { window: { from: now, until: now + 86_400_000 }, pictures: [], slotMs: null };
}

/** null: it plays all the time. */
export function slotOf({ cron, slotMinutes }: { cron: string | null; slotMinutes: number }): number | null {
  return cron === null || slotMinutes === 0 ? null : slotMinutes * 60_000;
}

/** Decoded in a thread that is ended if it takes too long. */
export async function takePicture(bytes: Uint8Array, name: string) {
  const { createPicturing } = await import("../../typeset/pictures/picturing.ts");
  const taken = await createPicturing().take(bytes, name);
  if (taken.ok) return taken;
  throw refusedFor(taken.faults, name);
}

/** One file, one reason. */
export function refusedFor([fault]: readonly Fault[], name: string): Error {
  return fault === undefined ? new Error(`${name}: not taken`) : new Refusal(sentence(fault), remedy(fault));
}
