/** fixtures/protocols/*.json: frames of real and of other implementations, with their source; read as data. */
import { readFileSync } from "node:fs";
import { fromHex } from "../vectors.ts";

export interface ProtocolVector {
  readonly name: string;
  readonly hex: string;
  readonly meaning: string;
  readonly fields?: Readonly<Record<string, string | number>>;
  readonly source: string;
}

/** By name; throws where there is none of it. */
export function protocolVectors(file: string): (name: string) => ProtocolVector & { readonly bytes: Uint8Array } {
  const url = new URL(`../../fixtures/protocols/${file}.json`, import.meta.url);
  const rows = JSON.parse(readFileSync(url, "utf8")) as readonly ProtocolVector[];
  return (name) => {
    const row = rows.find((one) => one.name === name);
    if (!row) throw new Error(`${file}.json has no ${name}`);
    return { ...row, bytes: fromHex(row.hex) };
  };
}

/** Runs of the fuzzers: a million in the long run (BOARDCAST_LONG=1). */
const isLong = process.env.BOARDCAST_LONG === "1";
export const mutations = isLong ? 1_000_000 : 3000;
/** What they may take. */
export const fuzzMs = isLong ? 3_600_000 : 30_000;
