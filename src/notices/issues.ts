/** 期 (R25): what a set of boards showed, frozen under a number of the year; what is edited later changes nothing of it. */
import { createHash } from "node:crypto";
import { canonicalJson } from "../canonical-json.ts";
import type { MessageHash, Shape } from "../message/types.ts";
import type { Instant } from "../time/clock.ts";
import type { BoardId, Content, NoticeId, Track } from "./types.ts";

export interface Issue {
  readonly year: number;
  /** From 1, without gaps. */
  readonly number: number;
  /** By the board clock. */
  readonly closedAt: Instant;
  /** Who closed it: the account, and its name. */
  readonly by: string;
  readonly name: string;
  /** Words of whoever closed it. */
  readonly note: string;
  /** In the order of the installation file. */
  readonly boards: readonly IssueBoard[];
}

/** With all that its pictures need: the board may be another one some day. */
export interface IssueBoard {
  readonly id: BoardId;
  readonly name: string;
  readonly place: string;
  readonly shape: Shape;
  /** What a lit dot looks like, #rrggbb; null on rgb panels. */
  readonly ledColour: string | null;
  readonly items: readonly IssueItem[];
}

export interface IssueItem {
  readonly notice: NoticeId;
  /** Of its revision. */
  readonly number: number;
  readonly title: string;
  readonly track: Track;
  /** null: it has none. */
  readonly index: string | null;
  readonly from: Instant;
  readonly until: Instant;
  /** Who signed it, as its seal says. */
  readonly signedBy: string;
  readonly signedAt: Instant;
  /** The picture: stored by this name for ever, but of what is `personal`. */
  readonly message: MessageHash;
  readonly personal: boolean;
}

export interface IssueStore {
  get(year: number, number: number): Promise<Issue | null>;
  /** In order. A row that is not what was written is left out: `verify` finds it. */
  list(): Promise<readonly Issue[]>;
}

/** In a transaction; the caller records what they mean. */
export interface IssueVerbs extends IssueStore {
  /** The next number of that year. */
  next(year: number): Promise<number>;
  add(issue: Issue): Promise<void>;
}

export const issueId = ({ year, number }: Pick<Issue, "year" | "number">): string => `${year}-${number}`;

export const issueName = ({ year, number }: Pick<Issue, "year" | "number">): string => `${year}年第${number}期`;

/** null: nothing that `issueId` writes. */
export function readIssueId(text: string): Pick<Issue, "year" | "number"> | null {
  const found = /^(\d{4})-([1-9]\d{0,5})$/.exec(text);
  return found && { year: Number(found[1]), number: Number(found[2]) };
}

/** What the register has of it. */
export const issueDigest = (issue: Issue): string => createHash("sha256").update(canonicalJson(issue)).digest("hex");

/** The text of its cover on a board (displayKind "cover"), for a draft. */
export function coverOf(issue: Issue, board: IssueBoard): Pick<Content, "title" | "body"> {
  const lines = board.items.map(({ title, personal }) => (personal ? "（含个人信息的公示）" : title));
  return { title: board.name, body: [issueName(issue), ...lines].join("\n") };
}

/** A notice that was posted: signed, for everybody, on a board. */
export interface Posting {
  readonly notice: NoticeId;
  readonly track: Track;
  readonly year: number;
}

export interface IssueYear {
  readonly year: number;
  readonly issues: number;
  /** Notices named in its issues, each once. */
  readonly notices: number;
  /** Posted that year between the issues, and named in none of them. Screen services are not counted. */
  readonly between: number;
}

/** How often a year's boards were brought up to date: by issues, and continuously between them. */
export function issueYear(year: number, issues: readonly Issue[], postings: readonly Posting[]): IssueYear {
  const its = issues.filter((one) => one.year === year);
  const items = its.flatMap(({ boards }) => boards.flatMap((board) => board.items));
  const named = new Set(items.filter(isDisclosed).map(({ notice }) => notice));
  const posted = new Set(postings.filter((one) => one.year === year && isDisclosed(one)).map(({ notice }) => notice));
  const between = [...posted].filter((notice) => !named.has(notice));
  return { year, issues: its.length, notices: named.size, between: between.length };
}

const isDisclosed = ({ track }: { readonly track: Track }): boolean => track !== "屏幕服务";
