/**
 * What the office owes, kept apart from it: learnt from acknowledged answers alone, by rules that are written here once more
 * and simply. It knows nothing of seals, books or playlists.
 */
import type { Role } from "../../src/people/types.ts";
import { boards, pixelsOf } from "../store/small-office.ts";
import type { Received } from "./learn-cap.ts";
import { mayPlay } from "./may-play.ts";
import { Above } from "./model-above.ts";

export interface Person {
  readonly id: string;
  /** Every name that they had. */
  readonly names: ReadonlySet<string>;
  roles: ReadonlySet<Role>;
  unit: string;
  boards: readonly string[] | null;
  active: boolean;
}
interface Deputy {
  readonly id: string;
  readonly of: string;
  readonly deputy: string;
  readonly role: Role;
  readonly from: number;
  readonly until: number;
}
export interface Envelope {
  readonly boards: readonly string[];
  readonly from: number;
  readonly until: number;
  readonly bestPriority: number;
}
export interface Schedule {
  readonly boards: readonly string[];
  readonly from: number;
  readonly until: number;
  readonly cron: string | null;
  readonly priority: number;
}
export interface Slots {
  readonly stations: readonly string[];
  readonly kinds: readonly string[];
  readonly levels: readonly string[];
  readonly amount: { readonly min: number; readonly max: number };
  readonly hoursMax: number;
}
export interface Document {
  readonly content: {
    readonly title?: string;
    readonly body?: string;
    readonly openness?: string;
    readonly slots?: Slots;
    readonly alert?: {
      readonly msgType: string;
      readonly identifier: string;
      readonly references: string | null;
    } | null;
    readonly pictures?: readonly { readonly sha256: string }[];
    readonly publicity?: object | null;
  };
  readonly schedule: Partial<Schedule>;
  readonly envelope: Envelope | null;
}
export interface ModelDraft {
  readonly notice: string;
  version: number;
  state: string;
  unit: string;
  writers: Set<string>;
  document: Document;
  /** The document is the daemon's own; else as far as it is known of a submission that was sent back. */
  told: boolean;
}
export interface Revision {
  readonly notice: string;
  readonly number: number;
  readonly case: string;
  readonly title: string;
  readonly unit: string;
  /** `template`: signed to be filled in, and lights nothing. `warning`: what one person made of it, lit at once. */
  readonly kind: "notice" | "pixels" | "template" | "warning";
  /** Of a warning: its template, and who sent it out. */
  readonly sentBy: { readonly template: string; readonly account: string } | null;
  readonly since: number;
  /** The scan of the form as it was signed by pen, by its pages' hashes; and whoever uploaded one. */
  scan: readonly string[];
  readonly uploaders: Set<string>;
  readonly document: Document;
  /** Who wrote on it, handed it in or submitted it; and those for whom deputies did. */
  readonly writers: ReadonlySet<string>;
  readonly reviewers: Set<string>;
  readonly envelope: Envelope | null;
  readonly pixels: ReadonlyMap<string, string>;
  schedule: Schedule;
  state: string;
  signedAt: number | null;
  withdrawnAt: number | null;
  supersededAt: number | null;
  /** From when on it is off single boards. */
  readonly takenOff: Map<string, number>;
}

const least = (one: number | null, other: number) => (one === null ? other : Math.min(one, other));

const dots = new Map<string, string>();

/** A message's only page, as dots: set anew here. */
export function dotsOf(text: string, board: string): string {
  const key = `${board} ${text}`;
  const shape = boards.find(({ id }) => id === board)?.shape;
  if (!shape) throw new Error(`no board ${board}`);
  const found = dots.get(key) ?? Buffer.from(pixelsOf(text, shape).pages[0]?.bitmap.pixels ?? []).toString("hex");
  dots.set(key, found);
  return found;
}

