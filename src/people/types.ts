/** Who uses the system, and what each may do. Chinese words for roles are in design.md "Words". */
import type { Instant } from "../time/clock.ts";

export type AccountId = string;

/** 报送人 经办人 审核人 签发人 屏幕管理员 监督员 系统管理员. */
export type Role = "contributor" | "maker" | "reviewer" | "signer" | "operator" | "auditor" | "administrator";

export interface Account {
  readonly id: AccountId;
  /** What is typed at sign-in; unique, compared without case. */
  readonly login: string;
  /** As it stands in the ledger and on forms. */
  readonly name: string;
  /** 单位: of a contributor, the office that hands drafts in. */
  readonly unit: string;
  readonly roles: readonly Role[];
  /** Of an operator: the boards that they may touch; null: all. */
  readonly boards: readonly string[] | null;
  /** A removed person keeps their row: content and record are the office's. */
  readonly active: boolean;
  /** The password was set by somebody else, or handed over: it must be changed before anything else. */
  readonly mustChange: boolean;
}

/** 代签: `deputy` has `of`'s role during [from, until). */
export interface Deputy {
  readonly id: string;
  readonly of: AccountId;
  readonly deputy: AccountId;
  readonly role: Role;
  readonly from: Instant;
  readonly until: Instant;
}

/** To play one board on an LCD's page, and nothing else: `show:B4`. */
export type ShowScope = `show:${string}`;
/** To put texts on one board, and take them down, where one person works without accounts: `text:sign`. */
export type TextScope = `text:${string}`;
/**
 * What a token may be used for: to read, to hand drafts in, to publish a warning from a signed template, to bring warnings of
 * others in; `show` and `text`, which no token has by itself, are what every `show:…` and `text:…` is for.
 */
export type Scope = "read" | "draft" | "alert" | "cap" | "show" | "text" | ShowScope | TextScope;

/** Who asks, as the doors found out; every verb that changes something is given one. */
export interface Caller {
  /** null: nobody signed in. */
  readonly account: AccountId | null;
  /** For people and the ledger. */
  readonly name: string;
  /** Own roles and those held as a deputy today. */
  readonly roles: ReadonlySet<Role>;
  readonly deputyOf: readonly Deputy[];
  readonly boards: readonly string[] | null;
  /**
   * `console`: this computer's own command line, by a key in the data folder: reads everything, changes nothing but that it
   * may make boards dark.
   * `visitor`: nobody; `local`: the one person of a place with `review: none`.
   */
  readonly via: "session" | "token" | "console" | "visitor" | "local";
  /** May read what is not public. */
  readonly reads: boolean;
  /** Of a token: what it may be used for, within its account's roles. */
  readonly scopes?: ReadonlySet<Scope>;
  /** Of a session: its id (no secret). */
  readonly session?: string;
}

export const nobody: Caller = {
  account: null,
  name: "",
  roles: new Set(),
  deputyOf: [],
  boards: null,
  via: "visitor",
  reads: false,
};
