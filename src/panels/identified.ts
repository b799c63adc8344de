import { hash } from "node:crypto";
import { encodeProgramme, type Programme } from "../message/index.ts";

/** A programme's id, and its canonical bytes. */
export interface Identified {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const known = new WeakMap<Programme, Identified>();

/** Programmes are immutable: their bytes and ids are worked out once, for whoever asks. */
export function identified(programme: Programme): Identified {
  let made = known.get(programme);
  if (!made) {
    const bytes = encodeProgramme(programme);
    made = { id: hash("sha256", bytes), bytes };
    known.set(programme, made);
  }
  return made;
}
