/** 索引号 (R34): unit–class–year–serial, given at the first signature, never given twice. */
import type { Instant } from "../time/clock.ts";
import { partsOf } from "../time/days.ts";
import { dayNumberAt } from "../time/zone.ts";
import { type Catalogue, classOf } from "./catalogue.ts";
import type { Content, NoticeId } from "./types.ts";

/** Where the next serial is to be taken from. */
export interface IndexPlace {
  readonly unit: string;
  readonly class: string;
  readonly year: number;
}

export interface IndexNumber extends IndexPlace {
  /** From 1, through a class's year whatever the unit was called. */
  readonly serial: number;
  readonly notice: NoticeId;
  /** null: it stands. A number that was voided is a gap with a reason, and is given to nobody else. */
  readonly voided: Voided | null;
}

export interface Voided {
  readonly by: string;
  readonly name: string;
  readonly reason: string;
  /** By the board clock. */
  readonly at: Instant;
}

export interface IndexStore {
  /** By year, class and serial; those that were voided too. */
  list(): Promise<readonly IndexNumber[]>;
}

/** In a transaction; the caller records what they mean. */
export interface IndexVerbs extends IndexStore {
  /** The next serial of the place; null: the notice has a number that stands. */
  give(notice: NoticeId, place: IndexPlace): Promise<IndexNumber | null>;
  /** false: there is no such number, or it is voided already. */
  void(index: Pick<IndexNumber, "class" | "year" | "serial">, voided: Voided): Promise<boolean>;
}

export function indexText({ unit, class: its, year, serial }: IndexPlace & { readonly serial: number }): string {
  return `${unit}-${its}-${year}-${String(serial).padStart(4, "0")}`;
}

/** null: nothing that `indexText` writes. */
export function readIndex(text: string): (IndexPlace & { readonly serial: number }) | null {
  const found = /^([A-Z0-9]{1,18})-([A-Z0-9]{1,18})-(\d{4})-(\d{4,9})$/.exec(text);
  if (!found) return null;
  const [, unit = "", its = "", year = "", serial = ""] = found;
  const read = { unit, class: its, year: Number(year), serial: Number(serial) };
  return read.serial > 0 && indexText(read) === text ? read : null;
}

/** Government information for everybody has a number; party affairs and screen services have none. `at`: of its signature. */
export function placeOf(
  catalogue: Catalogue,
  content: Pick<Content, "track" | "openness" | "category" | "title">,
  at: Instant,
  zone: string,
): IndexPlace | null {
  if (content.track !== "政府信息" || content.openness !== "主动公开") return null;
  return { unit: catalogue.unit, class: classOf(catalogue, content), year: partsOf(dayNumberAt(zone, at)).year };
}
