/** The play log's rows in memory, found by looking at all of them. */
import { createHash } from "node:crypto";
import type { PlayAction, PlayStore } from "../../src/ledger/play-store.ts";
import type { Entry, LedgerRow } from "../../src/ledger/types.ts";
import { encodeProgramme, type Programme } from "../../src/message/index.ts";

export const base = Date.parse("2017-12-05T09:00:00+08:00");

export interface MadeProgramme {
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly programme: Programme;
}

/** Two hours of one message, which `number` tells from others. */
export function programme(from: number, number: number): MadeProgramme {
  const made: Programme = {
    shape: { width: 8, height: 8, colour: "mono" },
    base: from,
    endMs: 7_200_000,
    messages: [number.toString(16).padStart(64, "0")],
    spans: [{ startMs: 0, endMs: 7_200_000, leadMs: 0, turns: [{ message: 0, endMs: 1000 }], utcOffsetMin: 480 }],
  };
  const bytes = encodeProgramme(made);
  return { hash: createHash("sha256").update(bytes).digest("hex"), bytes, programme: made };
}

export class FakePlay implements PlayStore {
  readonly all: LedgerRow[] = [];
  private readonly programmes = new Map<string, Uint8Array>();

  add(entries: readonly Entry[], at: number): void {
    for (const entry of entries) {
      const seq = this.all.length + 1;
      this.all.push({ ...entry, chain: "play", seq, boardAt: at, wallAt: at, by: "system", hash: "0".repeat(64) });
    }
  }
  keep({ hash, bytes }: MadeProgramme): void {
    this.programmes.set(hash, bytes);
  }

  private of(board: string, actions: readonly string[]): LedgerRow[] {
    return this.all.filter(({ subject, action }) => subject === board && actions.includes(action));
  }
  prepare = async () => [];
  programme = async (hash: string) => this.programmes.get(hash) ?? null;
  async before(board: string, action: PlayAction, boardAt: number, most: number) {
    const found = this.of(board, [action]).filter((row) => row.boardAt <= boardAt);
    return found.sort((one, other) => other.boardAt - one.boardAt || other.seq - one.seq).slice(0, most);
  }
  async within(board: string, after: number, until: number, most: number) {
    return this.all.filter(({ subject, seq }) => subject === board && after < seq && seq < until).slice(0, most);
  }
  async during(
    board: string,
    action: PlayAction,
    { from, until }: { from: number; until: number },
    after: { boardAt: number; seq: number } | null,
  ) {
    return this.of(board, [action])
      .filter(({ boardAt, seq }) => from <= boardAt && boardAt < until && (!after || seq > after.seq))
      .slice(0, 1000);
  }
  latest = async (board: string, actions: readonly PlayAction[]) => this.of(board, actions).at(-1) ?? null;
  first = async () => this.all[0] ?? null;
  last = async () => this.all.at(-1) ?? null;
}
