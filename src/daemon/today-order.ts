/** What of the office's open things is one person's to do now, and in which order. No I/O, no clock. */
import type { DarkView } from "../api/above.ts";
import type { PublicityView } from "../api/publicity-routes.ts";
import type { TakedownView } from "../api/takedown.ts";
import { type TodayGroup, type TodayItem, type TodayView, todayGroups } from "../api/today.ts";
import { canonicalJson } from "../canonical-json.ts";
import { type Fault, isReminder, remedy, type Sentence, sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import type { ReceivedWarning } from "../notices/cap/index.ts";
import type { Draft, Waiting } from "../notices/review/index.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { BoardReport } from "../panels/board-state.ts";
import type { Account, Deputy, Role } from "../people/types.ts";
import { beginLines, type OpenToBegin } from "./today-begin.ts";
import { handLines, handRoles, nothing, type OpenByHand } from "./today-by-hand.ts";

/** Who asks. */
export interface Me {
  /** null: alone, with `review: none`: everything is theirs. */
  readonly account: string | null;
  /** Own and held as a deputy. */
  readonly roles: ReadonlySet<Role>;
  readonly deputyOf: readonly Deputy[];
  /** Of an operator: the boards that they may touch; null: all. */
  readonly boards: readonly string[] | null;
}

export interface OpenDraft extends Pick<Draft, "notice" | "state" | "held" | "owner" | "hands" | "changedAt"> {
  readonly title: string;
  /** Why it came back, and who said so; null: it did not. */
  readonly returned: { readonly by: string; readonly words: string; readonly at: Instant } | null;
}

export interface Open extends OpenByHand, OpenToBegin {
  readonly now: Instant;
  readonly accounts: readonly Account[];
  readonly waiting: readonly Waiting[];
  readonly drafts: readonly OpenDraft[];
  readonly received: readonly Pick<ReceivedWarning, "number" | "title" | "receivedAt" | "expires">[];
  readonly periods: readonly Pick<PublicityView, "notice" | "title" | "kind" | "until" | "state">[];
  readonly boards: readonly { readonly id: string; readonly faults: BoardFacts["faults"] }[];
  readonly dark: readonly Pick<DarkView, "board" | "since" | "state" | "reason" | "by" | "says">[];
  readonly takedowns: readonly Pick<TakedownView, "id" | "notice" | "title" | "at" | "said" | "boards">[];
  readonly reports: readonly BoardReport[];
  /** How a notice is called; null: there is none of that name. */
  titleOf(notice: string): string | null;
}

/** Told by a line of its own kind. */
const toldElsewhere: ReadonlySet<Fault["code"]> = new Set([
  "board/dark",
  "board/dark-unconfirmed",
  "card/not-loaded",
  "card/still-on",
  "notice/overdue",
  "paper/not-posted",
  "paper/still-hanging",
  "review/to-countersign",
  "takedown/open",
  "warning/waiting",
]);

type Line = readonly [TodayGroup, TodayItem];

export function arrangeToday(open: Open, me: Me): TodayView {
  const lines = [
    ...receivedLines(open, me),
    ...waitingLines(open, me),
    ...draftLines(open, me),
    ...resultLines(open, me),
    ...overdueLines(open, me),
    ...darkLines(open, me),
    ...takedownLines(open, me),
    ...faultLines(open, me),
    ...(has(me, ["administrator"]) ? beginLines(open, me.account === null) : []),
    ...reportLines(open, me),
    ...(has(me, handRoles) ? handLines(open, (board) => mine(me, [board]), others(open, me, handRoles)) : []),
  ];
  const groups = todayGroups.flatMap((group) => {
    const items = lines.flatMap(([its, item]) => (its === group ? [item] : [])).sort(byUrgency);
    const shown = items.slice(0, limits.todayItems);
    return items.length === 0 ? [] : [{ group, items: shown, more: items.length - shown.length }];
  });
  return { at: open.now, groups };
}

/** What has an end comes before what has none, the nearest end first; else what waits the longest. */
function byUrgency(one: TodayItem, other: TodayItem): number {
  const end = ({ until }: TodayItem) => until ?? Number.POSITIVE_INFINITY;
  const begin = ({ since }: TodayItem) => since ?? Number.POSITIVE_INFINITY;
  if (one.late !== other.late) return one.late ? -1 : 1;
  if (end(one) !== end(other)) return end(one) - end(other);
  return begin(one) === begin(other) ? 0 : begin(one) - begin(other);
}

const has = ({ account, roles }: Me, some: readonly Role[]) => account === null || some.some((role) => roles.has(role));

/** Those of these roles who may do it too. `taken`: who may not, holding another step. */
function others({ accounts }: Open, me: Me, roles: readonly Role[], taken: readonly string[] = []): readonly string[] {
  return accounts
    .filter(({ id, active }) => active && id !== me.account && !taken.includes(id))
    .filter((account) => roles.some((role) => account.roles.includes(role)))
    .map(({ name }) => name);
}

/** Whether a step of this role is theirs: no person holds two steps of a notice, and a deputy's counts for both. */
function mayStep({ accounts }: Open, me: Me, role: Role, taken: readonly string[]): boolean {
  if (me.account === null) return true;
  if (taken.includes(me.account) || !me.roles.has(role)) return false;
  const own = accounts.find(({ id }) => id === me.account)?.roles.includes(role);
  return own === true || me.deputyOf.some((one) => one.role === role && !taken.includes(one.of));
}

function receivedLines(open: Open, me: Me): readonly Line[] {
  const roles = ["maker", "signer", "operator"] as const;
  if (!has(me, roles)) return [];
  return open.received.map(({ number, title, receivedAt, expires }): Line => {
    const about = { title, number: String(number), since: receivedAt, until: expires };
    return ["warnings", { ...nothing, ...about, kind: "received", people: others(open, me, roles) }];
  });
}

const steps = {
  countersignature: ["warnings", "signer"],
  signature: ["sign", "signer"],
  "office-review": ["review", "reviewer"],
} as const;

function waitingLines(open: Open, me: Me): readonly Line[] {
  return open.waiting.flatMap(({ what, notice, case: its, title, since, until, late, holders }): readonly Line[] => {
    if (what === "decision" || what === "handed-in") return [];
    const [group, role] = steps[what];
    if (!mayStep(open, me, role, holders)) return [];
    const people = others(open, me, [role], holders);
    return [[group, { ...nothing, kind: what, title, notice, case: its, since, until, late, people }]];
  });
}

function draftLines(open: Open, me: Me): readonly Line[] {
  const waits = new Map(open.waiting.filter((one) => one.case === null).map((one) => [one.notice, one]));
  const inOffice = new Set(open.accounts.filter(({ active }) => active).map(({ id }) => id));
  return open.drafts.flatMap((draft): readonly Line[] => {
    const { notice, title, state, held, owner, hands, returned, changedAt } = draft;
    const role = state === "contributed" ? "contributor" : "maker";
    const wait = waits.get(notice);
    const isMine = [owner, ...hands].some(({ account }) => account === me.account);
    // Whoever left has left it to all of them.
    const isAnybodys = state === "open" && (wait !== undefined || !inOffice.has(owner.account));
    if (!has(me, [role]) || !(me.account === null || isMine || isAnybodys)) return [];
    const people = state === "open" ? others(open, me, [role]) : [];
    const about = { ...nothing, title, notice, draft: true, people, since: changedAt };
    if (held !== null) {
      const says = held.note === "" ? null : same(held.note);
      const { until = null, late = false } = wait ?? {};
      return [[late ? "late" : "submit", { ...about, kind: late ? "held" : "decision", until, late, says }]];
    }
    if (returned !== null) {
      const says = { zh: `${returned.by}\uff1a${returned.words}`, en: `${returned.by}: ${returned.words}` };
      return [["submit", { ...about, kind: "returned", since: returned.at, says }]];
    }
    if (wait?.what === "handed-in" && !isMine)
      return [["submit", { ...about, kind: "handed-in", since: wait.since, says: same(owner.name) }]];
    return [["submit", { ...about, kind: "draft" }]];
  });
}

const same = (words: string): Sentence => ({ zh: words, en: words });

function resultLines(open: Open, me: Me): readonly Line[] {
  if (!has(me, ["maker"])) return [];
  const people = others(open, me, ["maker", "reviewer", "signer"]);
  return open.periods.flatMap(({ notice, title, until, state }): readonly Line[] =>
    state === "awaiting-result" ? [["late", { ...nothing, kind: "result", title, notice, since: until, people }]] : [],
  );
}

/** Each once, whatever boards it is told on. */
function faultsOf({ boards }: Open): readonly { readonly fault: Fault; readonly at: Instant; readonly on: string[] }[] {
  const found = new Map<string, { fault: Fault; at: Instant; on: string[] }>();
  for (const { id, faults } of boards)
    for (const { fault, at } of faults) {
      const name = canonicalJson(fault);
      const before = found.get(name);
      if (before) before.on.push(id);
      else found.set(name, { fault, at, on: [id] });
    }
  return [...found.values()];
}

function overdueLines(open: Open, me: Me): readonly Line[] {
  if (!has(me, ["maker", "auditor"])) return [];
  const drafts = new Set(open.drafts.map(({ notice }) => notice));
  const cases = new Map(open.waiting.map((one) => [one.notice, one.case]));
  return faultsOf(open).flatMap(({ fault, at }): readonly Line[] => {
    if (fault.code !== "notice/overdue") return [];
    const { notice } = fault;
    const title = open.drafts.find((draft) => draft.notice === notice)?.title ?? open.titleOf(notice) ?? "";
    const people = others(open, me, ["maker"]);
    const about = { title, notice, case: cases.get(notice) ?? null, draft: drafts.has(notice), since: at, people };
    return [
      ["late", { ...nothing, ...about, kind: "overdue", late: true, says: sentence(fault), remedy: remedy(fault) }],
    ];
  });
}

const mine = ({ boards }: Me, ids: readonly string[]) => boards === null || ids.some((id) => boards.includes(id));

/** All in one line: they are resumed in one place. */
function darkLines(open: Open, me: Me): readonly Line[] {
  const roles = ["operator", "signer", "administrator"] as const;
  const dark = open.dark.filter(({ board }) => mine(me, [board]));
  const [first] = dark;
  if (!has(me, roles) || !first) return [];
  const unconfirmed = dark.find(({ state }) => state === "unconfirmed" || state === "carry");
  const says = unconfirmed?.says ?? same(`${first.by} · ${first.reason}`);
  const since = Math.min(...dark.map((one) => one.since));
  const about = { title: "", boards: dark.map(({ board }) => board), since, people: others(open, me, roles) };
  return [["trouble", { ...nothing, ...about, kind: "dark", late: unconfirmed !== undefined, says }]];
}

function takedownLines(open: Open, me: Me): readonly Line[] {
  const roles = ["operator", "maker", "signer"] as const;
  if (!has(me, roles)) return [];
  return open.takedowns.flatMap(({ id, notice, title, at, said, boards }): readonly Line[] => {
    const left = boards.filter(({ doneAt }) => doneAt === null).map(({ board }) => board);
    if (!mine(me, left)) return [];
    const about = { title: title ?? "", notice, number: String(id), boards: left, since: at, says: said };
    return [["trouble", { ...nothing, ...about, kind: "takedown", people: others(open, me, roles) }]];
  });
}

/** Whose a fault is: of the record, of what keeps the office's data, of its boards. */
function rolesOf({ code }: Fault): readonly Role[] {
  const [area] = code.split("/");
  if (code === "board/stale" || code === "board/empty-slot") return ["maker"];
  if (code === "board/unchecked") return ["operator"];
  if (area === "ledger") return ["administrator", "auditor"];
  if (area === "backup" || area === "job" || area === "door" || area === "clock") return ["administrator"];
  if (area === "calendar") return ["administrator", "maker"];
  return ["operator", "maker", "administrator"];
}

function faultLines(open: Open, me: Me): readonly Line[] {
  return faultsOf(open).flatMap(({ fault, at, on }): readonly Line[] => {
    const roles = rolesOf(fault);
    if (toldElsewhere.has(fault.code) || !has(me, roles) || !mine(me, on)) return [];
    // Each board is without a year's working days; there is one place where they are imported.
    const isCalendar = fault.code.startsWith("calendar/");
    const boards = isCalendar || (on.length === open.boards.length && on.length > 1) ? [] : on;
    const notice = "notice" in fault && typeof fault.notice === "string" ? fault.notice : null;
    const draft = open.drafts.some((one) => one.notice === notice);
    const title = notice === null ? "" : (open.titleOf(notice) ?? "");
    const about = { code: fault.code, title, notice, draft, boards, since: at, people: others(open, me, roles) };
    const words = { says: sentence(fault), remedy: remedy(fault) };
    const [group, kind] = isReminder(fault) ? (["reminders", "reminder"] as const) : (["trouble", "fault"] as const);
    return [[group, { ...nothing, ...about, ...words, kind: isCalendar ? "calendar" : kind }]];
  });
}

function reportLines(open: Open, me: Me): readonly Line[] {
  if (!has(me, ["operator"])) return [];
  return open.reports.flatMap(({ board, number, at, name, text }): readonly Line[] => {
    if (!mine(me, [board])) return [];
    const says = { zh: `${name}\uff1a${text}`, en: `${name}: ${text}` };
    const about = { title: "", boards: [board], number: String(number), since: at, says };
    return [["trouble", { ...nothing, ...about, kind: "report", people: others(open, me, ["operator"]) }]];
  });
}
