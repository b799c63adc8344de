/**
 * 纸质张贴 (R26): what is to be posted and taken down by hand, until somebody says that it was. Decided from notices and words
 * alone, so nothing is lost with a daemon that dies in between.
 */
import type { KeyObject } from "node:crypto";
import type { Postings, PostingView, Said, SheetAsked } from "../api/postings.ts";
import type { PictureRefusal } from "../api/ledger.ts";
import { limits } from "../limits.ts";
import { type Posting, postingState, waitsSince, type WordKind } from "../notices/posting.ts";
import { paperPlace } from "../notices/paper.ts";
import { actingAs, assertOwnBoards, changeAs } from "../notices/review/persons.ts";
import { type ReviewParts, refuse } from "../notices/review/parts.ts";
import { readWords } from "../notices/review/steps.ts";
import type { NoticeId } from "../notices/types.ts";
import type { TakedownId } from "../notices/takedown.ts";
import { capabilitiesOf } from "../panels/capabilities.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { Caller } from "../people/types.ts";
import { formatCivil } from "../time/zone.ts";
import { paperSheets, type SheetWanted } from "./paper-sheets.ts";
import { photoTaken } from "./photo-taken.ts";
import { looksBack, personalThen } from "./personal.ts";
import { isLate, type PostingSite, placesOf, postingFor, postingsOfNotice } from "./posting-list.ts";
import { type ReadingParts, readPostings, wordsByNotice } from "./posting-reading.ts";

export interface PostingParts extends Omit<ReviewParts, "store" | "changed" | "key"> {
  readonly site: PostingSite & { readonly office: string };
  readonly store: ReviewParts["store"] & ReadingParts["store"];
  readonly publicKey: KeyObject;
  readonly book: ReadingParts["book"];
  /** A kept picture as evidence. */
  photoOf(bytes: Uint8Array): Promise<Uint8Array>;
  /** Orders that wait for this notice to go from its boards. */
  ordersFor(notice: NoticeId): readonly TakedownId[];
  /** Whether a carried card there may still have it: then taking its paper down is not all. */
  onCard?(notice: NoticeId, board: string): boolean;
  /** Somebody said something: boards, orders and pages are looked at anew before this resolves. */
  said(): Promise<void>;
  /** Other faults than before. */
  changed(): void;
}

export class PaperPostings implements Postings {
  private readonly parts: PostingParts;
  private known: readonly Posting[] = [];
  private found: ReadonlyMap<string, BoardFacts["faults"]> = new Map();
  private readonly places: boolean;

  constructor(parts: PostingParts) {
    this.parts = parts;
    this.places = placesOf(parts.site).some(({ paper }) => paper !== undefined);
  }

  /** Notices or words have changed. */
  async read(): Promise<void> {
    if (!this.places) return;
    this.known = await readPostings(this.parts);
    this.look();
  }

  /** At each heartbeat: what is late now. */
  look(): void {
    const { clock, zone, changed } = this.parts;
    const now = clock.now();
    const found = new Map<string, BoardFacts["faults"][number][]>();
    for (const posting of this.known) {
      const since = waitsSince(posting, now);
      if (since === null || !isLate(posting, now, this.parts)) continue;
      const { board, notice, title } = posting;
      const config = this.boardOf(board);
      const isOver = postingState(posting, now) === "to-take-down";
      const code = isOver ? ("paper/still-hanging" as const) : ("paper/not-posted" as const);
      const when = formatCivil(zone, since).slice(0, "2017-05-22T08:00".length).replace("T", " ");
      const about = {
        board,
        notice,
        title,
        since: when,
        place: config?.place ?? "",
        custodian: config?.custodian ?? "",
      };
      found.set(board, [...(found.get(board) ?? []), { fault: { code, ...about }, at: since }]);
    }
    const isOther = JSON.stringify([...found]) !== JSON.stringify([...this.found]);
    this.found = found;
    if (isOther) changed();
  }

  faults(board: string): BoardFacts["faults"] {
    return this.found.get(board) ?? [];
  }

  /** Whether paper of it may hang there: somebody said so, or its time has begun, and nobody said that it went. */
  hangs(notice: NoticeId, board: string): boolean {
    const may = (posting: Posting) => (posting.posted && !posting.taken) || waitsSince(posting, this.now()) !== null;
    return this.on(notice, board).some(may);
  }

  /** And it should not hang any more. */
  lingers(notice: NoticeId, board: string): boolean {
    return this.on(notice, board).some((posting) => this.stateOf(posting) === "to-take-down");
  }

