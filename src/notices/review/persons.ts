/** Who does a step, and whether they may: no person holds two steps of one notice, and a deputy's step counts for both. */
import type { Caller, Deputy, Role, Scope } from "../../people/types.ts";
import type { Instant } from "../../time/clock.ts";
import type { Recorder } from "../../ledger/types.ts";
import type { BoardId, NoticeId } from "../types.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import type { ReviewVerbs } from "./store.ts";
import { type PasswordReset, type Person, type ReviewCase, type Step, type StepName, unreviewed } from "./types.ts";

export interface Acting {
  readonly by: Person;
  readonly instead: Person | null;
  readonly role: Role;
}

const roleZh: Readonly<Record<Role, string>> = {
  contributor: "报送人",
  maker: "经办人",
  reviewer: "审核人",
  signer: "签发人",
  operator: "屏幕管理员",
  auditor: "监督员",
  administrator: "系统管理员",
};

/** The one person of a place with `review: none`. */
export const alone: Person = { account: "local", name: unreviewed };

export function isAlone(parts: Pick<ReviewParts, "rules">, caller: Caller): boolean {
  return parts.rules.kind === "none" && caller.via === "local";
}

/**
 * As whom the caller acts: in the first of `roles` that is their own, else in one that they hold for somebody. `scope`: what
 * a token must be for; without one no token will do. `taken`: persons whose deputy would not do. FaultError `review/role`.
 */
export async function actingAs(
  parts: Pick<ReviewParts, "people" | "rules" | "clock">,
  caller: Caller,
  roles: readonly [Role, ...Role[]],
  { scope, taken = new Set() }: { readonly scope?: Scope; readonly taken?: ReadonlySet<string> } = {},
): Promise<Acting> {
  if (isAlone(parts, caller)) return { by: alone, instead: null, role: roles[0] };
  const byToken = caller.via === "token" && (scope === undefined || caller.scopes?.has(scope) !== true);
  const account = caller.account === null || byToken ? null : await parts.people.account(caller.account);
  const may = roles.filter((role) => caller.roles.has(role));
  if (account === null || !account.active || may.length === 0) refuse(wrongRole(roles));
  const by = { account: account.id, name: account.name };
  const own = may.find((role) => account.roles.includes(role));
  if (own !== undefined) return { by, instead: null, role: own };
  const deputy = deputyFor(caller.deputyOf, may, taken, parts.clock.now());
  const principal = deputy && (await parts.people.account(deputy.of));
  if (!deputy || !principal?.active || !principal.roles.includes(deputy.role)) refuse(wrongRole(roles));
  return { by, instead: { account: principal.id, name: principal.name }, role: deputy.role };
}

/**
 * A change by `acting`, judged once more inside it: a role that was taken away, a deputy that was ended, an account that was
 * disabled meanwhile lets nothing through. FaultErrors `review/role`, `people/altered`.
 */
export function changeAs<T>(
  parts: Pick<ReviewParts, "store" | "clock">,
  acting: Acting,
  work: (tx: ReviewVerbs & Recorder) => Promise<T>,
): Promise<T> {
  return parts.store.change(acting.by.account, async (tx) => {
    await assertStill(tx, acting, parts.clock.now());
    return work(tx);
  });
}

/** Inside a change. FaultErrors `review/role`, `people/altered`. */
export async function assertStill(
  { people }: Pick<ReviewVerbs, "people">,
  { by, instead, role }: Acting,
  now: Instant,
): Promise<void> {
  if (by.account === alone.account) return;
  const has = async (id: string, needed: Role | null) => {
    const found = await people.account(id);
    return found?.active === true && (needed === null || found.roles.includes(needed));
  };
  if (instead === null) {
    if (!(await has(by.account, role))) refuse(wrongRole([role]));
    return;
  }
  const lent = (await people.deputies()).some(
    (one) =>
      one.deputy === by.account &&
      one.of === instead.account &&
      one.role === role &&
      one.from <= now &&
      now < one.until,
  );
  if (!lent || !(await has(by.account, null)) || !(await has(instead.account, role))) refuse(wrongRole([role]));
}

