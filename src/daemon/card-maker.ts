/** Makes the loads of carried signs: keeps each board's folder as it is to be carried, and remembers what was made. */
import type { Fault } from "../fault.ts";
import type { Instant } from "../message/index.ts";
import type { MessageStore } from "../message/store.ts";
import { cardSlip, playListCsv, type SlipParts } from "../ledger/reports/index.ts";
import { type CardMemory, withMade } from "../notices/card.ts";
import { postingState } from "../notices/posting.ts";
import type { CarriedItem } from "../panels/carried/files.ts";
import { folderName, folderOf, picturesOf } from "../panels/carried/files.ts";
import { removeFolder, replaceFolder } from "../panels/carried/folder.ts";
import { clearItems, codeOf, loadId } from "../panels/carried/load.ts";
import type { CarriedFile } from "../panels/carried/zip.ts";
import type { PlayEvent } from "../panels/contract.ts";
import type { Seals } from "../panels/delivery/index.ts";
import type { Clock } from "../time/clock.ts";
import { type CardBoard, cardMost, keepMemory, messageOf, standingOf } from "./card-loads.ts";
import { isDefault, leftWords } from "./card-view.ts";
import type { PostingParts } from "./postings.ts";
import { refuse } from "../notices/review/parts.ts";

export interface CardMakerParts {
  readonly site: PostingParts["site"];
  readonly store: PostingParts["store"];
  readonly messages: Pick<MessageStore, "get">;
  readonly clock: Clock;
  readonly zone: string;
  readonly seals: Seals;
  isDark(board: string): boolean;
  witness(event: PlayEvent): void;
  failed(error: unknown): void;
}

export interface LoadFiles {
  /** The folder's. */
  readonly name: string;
  readonly files: readonly CarriedFile[];
  /** For whoever prints it here: its pictures and style are asked for. */
  readonly slip: string;
}

interface Kept {
  /** What is to be on the card; null: not made yet. */
  readonly load: string | null;
  /** What lies in the folder: a load, "" nothing; null: not known. */
  readonly written: string | null;
  readonly refused: ReadonlyMap<string, Fault>;
  readonly faults: readonly { readonly fault: Fault; readonly at: Instant }[];
}

const nothing: Kept = { load: null, written: null, refused: new Map(), faults: [] };

export class CardMaker {
  private readonly parts: CardMakerParts;
  private readonly kept = new Map<string, Kept>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(parts: CardMakerParts) {
    this.parts = parts;
  }

  loadOf = (board: string): string | null => this.of(board).load;
  refusedOn = (board: string): ReadonlyMap<string, Fault> => this.of(board).refused;
  faults = (board: string): Kept["faults"] => this.of(board).faults;

  /** Brings folder and memory to what stands now; what it remembers then. One at a time, and a failure is its own board's. */
  tend(board: CardBoard): Promise<CardMemory> {
    const done = this.turn.then(() => this.tendOne(board));
    this.turn = done.catch(() => {});
    return done.catch((error: unknown) => {
      this.parts.failed(error);
      return board.memory;
    });
  }

  private async tendOne(board: CardBoard): Promise<CardMemory> {
    const { id, shape } = board.config;
    const now = this.parts.clock.now();
    const { items } = standingOf(board, this.of(id).refused, now);
    const asked = loadId(
      id,
      shape,
      items.map(({ item }) => item),
    );
    let { memory } = board;
    if (this.parts.isDark(id)) {
      this.keep(id, { load: asked });
      if (this.of(id).written !== "") await removeFolder(this.folderOf(board), folderName(id));
      this.keep(id, { written: "" });
      return memory;
    }
    const before = this.of(id);
    // What is marked new on the slip, and what is to go, changes when somebody has said what they put in.
    const written = `${asked} ${memory.loaded?.at ?? 0}`;
    if (before.load === asked && before.written === written && memory.made.at(-1)?.load === asked) return memory;
    const { load, cleared, refused } = await this.clearedOf(board, now);
    if (memory.made.at(-1)?.load !== load) {
      const sheets = standingOf(board, refused, now).items.map(({ item, durationMs }) => {
        return { notice: item.notice, number: item.number, message: item.message, durationMs };
      });
      const kept = withMade(memory, { load, at: now, items: sheets }, cardMost);
      await this.parts.store.change("system", async (tx) => {
        await keepMemory(tx.settings, id, kept);
        await tx.record({
          action: "card/made",
          subject: id,
          data: { load, notices: sheets.map(({ notice }) => notice) },
        });
      });
      memory = kept;
    }
    this.keep(id, { load, refused });
    const files = await this.filesOf({ ...board, memory }, load, cleared, now);
    const fault = await replaceFolder(this.folderOf(board), folderName(id), files.files);
    const faults = [...refused.values(), ...(fault ? [fault] : [])].map((one) => ({ fault: one, at: now }));
    this.keep(id, { written: fault === null ? written : null, faults });
    return memory;
  }

