/**
 * 装卡: what is to stand on signs that nobody but a person reaches, and what people say that they put in. Such a card goes
 * round what it was given by day and by night and knows no end, so a load is what stands at this moment: a notice whose time
 * has not come is not in it, for it would be shown too early; one whose time is over is asked to be taken off. Decided from
 * notices, words and loads made, so nothing is lost with a daemon that dies in between.
 */
import type { CardLeft } from "../api/card-schemas.ts";
import type { CardView, Cards, LoadedSaid } from "../api/cards.ts";
import type { BoardConfig } from "../config/types.ts";
import type { Fault } from "../fault.ts";
import { type Instant, programmeId, type Window } from "../message/index.ts";
import type { PlayStore } from "../ledger/play-store.ts";
import { isSameSheet, loadedItems, type MadeLoad, maybeOn } from "../notices/card.ts";
import { postingState } from "../notices/posting.ts";
import { refuse } from "../notices/review/parts.ts";
import { type Acting, actingAs } from "../notices/review/persons.ts";
import { readWords } from "../notices/review/steps.ts";
import { codeOf, itemWanted, loadId, loadWanted } from "../panels/carried/load.ts";
import { zipOf } from "../panels/carried/zip.ts";
import type { BoardFacts, Holding } from "../panels/contract.ts";
import type { OnCard } from "../panels/delivery/index.ts";
import type { Caller } from "../people/types.ts";
import { formatCivil } from "../time/zone.ts";
import { type CardBoard, CardReader, type CardSheet, carriedBoards, standingOf } from "./card-loads.ts";
import { CardMaker, type CardMakerParts } from "./card-maker.ts";
import { type CardNow, type CardPiece, type CardSource, loadedNow, piecesOf, Rounds } from "./card-shows.ts";
import { emptiedWords, isOn, type Kept, keepWord, overIn } from "./card-words.ts";
import { cardView, isDefault } from "./card-view.ts";
import { isLate } from "./posting-list.ts";
import { photoTaken } from "./photo-taken.ts";
import type { PostingParts } from "./postings.ts";

export interface CardParts extends PostingParts, Pick<CardMakerParts, "seals" | "messages" | "isDark" | "failed"> {
  /** Whether paper of it is to be taken down there, too: then the order waits on. */
  paperLingers(notice: string, board: string): boolean;
  /** For the play log. */
  witness: CardMakerParts["witness"];
  readonly store: PostingParts["store"] & { readonly play: Pick<PlayStore, "before" | "programme"> };
}

export class CarriedCards implements Cards, CardSource {
  private readonly parts: CardParts;
  private readonly reader = new CardReader();
  private readonly rounds = new Rounds();
  private readonly maker: CardMaker;
  private boards: readonly CardBoard[] | null = null;
  private found: ReadonlyMap<string, BoardFacts["faults"]> = new Map();

  constructor(parts: CardParts) {
    this.parts = parts;
    this.maker = new CardMaker(parts);
  }

  /** Notices or words have changed. */
  async read(): Promise<void> {
    if (carriedBoards(this.parts.site).length === 0) return;
    this.boards = await this.reader.read(this.parts);
    await this.look();
  }

  /** At each heartbeat: what begins and ends by itself, and what is late now. */
  async look(): Promise<void> {
    if (this.boards === null) return;
    for (const board of this.boards) {
      const memory = await this.maker.tend(board);
      if (memory !== board.memory) this.boards = this.boards.map((one) => (one === board ? { ...board, memory } : one));
    }
    const found = new Map(this.boards.map((board) => [board.config.id, this.faultsOf(board)]));
    const isOther = JSON.stringify([...found]) !== JSON.stringify([...this.found]);
    this.found = found;
    if (isOther) this.parts.changed();
  }

  faults(board: string): BoardFacts["faults"] {
    return this.found.get(board) ?? [];
  }

