/** Accounts: added, changed, disabled, never deleted. What somebody wrote and signed stays theirs, and the office's. */
import { FaultError, type Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import { makeLink, type OneTimeLink } from "./links.ts";
import { knownAccount, type PeopleParts, publicAccount, type Tx, unknown } from "./parts.ts";
import { normalLogin } from "./password-rules.ts";
import { newId } from "./secrets.ts";
import { isShowKey } from "./tokens.ts";
import type { AccountRecord } from "./store.ts";
import type { Account, AccountId, Role } from "./types.ts";

/** What an administrator says of a person. */
export interface AccountWish {
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly Role[];
  readonly boards: readonly string[] | null;
}

export type SeenAccount = Account & { readonly hasPassword: boolean };

/** `by`: the administrator's account. Each throws a FaultError `people/…`. */
export interface Accounts {
  list(): Promise<readonly SeenAccount[]>;
  get(id: AccountId): Promise<SeenAccount>;
  /** `another`: really another person, of the same name as one who has an account; on record. Without a password: the link, shown once, lets the person set one. */
  add(
    by: string,
    login: string,
    wish: AccountWish,
    another?: boolean,
  ): Promise<{ account: SeenAccount; link: OneTimeLink }>;
  /** Other roles or boards end the person's sessions. */
  change(by: string, id: AccountId, wish: AccountWish): Promise<SeenAccount>;
  /** Ends sessions, revokes tokens (keys of screens stay), forgets devices and deputies. */
  disable(by: string, id: AccountId): Promise<SeenAccount>;
  /** Comes back without a password. */
  enable(by: string, id: AccountId): Promise<{ account: SeenAccount; link: OneTimeLink }>;
  /** Takes the password away, ends sessions, revokes tokens (keys of screens stay). */
  reset(by: string, id: AccountId): Promise<OneTimeLink>;
}

export function createAccounts(parts: PeopleParts): Accounts {
  const { store, change, mode } = parts;

  const shut = async (tx: Tx, id: AccountId) => {
    await tx.people.endSessions({ account: id });
    // The keys of screens stay: they are the office's, whoever gave them.
    for (const one of await tx.people.tokensOf(id)) if (!isShowKey(one)) await tx.people.dropTokens(id, one.id);
    await tx.people.forgetDevices(id);
  };
  const told = async <T>(by: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const result = await change(by, work);
    parts.ended();
    return result;
  };
  const issue = async (tx: Tx, account: AccountRecord, why: string): Promise<OneTimeLink> => {
    const link = await makeLink(parts, tx, account.id);
    const data = { name: account.name, why, expiresAt: link.expiresAt };
    await tx.record({ action: "password-link/issued", subject: account.id, data });
    return link;
  };

  return {
    list: async () => (await store.accounts()).map(publicAccount),
    async get(id) {
      const found = (await store.accounts()).find((one) => one.id === id);
      if (found === undefined) throw unknown({ zh: "这个账号", en: "account" });
      return publicAccount(found);
    },
    async add(by, login, wish, another = false) {
      if (mode === "alone") throw new FaultError({ code: "people/alone" });
      const blank = {
        id: newId(),
        login: login.normalize("NFKC").trim(),
        active: true,
        mustChange: false,
        password: null,
      };
      const account: AccountRecord = { ...blank, ...checkedWish(parts, wish) };
      return change(by, async (tx) => {
        if (!another) await assertNewName(tx, account);
        await addAccount(tx, account, another ? { why: "another" } : {});
        return { account: publicAccount(account), link: await issue(tx, account, "added") };
      });
    },
    change: (by, id, given) =>
      told(by, async (tx) => {
        const wish = checkedWish(parts, given);
        // Also one that was altered behind our back: what is said here is what it is from now on.
        const before = (await tx.people.accounts()).find((one) => one.id === id);
        if (before === undefined) throw unknown({ zh: "这个账号", en: "account" });
        const after = { ...before, ...wish };
        if (wish.name !== before.name) await assertNewName(tx, after);
        if (!wish.roles.includes("administrator")) await anotherAdministrator(tx, id);
        await tx.people.putAccount(after, "account/changed", { before: { ...wishOf(before) } });
        if (powersOf(before) !== powersOf(after)) await tx.people.endSessions({ account: id });
        return publicAccount(after);
      }),
    disable: (by, id) =>
      told(by, async (tx) => {
        const before = (await tx.people.accounts()).find((one) => one.id === id);
        if (before === undefined) throw unknown({ zh: "这个账号", en: "account" });
        await anotherAdministrator(tx, id);
        const after = { ...before, active: false, password: null };
        await tx.people.putAccount(after, "account/disabled", {});
        await shut(tx, id);
        for (const one of await tx.people.deputies())
          if (one.of === id || one.deputy === id) await tx.people.endDeputy(one.id, { why: "disabled", of: one.of });
        return publicAccount(after);
      }),
    enable: (by, id) =>
      told(by, async (tx) => {
        const before = await knownAccount(tx.people, id);
        const after = { ...before, active: true, password: null, mustChange: false };
        await tx.people.putAccount(after, "account/enabled", {});
        return { account: publicAccount(after), link: await issue(tx, after, "enabled") };
      }),
    reset: (by, id) =>
      told(by, async (tx) => {
        const before = await knownAccount(tx.people, id);
        if (!before.active) throw unknown({ zh: "在用的这个账号", en: "active account of that name" });
        const after = { ...before, password: null, mustChange: false };
        await tx.people.putAccount(after, "account/password", { why: "reset" });
        await shut(tx, id);
        return issue(tx, after, "reset");
      }),
  };
}

/** Throws if the login is taken or there are too many. Puts its row into the register. */
export async function addAccount(tx: Tx, account: AccountRecord, data: { readonly why?: string }): Promise<void> {
  const others = await tx.people.accounts();
  if (others.length >= limits.accounts)
    throw new FaultError({ code: "people/full", what: { zh: "账号", en: "accounts" }, max: limits.accounts });
  const login = normalLogin(account.login);
  if (others.some((one) => normalLogin(one.login) === login))
    throw new FaultError({ code: "people/login-taken", login: account.login });
  await tx.people.putAccount(account, "account/added", data);
}

/** A second account would let one person hold two steps. Shut ones count: their owner wrote, too. */
async function assertNewName(tx: Tx, { id, name }: AccountRecord): Promise<void> {
  const plain = (text: string) => text.normalize("NFKC").replaceAll(/\s/gu, "").toLowerCase();
  const same = (await tx.people.accounts()).find((one) => one.id !== id && plain(one.name) === plain(name));
  if (same) throw new FaultError({ code: "people/same-name", name: same.name, login: same.login });
}

/** Somebody must be able to let people in. */
async function anotherAdministrator(tx: Tx, id: AccountId): Promise<void> {
  const accounts = await tx.people.accounts();
  const isOne = (one: AccountRecord) => one.active && one.roles.includes("administrator");
  if (accounts.some((one) => one.id === id && isOne(one)) && !accounts.some((one) => one.id !== id && isOne(one)))
    throw new FaultError({ code: "people/last-administrator" });
}

const wishOf = ({ name, unit, roles, boards }: AccountRecord): AccountWish => ({ name, unit, roles, boards });
const powersOf = ({ roles, boards }: AccountRecord): string => JSON.stringify([[...roles].sort(), boards]);

/** With each role and board once. */
function checkedWish({ boards }: PeopleParts, wish: AccountWish): AccountWish {
  const refuse = (why: Sentence) => new FaultError({ code: "people/roles", why });
  const roles = [...new Set(wish.roles)];
  const own = wish.boards === null ? null : [...new Set(wish.boards)];
  if (roles.length === 0) throw refuse({ zh: "至少要有一个职责", en: "at least one role is needed" });
  if (roles.includes("auditor") && roles.length > 1)
    throw refuse({ zh: "监督员只看不改，不能兼别的职责", en: "an auditor changes nothing and has no other role" });
  if (roles.includes("contributor") && wish.unit.trim() === "")
    throw refuse({ zh: "报送人要写单位", en: "a contributor has a unit" });
  if (own !== null && !roles.includes("operator"))
    throw refuse({ zh: "只有屏幕管理员才限定公开栏", en: "only an operator is limited to boards" });
  const strange = own?.find((board) => !boards.includes(board));
  if (strange !== undefined) throw refuse({ zh: `没有公开栏 ${strange}`, en: `there is no board ${strange}` });
  return { name: wish.name.trim(), unit: wish.unit.trim(), roles, boards: own };
}
