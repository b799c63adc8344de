/**
 * Boards added, changed and retired from the page. What comes of it is the installation file, by its own rules: checked as a
 * whole, put in the place of the old one in one step with its row in the register; the old one is kept. The daemon then
 * starts anew, as after any change of the file: panels go on by themselves meanwhile.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Installation, Written } from "../api/installation.ts";
import { toDriver } from "../config/driver.ts";
import { driverForms } from "../config/driver-forms.ts";
import { type BoardEdit, editSite, writtenBoards } from "../config/edit.ts";
import { editListen } from "../config/edit-listen.ts";
import { firstAdded, practiceAddedName } from "../config/practice-added.ts";
import { readSite } from "../config/read.ts";
import type { BoardDocument } from "../config/schema.ts";
import type { LinkConfig, Site } from "../config/types.ts";
import { FaultError } from "../fault.ts";
import { capabilitiesOf } from "../panels/capabilities.ts";
import type { Link } from "../panels/links/link.ts";
import { serialPorts } from "../panels/links/ports.ts";
import type { Caller } from "../people/types.ts";
import { goneAt } from "../notices/ended.ts";
import type { CardLeft } from "../api/card-schemas.ts";
import type { DarkView } from "../api/above.ts";
import type { PostingView } from "../api/postings.ts";
import type { Desk } from "./desk.ts";
import { lineTrier } from "./try-line.ts";
import { type Draft, draftBeside, keepCopy, unwritable } from "./site-file.ts";

export interface InstallationParts {
  readonly site: Site;
  readonly desk: Pick<Desk, "store" | "clock" | "book">;
  /** Of the data. */
  readonly folder: string;
  readonly siteFile: string | null;
  dark(): readonly DarkView[];
  sheets(): Promise<readonly PostingView[]>;
  /** Of signs that are loaded by stick. */
  readonly cards: {
    /** How many notices go round there, or may; null: nobody carries a stick to it. */
    on(board: string): number | null;
    empty(caller: Caller, board: string, how: CardLeft, reason: string): Promise<void>;
  };
  /** A way to a line that boards are on already, where several may be; null: there is none. */
  beside(link: LinkConfig): Link | null;
  /** Starts the daemon anew; null: whoever started it has to. */
  readonly again: (() => void) | null;
}

type Made = { readonly text: string } | Extract<Written, { ok: false }>;
type Action =
  | "installation/board-added"
  | "installation/board-changed"
  | "installation/board-retired"
  | "installation/answered-for";

