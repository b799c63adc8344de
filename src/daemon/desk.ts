/** Opens an office's data: key, store, clock, notices. It drives no panel; the daemon and the CLI's reading verbs both begin here. */
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { assetUrl } from "../config/assets.ts";
import type { Site } from "../config/types.ts";
import { type Fault, FaultError } from "../fault.ts";
import { type ParsedImport, parseImport } from "../notices/import.ts";
import { type ImportParts, type ImportSummary, importNotices, type SignAs } from "../notices/importer.ts";
import type { PictureTaking, ReadBeside } from "../notices/pictures.ts";
import { catalogueOf } from "../notices/catalogue.ts";
import { placeOf } from "../notices/index-number.ts";
import { loadOrCreateKey, type SigningKey } from "../notices/seal.ts";
import type { BoardId } from "../notices/types.ts";
import { parseCron } from "../playlist/cron.ts";
import { openStore, type Store } from "../store/index.ts";
import { type ChangingCalendar, changingCalendar } from "../time/calendar.ts";
import { type Clock, wallClock } from "../time/clock.ts";
import { createPicturing, createTypesetter, glyphNotes, type Typesetter } from "../typeset/index.ts";
import { Book } from "./book.ts";
import { readCalendar } from "./calendar.ts";
import { signDefaultPictures } from "./default-pictures.ts";
import { keepMode } from "./mode.ts";
import { placesOf } from "./posting-list.ts";
import { practiceClock } from "./practice-clock.ts";
import { Programmes } from "./programmes.ts";
import { Proof } from "./proof.ts";
import { createFits, type Fits } from "./fits.ts";
import { MessageShelf } from "./shelf.ts";

/** Decoded messages kept in memory. */
const shelfBytesMax = 192 * 1024 * 1024;

export interface Desk {
  readonly site: Site;
  readonly clock: Clock;
  readonly clockId: string;
  readonly calendar: ChangingCalendar;
  readonly store: Store;
  readonly proof: Proof;
  readonly book: Book;
  readonly programmes: Programmes;
  readonly fits: Fits;
  readonly key: SigningKey;
  readonly typesetting: ImportParts["typesetting"];
  readonly taking: PictureTaking;
  /** Default pictures that are not signed as the installation file has them. */
  readonly unsigned: readonly Fault[];
  /** A bad record is refused, the others go in. `readBeside`: for pictures that the file only names. `signedBy`: with `review: none` alone; null: drafts, whatever the file says (practice signs as the file says). Where notices are reviewed: `import-as.ts`. */
  importText(text: string, signedBy: string | null, readBeside?: ReadBeside): Promise<ImportSummary>;
  close(): Promise<void>;
}

export interface DeskOptions {
  readonly site: Site;
  readonly folder: string;
  /** Practice only: move the practice clock here. */
  readonly startAt: number | null;
  /** Who opens it reads the book. */
  readonly unread?: boolean;
  /** For who opens one desk after another: its thread has its fonts read already. Default: the desk's own. */
  readonly typesetter?: Typesetter;
  /** Practice in a passing folder, asked of one board alone: what the samples have for others is not typeset. */
  readonly only?: BoardId;
}

