/** A review whose board B2 is a sign that a person carries a stick to, its folder in a scratch one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { Book } from "../../src/daemon/book.ts";
import { type CardParts, CarriedCards } from "../../src/daemon/cards.ts";
import { createOffice, type OfficeParts } from "../../src/daemon/office.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { MessageShelf } from "../../src/daemon/shelf.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import type { PlayEvent } from "../../src/panels/contract.ts";
import { goodDocument, openReview, signed, type SmallReview } from "../review/small-review.ts";
import { at, boards as two, site } from "../store/small-office.ts";

/** Opened for each test of a file, and closed after it. */
export class CardTown {
  folder = "";
  review!: SmallReview;
  cards!: CarriedCards;
  told: PlayEvent[] = [];
  dark = false;
  failed: unknown[] = [];
  private partsOf!: () => CardParts;
  private book!: Book;
  private boards: readonly BoardConfig[] = [];

  constructor() {
    beforeEach(() => this.open());
    afterEach(async () => {
      await this.review.close();
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  private async open(): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), "boardcast-card-"));
    [this.told, this.dark, this.failed] = [[], false, []];
    const link = { kind: "carried", folder: this.folder, card: "HD-U63" } as const;
    const boards: readonly BoardConfig[] = [
      two[0] as BoardConfig,
      { ...(two[1] as BoardConfig), ...{ place: "村委会", custodian: "保管人丁", link } },
    ];
    this.boards = boards;
    const review = await openReview(undefined, (parts) => ({
      ...parts,
      ...{ boards, changed: () => this.reading() },
      taking: {
        take: async (bytes) =>
          bytes[0] === 0xff
            ? { ok: true, pictures: [{ sha256: "", bytes }], warnings: [] }
            : { ok: false, faults: [{ code: "notice/picture-slow", name: "photo", seconds: 30 }] },
      },
    }));
    this.review = review;
    const book = new Book(review.store.notices, review.key.publicKey, "real", boards);
    this.book = book;
    this.partsOf = () => ({
      ...review.parts,
      ...{ store: review.store, messages: review.store.messages, site: { ...site, boards } },
      ...{ publicKey: review.key.publicKey, book: { all: () => book.all(), of: (ids) => book.of(ids) } },
      seals: { verdict: (notice, when) => book.verdict(notice, when) },
      photoOf: async (bytes) => bytes,
      ordersFor: () => [],
      paperLingers: () => false,
      isDark: () => this.dark,
      witness: (event) => this.told.push(event),
      failed: (error) => this.failed.push(error),
      said: () => this.reading(),
      changed: () => {},
    });
    await this.anew();
  }

  /** As a daemon that has just begun. */
  async anew(): Promise<void> {
    this.cards = new CarriedCards(this.partsOf());
    await this.reading();
  }

  private async reading(): Promise<void> {
    await this.book.reload();
    await this.cards.read();
  }

  view = () => {
    const [one] = this.cards.list();
    if (!one) throw new Error("no carried board");
    return one;
  };

  /** Signed for both boards; its number. */
  put = async (title: string, more: object = {}): Promise<string> => {
    const schedule = { ...(goodDocument().schedule as object), boards: ["B1", "B2"], ...more };
    const { notice } = await signed(this.review, "mai", goodDocument(title, { schedule }));
    await this.reading();
    return notice;
  };

  to = async (time: string): Promise<void> => {
    this.review.clock.set(at(time));
    await this.cards.look();
  };

  say = (who: string, load: string, photo: Uint8Array | null = null, knowing = false) =>
    this.cards.say(this.review.caller(who), "B2", { load, words: "", photo, knowing });

  /** As far as it is asked about what stands on the card. */
  office = () => {
    const { review, book, cards } = this;
    const calendar = workCalendar(site.calendar);
    const carried = { ...site, boards: this.boards };
    const shelf = new MessageShelf(review.store.messages, 1 << 20);
    const programmes = new Programmes(carried, calendar, book, shelf);
    return createOffice({
      ...{ site: carried, clock: review.clock, calendar, book, programmes, card: cards },
    } as unknown as OfficeParts);
  };

  /** What the card goes round, and since when, as the page has it. */
  round = () => {
    const found = this.cards.now("B2");
    return found && { loaded: found.loaded, notices: found.notices, stands: found.stands };
  };
}
