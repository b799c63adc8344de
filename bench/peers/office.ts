/** An office that has signed very many notices: real seals, real messages, only the disk left out. */
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { practiceSite } from "../../src/config/practice.ts";
import type { Site } from "../../src/config/types.ts";
import { Book, type BookStore } from "../../src/daemon/book.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { MessageShelf } from "../../src/daemon/shelf.ts";
import {
  emptyBitmap,
  frameFormat,
  type Instant,
  makeMessage,
  type Message,
  type Shape,
} from "../../src/message/index.ts";
import { revisionHash } from "../../src/notices/revision.ts";
import { installationOf, signSeal, type SigningKey } from "../../src/notices/seal.ts";
import type { Content, NoticeRecord, Schedule } from "../../src/notices/types.ts";
import { type WorkCalendar, workCalendar } from "../../src/time/calendar.ts";

const dayMs = 86_400_000;
/** 2017-12-05T09:00 in Shanghai, a Tuesday. */
export const officeNow: Instant = 1_512_435_600_000;
/** Looks different on each panel: so many messages a shape. */
const messagesPerShape = 12;
/** New notices a day: a busy office's; a hundred thousand are then some twenty years. */
const noticesPerDay = 14;

export interface ManyNotices {
  readonly site: Site;
  readonly calendar: WorkCalendar;
  readonly book: Book;
  readonly programmes: Programmes;
}

export function officeOf(records: readonly NoticeRecord[], key: SigningKey, messages: readonly Message[]): ManyNotices {
  const site = practice();
  const calendar = workCalendar(site.calendar);
  const bytes = new Map(messages.map((message) => [message.hash, message.bytes]));
  const nothing = async () => null;
  const book = new Book(
    inMemory(async () => ({ records, earlier: [], unreadable: [] })),
    key.publicKey,
  );
  const get = async (hash: string) => bytes.get(hash) ?? null;
  const shelf = new MessageShelf({ get, getDeflated: nothing }, 64 * 1024 * 1024);
  return { site, calendar, book, programmes: new Programmes(site, calendar, book, shelf) };
}

/** For books that hold all there is: nothing else is ever asked for. */
export function inMemory(list: BookStore["list"]): BookStore {
  const nothing = async () => [];
  const about = async () => ({ records: [], earlier: [], unreadable: [] });
  return { list, about, ids: nothing, reaching: nothing, endedLast: nothing, mentioning: nothing };
}

export function practice(): Site {
  const fixture = readFileSync(new URL("../../fixtures/sample-notices.json", import.meta.url), "utf8");
  return practiceSite(JSON.parse(fixture), { port: 0, folder: "/nowhere" });
}

export function newKey(): SigningKey {
  const pair = generateKeyPairSync("ed25519");
  return { ...pair, installation: installationOf(pair.publicKey) };
}

/** `messagesPerShape` held pages for each shape of the nine boards; durations differ. */
export function messagesOf(site: Site): ReadonlyMap<string, readonly Message[]> {
  return new Map(
    site.boards.map(({ id, shape }) => [id, Array.from({ length: messagesPerShape }, (_, n) => heldPage(shape, n))]),
  );
}

function heldPage(shape: Shape, n: number): Message {
  const bitmap = emptyBitmap(shape.width, shape.height, frameFormat(shape.colour));
  bitmap.pixels[0] = (n + 1) << 1;
  const holdMs = 5000 + n * 700;
  return makeMessage(shape, [{ bitmap, motion: "hold", msPerPx: 0, holdMs, step: 0, window: null, fields: [] }]);
}

/** The newest are still to come, the oldest are history: the same density on every day. */
export function signedNotices(
  count: number,
  key: SigningKey,
  messages: ReadonlyMap<string, readonly Message[]>,
): readonly NoticeRecord[] {
  const boards = [...messages.keys()];
  // Half a month of notices already lies ahead.
  const newest = officeNow + 15 * dayMs;
  return Array.from({ length: count }, (_, index) => {
    const from = newest - Math.floor((index / noticesPerDay) * dayMs);
    const targets = boards.filter((_, board) => (index + board) % 4 === 0);
    return signedNotice(index, from, targets, key, messages);
  });
}

const rules = [
  { cron: "*/20 8-18 * * *", slotMinutes: 10, calendar: "everyday" },
  { cron: "0 8-20 * * *", slotMinutes: 45, calendar: "workday" },
  { cron: null, slotMinutes: 0, calendar: "everyday" },
  { cron: "30 9,14 * * 1-5", slotMinutes: 90, calendar: "everyday" },
] as const;

function signedNotice(
  index: number,
  from: Instant,
  boards: readonly string[],
  key: SigningKey,
  messages: ReadonlyMap<string, readonly Message[]>,
): NoticeRecord {
  const id = `N${index}`;
  const content: Content = {
    title: `公示第${index}号`,
    body: "现将有关情况予以公示,公示期内如有异议,请向办公室反映。",
    category: "公示",
    track: "政府信息",
    openness: "主动公开",
    opennessReason: null,
    fiveOpen: null,
    displayKind: "notice",
    formedOn: null,
    signature: { org: "街道办事处", date: null },
    publicity: null,
    alert: null,
  };
  const until = from + (7 + (index % 21)) * dayMs;
  const priority = 3 + (index % 5);
  const schedule: Schedule = {
    boards,
    from,
    until,
    ...(rules[index % rules.length] as (typeof rules)[0]),
    priority,
    weight: 1,
  };
  const revision = revisionHash(content);
  const pixels = boards.map((board) => ({
    board,
    message: messages.get(board)?.[index % messagesPerShape]?.hash ?? "",
  }));
  const body = {
    v: 1,
    installation: key.installation,
    revision,
    notice: id,
    envelope: { boards, from, until, bestPriority: priority },
    pixels,
    form: null,
    by: "李主任",
    at: from - dayMs,
    kind: "signed",
  } as const;
  return {
    id,
    revision,
    revisionNumber: 1,
    content,
    schedule,
    seal: signSeal(body, key),
    makerId: null,
    importedAt: from - dayMs,
    withdrawnAt: null,
    supersededAt: null,
  };
}
