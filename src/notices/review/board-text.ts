/**
 * A text put on a board at once, where nobody reviews (`review: none`): a maker's way in. What it goes through is what every
 * notice goes through: screened, set for the panel, sealed, on record; in one change with what it takes the place of.
 */
import { limits } from "../../limits.ts";
import type { Instant } from "../../message/types.ts";
import type { Caller } from "../../people/types.ts";
import { partsOf } from "../../time/days.ts";
import { dayNumberAt } from "../../time/zone.ts";
import { plainContent } from "../draft.ts";
import { everyDay } from "../schedule-format.ts";
import type { BoardId, Content, NoticeId, NoticeRecord } from "../types.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import { type Acting, actingAs, alone, changeAs } from "./persons.ts";
import { judged, openCase, readyToOpen, sealAlone } from "./submit.ts";
import { type Showing, showingOf, takeDown } from "./take-down.ts";
import type { Draft } from "./types.ts";

export interface BoardText {
  readonly board: BoardId;
  readonly notice: NoticeId;
  /** A line a line. */
  readonly text: string;
  readonly from: Instant;
  /** null: until it is taken down. */
  readonly until: Instant | null;
}

/** FaultErrors of all three: `board/text-signed` where somebody signs, `board/unknown`. */
export interface BoardTextVerbs {
  /** What was put there and stands; null: nothing. */
  boardText(board: BoardId): Promise<BoardText | null>;
  /**
   * In the place of the one before. `minutes` null: until it is taken down. The same text that ends in the same minute is
   * there already: nothing is done. FaultErrors `review/not-ready`, with everything at once, and `review/role`.
   */
  putBoardText(caller: Caller, board: BoardId, text: string, minutes: number | null): Promise<BoardText>;
  /** What was taken down; null: nothing stood there. FaultError `review/role`. */
  removeBoardText(caller: Caller, board: BoardId): Promise<BoardText | null>;
}

/** The last day that four-digit years can say, as of default pictures: it does not end by itself. */
const endless = Date.UTC(9999, 11, 31);
const minuteMs = 60_000;

export function boardTextVerbs(parts: ReviewParts): BoardTextVerbs {
  const { store, clock, zone } = parts;
  let last: Promise<unknown> = Promise.resolve();

  /** Two at once would each take the place of the one before, and both would stand. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  const assertOpen = (board: BoardId) => {
    if (!parts.boards.some(({ id }) => id === board)) refuse({ code: "board/unknown", board });
    if (parts.rules.kind !== "none") refuse({ code: "board/text-signed", board });
  };

  /** Another computer with a key for this very board, as the one person of the place gave it; else who asks, as ever. */
  const actingHere = async (caller: Caller, board: BoardId): Promise<Acting> => {
    if (caller.via !== "token" || !caller.scopes?.has(`text:${board}`)) return actingAs(parts, caller, ["maker"]);
    return { by: { ...alone, name: `${alone.name}\uff08${caller.name}\uff09` }, instead: null, role: "maker" };
  };

  /** The newest first. */
  const standing = async (board: BoardId): Promise<readonly NoticeRecord[]> => {
    const now = clock.now();
    const { records } = await store.notices.list(now);
    return records
      .filter((record) => isTextOf(record, board) && record.seal !== null)
      .filter(({ withdrawnAt, schedule }) => withdrawnAt === null && schedule.until > now)
      .sort((one, other) => other.importedAt - one.importedAt);
  };

  const showingOfAll = async (records: readonly NoticeRecord[]) => {
    const showing = new Map<NoticeId, Showing>();
    for (const { id } of records) showing.set(id, await showingOf(parts, id));
    return showing;
  };

  async function put(acting: Acting, board: BoardId, text: string, minutes: number | null): Promise<BoardText> {
    const before = await standing(board);
    const now = clock.now();
    const until = minutes === null ? endless : now + minutes * minuteMs;
    const [there, ...others] = before;
    const isThere = there && others.length === 0 && there.content.body === text;
    if (isThere && Math.abs(there.schedule.until - until) < minuteMs) return viewOf(there, board);
    const notice = await nameFor(board, now);
    const draft = draftOf(acting, notice, contentOf(text, parts.office ?? acting.by.name), { board, now, until });
    const { ready, set, faults } = await judged(parts, draft, null);
    if (ready === null || faults.length > 0) return refuse({ code: "review/not-ready", notice, faults });
    const { opened, prepared } = await readyToOpen(parts, acting, draft, ready, set);
    const showing = await showingOfAll(before);
    await changeAs(parts, acting, async (tx) => {
      const opening = await openCase(parts, tx, acting, opened, prepared);
      const { since } = await sealAlone(parts, tx, acting, opening);
      for (const { id } of before)
        await takeDown(tx, acting, id, { words: notice, at: since, showing: showing.get(id) ?? [] });
    });
    await parts.changed();
    return { board, notice, text, from: now, until: minutes === null ? null : until };
  }

  /** Numbers of a civil year, as warnings have them. */
  async function nameFor(board: BoardId, now: Instant): Promise<NoticeId> {
    const { year } = partsOf(dayNumberAt(zone, now));
    return `${stemOf(board)}${year}-${await store.drafts.next(`text ${board} ${year}`)}`;
  }

  return {
    async boardText(board) {
      assertOpen(board);
      const [there] = await standing(board);
      return there ? viewOf(there, board) : null;
    },

    async putBoardText(caller, board, given, minutes) {
      assertOpen(board);
      const acting = await actingHere(caller, board);
      const text = tidy(given);
      return inTurn(() => put(acting, board, text, minutes));
    },

    async removeBoardText(caller, board) {
      assertOpen(board);
      const acting = await actingHere(caller, board);
      return inTurn(async () => {
        const before = await standing(board);
        const [there] = before;
        if (!there) return null;
        const showing = await showingOfAll(before);
        await changeAs(parts, acting, async (tx) => {
          const at = clock.now();
          for (const { id } of before)
            await takeDown(tx, acting, id, { words: removed, at, showing: showing.get(id) ?? [] });
        });
        await parts.changed();
        return viewOf(there, board);
      });
    },
  };
}