  /** Of what stands, looked at anew: seal by seal, dot for dot. */
  private async clearedOf(board: CardBoard, now: Instant) {
    const { id, shape } = board.config;
    const refused = new Map<string, Fault>();
    for (;;) {
      const { items } = standingOf(board, refused, now);
      const found = [];
      for (const { item } of items) {
        const pixels = await messageOf(this.parts.messages, item.message);
        if (pixels) found.push({ ...item, pixels });
        else refused.set(item.notice, { code: "message/altered", board: id, message: item.message });
      }
      const looked = clearItems(id, shape, found, this.parts.seals, now);
      for (const fault of looked.faults) if ("notice" in fault) refused.set(String(fault.notice), fault);
      if (looked.items.length === items.length)
        return { load: loadId(id, shape, looked.items), cleared: looked.items, refused };
    }
  }

  /** As it is to be carried now. FaultError `card/dark`. */
  async files(board: CardBoard): Promise<LoadFiles> {
    const { id } = board.config;
    if (this.parts.isDark(id)) refuse({ code: "card/dark", board: id });
    const now = this.parts.clock.now();
    const { load, cleared } = await this.clearedOf(board, now);
    return this.filesOf(board, load, cleared, now);
  }

  private async filesOf(
    board: CardBoard,
    load: string,
    cleared: Awaited<ReturnType<CardMaker["clearedOf"]>>["cleared"],
    now: Instant,
  ): Promise<LoadFiles> {
    const { config, memory, sheets } = board;
    const { site, zone } = this.parts;
    const name = folderName(config.id);
    const since = memory.made.findLast((one) => one.load === load)?.at ?? now;
    const made = await picturesOf(cleared, now);
    const sheetOf = (item: CarriedItem) =>
      sheets.find((one) => one.item.notice === item.notice && one.item.number === item.number);
    const { left } = standingOf(board, this.of(config.id).refused, now);
    const off = sheets.filter(({ posting }) => postingState(posting, now) === "to-take-down").map(({ item }) => item);
    const link = config.link.kind === "carried" ? config.link : null;
    const slip: SlipParts = {
      ...{ office: site.office, zone, practice: site.practice, folder: name, load, since, off },
      ...{ board: config.id, name: config.name, place: config.place, custodian: config.custodian, model: config.model },
      ...{ width: config.shape.width, height: config.shape.height, colour: config.shape.colour },
      ...{ card: link?.card ?? null, tool: link?.tool ?? null },
      code: codeOf(load),
      items: made.items.map((item) => {
        const sheet = sheetOf(item);
        return { ...item, isNew: sheet?.posting.posted == null, isDefault: sheet !== undefined && isDefault(sheet) };
      }),
      left: left.map(({ item, left: why }) => ({ notice: item.notice, title: item.title, why: leftWords[why] })),
    };
    const papers = [
      { name: "slip.html", bytes: Buffer.from(cardSlip(slip, { picture: (file) => file, inline: true })) },
      { name: "playlist.csv", bytes: Buffer.from(playListCsv(slip)) },
    ];
    const facts = { board: config.id, name: config.name, shape: config.shape, practice: site.practice };
    const files = folderOf({ ...facts, load, since: new Date(since).toISOString() }, made, papers);
    return { name, files, slip: cardSlip(slip, { picture: (file) => `pages/${file}`, inline: false }) };
  }

  private folderOf({ config: { id, link } }: CardBoard): string {
    if (link.kind !== "carried") throw new Error(`${id} is not carried to`);
    return link.folder;
  }

  private of(board: string): Kept {
    return this.kept.get(board) ?? nothing;
  }

  private keep(board: string, news: Partial<Kept>): void {
    this.kept.set(board, { ...this.of(board), ...news });
  }
}
