/** What the settings ask of the daemon, as it answers; instants are ISO 8601, by the board clock. */
import type { Sentence } from "../../fault.ts";
import type { Interruptions, PeriodState, Promised } from "../../notices/publicity.ts";
import { ask, pathOf } from "../ask.ts";
import type { ColleagueJson } from "../session.ts";
import type { DaysOfYear } from "./year.ts";

export interface YearJson extends DaysOfYear {
  readonly from: "imported" | "file" | "program" | "none" | "unknown";
}

interface Said {
  readonly by: string;
  readonly at: string;
}
export interface SenderJson {
  readonly sender: string;
  /** SHA-256, hexadecimal. */
  readonly fingerprint: string;
  readonly proposed: Said;
  readonly confirmed: Said | null;
}

export interface PeriodJson extends Promised {
  readonly notice: string;
  readonly title: string;
  readonly from: string;
  /** The end, itself not included. */
  readonly until: string;
  readonly stopped: boolean;
  readonly actual: number | null;
  readonly state: PeriodState;
  readonly interruptions: Interruptions | null;
  readonly result: (Said & { readonly note: string; readonly notice: string | null; readonly name: string }) | null;
}

export interface IssueListJson {
  readonly year: number;
  readonly issues: number;
  readonly notices: number;
  readonly between: number;
  readonly closed: readonly {
    readonly id: string;
    readonly title: string;
    readonly closedAt: string;
    readonly by: string;
    readonly boards: number;
  }[];
}
export interface IssueItemJson {
  readonly notice: string;
  readonly title: string;
  readonly index: string | null;
  readonly signedBy: string;
  readonly signedAt: string;
  readonly pages: number;
  readonly picture: "kept" | "withheld" | "erased" | "missing";
}
export interface IssueJson {
  readonly id: string;
  readonly title: string;
  readonly closedAt: string;
  readonly by: string;
  readonly note: string;
  readonly boards: readonly {
    readonly id: string;
    readonly name: string;
    readonly place: string;
    readonly items: readonly IssueItemJson[];
  }[];
}

export interface NetworkJson {
  readonly state: "here" | "held" | "open";
  readonly says: Sentence;
  readonly urls: readonly string[];
  readonly warning: Sentence | null;
  readonly certificate: { readonly fingerprint: string; readonly until: string } | null;
  readonly trust: readonly { readonly system: Sentence; readonly steps: Sentence }[];
  readonly proxy: number;
}

/** A class of the catalogue that something must be posted of. */
export interface Completeness {
  readonly code: string;
  readonly name: string;
  readonly state: "present" | "missing";
  readonly notices: readonly string[];
}

const senders = "/api/v1/cap-senders";

export const settingsApi = {
  years: () => ask<readonly YearJson[]>("GET", "/api/v1/calendar"),
  /** The rest as it was read from the file: the daemon says what is wrong with it. */
  putYear: (year: number, rest: object) => ask<YearJson>("PUT", pathOf`/api/v1/calendar/${year}`, rest),
  senders: () => ask<readonly SenderJson[]>("GET", senders),
  propose: (sender: string, certificate: string) => ask<SenderJson>("POST", senders, { sender, certificate }),
  confirm: (sender: string, fingerprint: string) =>
    ask<SenderJson>("POST", `${senders}/confirm`, { sender, fingerprint }),
  remove: (sender: string, fingerprint: string, reason: string) =>
    ask<object>("POST", `${senders}/remove`, { sender, fingerprint, reason }),
  periods: () => ask<readonly PeriodJson[]>("GET", "/api/v1/publicity"),
  conclude: (notice: string, note: string, result: string | null) =>
    ask<PeriodJson>("PUT", pathOf`/api/v1/notices/${notice}/publicity`, { note, result }),
  completeness: () => ask<readonly Completeness[]>("GET", "/api/v1/catalogue/completeness"),
  /** null: this year's. */
  issues: (year: number | null) =>
    ask<IssueListJson>("GET", year === null ? "/api/v1/issues" : `/api/v1/issues?year=${year}`),
  issue: (id: string) => ask<IssueJson>("GET", pathOf`/api/v1/issues/${id}`),
  closeIssue: (boards: readonly string[], note: string) =>
    ask<IssueJson>("POST", "/api/v1/issues", { boards: boards.map((board) => ({ board })), note }),
  colleagues: () => ask<readonly ColleagueJson[]>("GET", "/api/v1/colleagues"),
  network: () => ask<NetworkJson>("GET", "/api/v1/network"),
};

export const issuePicture = (id: string, board: string, { notice }: IssueItemJson, page: number, scale: number) =>
  `${pathOf`/api/v1/issues/${id}/boards/${board}/notices/${notice}/pages/${page}`}?scale=${scale}`;
