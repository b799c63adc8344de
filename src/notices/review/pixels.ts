/** A text made into the messages that are looked at and signed. */
import type { Fault } from "../../fault.ts";
import type { Message } from "../../message/types.ts";
import { surfacesOf } from "../paper.ts";
import { picturesOf } from "../pictures.ts";
import type { Content, Envelope, NoticeId } from "../types.ts";
import type { ReviewParts } from "./parts.ts";
import type { CasePixels } from "./types.ts";

export interface SetPixels {
  readonly pixels: readonly CasePixels[];
  readonly messages: readonly Message[];
  /** Of every board on which it cannot be set. */
  readonly faults: readonly Fault[];
}

/** For each of the envelope's boards, or those of them that are in `only`: its panel, and its sheets of paper. */
export async function setPixels(
  parts: ReviewParts,
  notice: NoticeId,
  content: Content,
  envelope: Envelope,
  only: readonly string[] = envelope.boards,
): Promise<SetPixels> {
  const pictures = await picturesOf(content, parts.store.pictures);
  const pixels: CasePixels[] = [];
  const messages = new Map<string, Message>();
  const faults: Fault[] = [];
  for (const id of envelope.boards.filter((board) => only.includes(board))) {
    const board = parts.boards.find((one) => one.id === id);
    if (!board) {
      faults.push({ code: "review/unknown", what: "board", id });
      continue;
    }
    for (const surface of surfacesOf(board, content)) {
      const set = await parts.typesetting.ask({
        notice,
        content: surface.content,
        shape: surface.shape,
        ...(surface.cells && { cells: surface.cells }),
        zone: parts.zone,
        calendar: parts.calendarConfig,
        window: { from: envelope.from, until: envelope.until },
        ...(parts.charactersPerSecond !== undefined && { charactersPerSecond: parts.charactersPerSecond }),
        ...(pictures.length > 0 && { pictures }),
      });
      if (!set.ok) {
        faults.push(...set.faults);
        continue;
      }
      pixels.push({ board: surface.place, message: set.message.hash });
      messages.set(set.message.hash, set.message);
    }
  }
  return { pixels, messages: [...messages.values()], faults };
}
