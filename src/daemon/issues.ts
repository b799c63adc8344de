/** 期 (R25): what boards show now is frozen, with the messages by their names and all that their pictures need. */
import { createHash } from "node:crypto";
import type { IssueOffice, IssueView } from "../api/issue-routes.ts";
import type { BoardConfig } from "../config/types.ts";
import { FaultError } from "../fault.ts";
import { signerName } from "../ledger/reports/index.ts";
import { limits } from "../limits.ts";
import { decodeMessage, type Instant, type Message, type Sha256, type Window } from "../message/index.ts";
import {
  coverOf,
  type Issue,
  type IssueBoard,
  issueDigest,
  issueId,
  type IssueItem,
  issueName,
  issueYear,
  type Posting,
  readIssueId,
} from "../notices/issues.ts";
import type { NoticeRecord } from "../notices/types.ts";
import type { Caller } from "../people/types.ts";
import type { Candidate } from "../playlist/types.ts";
import { dayNumberOf, partsOf } from "../time/days.ts";
import { dayNumberAt, instantOf } from "../time/zone.ts";
import { assertOwn } from "./dark.ts";
import type { Desk } from "./desk.ts";
import { looksBack, personalErased, personalThen } from "./personal.ts";

const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export type IssueParts = Pick<Desk, "site" | "store" | "clock" | "book">;

