/**
 * Files of the watched folder that were refused. Whoever put them there is a program, which reads no answer: they stand on
 * the boards' tiles until a person has seen them, or `limits.capRefusedHours` are over. The register keeps them.
 */
import { type Fault, type Sentence, sentence } from "../../fault.ts";
import type { LedgerRow } from "../../ledger/types.ts";
import { limits } from "../../limits.ts";
import type { Instant } from "../../message/types.ts";
import type { Caller } from "../../people/types.ts";
import { actingAs } from "../review/persons.ts";
import { type CapParts, changeIn } from "./parts.ts";

export interface RefusedFile {
  /** Its row in the register: what an acknowledgement goes up to. */
  readonly row: number;
  /** Of the file. */
  readonly name: string;
  /** Board clock. */
  readonly at: Instant;
  readonly why: Sentence;
}

export interface RefusedVerbs {
  /** One that was not even read: too large, no plain file. */
  refuseFile(fault: Fault, name: string): Promise<void>;
  /** That nobody acknowledged, the oldest first; at most the last `limits.capFilesKept`. */
  refusedFiles(): Promise<readonly RefusedFile[]>;
  /** Those up to that row. FaultError `review/role`. */
  acknowledgeRefused(caller: Caller, upTo: number): Promise<void>;
}

/** What the register calls them. */
export const inboxSubject = "cap-inbox";

/** Of a row `warning/refused` about a file. */
export function refusalOf(fault: Fault, file: string) {
  const { zh, en } = sentence(fault);
  return { file, where: "where" in fault ? String(fault.where) : "", why: zh, whyEn: en };
}

/** Tests, exercises and what is meant for a few are refused as they should be: nobody has to be called. */
const expected = new Set(["alert.status", "alert.scope"]);

export function refusedVerbs(parts: CapParts): RefusedVerbs {
  const { store, clock } = parts;
  let read = 0;
  let open: readonly RefusedFile[] = [];

  /** Rows are only ever added: each is read once. */
  async function catchUp(): Promise<void> {
    for (;;) {
      const rows = await store.ledger.about("register", inboxSubject, read);
      for (const row of rows) {
        read = Math.max(read, row.seq);
        open = after(open, row);
      }
      if (rows.length === 0) return;
    }
  }

  return {
    async refuseFile(fault, name) {
      const data = { name: inboxSubject, via: "inbox", ...refusalOf(fault, name) };
      await store.change("inbox", (tx) => tx.record({ action: "warning/refused", subject: inboxSubject, data }));
    },
    async refusedFiles() {
      await catchUp();
      const since = clock.now() - limits.capRefusedHours * 3_600_000;
      return open.filter(({ at }) => at > since);
    },
    async acknowledgeRefused(caller, upTo) {
      const acting = await actingAs(parts, caller, ["signer", "maker", "operator"]);
      const data = { name: acting.by.name, upTo };
      await changeIn(parts, acting, (tx) => tx.record({ action: "warning/acknowledged", subject: inboxSubject, data }));
      await parts.changed();
    },
  };
}

function after(open: readonly RefusedFile[], { action, seq, boardAt, data }: LedgerRow): readonly RefusedFile[] {
  if (action === "warning/acknowledged") return open.filter(({ row }) => row > Number(data.upTo));
  if (action !== "warning/refused" || expected.has(String(data.where))) return open;
  const why = { zh: String(data.why), en: String(data.whyEn) };
  return [...open, { row: seq, name: String(data.file), at: boardAt, why }].slice(-limits.capFilesKept);
}
