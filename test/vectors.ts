/** firmware-protocol/vectors/, read as data: what both ends of the protocol must agree with. */
import { readFileSync } from "node:fs";

export type Row = Readonly<Record<string, unknown>>;

/** One list of one file; never empty. */
export function vectors<T = Row>(file: string, list: string): readonly T[] {
  const url = new URL(`../firmware-protocol/vectors/${file}.json`, import.meta.url);
  const rows = (JSON.parse(readFileSync(url, "utf8")) as Record<string, readonly T[] | undefined>)[list];
  if (!rows || rows.length === 0) throw new Error(`${file}.json has no ${list}`);
  return rows;
}

export const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