/** For the register: why it was taken down, where it is not another text that took its place. */
const removed = "DELETE text";

const stemOf = (board: BoardId) => `text-${board}-`;

/** By its name and its place: a board may be called as another with a year behind it. */
function isTextOf({ id, schedule }: NoticeRecord, board: BoardId): boolean {
  const stem = stemOf(board);
  return id.startsWith(stem) && /^\d{4}-\d+$/.test(id.slice(stem.length)) && schedule.boards[0] === board;
}

function viewOf({ id, content, schedule }: NoticeRecord, board: BoardId): BoardText {
  const until = schedule.until >= endless ? null : schedule.until;
  return { board, notice: id, text: content.body, from: schedule.from, until };
}

/** Line ends of whatever system, and no empty lines around it. */
const tidy = (text: string) =>
  text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");

/** One line as a slogan, as large as it fits; several stay the lines that they are, as those of a default picture do. */
function contentOf(text: string, org: string): Content {
  const [first = ""] = text.split("\n");
  return {
    ...plainContent,
    title: [...first].slice(0, limits.titleChars / 2).join(""),
    body: text,
    category: "宣传标语",
    track: "屏幕服务",
    displayKind: text.includes("\n") ? "default" : "slogan",
    signature: { org: [...org].slice(0, 50).join(""), date: null },
  };
}

/** It plays all the time, and what else is of its priority waits meanwhile: whoever puts it there wants to see it. */
function draftOf(
  { by }: Acting,
  notice: NoticeId,
  content: Content,
  { board, now, until }: { readonly board: BoardId; readonly now: Instant; readonly until: Instant },
): Draft {
  const schedule = { ...everyDay, boards: [board], from: now, until, pinned: true } as const;
  const nothing = { envelope: null, source: null, changedOn: null, ofSubstance: null, carrier: "" } as const;
  return {
    ...{ notice, version: 1, state: "open", held: null, owner: by, unit: "", hands: [by], edits: null },
    document: { content, schedule, ...nothing, explanations: {}, answers: {} },
    since: now,
    changedAt: now,
  };
}