export function createInstallation(parts: InstallationParts): Installation {
  const { site, desk, folder, again } = parts;
  const kind = site.practice ? "practice" : parts.siteFile === null ? "none" : "file";
  const path = site.practice ? join(folder, practiceAddedName) : parts.siteFile;
  let isPending = false;
  let last: Promise<unknown> = Promise.resolve();

  const textNow = (): string | null => (path !== null && existsSync(path) ? readFileSync(path, "utf8") : null);
  const known = () => [...site.boards, ...(site.cabinets ?? [])];
  const assertKnown = (board: string) => {
    if (!known().some(({ id }) => id === board)) throw new FaultError({ code: "board/unknown", board });
  };
  /** Of practice: the samples are in no file. */
  const assertOurs = (text: string | null, board: string) => {
    assertKnown(board);
    if (site.practice && !written(text).some(({ id }) => id === board))
      throw new FaultError({ code: "installation/sample", board });
  };

  const put = (caller: Caller, action: Action, subject: string, said: object, make: (text: string | null) => Made) => {
    const work = async (): Promise<Written> => {
      if (path === null) throw new FaultError({ code: "installation/none" });
      const before = textNow();
      const made = make(before);
      if (!("text" in made)) return made;
      let draft: Draft | null = null;
      try {
        const copy = before === null ? null : keepCopy(folder, basename(path), before);
        const ready = draftBeside(path, made.text);
        draft = ready;
        const hashes = { before: before === null ? null : digestOf(before), after: digestOf(made.text) };
        await desk.store.change(caller.account ?? caller.via, async (tx) => {
          const data = { name: caller.name, ...said, ...hashes, kept: copy };
          await tx.record({ action, subject, data });
          // Last, and in one step: a file that could not be put there leaves no row.
          ready.put();
        });
      } catch (error) {
        draft?.drop();
        throw unwritable(path, error);
      }
      isPending = true;
      return { ok: true };
    };
    // Two changes at once would each be of the file before.
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };

  const edited = (text: string | null, edit: BoardEdit): Made => {
    const name = basename(path ?? "");
    if (text === null && edit.kind === "add") {
      const first = firstAdded(site.office, edit.board);
      const read = readSite(first, name, true);
      return read.ok ? { text: first } : { ...read, of: "after" };
    }
    const result = editSite(text ?? "", name, edit, site.practice);
    return result.ok ? { text: result.text } : result;
  };

  return {
    async view() {
      const boards = written(textNow());
      const file = path && basename(path);
      const effect = again === null ? "restart" : "itself";
      const ports = site.practice ? [] : await serialPorts();
      return { kind, file, effect, pending: isPending, boards, serialPorts: ports, drivers: drivers() };
    },

    tryLine: lineTrier(site, parts.beside),

    targets(board) {
      assertKnown(board);
      const now = desk.clock.now();
      return desk.book.all().flatMap((record) => {
        const { id, seal, schedule, content } = record;
        const over = goneAt(record) !== null || schedule.until <= now;
        if (over || seal === null || id === `default:${board}` || !schedule.boards.includes(board)) return [];
        return [{ notice: id, title: content.title, until: schedule.until, alone: schedule.boards.length === 1 }];
      });
    },

    add: (caller, board, reason) =>
      put(caller, "installation/board-added", board.id, { reason, board: { ...board } }, (text) => {
        // In an installation file the rules say it; the samples of practice are in none.
        const isSample = site.practice && known().some(({ id }) => id === board.id);
        return isSample && !written(text).some(({ id }) => id === board.id)
          ? taken(board)
          : edited(text, { kind: "add", board });
      }),

    change: (caller, board, set, reason) =>
      put(caller, "installation/board-changed", board, { reason, set: { ...set } }, (text) => {
        assertOurs(text, board);
        return edited(text, { kind: "change", id: board, set });
      }),

    async retire(caller, board, reason, card) {
      assertKnown(board);
      if (site.boards.some(({ id }) => id === board)) {
        const dark = parts.dark().find((one) => one.board === board);
        if (!dark || dark.state === "waiting") throw new FaultError({ code: "installation/lit", board });
      }
      const hangs = (await parts.sheets()).filter(
        (sheet) => sheet.board === board && (sheet.state === "hanging" || sheet.state === "to-take-down"),
      );
      if (hangs.length > 0) throw new FaultError({ code: "installation/hanging", board, sheets: hangs.length });
      const onCard = parts.cards.on(board);
      if (onCard !== null) {
        if (card === null) throw new FaultError({ code: "installation/loaded", board, notices: onCard });
        assertOurs(textNow(), board);
        await parts.cards.empty(caller, board, card, reason);
      }
      const notices = this.targets(board).map(({ notice }) => notice);
      return put(caller, "installation/board-retired", board, { reason, notices, ...(card && { card }) }, (text) => {
        assertOurs(text, board);
        // The last of those that were added while practising: without it there is no list.
        if (site.practice && written(text).length === 1) return { text: "" };
        return edited(text, { kind: "retire", id: board });
      });
    },

    async listen(caller, host, reason) {
      if (kind !== "file") throw new FaultError({ code: "installation/none" });
      if (site.review === "none") throw new FaultError({ code: "installation/alone" });
      return put(caller, "installation/answered-for", "office", { reason, host }, (text) => {
        const made = editListen(text ?? "", basename(path ?? ""), host);
        return made.ok ? { text: made.text } : made;
      });
    },

    begin() {
      if (isPending) again?.();
    },
  };
}

/** What each can promise when nothing is said of it. */
const drivers = () =>
  driverForms().map((form) => {
    const driver = toDriver({ kind: form.kind });
    const link = { kind: "udp", host: "", port: 1 } as const;
    const shape = { width: 32, height: 8, colour: "mono" } as const;
    return { ...form, capabilities: capabilitiesOf({ driver, link, shape, ledColour: null }) };
  });

const written = (text: string | null): readonly BoardDocument[] =>
  text === null || text === "" ? [] : readSite(text, "", true).ok ? writtenBoards(text) : [];

function taken({ id }: BoardDocument): Made {
  const what = { zh: `编号 ${id} 已经有了`, en: `there is a board ${id} already` };
  const remedy = { zh: "每块公开栏的编号要不同。", en: "Give every board an id of its own." };
  return { ok: false, of: "after", faults: [{ code: "config/invalid", file: "", line: 1, column: 1, what, remedy }] };
}

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");