export function openIssues({ site, store, clock, book }: IssueParts): IssueOffice {
  const yearAt = (at: Instant) => partsOf(dayNumberAt(site.zone, at)).year;
  const yearOf = (year: number): Window => {
    const begin = (its: number) => instantOf(site.zone, dayNumberOf(`${String(its).padStart(4, "0")}-01-01`) ?? 0, 0);
    return { from: begin(year), until: begin(year + 1) };
  };

  const find = async (id: string): Promise<Issue> => {
    const asked = readIssueId(id);
    const issue = asked && (await store.issues.get(asked.year, asked.number));
    if (!issue) throw new FaultError({ code: "issue/unknown", id });
    return issue;
  };

  /** What hangs there now, in the order of its dates; the board's own picture is no notice. */
  const items = (board: BoardConfig, notices: readonly string[] | null, now: Instant): readonly IssueItem[] => {
    const found = new Map<string, IssueItem>();
    for (const candidate of book.alive(board.id, { from: now, until: now + 1 })) {
      const record = candidate.priority < 10 && isOn(candidate, now) ? book.record(candidate.notice) : undefined;
      const item = record && itemOf(record, candidate);
      if (item) found.set(item.notice, item);
    }
    const missing = (notices ?? []).find((id) => !found.has(id));
    if (missing !== undefined) throw new FaultError({ code: "issue/not-on", board: board.id, notice: missing });
    const all = [...found.values()].filter(({ notice }) => notices === null || notices.includes(notice));
    if (all.length > limits.noticesPerIssueBoard)
      throw new FaultError({ code: "issue/too-long", board: board.id, max: limits.noticesPerIssueBoard });
    return all.sort((one, other) => one.from - other.from || (one.notice < other.notice ? -1 : 1));
  };

  /** Its time on boards is over: what it said is not for everybody any more. */
  const isPast = async ({ personal, message }: IssueItem): Promise<boolean> =>
    personal && (await book.isPersonalPast(message, clock.now())) === true;

  const view = async (issue: Issue, caller: Caller): Promise<IssueView> => ({
    id: issueId(issue),
    title: issueName(issue),
    year: issue.year,
    number: issue.number,
    closedAt: issue.closedAt,
    by: issue.name,
    note: issue.note,
    boards: await Promise.all(
      issue.boards.map(async (board) => ({
        id: board.id,
        name: board.name,
        place: board.place,
        cover: coverOf(issue, board),
        items: await Promise.all(
          board.items.map(async (item) => {
            const hidden = !looksBack(caller) && (await isPast(item));
            const message = await messageOf(store, item.message);
            return {
              ...item,
              title: hidden ? "\u2026" : item.title,
              signedBy: signerName(item.signedBy),
              pages: message?.pages.length ?? 0,
              picture: message ? (hidden ? "withheld" : "kept") : item.personal ? "erased" : "missing",
            } as const;
          }),
        ),
      })),
    ),
  });

  return {
    async close(caller, asked, note) {
      const now = clock.now();
      for (const { board } of asked ?? [])
        if (!site.boards.some(({ id }) => id === board)) throw new FaultError({ code: "board/unknown", board });
      const chosen = site.boards.filter(({ id }) => asked === null || asked.some(({ board }) => board === id));
      assertOwn(
        caller,
        chosen.map(({ id }) => id),
      );
      const boards: IssueBoard[] = [];
      for (const board of chosen) {
        const { id, name, place, shape, ledColour } = board;
        const wanted = asked?.find((one) => one.board === id)?.notices ?? null;
        const its = items(board, wanted, now);
        if (its.length > 0) boards.push({ id, name, place, shape, ledColour, items: its });
      }
      if (boards.length === 0) throw new FaultError({ code: "issue/empty" });
      const by = caller.account ?? caller.via;
      const issue = await store.change(by, async (tx) => {
        const year = yearAt(now);
        const number = await tx.issues.next(year);
        const closed: Issue = { year, number, closedAt: now, by, name: caller.name, note, boards };
        await tx.issues.add(closed);
        const told = boards.map(({ id, items: its }) => `${id} ${its.length}`);
        const data = { title: issueName(closed), name: caller.name, boards: told, digest: issueDigest(closed) };
        await tx.record({ action: "issue/closed", subject: issueId(closed), data });
        return closed;
      });
      return view(issue, caller);
    },
    async list(year) {
      const all = await store.issues.list();
      const which = year ?? yearAt(clock.now());
      const postings: Posting[] = [];
      for await (const some of book.within(yearOf(which)))
        for (const { id, content, seal, schedule } of some.all()) {
          if (seal === null || schedule.priority > 9) continue;
          postings.push({ notice: id, track: content.track, year: yearAt(Math.max(seal.body.at, schedule.from)) });
        }
      const its = all.filter((one) => one.year === which);
      return {
        ...issueYear(which, all, postings),
        closed: its.map((one) => ({
          id: issueId(one),
          title: issueName(one),
          closedAt: one.closedAt,
          by: one.name,
          boards: one.boards.length,
        })),
      };
    },
    issue: async (caller, id) => view(await find(id), caller),
    async page(caller, id, { board, notice, page }) {
      const issue = await find(id);
      const its = issue.boards.find((one) => one.id === board);
      const item = its?.items.find((one) => one.notice === notice);
      if (!its || !item) return null;
      if (!looksBack(caller) && (await isPast(item))) return personalThen;
      const message = await messageOf(store, item.message);
      if (message === null) return item.personal ? personalErased : lost;
      const bitmap = message.pages[page]?.bitmap;
      return bitmap === undefined ? null : { bitmap, ledColour: its.ledColour };
    },
  };
}

const lost = {
  status: 410,
  why: { zh: "画面已不在库中或被改动", en: "the picture is not in the store any more, or was altered" },
} as const;

async function messageOf({ messages }: Pick<Desk["store"], "messages">, hash: string): Promise<Message | null> {
  const bytes = await messages.get(hash);
  const decoded = bytes && decodeMessage(bytes, sha256);
  return decoded?.ok ? decoded.message : null;
}

function isOn({ blocked, signedAt, withdrawnAt, supersededAt }: Candidate, now: Instant): boolean {
  const ended = [withdrawnAt, supersededAt].some((at) => at !== null && at <= now);
  return blocked === null && signedAt !== null && signedAt <= now && !ended;
}

/** null: what is on the board is an earlier revision than the newest one, whose words these would be. */
function itemOf(record: NoticeRecord, { message, window }: Candidate): IssueItem | null {
  const { id, revisionNumber, content, seal, index } = record;
  if (seal === null || message === null || !seal.body.pixels.some((one) => one.message === message)) return null;
  return {
    notice: id,
    number: revisionNumber,
    title: content.title,
    track: content.track,
    index: index ?? null,
    from: window.from,
    until: window.until,
    signedBy: seal.body.by,
    signedAt: seal.body.at,
    message,
    personal: content.personal === true,
  };
}