export interface Rules {
  /** Whether leaders may sign on paper here. */
  readonly paper: boolean;
  readonly countersignHours: number;
}
const hourMs = 3_600_000;

export class Model {
  readonly rules: Rules;
  readonly people = new Map<string, Person>();
  readonly deputies = new Map<string, Deputy>();
  readonly drafts = new Map<string, ModelDraft>();
  readonly revisions: Revision[] = [];
  readonly above = new Above();
  /** From elsewhere, by CAP; and whom the office believes, by sender and fingerprint. */
  readonly received: Received[] = [];
  readonly senders = new Map<string, { readonly by: string; confirmed: boolean }>();
  /** `${case} ${board} ${account}`. */
  readonly looks = new Set<string>();
  /** Titles that the register tells of, or a case: whoever reads these knows them, whatever the draft has become. */
  readonly registered = new Set<string>();
  /** What was done that may not be. */
  readonly complaints: string[] = [];

  constructor(rules: Rules) {
    this.rules = rules;
  }

  complain(what: string): void {
    this.complaints.push(what);
  }

  of(notice: string): Revision[] {
    return this.revisions.filter((one) => one.notice === notice);
  }

  case(id: string): Revision | undefined {
    return this.revisions.find((one) => one.case === id);
  }

  /** In whose place somebody may act as one of `roles`; null: in their own. Nobody: they may not at all. */
  placesOf(account: string, roles: readonly Role[], now: number): ReadonlySet<string | null> {
    const person = this.people.get(account);
    if (!person?.active) return new Set();
    if (roles.some((role) => person.roles.has(role))) return new Set([null]);
    const lent = [...this.deputies.values()].filter(
      (one) => one.deputy === account && one.from <= now && now < one.until && roles.includes(one.role),
    );
    const valid = lent.filter(({ of, role }) => {
      const absent = this.people.get(of);
      return absent?.active === true && absent.roles.has(role);
    });
    return new Set(valid.map(({ of }) => of));
  }

  /** The persons of a step. `instead`: in whose place, as the answer has it. */
  persons(account: string, roles: readonly Role[], instead: string | null, now: number, what: string): Set<string> {
    if (!this.placesOf(account, roles, now).has(instead))
      this.complain(`${what}: ${account} acted for ${instead ?? "themselves"} without being ${roles.join(" or ")}`);
    return new Set(instead === null ? [account] : [account, instead]);
  }

  withdraw(notice: string, now: number): void {
    for (const one of this.of(notice)) {
      one.withdrawnAt = least(one.withdrawnAt, now);
      if (one.state === "office-review" || one.state === "signature" || one.state === "signed") one.state = "withdrawn";
    }
  }

  sign(revision: Revision, now: number): void {
    revision.state = "signed";
    if (revision.envelope === null) {
      // What is only registered takes its earlier text down, since that is no longer for everybody.
      for (const one of this.of(revision.notice)) one.withdrawnAt = least(one.withdrawnAt, now);
      return;
    }
    revision.signedAt = now;
    for (const one of this.of(revision.notice))
      if (one.number < revision.number) one.supersededAt = least(one.supersededAt, now);
    this.cancel(revision, now);
  }

  /** What a cancellation names ends when the cancellation begins. */
  private cancel({ notice, document, schedule }: Revision, now: number): void {
    const { alert } = document.content;
    if (alert?.msgType !== "Cancel" || alert.references === null) return;
    for (const other of new Set(this.revisions.map((one) => one.notice))) {
      const all = this.of(other);
      const newest = all.findLast(({ signedAt }) => signedAt !== null) ?? all.at(-1);
      if (other === notice || newest?.document.content.alert?.identifier !== alert.references) continue;
      for (const one of all) one.supersededAt = least(one.supersededAt, Math.max(schedule.from, now));
    }
  }

