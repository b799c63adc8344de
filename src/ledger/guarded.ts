/**
 * Small tables that the register holds row by row: the row that tells of a change carries, under `holds`, what the change left
 * of each row of theirs that it wrote. So whoever changes one of these behind the system's back disagrees with the register.
 */
import type { LedgerFault } from "../fault.ts";
import { Pieces } from "../time/pieces.ts";
import type { LedgerRow } from "./types.ts";

/** 紧急关屏, 维护, 报修, 公示, 张贴, 收到的预警 (with what it refers to), 可信发布单位. */
export const guardedKinds = ["dark", "maintenance", "report", "publicity", "posting", "received", "sender"] as const;
export type GuardedKind = (typeof guardedKinds)[number];

/** What is registered of a row: no values, since the register is for more eyes than these. */
export type RowState = {
  /** SHA-256 over all columns, 64 hex digits. */
  readonly hash: string;
  /** Column → the first 8 hex digits of its own SHA-256: which of them it was. */
  readonly columns: Readonly<Record<string, string>>;
};

export interface GuardedRow {
  /** Its key, as people read it: "B1", "B1 2". */
  readonly name: string;
  readonly state: RowState;
}

export interface GuardedStore {
  /** By key, in portions, so that nobody waits for all. A row of a table beside it whose own row is gone comes as well. */
  rows(kind: GuardedKind): AsyncIterable<GuardedRow>;
}

const isState = (value: unknown): value is RowState =>
  typeof value === "object" && value !== null && "hash" in value && "columns" in value;

/** `take` every row of a register that is whole, then `judge` the tables. */
export class GuardedAudit {
  private readonly registered = new Map<GuardedKind, Map<string, RowState>>(
    guardedKinds.map((kind) => [kind, new Map<string, RowState>()]),
  );

  take({ data }: LedgerRow): void {
    if (typeof data.holds !== "object" || data.holds === null) return;
    for (const [kind, known] of this.registered) {
      const told = (data.holds as Readonly<Record<string, unknown>>)[kind];
      for (const [name, state] of Object.entries(told ?? {}))
        if (isState(state)) known.set(name, state);
        else known.delete(name);
    }
  }

  async judge(store: GuardedStore): Promise<readonly LedgerFault[]> {
    const faults: LedgerFault[] = [];
    const pieces = new Pieces();
    for (const [about, known] of this.registered) {
      const fault = (name: string, what: "altered" | "gone" | "unregistered", column?: string) =>
        faults.push({ code: "ledger/disagrees", about, name, what, ...(column !== undefined && { column }) });
      const found = new Set<string>();
      for await (const { name, state } of store.rows(about)) {
        found.add(name);
        const registered = known.get(name);
        if (registered === undefined) fault(name, "unregistered");
        else if (registered.hash !== state.hash) fault(name, "altered", differing(registered, state));
        await pieces.rest();
      }
      for (const name of known.keys()) if (!found.has(name)) fault(name, "gone");
    }
    return faults;
  }
}

function differing(registered: RowState, found: RowState): string {
  const names = new Set([...Object.keys(registered.columns), ...Object.keys(found.columns)]);
  return [...names].filter((name) => registered.columns[name] !== found.columns[name]).join(", ");
}
