/** What the register tells of notices, and whether the tables still say the same. */
import { createHash, type KeyObject } from "node:crypto";
import type { LedgerFault } from "../fault.ts";
import type { LedgerData, LedgerRow } from "../ledger/types.ts";
import { revisionHash } from "./revision.ts";
import { sealFlaw } from "./seal.ts";
import type { StoredRevision } from "./store.ts";
import type { Content, NoticeId, RevisionHash, Seal } from "./types.ts";

/** What "notice/added", "notice/revised" and "notice/sealed" say. */
export interface SavedRevision {
  readonly number: number;
  /** The revision before; null: none, or only a seal was added. */
  readonly before: RevisionHash | null;
  readonly revision: RevisionHash;
  readonly title: string;
  readonly boards: readonly string[];
  /** As it is stored. */
  readonly schedule: string;
  /** Added with it. */
  readonly seal: Seal | null;
  /** 索引号, given with it; null: none was. */
  readonly index?: string | null;
  /** Who brought it in and when, as it is stored; undefined: as of before this was written. */
  readonly origin?: Origin;
}

interface Origin {
  readonly maker: string | null;
  readonly importedAt: number;
}

/** The schedule as its SHA-256, the seal as its signature: whoever alters them disagrees with the register. */
export function savedData({
  number,
  before,
  revision,
  title,
  boards,
  schedule,
  seal,
  index = null,
  origin,
}: SavedRevision): LedgerData {
  const signed = seal && signedData(seal);
  return {
    number,
    before,
    revision,
    title,
    boards,
    schedule: hashOf(schedule),
    signed,
    ...(index !== null && { index }),
    ...(origin && { origin: { maker: origin.maker, importedAt: origin.importedAt } }),
  };
}

