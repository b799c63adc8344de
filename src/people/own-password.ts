/** Passwords as their owners set them: by the old one, by a one-time link, or with the first account of all. */
import { FaultError } from "../fault.ts";
import { addAccount } from "./accounts.ts";
import { makeLink, type OneTimeLink, readLink, useLink } from "./links.ts";
import { knownAccount, type PeopleParts, publicAccount } from "./parts.ts";
import { badPassword } from "./password-rules.ts";
import { networkOf } from "./network.ts";
import { newId } from "./secrets.ts";
import { type Opened, openSession, type Visit } from "./sessions.ts";
import type { SeenAccount } from "./accounts.ts";
import { Failing } from "./throttle.ts";
import type { AccountId } from "./types.ts";

export interface OwnPasswords {
  /** Ends all sessions of the account, and opens a new one for who asked. `people/sign-in` for a wrong current one. */
  change(account: AccountId, current: string, wanted: string, visit: Visit): Promise<Opened>;
  /** `people/link`, `people/password`. Does not sign in. */
  byLink(secret: string, wanted: string, address: string): Promise<SeenAccount>;
  /** Whose password a link sets: the page greets them. null: nobody's, it is the set-up link. */
  linkFor(secret: string): Promise<SeenAccount | null>;
  /**
   * Whether the account's password is this one: asked again before a signature. Outside a change: it takes long. True for
   * practice people, who have none. `people/busy`, `people/wait`.
   */
  confirm(account: AccountId, password: string, address: string): Promise<boolean>;
  /** The first administrator. */
  setUp(secret: string, login: string, name: string, wanted: string, address: string): Promise<SeenAccount>;
  /** A new set-up link while there is no account; null once there is one, in practice, and without review. */
  setUpLink(): Promise<OneTimeLink | null>;
}

const freeTries = 5;

/** Throws `people/password`. */
export function assertPassword(wanted: string, login: string): void {
  const why = badPassword(wanted, login);
  if (why !== null) throw new FaultError({ code: "people/password", why });
}

export function createOwnPasswords(parts: PeopleParts): OwnPasswords {
  const { store, change, mode, passwords } = parts;
  // Whoever found a browser open has no more tries than one who signs in.
  const failing = new Failing(parts.wall, freeTries);
  const confirm = async (id: AccountId, password: string, address: string) => {
    const account = await knownAccount(store, id);
    if (mode === "practice" && account.password === null) return account.active;
    const key = `${id} ${networkOf(address)}`;
    const waitMs = failing.waitMs(key);
    if (waitMs > 0) throw new FaultError({ code: "people/wait", seconds: Math.ceil(waitMs / 1000) });
    failing.count(key);
    const right = await passwords
      .verify(account.active ? account.password : null, password, key, true)
      .catch((error: unknown) => {
        failing.forgive(key);
        throw error;
      });
    if (right) failing.forget(key);
    return right;
  };

  return {
    confirm,
    async change(id, current, wanted, visit) {
      const before = await knownAccount(store, id);
      assertPassword(wanted, before.login);
      if (!(await confirm(id, current, visit.address))) throw new FaultError({ code: "people/sign-in" });
      const password = await passwords.hash(wanted, networkOf(visit.address));
      const opened = await change(id, async (tx) => {
        const now = await knownAccount(tx.people, id);
        if (!now.active || now.password !== before.password) throw new FaultError({ code: "people/sign-in" });
        const after = { ...now, password, mustChange: false };
        await tx.people.putAccount(after, "account/password", { why: "changed" });
        await tx.people.endSessions({ account: id });
        return openSession(parts, tx, after, visit, "changed");
      });
      parts.ended();
      return opened;
    },
    async linkFor(secret) {
      const id = await readLink(parts, store, secret);
      return id === null ? null : publicAccount(await knownAccount(store, id));
    },
    async byLink(secret, wanted, address) {
      const id = await readLink(parts, store, secret);
      if (id === null) throw new FaultError({ code: "people/link" });
      assertPassword(wanted, (await knownAccount(store, id)).login);
      const password = await passwords.hash(wanted, networkOf(address));
      const account = await change(id, async (tx) => {
        await useLink(parts, tx, secret);
        const now = await knownAccount(tx.people, id);
        if (!now.active) throw new FaultError({ code: "people/link" });
        const after = { ...now, password, mustChange: false };
        await tx.people.putAccount(after, "account/password", { why: "link" });
        await tx.people.endSessions({ account: id });
        return publicAccount(after);
      });
      parts.ended();
      return account;
    },
    async setUp(secret, login, name, wanted, address) {
      if ((await readLink(parts, store, secret)) !== null) throw new FaultError({ code: "people/link" });
      assertPassword(wanted, login);
      const password = await passwords.hash(wanted, networkOf(address));
      const rest = { unit: "", roles: ["administrator"] as const, boards: null, active: true, mustChange: false };
      const id = newId();
      const account = { id, login: login.normalize("NFKC").trim(), name: name.trim(), ...rest, password };
      const added = await change(id, async (tx) => {
        await useLink(parts, tx, secret);
        if (await tx.people.any()) throw new FaultError({ code: "people/link" });
        await addAccount(tx, account, { why: "set-up" });
        return publicAccount(account);
      });
      parts.ended();
      return added;
    },
    async setUpLink() {
      if (mode !== "real" || (await store.any())) return null;
      return change("system", async (tx) => {
        const link = await makeLink(parts, tx, null);
        const data = { expiresAt: link.expiresAt };
        await tx.record({ action: "set-up/link", subject: "office", data });
        return link;
      });
    },
  };
}
