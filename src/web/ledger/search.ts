/** What is asked of the register, and what a row says in a line. Needs no browser. */
import type { FoundJson } from "../../api/ledger-schemas.ts";
import { dateOf, dayNumberOf } from "../../time/days.ts";

export type FoundRow = FoundJson["rows"][number];

export interface Asked {
  readonly words: string;
  readonly person: string;
  /** "": all. */
  readonly board: string;
  /** Days, both included; "": open. */
  readonly from: string;
  readonly until: string;
}

export const nothingAsked: Asked = { words: "", person: "", board: "", from: "", until: "" };
export const isAsked = (asked: Asked): boolean => Object.values(asked).some((text) => text.trim() !== "");

/** `from` inclusive, `until` exclusive, as the API takes them; null: no days, or the later first. */
export function daysQuery({ from, until }: Pick<Asked, "from" | "until">): Readonly<Record<string, string>> | null {
  const [first, last] = [dayNumberOf(from.trim()), dayNumberOf(until.trim())];
  if ((from.trim() !== "" && first === null) || (until.trim() !== "" && last === null)) return null;
  if (first !== null && last !== null && last < first) return null;
  return { ...(first !== null && { from: dateOf(first) }), ...(last !== null && { until: dateOf(last + 1) }) };
}

/** null where the days are none. */
export function searchQuery(asked: Asked, before: number | null, most: number): string | null {
  const days = daysQuery(asked);
  if (days === null) return null;
  const { words, person, board } = asked;
  const texts = { words: words.trim(), person: person.trim(), board };
  const query = new URLSearchParams(Object.entries(texts).filter(([, text]) => text !== ""));
  for (const [name, day] of Object.entries(days)) query.set(name, day);
  if (before !== null) query.set("before", String(before));
  query.set("most", String(most));
  return query.toString();
}

/** Whom or what a row is about: accounts by their names, where they are known; everything, as people call it. */
export function subjectOf(
  { subject }: Pick<FoundRow, "subject">,
  names: ReadonlyMap<string, string>,
  office: string,
): string {
  return subject === "office" ? office : (names.get(subject) ?? subject);
}

/** In the order in which a reader wants to know it. */
const told = ["title", "form", "index", "file", "words", "opinion", "note", "reason"];

export function detailsOf({ data }: Pick<FoundRow, "data">): string {
  const texts = told.map((name) => data[name]).filter((text) => typeof text === "string" && text !== "");
  return [...new Set(texts)].join(" \u00b7 ");
}

/** One digit after the point, rounded down; the sheets' figures are made the same way. */
export const hoursOf = (ms: number): string => `${Math.floor((ms * 10) / 3_600_000 + 0.5) / 10}`;

/** Only what was whole is called 100 %. */
export function shareOf(part: number, whole: number): string {
  return whole === 0 ? "\u2014" : `${Math.floor((part * 1000) / whole) / 10} %`;
}