export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { site, folder } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = loadOrCreateKey(join(folder, "signing.key"));
  ownersOnly(join(folder, "boardcast.db"));
  // Practice keeps its clock's offset in the store: until that is read there is only the wall's.
  let clock: Clock = wallClock;
  let recorded = () => {};
  const stamp = () => ({ boardAt: clock.now(), wallAt: wallClock.now() });
  const store = await openStore(folder, stamp, () => recorded());
  try {
    await keepMode(store.settings, site, folder);
  } catch (error) {
    await store.close();
    throw error;
  }
  const proof = new Proof(store, key, folder, (error) => console.error(error));
  recorded = () => proof.changed();
  if (site.practice) clock = await practiceClock(store.settings, site.zone, options.startAt);
  const calendar = changingCalendar(site.calendar);
  await readCalendar(store.settings, site.calendar, calendar);
  const book = new Book(store.notices, key.publicKey, site.practice ? "practice" : "real", site.boards, clock);
  const shelf = new MessageShelf(store.messages, shelfBytesMax);
  const typesetting = options.typesetter ?? createTypesetter();
  const taking = createPicturing();
  const parts = (signAs: SignAs | null): ImportParts => ({
    store: store.notices,
    typesetting,
    taking,
    key,
    boards: placesOf(site),
    zone: site.zone,
    calendar: calendar.config,
    charactersPerSecond: site.readingCharactersPerSecond,
    now: clock.now(),
    signAs,
    remarksOn: glyphNotes,
    placeOf: async (content, at) => placeOf(await catalogueOf(store.settings), content, at, site.zone),
  });
  const context = {
    zone: site.zone,
    boards: new Set(placesOf(site).map((board) => board.id)),
    checkCron: (expression: string) => {
      const parsed = parseCron(expression);
      return parsed.ok ? null : parsed;
    },
  };
  const unsigned: Fault[] = [];
  const desk: Desk = {
    site,
    unsigned,
    clock,
    clockId: await clockIdOf(store, key),
    calendar,
    store,
    proof,
    book,
    programmes: new Programmes(site, calendar, book, shelf),
    fits: createFits(
      {
        ...site,
        get calendar() {
          return calendar.config;
        },
      },
      store.pictures,
    ),
    key,
    typesetting,
    taking,
    async importText(text, signedBy, readBeside) {
      if (!site.practice && site.review !== "none") {
        if (signedBy !== null) throw new FaultError({ code: "review/off", what: nobodySigns });
        // Whose drafts would they be? `importAs` asks who it is.
        throw new FaultError({ code: "review/role", role: "经办人 maker" });
      }
      const practice: SignAs | null = site.practice ? { kind: "practice", by: "practice" } : null;
      const signAs: SignAs | null = signedBy === null ? practice : { kind: "imported", by: signedBy };
      const summary = await importNotices(parseImport(text, context), {
        ...parts(signAs),
        ...(readBeside && { readBeside }),
      });
      await book.reload();
      return summary;
    },
    async close() {
      await proof.stop();
      await store.close();
    },
  };
  const { only } = options;
  const boards = site.boards.filter(({ id }) => id === (only ?? id));
  unsigned.push(...(await signDefaultPictures({ ...site, boards }, store, parts)));
  if (!site.practice) {
    if (options.unread !== true) await book.reload();
  } else {
    const samples = parseImport(await readFile(assetUrl("sample-notices.json"), "utf8"), context);
    const wanted = only === undefined ? samples : samplesFor(only, samples);
    await importNotices(await newOf(wanted, store.notices), parts({ kind: "practice", by: "practice" }));
    await book.reload();
  }
  return desk;
}

/** What is here already may have been moved, edited or withdrawn by whoever practises: no start takes that back. */
async function newOf(parsed: ParsedImport, notices: Store["notices"]): Promise<ParsedImport> {
  const accepted: ParsedImport["accepted"][number][] = [];
  for (const record of parsed.accepted) if ((await notices.get(record.id)) === null) accepted.push(record);
  return { ...parsed, accepted };
}

/** A board's dots do not depend on what a notice shows elsewhere. Warnings stay whole: a cancellation elsewhere counts here. */
function samplesFor(board: BoardId, parsed: ParsedImport): ParsedImport {
  const accepted = parsed.accepted
    .filter(({ content, schedule }) => content.alert !== null || schedule.boards.includes(board))
    .map((record) =>
      record.content.alert === null ? { ...record, schedule: { ...record.schedule, boards: [board] } } : record,
    );
  return { ...parsed, accepted };
}

const nobodySigns = {
  zh: "这里要审核签发\uff0c不能在导入时以谁的名义签发",
  en: "notices are reviewed and signed here: an import cannot sign in anybody's name",
};

/** Password hashes and drafts are in it, whoever may look into the folder; SQLite gives its other files the same mode. */
function ownersOnly(file: string): void {
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
}

/** The same while the board clock keeps its offset: a browser that comes back slews instead of jumping. */
async function clockIdOf(store: Store, key: SigningKey): Promise<string> {
  const offset = (await store.settings.get("practice.clock-offset-ms")) ?? "0";
  return `${key.installation.slice(0, 8)}-${offset}`;
}
