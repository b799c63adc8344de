/**
 * Cards that can neither move a picture nor turn pages in our time are given what stands: one picture after the other. A
 * strip that scrolls is shown panel by panel, each for its share of the time that the whole way takes.
 */
import type { Frame, Instant, Programme } from "../../message/index.ts";
import type { Wanted } from "../contract.ts";
import { type CardScene, scenesOf } from "./scenes.ts";

export interface Standing {
  readonly frame: Frame;
  /** From then on it is another one, or the programme's end. */
  readonly until: Instant;
}

/** A programme of one turn holds at most until its message's dots change with the time: they are drawn once. */
const drawn = new WeakMap<Programme, readonly CardScene[]>();

/** Of a programme of one turn: everything that will stand in it, in order; the same objects each time. Empty: nothing is on. */
export function standingScenes({ programme, messages }: Wanted, now: Instant): readonly CardScene[] {
  const [span] = programme.spans;
  const message = messages.get(programme.messages[0] ?? "");
  if (!span || !message) return [];
  let scenes = drawn.get(programme);
  if (!scenes) {
    scenes = scenesOf(message, now, span.utcOffsetMin);
    drawn.set(programme, scenes);
  }
  return scenes;
}

/** Of a programme of one turn: what stands at `now`. null: nothing is on. */
export function standingAt(wanted: Wanted, now: Instant): Standing | null {
  const { programme } = wanted;
  const scenes = standingScenes(wanted, now);
  const end = programme.base + programme.endMs;
  let from = programme.base;
  for (const { pictures, lastsMs } of scenes) {
    const step = Math.min(pictures.length - 1, Math.floor(((now - from) * pictures.length) / lastsMs));
    const frame = pictures[Math.max(0, step)];
    const until = from + Math.ceil(((Math.max(0, step) + 1) * lastsMs) / pictures.length);
    if (frame && now < from + lastsMs) return { frame, until: Math.min(until, end) };
    from += lastsMs;
  }
  // A turn that was cut short ends before its message does, and none goes on after it: the last stands.
  const frame = scenes.at(-1)?.pictures.at(-1);
  return frame ? { frame, until: end } : null;
}
