/** What the settings ask of the daemon, as the API's own schemas have it; instants are ISO 8601. */
import type { BackupsJson } from "../../api/backup-schemas.ts";
import type { YearJson } from "../../api/calendar-schemas.ts";
import type { SenderJson } from "../../api/cap-sender-schemas.ts";
import type { CatalogueJson, CatalogueListJson, CompletenessJson } from "../../api/catalogue-schemas.ts";
import type { IssueItemJson, IssueJson, IssueListJson } from "../../api/issue-schemas.ts";
import type { NetworkJson, OpenedJson } from "../../api/network-schemas.ts";
import type { PeriodJson } from "../../api/publicity-schemas.ts";
import type { ScreeningJson, TriedJson } from "../../api/screening-schemas.ts";
import type { Catalogue } from "../../notices/catalogue-types.ts";
import type { ScreeningRules } from "../../notices/screening/rules.ts";
import { ask, pathOf } from "../ask.ts";
import type { ColleagueJson } from "../session.ts";

export type {
  BackupsJson,
  CatalogueJson,
  CatalogueListJson,
  CompletenessJson,
  IssueItemJson,
  IssueJson,
  IssueListJson,
  NetworkJson,
  OpenedJson,
  PeriodJson,
  ScreeningJson,
  SenderJson,
  TriedJson,
  YearJson,
};

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
  completeness: () => ask<readonly CompletenessJson[]>("GET", "/api/v1/catalogue/completeness"),
  /** null: this year's. */
  issues: (year: number | null) =>
    ask<IssueListJson>("GET", year === null ? "/api/v1/issues" : `/api/v1/issues?year=${year}`),
  issue: (id: string) => ask<IssueJson>("GET", pathOf`/api/v1/issues/${id}`),
  closeIssue: (boards: readonly string[], note: string) =>
    ask<IssueJson>("POST", "/api/v1/issues", { boards: boards.map((board) => ({ board })), note }),
  colleagues: () => ask<readonly ColleagueJson[]>("GET", "/api/v1/colleagues"),
  network: () => ask<NetworkJson>("GET", "/api/v1/network"),
  answerFor: (to: "office" | "here", reason: string) => ask<OpenedJson>("PUT", "/api/v1/network", { to, reason }),
  backups: () => ask<BackupsJson>("GET", "/api/v1/backups"),
  /** null: as at night. */
  backUp: (passphrase: string | null) =>
    ask<BackupsJson>("POST", "/api/v1/backups", passphrase === null ? {} : { passphrase }),
  screening: () => ask<ScreeningJson>("GET", "/api/v1/screening/rules"),
  tryRules: (rules: ScreeningRules) => ask<TriedJson>("POST", "/api/v1/screening/try", rules),
  putRules: (rules: ScreeningRules, reason: string) =>
    ask<ScreeningJson>("PUT", "/api/v1/screening/rules", { ...rules, reason }),
  catalogue: () => ask<CatalogueJson>("GET", "/api/v1/catalogue"),
  putCatalogue: (catalogue: Catalogue, reason: string) =>
    ask<CatalogueJson>("PUT", "/api/v1/catalogue", { ...catalogue, reason }),
  numbers: () => ask<CatalogueListJson>("GET", "/api/v1/catalogue/export.json"),
  voidNumber: (index: string, reason: string, again: boolean) =>
    ask<{ readonly given: string | null }>("POST", pathOf`/api/v1/catalogue/numbers/${index}/void`, { reason, again }),
};

export const issuePicture = (id: string, board: string, { notice }: IssueItemJson, page: number, scale: number) =>
  `${pathOf`/api/v1/issues/${id}/boards/${board}/notices/${notice}/pages/${page}`}?scale=${scale}`;