  private faultsOf(board: CardBoard): BoardFacts["faults"] {
    const { config } = board;
    const now = this.clockNow();
    const due = board.sheets.filter(({ posting }) => isLate(posting, now, this.parts));
    const off = due.filter(({ posting }) => postingState(posting, now) === "to-take-down");
    const { items } = standingOf(board, this.maker.refusedOn(config.id), now);
    // The default picture is the installation file's and was there before anybody could be late.
    const add = due.filter((sheet) => !off.includes(sheet) && !isDefault(sheet) && items.includes(sheet));
    const told = (at: Instant) => ({
      ...{ board: config.id, place: config.place, custodian: config.custodian },
      since: formatCivil(this.parts.zone, at).slice(0, "2017-05-22T08:00".length).replace("T", " "),
    });
    const faults: { fault: Fault; at: Instant }[] = [...this.maker.faults(config.id)];
    const first = [...off].sort((one, other) => one.item.until - other.item.until)[0];
    if (first) {
      const { notice, title, until } = first.item;
      faults.push({ fault: { code: "card/still-on", notice, title, more: off.length - 1, ...told(until) }, at: until });
    }
    if (add.length > 0) {
      const at = Math.min(...add.map(({ posting }) => posting.from));
      const load = codeOf(this.maker.loadOf(config.id) ?? "");
      faults.push({ fault: { code: "card/not-loaded", notices: add.length, load, ...told(at) }, at });
    }
    return faults;
  }

  list(): readonly CardView[] {
    const views = (this.boards ?? []).map((board) => this.viewOf(board));
    return views.sort((one, other) => (one.since ?? Infinity) - (other.since ?? Infinity) || 0);
  }

  /** What waits for somebody. */
  waiting(): readonly CardView[] {
    return this.list().filter(({ since }) => since !== null);
  }

  private viewOf(board: CardBoard): CardView {
    const { id } = board.config;
    return cardView(board, {
      ...{ now: this.clockNow(), isDark: this.parts.isDark(id), load: this.maker.loadOf(id) ?? "" },
      ...{ refused: this.maker.refusedOn(id), isLate: (posting) => isLate(posting, this.clockNow(), this.parts) },
    });
  }

  /** What people's words say of the board's card; null: nothing was read yet, or it is not carried to. */
  onCard(id: string): OnCard | null {
    const board = this.boards?.find(({ config }) => config.id === id);
    if (!board) return null;
    return { loaded: loadedNow(board.config, board.memory), holding: this.holding(board) };
  }

  /** What it goes round, and what it waits for; null: nothing was read yet, or it is not carried to. */
  now(id: string): CardNow | null {
    const board = this.boards?.find(({ config }) => config.id === id);
    if (!board) return null;
    const { state, late, items, off } = this.viewOf(board);
    const stands = { state, late, put: items.filter(({ isNew }) => isNew).length, off: off.length };
    return { ...this.rounds.of(board, this.clockNow()), stands };
  }

  pieces(id: string, span: Window): Promise<readonly CardPiece[]> {
    const { config, memory } = this.boardOf(id);
    const parts = { store: this.parts.store, shape: config.shape, now: this.clockNow() };
    return piecesOf(parts, id, loadedNow(config, memory), span);
  }

  /** Each by itself: what may stand there until its end, what may not for as long as can be said. */
  private holding({ config, sheets, memory }: CardBoard): Holding {
    const now = this.clockNow();
    const maybe = maybeOn(memory);
    const may = sheets
      .filter(({ posting, item }) => isOn(posting) || maybe.some((one) => isSameSheet(one, item)))
      .map(({ item }) => {
        const until = item.until > now ? item.until : Number.POSITIVE_INFINITY;
        return itemWanted(config.id, config.shape, item, { now, until });
      });
    return { may, known: true, readBack: null, via: "file" };
  }

  /** How many notices go round there, or may; null: nobody carries a stick to it. */
  on(id: string): number | null {
    const board = this.boards?.find(({ config }) => config.id === id);
    return board ? new Set(maybeOn(board.memory).map(({ notice }) => notice)).size : null;
  }

  /** Whether it may be on the card, whatever it is that says so. */
  mayHave(notice: string, id: string): boolean {
    const board = this.boards?.find(({ config }) => config.id === id);
    if (!board) return false;
    const maybe = maybeOn(board.memory);
    return board.sheets.some(
      ({ posting, item }) => item.notice === notice && (isOn(posting) || maybe.some((one) => isSameSheet(one, item))),
    );
  }

  async archive(id: string): Promise<Uint8Array> {
    const board = this.boardOf(id);
    const { name, files } = await this.maker.files(board);
    return zipOf(files.map((file) => ({ ...file, name: `${name}/${file.name}` })));
  }

  async slip(id: string): Promise<string> {
    const board = this.boardOf(id);
    return (await this.maker.files(board)).slip;
  }

  async picture(id: string, file: string): Promise<Uint8Array | null> {
    const board = this.boardOf(id);
    const { files } = await this.maker.files(board);
    return files.find(({ name }) => name === file && name.endsWith(".png"))?.bytes ?? null;
  }

