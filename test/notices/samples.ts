/** The practice samples and what they expect, as the notices and playlist tests read them. */
import { readFileSync } from "node:fs";
import { practiceSite } from "../../src/config/index.ts";
import { type ImportRecord, type ParsedImport, parseImport } from "../../src/notices/import.ts";
import { parseCron } from "../../src/playlist/index.ts";
import { workCalendar } from "../../src/time/calendar.ts";

export interface SampleRecord {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly track: string;
  readonly from: string;
  readonly until: string;
  readonly publicity?: { readonly required: number; readonly unit: "workday" | "day"; readonly actual: number };
  readonly alert?: object;
  readonly review: { readonly state: string; readonly signedAt?: string };
  readonly expect: Readonly<Record<string, unknown>>;
}

export const text = readFileSync(new URL("../../fixtures/sample-notices.json", import.meta.url), "utf8");
export const file = JSON.parse(text) as { readonly notices: readonly SampleRecord[] };
export const site = practiceSite(file, { port: 0, folder: "/data" });
export const calendar = workCalendar(site.calendar);

export const context = {
  zone: site.zone,
  boards: new Set(site.boards.map(({ id }) => id)),
  checkCron(expression: string) {
    const parsed = parseCron(expression);
    return parsed.ok ? null : parsed;
  },
};

export const parsed: ParsedImport = parseImport(text, context);

export function sample(id: string): ImportRecord {
  const found = parsed.accepted.find((record) => record.id === id);
  if (!found) throw new Error(`no sample ${id}`);
  return found;
}

/** The samples whose `expect` says something under `key`, with what it says. */
export function expecting<T>(key: string): [string, T][] {
  return file.notices.flatMap(({ id, expect }): [string, T][] => (key in expect ? [[id, expect[key] as T]] : []));
}