/** A seal, as every row that adds one has it under `signed`: what is `at` takes earlier revisions down from then on. */
export function signedData({ body: { by, kind, at }, signature }: Seal): LedgerData {
  return { by, kind, at, signature };
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

interface Registered {
  revision: unknown;
  schedule: unknown;
  signature: unknown;
  /** undefined: nobody wrote it down. */
  readonly origin: unknown;
  withdrawnAt: number | null;
  supersededAt: number | null;
  readonly takenOff: Map<string, number>;
}

/** `take` every row of a register that is whole, `judge` every stored revision, ask for what is `missing`. */
export class RegisterAudit {
  private readonly publicKey: KeyObject;
  private readonly notices = new Map<NoticeId, Map<number, Registered>>();
  private readonly seen = new Map<NoticeId, Set<number>>();
  /** Seals that were looked at. */
  seals = 0;

  constructor(publicKey: KeyObject) {
    this.publicKey = publicKey;
  }

  take({ action, subject, data }: LedgerRow): void {
    if (action === "notice/added" || action === "notice/revised" || action === "notice/sealed") {
      const { number, revision, schedule } = data;
      if (typeof number !== "number") return;
      const signed = data.signed as { readonly signature?: unknown } | null | undefined;
      const revisions = this.notices.get(subject) ?? new Map<number, Registered>();
      const known = revisions.get(number);
      if (known) known.signature = signed?.signature ?? known.signature;
      else {
        const signature = signed?.signature ?? null;
        const up = { withdrawnAt: null, supersededAt: null, takenOff: new Map<string, number>() };
        revisions.set(number, { revision, schedule, signature, origin: data.origin, ...up });
      }
      this.notices.set(subject, revisions);
    } else if (action === "notice/withdrawn" || action === "notice/superseded") {
      const { at, numbers } = data;
      if (typeof at !== "number" || !Array.isArray(numbers)) return;
      const field = action === "notice/withdrawn" ? "withdrawnAt" : "supersededAt";
      for (const number of numbers as readonly unknown[]) {
        const one = this.notices.get(subject)?.get(Number(number));
        if (one) one[field] = Math.min(at, one[field] ?? at);
      }
    } else if (action === "notice/taken-off") {
      const { at, numbers, boards } = data;
      if (typeof at !== "number" || !Array.isArray(numbers) || !Array.isArray(boards)) return;
      for (const number of numbers as readonly unknown[]) {
        const off = this.notices.get(subject)?.get(Number(number))?.takenOff;
        for (const board of boards as readonly string[]) off?.set(board, Math.min(at, off.get(board) ?? at));
      }
    } else if (action === "notice/rescheduled") {
      const one = this.notices.get(subject)?.get(Number(data.number));
      if (one && typeof data.after === "string") one.schedule = hashOf(data.after);
    }
  }

  /** The first thing in which it is not what was registered; null: it is. */
  judge(stored: StoredRevision): LedgerFault | null {
    const { id, number } = stored;
    const revisions = typeof number === "number" ? this.notices.get(id) : undefined;
    const registered = revisions?.get(number as number);
    const fault = (what: Extract<LedgerFault, { notice: string }>["what"]): LedgerFault => {
      return { code: "ledger/disagrees", notice: id, number: Number(number), what };
    };
    if (!revisions || !registered) return fault("unregistered");
    this.seen.set(id, (this.seen.get(id) ?? new Set()).add(number as number));
    if (stored.hash !== registered.revision) return fault("content");
    const flaw = this.flaw(stored);
    if (flaw !== null) return flaw;
    if (hashOf(stored.schedule) !== registered.schedule || stored.until !== endOf(stored.schedule))
      return fault("schedule");
    if (stored.signature !== registered.signature) return fault("seal");
    const { withdrawnAt, supersededAt, origin } = registered;
    const { maker, importedAt } = stored;
    if (origin !== undefined && textOf({ maker, importedAt }) !== textOf(origin)) return fault("origin");
    const off = [...registered.takenOff].sort(([one], [other]) => (one < other ? -1 : 1));
    const sameOff = stored.takenOff === JSON.stringify(off);
    if (stored.withdrawnAt !== withdrawnAt || stored.supersededAt !== supersededAt || !sameOff)
      return fault("withdrawal");
    if (stored.count !== Math.max(...revisions.keys())) return fault("count");
    return null;
  }

  /** As `judge`, by the revision's own hash and seal alone: where the register cannot be believed. */
  flaw({ id, number, hash, content: text, body, signature }: StoredRevision): LedgerFault | null {
    const fault = (what: "content" | "seal"): LedgerFault => {
      return { code: "ledger/disagrees", notice: id, number: Number(number), what };
    };
    const content = jsonOf(text) as Content;
    if (hashOfContent(content) !== hash) return fault("content");
    if (signature === null || body === null) return null;
    this.seals++;
    const seal = { body: jsonOf(body), signature } as Seal;
    const flawed = seal.body === null || sealFlaw({ id, revision: hash, content }, seal, this.publicKey) !== null;
    return flawed ? fault("seal") : null;
  }

  /** Registered, and not among those that were judged. */
  missing(): readonly LedgerFault[] {
    const faults: LedgerFault[] = [];
    for (const [notice, revisions] of this.notices)
      for (const number of revisions.keys())
        if (!this.seen.get(notice)?.has(number))
          faults.push({ code: "ledger/disagrees", notice, number, what: "gone" });
    return faults;
  }
}

/** Numbers beyond those that we write, too. */
const textOf = (origin: unknown): string => {
  const { maker, importedAt } = origin as Readonly<Record<keyof Origin, unknown>>;
  return JSON.stringify([maker, String(importedAt)]);
};

function hashOfContent(content: Content): string | null {
  try {
    return revisionHash(content);
  } catch {
    return null;
  }
}

/** null: it says none, and is looked at however old it is. */
function endOf(schedule: string): number | null {
  const until = (jsonOf(schedule) as { readonly until?: unknown } | null)?.until;
  return Number.isSafeInteger(until) ? Number(until) : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
