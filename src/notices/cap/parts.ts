/** What receiving warnings is made from: the parts of review, and a store that keeps what came. */
import type { ChangeOf, LedgerStore, Recorder } from "../../ledger/types.ts";
import type { Instant } from "../../message/types.ts";
import type { ReviewParts } from "../review/parts.ts";
import { type Acting, assertStill } from "../review/persons.ts";
import type { ReviewVerbs } from "../review/store.ts";
import { type CapAlert, readCap } from "./alert.ts";
import { contentOf, type Laid } from "./content.ts";
import { type Judged, judge } from "./judge.ts";
import type { ReceivedReads, ReceivedVerbs, ReceivedWarning } from "./store.ts";

export type CapChange = ReviewVerbs & { readonly received: ReceivedVerbs };

export interface CapParts extends ReviewParts {
  readonly store: Omit<ReviewParts["store"], "change"> & {
    readonly received: ReceivedReads;
    readonly ledger: Pick<LedgerStore, "about">;
    readonly change: ChangeOf<CapChange>;
  };
}

/** A message as it is judged now. */
export interface Read {
  readonly alert: CapAlert;
  readonly judged: Judged;
  /** null: nothing to show. */
  readonly laid: Laid | null;
}

/** FaultError `warning/refused`. */
export function readAgain({ zone, practice }: CapParts, text: string, now: Instant): Read {
  const alert = readCap(text, zone);
  const judged = judge(alert, { now, practice });
  const info = judged.kind === "noted" ? null : judged.info;
  return { alert, judged, laid: info && contentOf(alert, info, { zone, practice }) };
}

/** What is kept, as it is judged now. FaultError `warning/refused`. */
export async function keptAgain(parts: CapParts, { number }: ReceivedWarning, now: Instant): Promise<Read> {
  const bytes = await parts.store.received.bytes(number);
  return readAgain(parts, new TextDecoder().decode(bytes ?? new Uint8Array(0)), now);
}

/** Of a sender that is believed: it acts by itself, under its own name. */
export function senderActing(sender: string): Acting {
  return {
    by: { account: `cap:${sender}`.slice(0, 100), name: sender.slice(0, 100) },
    instead: null,
    role: "operator",
  };
}

/** A change by a person, judged once more inside it. FaultErrors `review/role`, `people/altered`. */
export function changeIn<T>(
  { store, clock }: CapParts,
  acting: Acting,
  work: (tx: CapChange & Recorder) => Promise<T>,
): Promise<T> {
  return store.change(acting.by.account, async (tx) => {
    await assertStill(tx, acting, clock.now());
    return work(tx);
  });
}
