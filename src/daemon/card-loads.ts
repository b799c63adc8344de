/** What the loads of carried signs are made of: signed sheets with their pixels' measures, and the loads that were made of them. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { BoardConfig } from "../config/types.ts";
import type { Fault } from "../fault.ts";
import { limits } from "../limits.ts";
import { decodeMessage, type Instant, type Message, type MessageHash, type Sha256 } from "../message/index.ts";
import type { MessageStore } from "../message/store.ts";
import { type CardMemory, cardPlace, type LeftOut, maybeOn, noMemory, notCarried } from "../notices/card.ts";
import { type Posting, postingState } from "../notices/posting.ts";
import type { SettingStore } from "../notices/store.ts";
import type { NoticeId, NoticeRecord } from "../notices/types.ts";
import { changesByItself, type LoadItem } from "../panels/carried/load.ts";
import { postingsOnCard } from "./posting-list.ts";
import { type ReadingParts, readPostings } from "./posting-reading.ts";

const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Of one board, a signed sheet: as an item of a load, and how it stands with people's words. */
export interface CardSheet {
  readonly posting: Posting;
  readonly item: LoadItem;
  /** 0 … 9, 10 the default picture: the order on the card. */
  readonly priority: number;
  readonly durationMs: number;
  /** Of all its pictures. */
  readonly dots: number;
  readonly left: LeftOut | null;
}

export interface CardBoard {
  readonly config: BoardConfig;
  readonly memory: CardMemory;
  readonly sheets: readonly CardSheet[];
}

export interface CardReading extends Omit<ReadingParts, "store"> {
  /** Who signed is called so on the slip. */
  readonly people: { account(id: string): Promise<{ readonly name: string } | null> };
  readonly store: ReadingParts["store"] & {
    readonly messages: Pick<MessageStore, "get">;
    readonly settings: SettingStore;
  };
}

export const carriedBoards = ({ boards }: { readonly boards: readonly BoardConfig[] }): readonly BoardConfig[] =>
  boards.filter(({ link }) => link.kind === "carried");

const keyOf = (board: string) => `card.${board}`;
const sheetSchema = z.object({ notice: z.string(), number: z.int(), message: z.string(), durationMs: z.int().min(1) });
const loadsSchema = z.array(z.object({ load: z.string(), at: z.int(), items: z.array(sheetSchema) }));
const memorySchema = z.object({
  made: loadsSchema.max(limits.cardLoads + 1),
  past: loadsSchema.max(limits.cardLoads).default([]),
  earlier: z.array(sheetSchema).max(limits.cardNotices * limits.cardLoads),
  loaded: z
    .object({ load: z.string(), at: z.int(), name: z.string(), words: z.string(), photo: z.string().nullable() })
    .nullable(),
});

/** What nobody can read any more is nothing that anybody said: the next load is asked to be put in anew. */
export async function memoryOf(settings: Pick<SettingStore, "get">, board: string): Promise<CardMemory> {
  const text = await settings.get(keyOf(board));
  if (text === null) return noMemory;
  try {
    return memorySchema.parse(JSON.parse(text));
  } catch {
    return noMemory;
  }
}

/** Of what is remembered of one card. */
export const cardMost = { loads: limits.cardLoads, sheets: limits.cardNotices * limits.cardLoads };

export const keepMemory = (settings: Pick<SettingStore, "set">, board: string, memory: CardMemory): Promise<void> =>
  settings.set(keyOf(board), JSON.stringify(memory));

export async function messageOf(messages: Pick<MessageStore, "get">, hash: MessageHash): Promise<Message | null> {
  const bytes = await messages.get(hash);
  const decoded = bytes && decodeMessage(bytes, sha256);
  return decoded?.ok && decoded.message.hash === hash ? decoded.message : null;
}

interface Measures {
  readonly durationMs: number;
  readonly dots: number;
  readonly changes: boolean;
}

/** Measures of messages, kept while a sheet names them. */
export class CardReader {
  private measured = new Map<MessageHash, Measures | null>();