  /** What lingers there is only what somebody may have posted: nobody said so. */
  perhaps(notice: NoticeId, board: string): boolean {
    const its = this.on(notice, board).filter((posting) => this.stateOf(posting) === "to-take-down");
    return its.length > 0 && its.every(({ posted }) => posted === null);
  }

  private on(notice: NoticeId, board: string): readonly Posting[] {
    return this.known.filter((one) => one.notice === notice && one.board === board);
  }

  /** Of all places: what waits for somebody, the longest first. */
  waiting(): readonly PostingView[] {
    return this.known
      .map((posting) => this.viewOf(posting))
      .filter(({ since }) => since !== null)
      .sort((one, other) => (one.since ?? 0) - (other.since ?? 0));
  }

  async list(): Promise<readonly PostingView[]> {
    const { book, site, publicKey, store } = this.parts;
    const known = [...new Set([...book.all().map(({ id }) => id), ...this.known.map(({ notice }) => notice)])];
    const shown = wordsByNotice(await store.postings.past(limits.postingsPast, known));
    const revisions = await book.of([...shown.keys()]);
    const gone = [...shown].flatMap(([id, its]) =>
      postingsOfNotice(site, publicKey, revisions.revisionsOf(id), its).filter(({ taken }) => taken !== null),
    );
    const all = [...this.known, ...gone].map((posting) => this.viewOf(posting));
    return all.sort((one, other) => rank(one) - rank(other) || orderOf(one) - orderOf(other));
  }

  async say(caller: Caller, notice: string, board: string, kind: WordKind, said: Said): Promise<PostingView> {
    const { parts } = this;
    const words = said.words.trim() === "" ? "" : readWords(notice, "words", said.words, false);
    const acting = await actingAs(parts, caller, ["operator", "maker", "signer"]);
    const posting = this.waitingFor(notice, board, kind);
    const photo = said.photo && (await photoTaken(parts, said.photo));
    const { number, message, over } = posting;
    const { by } = acting;
    const word = { at: parts.clock.now(), by: by.account, name: by.name, words, photo: photo?.sha256 ?? null };
    const state = () => refuse({ code: "paper/state", notice, board, what: kind, state: this.stateOf(posting) });
    await changeAs(parts, acting, async (tx) => {
      await assertOwnBoards(parts, tx, caller, acting, notice, [board]);
      const [sheet, packed] = [{ notice, number, board }, photo?.packed ?? null];
      const isSaid = over
        ? await tx.postings.again(sheet, over, kind, word, packed)
        : await tx.postings.say(sheet, kind, word, packed);
      if (!isSaid) state();
      const data = { board, number, message, name: by.name, words, photo: word.photo };
      await tx.record({ action: `paper/${kind}`, subject: notice, data });
      // What is read back from a panel says for itself that it went; of others, whoever stood there has seen it.
      if (kind === "posted" || !this.isByPerson(board) || parts.onCard?.(notice, board)) return;
      const gone = `${by.name}\uff1a${words || "纸质件已取下"}`;
      for (const id of parts.ordersFor(notice))
        await tx.takedowns.done(id, board, { at: word.at, how: "by-hand", words: gone });
    });
    await parts.said();
    return this.viewOf(postingFor(this.known, { notice, board }, (one) => one.number === number) ?? posting);
  }

  private waitingFor(notice: string, board: string, kind: WordKind): Posting {
    const may = (posting: Posting) => {
      const state = this.stateOf(posting);
      // Nobody said that it was posted, and somebody saw that it does not hang: that is worth saying too.
      return kind === "posted" ? state === "to-post" : state === "to-take-down" || state === "missed";
    };
    const posting = postingFor(this.known, { notice, board }, may);
    if (!posting) return refuse({ code: "paper/unknown", notice, board });
    if (!may(posting)) return refuse({ code: "paper/state", notice, board, what: kind, state: this.stateOf(posting) });
    return posting;
  }

  async photo(caller: Caller, at: SheetAsked, kind: WordKind): Promise<Uint8Array | PictureRefusal | null> {
    const { store } = this.parts;
    const posting = await this.find(at);
    const photo = posting?.[kind]?.photo ?? null;
    if (!posting || photo === null) return null;
    return (await this.refusal(caller, posting)) ?? (await store.pictures.get(photo));
  }

