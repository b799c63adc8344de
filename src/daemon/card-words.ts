/** What somebody says of a sign that a person carries a stick to, kept: what was put in, and what is off by the same word. */
import type { CardLeft } from "../api/card-schemas.ts";
import type { Instant } from "../message/types.ts";
import {
  type CardMemory,
  cardPlace,
  isSameSheet,
  type LoadedWord,
  type MadeLoad,
  withLoaded,
} from "../notices/card.ts";
import { refuse } from "../notices/review/parts.ts";
import { type Acting, assertOwnBoards, changeAs } from "../notices/review/persons.ts";
import { codeOf } from "../panels/carried/load.ts";
import type { Caller } from "../people/types.ts";
import { type CardSheet, cardMost, keepMemory } from "./card-loads.ts";
import type { photoTaken } from "./photo-taken.ts";
import type { PostingParts } from "./postings.ts";

export interface WordParts extends PostingParts {
  /** Whether paper of it is to be taken down there, too: then the order waits on. */
  paperLingers(notice: string, board: string): boolean;
}

/** What somebody said, and what follows from it. */
export interface Kept {
  readonly id: string;
  readonly memory: CardMemory;
  readonly made: MadeLoad;
  readonly put: readonly CardSheet[];
  /** `over`: of those, what it is written of each that it was taken off. */
  readonly off: readonly CardSheet[];
  readonly over: readonly CardSheet[];
  readonly words: string;
  readonly photo: Awaited<ReturnType<typeof photoTaken>> | null;
  readonly how?: CardLeft;
}

export const emptiedWords = { cleared: "卡已清空", removed: "屏已拆走" } as const;

/** What of a load is to be on the sign no more, or is in no book any more: what it has by its end, the first first. */
export function overIn(
  sheets: readonly CardSheet[],
  { items }: MadeLoad,
  now: Instant,
): readonly Pick<CardSheet["item"], "notice" | "title" | "until">[] {
  return items
    .flatMap((one) => {
      const item = sheets.find((sheet) => isSameSheet(sheet.item, one))?.item;
      if (!item)
        return one.notice.startsWith("default:") ? [] : [{ notice: one.notice, title: one.notice, until: now }];
      return item.until <= now ? [item] : [];
    })
    .sort((one, other) => one.until - other.until);
}

export const isOn = ({ posted, taken }: CardSheet["posting"]): boolean => posted !== null && taken === null;

/** In one change: the words of each sheet, what is remembered of the card, the row, and the orders that end with it. When it was said. */
export async function keepWord(parts: WordParts, caller: Caller, acting: Acting, said: Kept): Promise<Instant> {
  const { id, memory, made, put, off, over, words, photo, how } = said;
  const { by } = acting;
  const word = { at: parts.clock.now(), by: by.account, name: by.name, words, photo: photo?.sha256 ?? null };
  const loaded: LoadedWord = { load: made.load, at: word.at, name: by.name, words, photo: word.photo };
  await changeAs(parts, acting, async (tx) => {
    await assertOwnBoards(parts, tx, caller, acting, id, [id]);
    for (const [kind, some] of [["posted", put] as const, ["taken", over] as const])
      for (const { posting } of some) {
        const sheet = { notice: posting.notice, number: posting.number, board: cardPlace(id) };
        const last = posting.over ?? (kind === "posted" ? posting.taken : null);
        const isSaid = last
          ? await tx.postings.again(sheet, last, kind, word, photo?.packed ?? null)
          : await tx.postings.say(sheet, kind, word, photo?.packed ?? null);
        if (!isSaid) refuse({ code: "card/said", board: id, load: codeOf(made.load) });
      }
    await keepMemory(tx.settings, id, withLoaded(memory, made, loaded, cardMost));
    const ids = (some: readonly CardSheet[]) => some.map(({ item }) => item.notice);
    const data = { load: made.load, name: by.name, words, photo: word.photo, put: ids(put), off: ids(over) };
    if (how === undefined) await tx.record({ action: "card/loaded", subject: id, data });
    else await tx.record({ action: "card/emptied", subject: id, data: { how, ...data } });
    const taken = `${by.name}\uff1a${words || `已装入 ${codeOf(made.load)}`}`;
    for (const { item } of off)
      for (const order of parts.paperLingers(item.notice, id) ? [] : parts.ordersFor(item.notice))
        await tx.takedowns.done(order, id, { at: word.at, how: "by-hand", words: taken });
  });
  return word.at;
}