  /** `also`: notices that are over, which a stick of before may have. */
  async read(parts: CardReading, also: readonly NoticeId[] = []): Promise<readonly CardBoard[]> {
    const carried = carriedBoards(parts.site);
    if (carried.length === 0) return [];
    const postings = await readPostings(parts, {
      has: ({ seal }) => seal?.body.pixels.some(({ board }) => carried.some(({ id }) => id === board)) ?? false,
      postings: postingsOnCard,
      also,
    });
    const revisions = await parts.book.of([...new Set(postings.map(({ notice }) => notice))]);
    const needed = new Map<MessageHash, Measures | null>();
    const boards: CardBoard[] = [];
    for (const config of carried) {
      const memory = await memoryOf(parts.store.settings, config.id);
      const maybe = new Set(maybeOn(memory).map(({ notice, number }) => `${notice} ${number}`));
      const sheets: CardSheet[] = [];
      for (const posting of postings.filter(({ board }) => board === cardPlace(config.id))) {
        const record = signedLast(revisions.revisionsOf(posting.notice), config.id, posting.message);
        if (record?.seal == null) continue;
        const measures = await this.measure(parts.store.messages, posting.message, needed);
        const { by, at } = record.seal.body;
        const { notice, number, title, message, until } = posting;
        // A load is the same load whatever has been said of it meanwhile.
        const from = posting.first ?? posting.from;
        const signedBy = (await parts.people.account(by))?.name ?? by;
        const item = { notice, number, title, message, from, until, signedBy, signedAt: at };
        const { durationMs = 1, dots = 0, changes = false } = measures ?? {};
        const left =
          measures === null ? "gone" : (notCarried(record.content, record.schedule) ?? (changes ? "changes" : null));
        // It lay ready: whoever put it in may have said nothing.
        const asked = maybe.has(`${notice} ${number}`);
        sheets.push({
          posting: { ...posting, asked },
          item,
          priority: record.schedule.priority,
          durationMs,
          dots,
          left,
        });
      }
      boards.push({ config, memory, sheets });
    }
    this.measured = needed;
    return boards;
  }

  private async measure(
    messages: Pick<MessageStore, "get">,
    hash: MessageHash,
    needed: Map<MessageHash, Measures | null>,
  ): Promise<Measures | null> {
    const known = needed.get(hash) ?? this.measured.get(hash);
    if (known) needed.set(hash, known);
    if (known) return known;
    const message = await messageOf(messages, hash);
    const found = message && {
      durationMs: message.durationMs,
      dots: dotsOf(message),
      changes: changesByItself(message),
    };
    needed.set(hash, found);
    return found;
  }
}

/** Of a message's pictures, strips rounded up to whole panels. */
function dotsOf({ shape: { width, height }, pages }: Message): number {
  const panels = pages.reduce(
    (sum, { bitmap }) => sum + Math.ceil(bitmap.width / width) * Math.ceil(bitmap.height / height),
    0,
  );
  return panels * width * height;
}

/** The newest that was signed with these pixels for this board. */
const signedLast = (
  revisions: readonly NoticeRecord[],
  board: string,
  message: MessageHash,
): NoticeRecord | undefined =>
  revisions.findLast(({ seal }) => seal?.body.pixels.some((one) => one.board === board && one.message === message));

/**
 * What stands at `now`, in the order of the card: the most urgent first, then what began first; the default picture last.
 * `left`: signed for it and standing, but not carried. `refused`: notices whose seals did not verify at the last look.
 */
export function standingOf(
  { sheets }: Pick<CardBoard, "sheets">,
  refused: ReadonlyMap<string, Fault>,
  now: Instant,
): { readonly items: readonly CardSheet[]; readonly left: readonly (CardSheet & { readonly left: LeftOut })[] } {
  const items: CardSheet[] = [];
  const left: (CardSheet & { left: LeftOut })[] = [];
  let dots = 0;
  for (const sheet of [...sheets].sort(byOrder)) {
    const state = postingState(sheet.posting, now);
    if (state !== "to-post" && state !== "hanging") continue;
    const full = items.length >= limits.cardNotices || dots + sheet.dots > limits.cardDots;
    const why = sheet.left ?? (refused.has(sheet.item.notice) ? "refused" : full ? "no-room" : null);
    if (why !== null) left.push({ ...sheet, left: why });
    else {
      items.push(sheet);
      dots += sheet.dots;
    }
  }
  return { items, left };
}

function byOrder(one: CardSheet, other: CardSheet): number {
  if (one.priority !== other.priority) return one.priority - other.priority;
  if (one.item.from !== other.item.from) return one.item.from - other.item.from;
  return one.item.notice < other.item.notice ? -1 : 1;
}
