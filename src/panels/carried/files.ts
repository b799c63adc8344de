/**
 * What lies in the folder: of every page a PNG of exactly the panel's dots, numbered in the order in which the card shall
 * show them; a manifest that says of each whose it is and how long it stands. Made of what was cleared, and of nothing else.
 *
 * No card maker's own file is made here: none of the formats that cards read from a stick (Huidu, Onbon, Listen Vision) is
 * published, and a guess could set a card's scan or polarity. The maker's own program makes it of these pictures.
 */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Instant, Shape } from "../../message/index.ts";
import { type CardScene, scenesOf } from "../cards/scenes.ts";
import { pngOf } from "../cards/png.ts";
import { manifestName } from "./folder.ts";
import { type ClearedItem, codeOf } from "./load.ts";
import type { CarriedFile } from "./zip.ts";

/** A picture of the play list. */
export interface CarriedPage {
  /** "01-N07-02.png": place in the load, notice, page. */
  readonly file: string;
  readonly sha256: string;
  readonly motion: CardScene["motion"];
  /** How long it stands, or passes over the panel; with what leads into it and out of it. ms. */
  readonly lastsMs: number;
  /** ms a dot of travel; 0 where it stands. */
  readonly msPerPx: number;
  /** Of a strip, which of how many pictures, from 1; of what stands: 1 of 1. */
  readonly piece: number;
  readonly pieces: number;
}

export interface CarriedItem extends Omit<ClearedItem, "wanted"> {
  readonly order: number;
  /** Once through, ms. */
  readonly durationMs: number;
  readonly pages: readonly CarriedPage[];
}

/** What was made of a load; `papers` (the slip, the play list) are added by who writes them. */
export interface CarriedLoad {
  readonly items: readonly CarriedItem[];
  readonly pictures: readonly CarriedFile[];
}

export interface LoadFacts {
  readonly board: string;
  readonly name: string;
  readonly shape: Shape;
  /** `loadId`. */
  readonly load: string;
  /** When the board first was to have this load, as ISO 8601; so the same load is the same bytes. */
  readonly since: string;
  readonly practice: boolean;
}

/** A panel's lit dot is white: a maker's program asks how bright a dot is, and red alone is too dark for some of them. */
const ink = [255, 255, 255] as const;
const nameChars = 24;

/** `at`: when it stands; what changes by itself is not in a load. */
export async function picturesOf(items: readonly ClearedItem[], at: Instant): Promise<CarriedLoad> {
  const pictures: CarriedFile[] = [];
  const made: CarriedItem[] = [];
  for (const { wanted, ...item } of items) {
    const order = made.length + 1;
    const [hash] = wanted.programme.messages;
    const message = hash === undefined ? undefined : wanted.messages.get(hash);
    if (!message) throw new Error(`${item.notice}: cleared without its pixels`);
    const pages: CarriedPage[] = [];
    for (const { pictures: frames, motion, msPerPx, lastsMs } of scenesOf(message, at, 0))
      for (const [piece, frame] of frames.entries()) {
        const bytes = pngOf(frame, ink);
        const file = `${two(order)}-${asciiOf(item.notice)}-${two(pages.length + 1)}.png`;
        const place = { piece: piece + 1, pieces: frames.length };
        pages.push({ file, sha256: sha256(bytes), motion, msPerPx, lastsMs, ...place });
        pictures.push({ name: file, bytes });
        await setImmediate();
      }
    made.push({ ...item, order, durationMs: message.durationMs, pages });
  }
  return { items: made, pictures };
}

/** The whole folder, the manifest in it first. */
export function folderOf(
  facts: LoadFacts,
  { items, pictures }: CarriedLoad,
  papers: readonly CarriedFile[],
): readonly CarriedFile[] {
  const files = [...papers, ...pictures];
  const { width, height, colour } = facts.shape;
  const manifest = {
    ...{ kind: "boardcast-card", v: 1, board: facts.board, name: facts.name, practice: facts.practice },
    panel: { width, height, colour },
    ...{ load: facts.load, code: codeOf(facts.load), since: facts.since },
    items: items.map(({ from, until, signedAt, ...item }) => ({
      ...item,
      ...{ from: isoOf(from), until: isoOf(until), signedAt: isoOf(signedAt) },
    })),
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  };
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  return [{ name: manifestName, bytes }, ...files];
}

/** How a board's folder is called: its id, which is ASCII (`config/schema.ts`). */
export const folderName = (board: string): string => asciiOf(board);

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const two = (count: number): string => String(count).padStart(2, "0");
const isoOf = (at: Instant): string => new Date(at).toISOString();

function asciiOf(id: string): string {
  const plain = id.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, nameChars);
  return plain === "" ? "_" : plain;
}