  async sheet(caller: Caller, at: SheetAsked): Promise<Uint8Array | PictureRefusal> {
    const { zone, site, store } = this.parts;
    const posting = await this.find(at);
    const paper = this.boardOf(at.board)?.paper;
    if (!posting || paper === undefined) return refuse({ code: "paper/unknown", notice: at.notice, board: at.board });
    const refused = await this.refusal(caller, posting);
    if (refused !== null) return refused;
    const record = await store.notices.revision(posting.notice, posting.number);
    const dayOf = (instant: number) => formatCivil(zone, instant).slice(0, "2017-05-22".length);
    return this.printed({
      ...{ message: posting.message, paper, title: posting.title, mark: site.practice ? "演练" : null },
      foot: [
        [site.office, ...of("索引号", record?.index), ...of("审查表", record?.seal?.body.form)].join("  "),
        `张贴 ${dayOf(posting.from)} 至 ${dayOf(posting.until - 1)}  版面 ${posting.message.slice(0, 16)}`,
      ],
      ...{ notice: posting.notice, board: posting.board },
    });
  }

  async sample(_caller: Caller, id: string, board: string): Promise<Uint8Array> {
    const { store, site } = this.parts;
    const review = await store.cases.get(id);
    if (review === null) return refuse({ code: "review/unknown", what: "case", id });
    const message = review.pixels.find((one) => one.board === paperPlace(board))?.message;
    const paper = this.boardOf(board)?.paper;
    if (message === undefined || paper === undefined)
      return refuse({ code: "paper/unknown", notice: review.notice, board });
    const foot = [
      `${site.office}  审查表 ${review.form}`,
      `未签发\uff0c不得张贴  版面 ${message.slice(0, 16)}`,
    ] as const;
    return this.printed({ message, paper, title: review.title, foot, mark: "样张", notice: review.notice, board });
  }

  private async printed(wanted: SheetWanted & { readonly notice: string; readonly board: string }) {
    const { typesetting, store, zone, calendarConfig } = this.parts;
    const made = await paperSheets({ typesetting, messages: store.messages, zone, calendarConfig }, wanted);
    return made ?? refuse({ code: "paper/gone", notice: wanted.notice, board: wanted.board });
  }

  /** Also one of long ago. */
  private async find({ notice, number, board }: SheetAsked): Promise<Posting | undefined> {
    const its = (one: Posting) => one.notice === notice && one.number === number && one.board === board;
    const known = this.known.find(its);
    if (known) return known;
    const { book, site, publicKey, store } = this.parts;
    const said = await store.postings.of([notice]);
    const chain = (await book.of([notice])).revisionsOf(notice);
    return postingsOfNotice(site, publicKey, chain, said).find(its);
  }

  /** What has personal information is not for everybody any more once it is down. */
  private async refusal(caller: Caller, posting: Posting): Promise<PictureRefusal | null> {
    if (this.parts.clock.now() < posting.until || looksBack(caller)) return null;
    const record = await this.parts.store.notices.revision(posting.notice, posting.number);
    return record?.content.personal === true ? personalThen : null;
  }

  private viewOf(posting: Posting): PostingView {
    const now = this.now();
    const { over: _, asked: __, ...sheet } = posting;
    const config = this.boardOf(posting.board);
    return {
      ...sheet,
      name: config?.name ?? posting.board,
      place: config?.place ?? "",
      custodian: config?.custodian ?? "",
      paper: config?.paper ?? "A4",
      state: postingState(posting, now),
      since: waitsSince(posting, now),
      late: isLate(posting, now, this.parts),
    };
  }

  private stateOf(posting: Posting) {
    return postingState(posting, this.now());
  }

  private now() {
    return this.parts.clock.now();
  }

  /** Nothing there says for itself that something went. */
  private isByPerson(id: string): boolean {
    const place = this.boardOf(id);
    return place !== undefined && (place.shape === undefined || !capabilitiesOf(place).readBack);
  }

  private boardOf(id: string) {
    return placesOf(this.parts.site).find((board) => board.id === id);
  }
}

const of = (label: string, value: string | null | undefined): readonly string[] =>
  value == null ? [] : [`${label} ${value}`];

const ranks = ["to-take-down", "to-post", "hanging", "planned", "missed", "taken-down"] as const;
const rank = ({ late, state }: PostingView): number => (late ? -1 : ranks.indexOf(state));

/** Who has waited longest first; of what is over the newest. */
function orderOf({ state, since, from, until, taken }: PostingView): number {
  if (state === "taken-down" || state === "missed") return -(taken?.at ?? until);
  return since ?? (state === "hanging" ? until : from);
}
