/** What waits for whom, since when, and whether for too long (R16): for the office's list. */
import type { Instant } from "../../message/types.ts";
import type { Account, Role } from "../../people/types.ts";
import { dateAt, instantOf } from "../../time/zone.ts";
import { dayNumberOf } from "../../time/days.ts";
import type { NoticeId } from "../types.ts";
import type { ReviewParts } from "./parts.ts";
import { holders } from "./persons.ts";
import { isLate } from "./reminders.ts";
import type { CaseId, ReviewCase } from "./types.ts";

/** `countersignature`: a warning is lit that one person sent out. `decision`: a draft is held undecided. `handed-in`: a 报送人's draft is with the makers. */
export type WaitsFor = "office-review" | "signature" | "countersignature" | "decision" | "handed-in";

export interface Waiting {
  readonly what: WaitsFor;
  readonly notice: NoticeId;
  /** null: a draft. */
  readonly case: CaseId | null;
  readonly title: string;
  readonly since: Instant;
  /** By when, where there is such a time: a warning that is not countersigned by then is taken down. */
  readonly until: Instant | null;
  readonly role: Role;
  /** Names of those whose own step it may be: they have the role, and no other step of this notice. */
  readonly people: readonly string[];
  /** Accounts that hold another step of it: none of these may do this one. */
  readonly holders: readonly string[];
  readonly late: boolean;
}

export interface WaitingVerbs {
  /** As of `now`, by the board clock; warnings first, then by how long. Changes nothing. */
  waiting(now: Instant): Promise<readonly Waiting[]>;
}

const hourMs = 3_600_000;

export function waitingVerbs(parts: ReviewParts): WaitingVerbs {
  const { store, rules, zone } = parts;
  return {
    async waiting(now) {
      const accounts = (await parts.people.accounts()).filter(({ active }) => active);
      const found: Waiting[] = [];
      for (const review of await store.cases.open()) found.push(ofCase(review, accounts, now));
      for (const { notice, held, document, since, state, edits, hands, changedAt } of await store.drafts.list()) {
        const { title = "" } = document.content;
        const common = {
          notice,
          case: null,
          title,
          role: "maker",
          people: named(accounts, "maker", new Set()),
          holders: [],
        } as const;
        if (held !== null) {
          const until = instantOf(zone, (dayNumberOf(held.reviewBy) ?? 0) + 1, 0);
          const late = held.reviewBy < dateAt(zone, now);
          found.push({ ...common, what: "decision", since: changedAt, until, late });
        } else if (state === "open" && edits === null && wroteForOthers(hands, accounts))
          found.push({ ...common, what: "handed-in", since, until: null, late: false });
      }
      const urgency = ({ what }: Waiting) => (what === "countersignature" ? 0 : 1);
      return found.sort((one, other) => urgency(one) - urgency(other) || one.since - other.since);
    },
  };

  function ofCase(review: ReviewCase, accounts: readonly Account[], now: Instant): Waiting {
    const { notice, id, title, since, state, kind } = review;
    const isWarning = kind === "warning";
    const role = state === "office-review" ? "reviewer" : "signer";
    const taken = holders(review);
    const until = isWarning && rules.kind === "chain" ? since + rules.countersignHours * hourMs : null;
    return {
      what: isWarning ? "countersignature" : state === "office-review" ? "office-review" : "signature",
      notice,
      case: id,
      title,
      since,
      until,
      role,
      people: named(accounts, role, taken),
      holders: [...taken],
      late: isLate(parts, review, now),
    };
  }
}

const named = (accounts: readonly Account[], role: Role, taken: ReadonlySet<string>) =>
  accounts.filter(({ id, roles }) => roles.includes(role) && !taken.has(id)).map(({ name }) => name);

/** Contributors alone have written on it. */
function wroteForOthers(hands: readonly { readonly account: string }[], accounts: readonly Account[]): boolean {
  const makers = new Set(accounts.filter(({ roles }) => roles.includes("maker")).map(({ id }) => id));
  return hands.length > 0 && hands.every(({ account }) => !makers.has(account));
}
