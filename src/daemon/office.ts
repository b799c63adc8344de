/** The office as API, CLI and preview see it: everything is answered from the book, the programmes and delivery's facts. */
import { deflateSync } from "node:zlib";
import type { BoardHistory, BoardView, Health, NoticeView, Office, Withheld } from "../api/office.ts";
import { withoutLine } from "../api/redact.ts";
import type { BoardConfig, Site } from "../config/types.ts";
import { isReminder, type Sentence } from "../fault.ts";
import { blankMessage, type Frame, frameAt, type Instant, type MessageHash } from "../message/index.ts";
import type { MessageStore } from "../message/store.ts";
import { type Deadline, deadlineOf, isLate } from "../notices/deadlines.ts";
import { goneAt, isOver, offAt } from "../notices/ended.ts";
import { outdatedWords } from "../notices/rule-words.ts";
import type { NoticeRecord, SealVerdict } from "../notices/types.ts";
import { capabilitiesOf } from "../panels/capabilities.ts";
import type { BoardFacts, Wanted } from "../panels/contract.ts";
import { blockSentence } from "../playlist/reasons.ts";
import type { PlannedProgramme } from "../playlist/types.ts";
import type { BoardAbove, BoardProgramme, PreviewState } from "../preview/types.ts";
import type { Store } from "../store/index.ts";
import { UnknownYear, type WorkCalendar } from "../time/calendar.ts";
import type { Clock } from "../time/clock.ts";
import { dateAt } from "../time/zone.ts";
import type { Book } from "./book.ts";
import type { Desk } from "./desk.ts";
import type { Fits } from "./fits.ts";
import { Pieces } from "../time/pieces.ts";
import { type CardSource, cardDay, roundOf } from "./card-shows.ts";
import { linkNote, sharedNote } from "./link-note.ts";
import type { NoticeSet } from "./notice-set.ts";
import { noticeSheet } from "./notice-sheet.ts";
import { isPersonalLeftOver } from "./personal.ts";
import { playlistView } from "./playlist-view.ts";
import type { Programmes } from "./programmes.ts";

export interface OfficeParts {
  readonly site: Site;
  readonly clock: Clock;
  readonly clockId: string;
  readonly calendar: WorkCalendar;
  readonly book: Book;
  readonly programmes: Programmes;
  readonly messages: MessageStore;
  readonly fits: Fits;
  /** For messages that are not sealed, and for what stood above the schedules. */
  readonly store?: Pick<Store, "boards" | "cases" | "ledger" | "notices" | "people">;
  readonly linkNotes: ReadonlyMap<string, Sentence>;
  /** What the board plays now; null before the first plan. */
  playing(board: string): PlannedProgramme | null;
  facts(board: string): BoardFacts;
  /** When it last changed, and the oldest item; absent: not kept. */
  history?(board: string): BoardHistory;
  /** What stands instead of the planned programme: nothing at all, or a test picture. Absent, null: what is planned. */
  instead?(board: string): Pick<Wanted, "programme" | "owners" | "messages"> | null;
  above?(board: string): BoardAbove;
  /** Of signs that a person carries a stick to. Absent: there are none. */
  readonly card?: CardSource;
  /** Whether every board could be planned at the last look. */
  well(): boolean;
  /** What the last look at the ledger found. */
  ledger(): Health["ledger"];
  onChange(listener: () => void): () => void;
}

/** An office that only reads: no panel is driven, so nothing is known to be sent, and black is all that is intended. */
export function deskOffice(desk: Omit<Desk, "proof" | "key" | "typesetting" | "taking" | "unsigned">): Office {
  const dark = (id: string): BoardFacts => {
    const shape = desk.site.boards.find((board) => board.id === id)?.shape ?? { width: 1, height: 1, colour: "mono" };
    const intended = { message: blankMessage(shape).hash, notice: null, at: desk.clock.now() };
    return { intended, sent: null, confirmed: null, faults: [], link: "down" };
  };
  return createOffice({
    ...desk,
    messages: desk.store.messages,
    linkNotes: new Map(),
    playing: () => null,
    facts: dark,
    well: () => true,
    ledger: () => "checking",
    onChange: () => () => {},
  });
}

/** From when on a picture is of the past. */
const pastAfterMs = 60_000;

