/**
 * What stands on a sign that a person carries a stick to, at any instant: what its card goes round by the word of who put it
 * in last, and not what its schedule has. The past is the play log's; from the last word on it is so until somebody says
 * otherwise. No part of it was ever seen by anything but people's eyes.
 */
import type { BoardConfig } from "../config/types.ts";
import { toldOf } from "../ledger/play-was.ts";
import type { PlayStore } from "../ledger/play-store.ts";
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import { decodeProgramme, type Instant, type Programme, type Window } from "../message/index.ts";
import { type CardMemory, loadedItems } from "../notices/card.ts";
import { loadWanted } from "../panels/carried/load.ts";
import type { Wanted } from "../panels/contract.ts";
import type { PlannedProgramme, Reason } from "../playlist/types.ts";
import type { BoardProgramme, CardStands } from "../preview/types.ts";
import { dayNumberAt, instantOf } from "../time/zone.ts";
import { type Above, loadedWords } from "./suspended.ts";
import type { CardBoard } from "./card-loads.ts";

/** What it goes round by one word, until the next. */
export interface CardPiece extends Window {
  /** When somebody said that they put it in; null: nobody has said anything yet, and what stands there is not known. */
  readonly loaded: Instant | null;
  /** Each once, in the order of the card. */
  readonly notices: readonly string[];
  readonly planned: PlannedProgramme;
}

/** Of one board, now. */
export interface CardNow extends Omit<CardPiece, "from" | "until"> {
  /** Notice → title, of `notices`. */
  readonly titles: ReadonlyMap<string, string>;
  readonly stands: CardStands;
}

/** Answers null, or nothing, of boards that nobody carries a stick to. */
export interface CardSource {
  now(board: string): CardNow | null;
  /** One after the other, without a gap, over all of `span`. */
  pieces(board: string, span: Window): Promise<readonly CardPiece[]>;
}

/** A day's piece that holds `at`, as long as it goes on that day; null: no such board. */
export async function cardDay(
  source: CardSource | undefined,
  { id }: Pick<BoardConfig, "id">,
  zone: string,
  at: Instant,
): Promise<CardPiece | null> {
  if (source?.now(id) == null) return null;
  const day = dayNumberAt(zone, at);
  const span = { from: instantOf(zone, day, 0), until: instantOf(zone, day + 1, 0) };
  const pieces = await source.pieces(id, span);
  return pieces.find(({ from, until }) => from <= at && at < until) ?? null;
}

/** Its schedule does not count: from when on, and until when as far as is known. */
export const suspensionBy = ({ from, until, loaded }: CardPiece, index: number, all: readonly CardPiece[]): Above => ({
  ...{ kind: "card", from, until: index === all.length - 1 ? null : until, by: "", reason: "" },
  ...(loaded !== null && { loaded }),
});

/** Why a notice is on such a sign, or is not. `rules`: by its schedule, which decides what is to be put in and no more. */
export function cardReason(
  { loaded, notices }: Pick<CardPiece, "loaded" | "notices">,
  notice: string,
  { code }: Pick<Reason, "code">,
  rules: Sentence,
  zone: string,
): { readonly sentence: Sentence; readonly onCard?: true; readonly suspended: "card" | null } {
  const plan = { zh: `按安排\uff1a${rules.zh}`, en: `by its schedule: ${rules.en}` };
  if (notices.includes(notice)) {
    const said = loadedWords(loaded, zone);
    const over = overCodes.has(code);
    const [zh, en] = over
      ? ["\uff1b已经不该在屏上\uff0c请重新装卡", "; it is to be there no more: load the sign anew"]
      : ["", ""];
    return {
      sentence: { zh: `${said.zh}${zh}\uff1b${plan.zh}`, en: `${said.en}${en}; ${plan.en}` },
      ...{ onCard: true, suspended: null },
    };
  }
  if (code !== "shown") return { sentence: rules, suspended: null };
  const words =
    loaded === null
      ? loadedWords(null, zone)
      : { zh: "不在卡上\uff0c装卡以后才会播", en: "it is not on the card: load the sign, then it will be" };
  return { sentence: { zh: `${words.zh}\uff1b${plan.zh}`, en: `${words.en}; ${plan.en}` }, suspended: "card" };
}

const overCodes: ReadonlySet<Reason["code"]> = new Set(["after", "withdrawn", "superseded"]);

/** As the page has it. */
export function roundOf({ planned, titles, loaded }: CardNow): BoardProgramme {
  const why = { zh: "按所装内容循环播放", en: "its card goes round what was put in" };
  return { ...planned, notices: Object.fromEntries([...titles].map(([id, title]) => [id, { title, why }])), loaded };
}