  async photo(id: string): Promise<Uint8Array | null> {
    const photo = this.boardOf(id).memory.loaded?.photo ?? null;
    return photo === null ? null : this.parts.store.pictures.get(photo);
  }

  async say(caller: Caller, id: string, said: LoadedSaid): Promise<CardView> {
    const { parts } = this;
    const { memory, ...board } = this.boardOf(id);
    const words = said.words.trim() === "" ? "" : readWords(id, "words", said.words, false);
    const acting = await actingAs(parts, caller, ["operator", "maker", "signer"]);
    const wanted = said.load.trim().toLowerCase().replaceAll("-", "");
    const ready = memory.made.findLast(({ load }) => wanted.length >= 8 && load.startsWith(wanted));
    const made = ready ?? memory.past.findLast(({ load }) => wanted.length >= 8 && load.startsWith(wanted));
    if (!made) return refuse({ code: "card/no-load", board: id, load: said.load });
    // A stick of before may have notices of which nobody needs to know any more: now somebody does.
    const sheets = ready ? board.sheets : await this.sheetsWith(id, made);
    const has = (sheet: CardSheet) => made.items.some((one) => isSameSheet(one, sheet.item));
    const put = sheets.filter((sheet) => has(sheet) && (sheet.posting.posted === null || sheet.posting.taken !== null));
    // What nobody said was put in, and may have been, is off by the same word.
    const off = sheets.filter((sheet) => !has(sheet) && (isOn(sheet.posting) || sheet.posting.asked));
    const over = off.filter(({ posting }) => isOn(posting) || posting.until <= parts.clock.now());
    if (put.length === 0 && off.length === 0 && memory.loaded?.load === made.load)
      refuse({ code: "card/said", board: id, load: codeOf(made.load) });
    const gone = overIn(sheets, made, parts.clock.now());
    const [one] = gone;
    if (one && !said.knowing) {
      const { notice, title, until } = one;
      const at = formatCivil(parts.zone, until).slice(0, "2017-05-22T08:00".length).replace("T", " ");
      refuse({ code: "card/over", board: id, load: codeOf(made.load), notice, title, at, more: gone.length - 1 });
    }
    const photo = said.photo && (await photoTaken(parts, said.photo));
    await this.keep(caller, acting, { id, memory, made, put, off, over, words, photo });
    return this.viewOf(this.boardOf(id));
  }

  /** Nothing of ours is on it any more: it was emptied, or the sign is gone. By whoever retires its board. */
  async empty(caller: Caller, id: string, how: CardLeft, reason: string): Promise<void> {
    const { config, memory, sheets } = this.boardOf(id);
    const has = loadedItems(memory)?.length ?? 0;
    if (how === "never" && memory.loaded !== null) refuse({ code: "installation/loaded", board: id, notices: has });
    const acting = await actingAs(this.parts, caller, ["administrator"]);
    const off = sheets.filter(({ posting }) => isOn(posting) || posting.asked);
    const over = off.filter(({ posting }) => isOn(posting));
    const made = { load: loadId(id, config.shape, []), at: this.clockNow(), items: [] };
    const past = { ...memory, made: [...memory.made, made] };
    const words = how === "never" ? reason : `${emptiedWords[how]}\uff1a${reason}`;
    await this.keep(caller, acting, { id, memory: past, made, put: [], off, over, words, photo: null, how });
  }

  private async keep(caller: Caller, acting: Acting, said: Kept): Promise<void> {
    const at = await keepWord(this.parts, caller, acting, said);
    this.tell(said.id, said.made, at);
    await this.parts.said();
  }

  /** For the play log: from then on the card goes round this, by what somebody said. */
  private tell(id: string, { items }: MadeLoad, at: Instant): void {
    const { shape } = this.boardOf(id).config;
    const wanted = loadWanted(id, shape, items, at);
    const programme = programmeId(wanted.programme);
    this.parts.witness({ board: id, at, kind: "told", wanted, programme, via: "file" });
  }

  /** With those of a load of before. */
  private async sheetsWith(id: string, { items }: MadeLoad): Promise<readonly CardSheet[]> {
    const boards = await new CardReader().read(this.parts, [...new Set(items.map(({ notice }) => notice))]);
    return boards.find(({ config }) => config.id === id)?.sheets ?? [];
  }

  private boardOf(id: string): CardBoard & { readonly config: BoardConfig } {
    return this.boards?.find(({ config }) => config.id === id) ?? refuse({ code: "card/unknown", board: id });
  }

  private clockNow(): Instant {
    return this.parts.clock.now();
  }
}