export function createOffice(parts: OfficeParts): Office {
  const { site, clock, book, programmes } = parts;
  const find = (id: string) => site.boards.find((board) => board.id === id);

  const view = (config: BoardConfig): BoardView => ({
    config,
    linkNote: parts.linkNotes.get(config.id) ?? linkNote(config),
    ...sharedNote(config, site.boards),
    capabilities: capabilitiesOf(config),
    facts: parts.facts(config.id),
    ...(parts.history && { history: parts.history(config.id) }),
  });

  return {
    name: site.office,
    practice: site.practice,
    zone: site.zone,
    clockId: parts.clockId,
    ...(site.cabinets && { cabinets: site.cabinets }),
    now: () => clock.now(),
    boards: () => site.boards.map(view),
    configs: () => site.boards,
    onChange: parts.onChange,

    async playlist(id, from, until) {
      const board = find(id);
      return board ? playlistView(parts, board, from, until) : null;
    },

    async programme(id, at): Promise<BoardProgramme | null> {
      const board = find(id);
      if (!board) return null;
      const carried = await cardDay(parts.card, board, site.zone, at);
      const day = carried?.planned ?? (await programmes.day(board, at));
      const described = programmes.describe(day, await book.of(noticesOf(day)));
      return carried ? { ...described, loaded: carried.loaded } : described;
    },

    async frame(id, at): Promise<Frame | null> {
      const board = find(id);
      if (!board) return null;
      const instead = parts.instead?.(id);
      // Until somebody resumes it, a dark board is so at any time to come; a test picture has its end.
      const stands = instead && at >= instead.programme.base;
      const { base, endMs, spans } = instead?.programme ?? { base: 0, endMs: 0, spans: [] };
      if (stands && (spans.length === 0 || at < base + endMs))
        return frameAt(instead.programme, (hash) => instead.messages.get(hash), at);
      const carried = await cardDay(parts.card, board, site.zone, at);
      return programmes.frame(board, at, carried?.planned);
    },

    async personalThen(id, at) {
      const board = find(id);
      const past = clock.now() - pastAfterMs;
      // What is on now, the street sees; but a card goes round what it has, also after its time.
      if (!board || (at > past && parts.card?.now(id) == null)) return false;
      const carried = await cardDay(parts.card, board, site.zone, at);
      const notices = await programmes.noticesAt(board, at, carried?.planned);
      const has = await book.of(notices);
      const isOverNow = (notice: string) => has.revisionsOf(notice).every((one) => isOver(one, [id], past));
      return notices.some((notice) => has.isPersonal(notice) && (at <= past || isOverNow(notice)));
    },

    async personalPast(message) {
      const past = await book.isPersonalPast(message, clock.now() - pastAfterMs);
      if (past !== undefined) return past;
      return (
        parts.store !== undefined && (await isPersonalLeftOver(parts.store, message)) && !(await book.isSealed(message))
      );
    },

    message: async (hash: MessageHash) => (await parts.messages.getDeflated(hash)) ?? testPicture(hash),

    async *notices(at, after = null, { newest = false, words = "" } = {}) {
      const open = (await parts.store?.cases.open()) ?? [];
      const awaiting = new Set(open.filter(({ kind }) => kind === "warning").map(({ notice }) => notice));
      const pieces = new Pieces();
      const down = newest || words !== "";
      for await (const some of words === "" ? book.portions(after, down) : book.having(words, after))
        for (const record of down ? some.all().toReversed() : some.all()) {
          // An earlier revision may have them, or a part of the record that nobody reads.
          if (words !== "" && !textOf(record).some((part) => part.includes(words))) continue;
          const view = noticeView(some, record, at);
          // Taken off its boards one by one, it still waits for who answers for it.
          const stands = view.state === "signed" || (view.state === "withdrawn" && record.withdrawnAt === null);
          yield awaiting.has(record.id) && stands ? { ...view, awaits: "countersignature" } : view;
          await pieces.rest();
        }
    },

    notice: (id) => noticeSheet(parts, id, (has, record) => noticeView(has, record, clock.now())),

    async fitOf(notice, board) {
      const has = await book.of([notice]);
      const record = has.record(notice);
      if (!record) return null;
      return withheld(has.verdict(notice), record, board.id, clock.now()) ?? parts.fits.notice(record, board);
    },

    fitsOfDraft: (draft) => parts.fits.draft(draft, clock.now()),

    preview(lines = true): PreviewState {
      const told = (facts: BoardFacts): BoardFacts =>
        lines ? facts : { ...facts, faults: facts.faults.map((one) => ({ ...one, fault: withoutLine(one.fault) })) };
      return {
        v: 1,
        clockId: parts.clockId,
        now: clock.now(),
        boards: site.boards.map((board) => {
          const now = clock.now();
          const nothing = {
            owners: [],
            programme: { shape: board.shape, base: now, endMs: 0, messages: [], spans: [] },
          };
          const instead = parts.instead?.(board.id);
          const carried = parts.card?.now(board.id);
          const above = parts.above?.(board.id);
          const more = { facts: told(parts.facts(board.id)), ...(above && { above }) };
          if (carried && !instead) return { id: board.id, ...roundOf(carried), ...more, card: carried.stands };
          const planned = instead ?? parts.playing(board.id) ?? nothing;
          return { id: board.id, ...programmes.describe(planned), ...more, ...(carried && { card: carried.stands }) };
        }),
      };
    },

    health(): Health {
      const facts = site.boards.map((board) => parts.facts(board.id));
      return {
        ok: parts.well(),
        clock: clock.now(),
        boards: site.boards.length,
        confirmed: facts.filter((fact) => fact.confirmed !== null).length,
        faults: facts.reduce((sum, fact) => sum + fact.faults.filter(({ fault }) => !isReminder(fault)).length, 0),
        ledger: parts.ledger(),
      };
    },
  };

  /** No store has them: they are drawn. */
  function testPicture(hash: MessageHash): Uint8Array | null {
    for (const { id } of site.boards) {
      const message = parts.instead?.(id)?.messages.get(hash);
      if (message) return deflateSync(message.bytes);
    }
    return null;
  }

  /** null where the calendar does not know a year that the deadline runs into. */
  function deadline({ content }: NoticeRecord, first: string | null, at: Instant): Deadline | null {
    try {
      return deadlineOf(content, first, dateAt(site.zone, at), parts.calendar, site.disclosure ?? []);
    } catch (error) {
      if (error instanceof UnknownYear) return null;
      throw error;
    }
  }

  /** What has been on the boards is public, and stays so when its time is over; anything else is not. */
  function withheld(judged: SealVerdict, record: NoticeRecord, board: string, at: Instant): Withheld | null {
    const { schedule, supersededAt } = record;
    const off = offAt(record, board) ?? goneAt(record);
    if (!judged.ok) return "unsigned";
    const begins = Math.max(schedule.from, judged.envelope.from, judged.signedAt);
    const neverShown = supersededAt !== null && supersededAt <= begins;
    if (neverShown || (off !== null && off <= at)) return "withdrawn";
    return at < begins ? "not-yet" : null;
  }

  function noticeView(has: NoticeSet, record: NoticeRecord, at: Instant): NoticeView {
    const judged = has.verdict(record.id);
    const { schedule, content } = record;
    const gone = goneAt(record);
    const withdrawn = gone !== null && gone <= at;
    const off = Object.entries(record.takenOff ?? {}).filter(([, since]) => since <= at);
    const first = parts.programmes.firstDay(record.id, has.changedAt(record.id) ?? undefined, has);
    const due = deadline(record, first, at);
    const old = outdatedWords(content, dateAt(site.zone, at));
    return {
      id: record.id,
      title: content.title,
      revision: record.revision,
      track: content.track,
      openness: content.openness,
      ...(content.signature.org !== "" && { org: content.signature.org }),
      state: withdrawn ? "withdrawn" : judged.ok ? "signed" : judged.why === "draft" ? "draft" : "refused",
      boards: schedule.boards,
      from: schedule.from,
      until: schedule.until,
      priority: schedule.priority,
      dueOn: due?.dueOn ?? null,
      late: isLate(due?.dueOn ?? null, first),
      ...(due && { deadline: due }),
      ...(old && { outdated: old }),
      ...(off.length > 0 && { takenOff: Object.fromEntries(off) }),
      ...(record.index !== undefined && { index: record.index }),
      displayable: judged.ok,
      why: judged.ok ? null : blockSentence(judged.why),
    };
  }
}

/** What people look for a notice by: what the list says of it to everybody, and no text that is not for everybody. */
const textOf = ({ id, content }: NoticeRecord) => [id, content.title, content.signature.org, content.category];

/** Whose turns a programme has; test pictures have no notice. */
const noticesOf = ({ owners }: PlannedProgramme): readonly string[] => [...new Set(owners.flat())];