/** Inside a change: the boards that an operator may touch, their own and those of whom they stand in for; null: all. */
export async function boardsOf(
  { people }: Pick<ReviewVerbs, "people">,
  account: string,
  now: Instant,
): Promise<readonly string[] | null> {
  const lent = (await people.deputies()).filter(
    ({ deputy, role, from, until }) => deputy === account && role === "operator" && from <= now && now < until,
  );
  const boards: string[] = [];
  for (const id of [account, ...lent.map(({ of }) => of)]) {
    const found = await people.account(id);
    if (!found?.active || !found.roles.includes("operator")) continue;
    if (found.boards === null) return null;
    boards.push(...found.boards);
  }
  return boards;
}

/**
 * Inside a change: an operator of some boards does nothing to what is on another's too, also where only one of them is.
 * Makers and signers have all boards. FaultError `review/others-boards`.
 */
export async function assertOwnBoards(
  parts: Pick<ReviewParts, "rules" | "clock">,
  tx: Pick<ReviewVerbs, "people">,
  caller: Caller,
  { by, role }: Acting,
  notice: NoticeId,
  boards: readonly BoardId[],
): Promise<void> {
  if (role !== "operator" || isAlone(parts, caller)) return;
  const own = await boardsOf(tx, by.account, parts.clock.now());
  const may = (board: string) => [own, caller.boards].every((some) => some === null || some.includes(board));
  const strange = [...new Set(boards)].filter((board) => !may(board));
  if (strange.length > 0) refuse({ code: "review/others-boards", notice, boards: strange });
}

function deputyFor(
  all: readonly Deputy[],
  roles: readonly Role[],
  taken: ReadonlySet<string>,
  now: Instant,
): Deputy | undefined {
  const valid = all.filter(({ role, from, until }) => roles.includes(role) && from <= now && now < until);
  return valid.find(({ of }) => !taken.has(of)) ?? valid[0];
}

const wrongRole = (roles: readonly Role[]) =>
  ({ code: "review/role", role: roles.map((role) => `${roleZh[role]} ${role}`).join(" / ") }) as const;

/** Steps that make somebody one of those who let a notice through, or wrote it. */
const holding: ReadonlySet<StepName> = new Set([
  "submitted",
  "reviewed",
  "signed",
  "uploaded",
  "attested",
  "countersigned",
]);

/** Accounts of everybody who holds a step of this case: who wrote on it, and for whom. */
export function holders({ hands, steps }: Pick<ReviewCase, "hands" | "steps">): ReadonlySet<string> {
  const held = new Set(hands.map(({ account }) => account));
  for (const { step, by, instead } of steps) {
    if (!holding.has(step)) continue;
    held.add(by.account);
    if (instead) held.add(instead.account);
  }
  return held;
}

/** FaultError `review/two-steps`. */
export function assertFree(review: Pick<ReviewCase, "hands" | "steps" | "notice">, { by, instead }: Acting): void {
  const held = holders(review);
  const person = [by, ...(instead ? [instead] : [])].find(({ account }) => held.has(account));
  if (person) refuse({ code: "review/two-steps", notice: review.notice, name: person.name });
}

/** Both persons of a step, for those who write. */
export function withHand(hands: readonly Person[], { by, instead }: Acting): readonly Person[] {
  const both = instead ? [by, instead] : [by];
  return [...hands, ...both.filter(({ account }) => !hands.some((hand) => hand.account === account))];
}

/** Everybody who wrote on any revision of a notice: most of the text of one is that of the one before. */
export function writersOf(cases: readonly Pick<ReviewCase, "kind" | "hands">[]): readonly Person[] {
  // New pixels have the text as it was: who asked for them wrote nothing.
  const written = cases.filter(({ kind }) => kind !== "pixels").flatMap(({ hands }) => hands);
  return [...new Map(written.map((hand) => [hand.account, hand])).values()];
}

export function stepOf(
  step: StepName,
  { by, instead }: Acting,
  at: Instant,
  words: string,
  reset: PasswordReset | null = null,
): Step {
  return { step, by, instead, at, words, ...(reset && { reset }) };
}

/** For the register. */
export function said({ by, instead }: Acting): { readonly name: string; readonly instead: string | null } {
  return { name: by.name, instead: instead && `${instead.name} ${instead.account}` };
}

/** As seals and forms name them: the person, for whom, and the account's id. */
export function signature({ by, instead }: Acting): string {
  if (by.account === alone.account) return by.name;
  const name = by.name.slice(0, 60);
  return `${instead ? `${name} 代 ${instead.name.slice(0, 60)}` : name} (${by.account})`;
}
