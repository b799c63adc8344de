/** Whether the ledger is whole and the tables say what it says: for the CLI, and for the daemon's own daily look. */
import type { LedgerFault } from "../fault.ts";
import { type ChainVerdict, type Checkpoint, latestCut, type Signing, verifyChain } from "../ledger/index.ts";
import type { LedgerRow } from "../ledger/types.ts";
import type { KeptCheckpoints } from "../ledger/checkpoints.ts";
import { RegisterAudit } from "../notices/register.ts";
import { signText, type SigningKey, verifyText } from "../notices/seal.ts";
import { Pieces } from "../time/pieces.ts";
import { type AuditedStore, programmeFaults, TableAudit } from "./verify-tables.ts";

export interface LedgerVerdict {
  readonly register: ChainVerdict;
  readonly play: ChainVerdict;
  /** Revisions and seals that were compared with the register. */
  readonly revisions: number;
  readonly seals: number;
  /** What is wrong: the first broken row of each chain, and all that disagrees with the register, at most `faultsMax`. */
  readonly faults: readonly LedgerFault[];
}

const faultsMax = 100;
const revisionsAtOnce = 50;
/** Of a store that is written to meanwhile: what was read late is not held against what was read early. */
const looksMax = 4;

/** The office's key, as the ledger knows it. */
export function signingOf(key: SigningKey): Signing {
  return {
    installation: key.installation,
    sign: (text) => signText(text, key),
    verify: (text, signature) => verifyText(text, signature, key.publicKey),
  };
}

/** `kept`: the checkpoints of the data folder; `others`: what somebody kept elsewhere. Signatures have been looked at. `looked`: told of each row of either chain. */
export async function verifyStore(
  store: AuditedStore,
  key: SigningKey,
  kept: KeptCheckpoints,
  others: readonly Checkpoint[] = [],
  looked: () => void = () => {},
): Promise<LedgerVerdict> {
  for (let looks = 1; ; looks++) {
    const verdict = await look(store, key, [...kept.good, ...others], kept.faults, looked);
    if (verdict.faults.length === 0 || verdict.register.broken !== null || looks === looksMax) return verdict;
    // Nothing was written since: what is wrong is wrong. (What is cut from the play log is written in the register.)
    if ((await store.ledger.head("register")).seq === verdict.register.head.seq) return verdict;
  }
}

async function look(
  store: AuditedStore,
  key: SigningKey,
  checkpoints: readonly Checkpoint[],
  kept: readonly LedgerFault[],
  looked: () => void,
): Promise<LedgerVerdict> {
  const audit = new RegisterAudit(key.publicKey);
  const cut = await latestCut(store.ledger, signingOf(key));
  const tables = new TableAudit();
  const each = (row: LedgerRow) => {
    audit.take(row);
    tables.take(row);
    looked();
  };
  const register = await verifyChain(store.ledger, "register", checkpoints, { each });
  const play = await verifyChain(store.ledger, "play", checkpoints, { cut, each: looked });
  const faults: LedgerFault[] = [...kept];
  for (const { broken } of [register, play]) if (broken !== null) faults.push(broken);
  // A register that is not whole says nothing for certain about the tables; the seals speak for themselves.
  const believed = register.broken === null;
  const pieces = new Pieces();
  let revisions = 0;
  let portion = await store.notices.stored(null, revisionsAtOnce);
  while (portion.length > 0) {
    for (const stored of portion) {
      const fault = believed ? audit.judge(stored) : audit.flaw(stored);
      if (fault !== null) faults.push(fault);
      else if (believed) tables.seal(stored);
      revisions++;
      await pieces.rest();
    }
    portion = await store.notices.stored(portion.at(-1) ?? null, revisionsAtOnce);
  }
  if (believed) faults.push(...audit.missing(), ...(await tables.faults(store)));
  faults.push(...(await programmeFaults(store, play.head)));
  return { register, play, revisions, seals: audit.seals, faults: faults.slice(0, faultsMax) };
}
