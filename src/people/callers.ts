/** What somebody may do now: their own roles, and those in which they stand in for others. */
import type { Instant } from "../time/clock.ts";
import { allRoles } from "./parts.ts";
import type { AccountRecord, PeopleStore } from "./store.ts";
import { type Caller, type Deputy, nobody } from "./types.ts";

/** `now`: the board clock's. */
export async function callerFor(
  store: Pick<PeopleStore, "deputies" | "account">,
  account: AccountRecord,
  via: "session" | "token",
  now: Instant,
): Promise<Caller> {
  const { id, name } = account;
  const deputyOf: Deputy[] = [];
  const boards = [account.roles.includes("operator") ? account.boards : []];
  for (const one of await store.deputies()) {
    if (one.deputy !== id || now < one.from || now >= one.until) continue;
    const absent = await store.account(one.of).catch(() => null);
    // Whoever has lost a role, or left, has nothing to lend.
    if (!absent?.active || !absent.roles.includes(one.role)) continue;
    deputyOf.push(one);
    if (one.role === "operator") boards.push(absent.boards);
  }
  const roles = new Set([...account.roles, ...deputyOf.map(({ role }) => role)]);
  const own = boards.includes(null) ? null : [...new Set(boards.flatMap((some) => some ?? []))];
  return { account: id, name, roles, deputyOf, boards: roles.has("operator") ? own : null, via, reads: true };
}

/** The one person of a place with `review: none`. */
export const alone: Caller = {
  account: null,
  name: "本机",
  roles: new Set(allRoles.filter((role) => role !== "auditor")),
  deputyOf: [],
  boards: null,
  via: "local",
  reads: true,
};

/** Practice data are there to be looked at. */
export const practiceVisitor: Caller = { ...nobody, roles: new Set(["auditor"]), reads: true };

/** Before there is any account, at this computer: it can see what goes on, and set the first account up. */
export const firstVisitor: Caller = { ...nobody, reads: true };

/** This computer's command line: reads like an auditor. */
export const atConsole: Caller = {
  account: null,
  name: "console",
  roles: new Set(["auditor"]),
  deputyOf: [],
  boards: null,
  via: "console",
  reads: true,
};