/** The same notices at the same places of their rounds, from `from` on. */
export function roundIn(programme: Programme, { from, until }: Window): Programme {
  const [first] = programme.spans;
  const endMs = Math.min(until - from, 0xffff_ffff);
  const round = first?.turns.at(-1)?.endMs ?? 0;
  if (first === undefined || round === 0) return { ...programme, base: from, endMs, messages: [], spans: [] };
  const leadMs = (((from - programme.base + first.leadMs) % round) + round) % round;
  return { ...programme, base: from, endMs, spans: [{ ...first, startMs: 0, endMs, leadMs }] };
}

export type Loaded = Pick<Wanted, "programme" | "owners"> & { readonly loaded: Instant };

/** By the last word; null: nobody has said anything yet. */
export function loadedNow({ id, shape }: Pick<BoardConfig, "id" | "shape">, memory: CardMemory): Loaded | null {
  const items = loadedItems(memory);
  if (memory.loaded === null || items === null) return null;
  const { programme, owners } = loadWanted(id, shape, items, memory.loaded.at);
  return { programme, owners, loaded: memory.loaded.at };
}

export interface PieceParts {
  readonly store: { readonly play: Pick<PlayStore, "before" | "programme"> };
  readonly shape: BoardConfig["shape"];
  readonly now: Instant;
}

/** `last`: by the memory, which is ahead of the log. */
export async function piecesOf(
  { store, shape, now }: PieceParts,
  board: string,
  last: Loaded | null,
  span: Window,
): Promise<readonly CardPiece[]> {
  const words: Loaded[] = [];
  const add = (one: Loaded) => {
    // The board clock was set back: what was said to be later never came.
    while (words.at(-1) && (words.at(-1) as Loaded).loaded >= one.loaded) words.pop();
    words.push(one);
  };
  const begins = last === null ? Number.POSITIVE_INFINITY : Math.min(last.loaded, now);
  if (span.from < begins) {
    const rows = await store.play.before(board, "play/told", span.until, limits.playCandidates);
    for (const row of [...rows].sort((one, other) => one.seq - other.seq)) {
      const told = toldOf(row);
      if (told?.via !== "file" || told.from >= begins) continue;
      const bytes = await store.play.programme(told.programme);
      const decoded = bytes && decodeProgramme(bytes);
      if (!decoded?.ok) continue;
      const { programme } = decoded;
      const ownerOf = (message: number) =>
        told.notices.find(({ messages }) => messages.includes(message))?.id ?? `message:${message}`;
      const owners = programme.spans.map(({ turns }) => turns.map(({ message }) => ownerOf(message)));
      add({ programme, owners, loaded: told.from });
    }
  }
  if (last !== null) add({ ...last, loaded: begins });
  const starts = words.map(({ loaded }) => loaded);
  const nothing: Programme = { shape, base: span.from, endMs: 1, messages: [], spans: [] };
  const all = [{ programme: nothing, owners: [], loaded: null }, ...words];
  return all.flatMap((one, index): CardPiece[] => {
    const from = Math.max(span.from, one.loaded ?? Number.NEGATIVE_INFINITY);
    const until = Math.min(span.until, starts[index] ?? Number.POSITIVE_INFINITY);
    if (until <= from) return [];
    const planned = { programme: roundIn(one.programme, { from, until }), owners: one.owners };
    const loaded = one.loaded !== null && one.loaded === begins && last !== null ? last.loaded : one.loaded;
    return [{ from, until, loaded, notices: [...new Set(one.owners.flat())], planned }];
  });
}

const dayMs = 86_400_000;
/** Of a load that has been there for longer than a programme can last, a later part is told: each so long after the one before. */
const stretchMs = 20 * dayMs;

/** What cards go round now, the same objects as long as it is the same: the page is sent it again where it is not. */
export class Rounds {
  private readonly known = new Map<string, { readonly key: string; readonly round: Omit<CardNow, "stands"> }>();

  of({ config, memory, sheets }: CardBoard, now: Instant): Omit<CardNow, "stands"> {
    const last = loadedNow(config, memory);
    const begin = last?.loaded ?? 0;
    const stretch = Math.floor((now - begin) / stretchMs);
    const key = `${memory.loaded?.load} ${begin} ${stretch}`;
    const before = this.known.get(config.id);
    if (before?.key === key) return before.round;
    const from = begin + stretch * stretchMs;
    const nothing: Programme = { shape: config.shape, base: from, endMs: 1, messages: [], spans: [] };
    const programme = roundIn(last?.programme ?? nothing, { from, until: from + 0xffff_ffff });
    const owners = last?.owners ?? [];
    const notices = [...new Set(owners.flat())];
    const titleOf = (id: string) => sheets.find(({ item }) => item.notice === id)?.item.title ?? id;
    const round = { loaded: last?.loaded ?? null, notices, planned: { programme, owners } };
    const made = { ...round, titles: new Map(notices.map((id) => [id, titleOf(id)])) };
    this.known.set(config.id, { key, round: made });
    return made;
  }
}