  /** Warnings that nobody has countersigned in time are over, and received ones on which nobody has decided. */
  tend(now: number): void {
    for (const one of this.waiting())
      if (now >= one.since + this.rules.countersignHours * hourMs) this.withdraw(one.notice, now);
    for (const one of this.received) if (one.state === "waiting" && now >= one.decideBy) one.state = "over";
    this.above.tend(this, now);
  }

  /** Warnings that are on, and nobody has countersigned. */
  waiting(): Revision[] {
    return this.revisions.filter(({ kind, state }) => kind === "warning" && state === "signature");
  }

  /** Everybody who holds a step of it. */
  holders({ writers, reviewers, uploaders }: Revision): ReadonlySet<string> {
    return new Set([...writers, ...reviewers, ...uploaders]);
  }

  /** Whether a notice's dots were signed for there and then, wherever operators have put it since. */
  allows(notice: string, lit: string, board: string, at: number): boolean {
    return this.of(notice).some(
      (one) =>
        one.envelope &&
        mayPlay({ ...one, schedule: { ...one.schedule, ...one.envelope } }, board, at) &&
        dotsOf(textOf(one.document), board) === lit,
    );
  }

  /** Instants within [from, until) at which something begins or ends, each with the one before it. */
  edges(from: number, until: number): number[] {
    const all = this.revisions.flatMap(({ schedule, envelope }) => [
      ...[schedule.from, schedule.until],
      ...(envelope ? [envelope.from, envelope.until] : []),
    ]);
    return [...new Set(all)].flatMap((edge) => [edge - 1, edge]).filter((edge) => from <= edge && edge < until);
  }

  /** What may be lit on a board at an instant: of the most urgent ones, each notice's dots. `exact`: and must be. */
  due(board: string, at: number): { readonly notices: ReadonlyMap<string, string>; readonly exact: boolean } {
    const alive = this.revisions.filter((one) => mayPlay(one, board, at));
    const always = alive.filter(({ schedule }) => schedule.cron === null);
    const urgency = ({ schedule, envelope }: Revision) => Math.max(schedule.priority, envelope?.bestPriority ?? 0);
    const best = Math.min(...always.map(urgency));
    // One that plays at times only may or may not be on.
    const maybe = alive.filter((one) => one.schedule.cron !== null && urgency(one) <= best);
    const top = [...always.filter((one) => urgency(one) === best), ...maybe];
    return {
      notices: new Map(top.map((one) => [one.notice, dotsOf(textOf(one.document), board)])),
      exact: maybe.length === 0,
    };
  }

  /** Titles that are not for this reader: of drafts, and of what was submitted and never signed for everybody. */
  hiddenFrom(account: string | null, now: number): string[] {
    const holds = (...roles: Role[]) => account !== null && this.placesOf(account, roles, now).size > 0;
    // Of whoever stands in for a contributor, that one's.
    const lenders = account === null ? [] : [...this.placesOf(account, ["contributor"], now)];
    const units = lenders.map((one) => this.people.get(one ?? account ?? "")?.unit);
    const hidden: string[] = [];
    const seesDrafts = holds("maker", "auditor", "administrator");
    const seesCases = seesDrafts || holds("reviewer", "signer", "operator");
    for (const { unit, document } of this.drafts.values()) {
      const { title = "" } = document.content;
      const told = seesDrafts || (seesCases && this.registered.has(title)) || units.includes(unit);
      if (!told) hidden.push(title);
    }
    for (const { signedAt, unit, title } of this.revisions)
      if (!seesCases && signedAt === null && !units.includes(unit)) hidden.push(title);
    // What is signed is for everybody, wherever else it stands.
    const known = new Set(this.revisions.filter(({ signedAt }) => signedAt !== null).map(({ title }) => title));
    return hidden.filter((title) => title !== "" && !known.has(title));
  }
}

/** What its dots are made of. */
export function textOf({ content: { title = "", body = "", pictures = [] } }: Document): string {
  return [title, body, ...pictures.map(({ sha256 }) => sha256)].join("\n");
}
