/** Accounts, sessions, tokens, links, deputies. Accounts and deputies count only as far as the register agrees. */
import { FaultError } from "../../fault.ts";
import type { Entry, LedgerData } from "../../ledger/types.ts";
import { normalLogin } from "../../people/password-rules.ts";
import { accountState, deputyState } from "../../people/state.ts";
import type {
  AccountAction,
  AccountRecord,
  LinkRecord,
  PeopleStore,
  PeopleVerbs,
  SessionRecord,
  TokenRecord,
} from "../../people/store.ts";
import type { Deputy, Role, Scope } from "../../people/types.ts";
import type { Database } from "./database.ts";
import type { PeopleTables } from "./people-tables.ts";

interface Records {
  record(entry: Entry): Promise<unknown>;
}

const blob = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const accountActions: readonly AccountAction[] = [
  "account/added",
  "account/changed",
  "account/disabled",
  "account/enabled",
  "account/password",
];

export function peopleStore(db: Database, site: string): PeopleStore {
  return {
    ...reading(db, site),
    async seen(hash, at) {
      await db
        .updateTable("session")
        .set({ seen_at: at })
        .where("site", "=", site)
        .where("hash", "=", blob(hash))
        .execute();
    },
  };
}

function reading(db: Database, site: string): Omit<PeopleStore, "seen"> {
  const from = <Table extends keyof PeopleTables>(table: Table) =>
    db.selectFrom(table as "session").where("site", "=", site);
  /** What the register says last of each: subject → state. */
  const states = async (actions: readonly string[], subject?: string): Promise<ReadonlyMap<string, unknown>> => {
    const rows = db
      .selectFrom("ledger")
      .where("site", "=", site)
      .where("chain", "=", "register")
      .where("action", "in", actions);
    const found = await (subject === undefined
      ? rows.orderBy("seq").select(["subject", "data"]).execute()
      : rows.where("subject", "=", subject).orderBy("seq", "desc").limit(1).select(["subject", "data"]).execute());
    return new Map(found.map((row) => [row.subject, stateIn(row.data)]));
  };
  const checked = async (row: PeopleTables["account"] | undefined): Promise<AccountRecord | null> => {
    if (row === undefined) return null;
    const record = toAccount(row);
    const told = (await states(accountActions, row.id)).get(row.id);
    if (record === null || told !== accountState(record))
      throw new FaultError({ code: "people/altered", account: row.login.slice(0, 60) });
    return record;
  };
  return {
    async any() {
      const row = await db.selectFrom("account").where("site", "=", site).select("id").limit(1).executeTakeFirst();
      return row !== undefined || (await states(["account/added"])).size > 0;
    },
    async accounts() {
      const rows = await db.selectFrom("account").where("site", "=", site).orderBy("login_key").selectAll().execute();
      const told = await states(accountActions);
      return rows.map((row) => {
        const record = toAccount(row);
        if (record !== null && told.get(row.id) === accountState(record)) return record;
        // Still in the list, for an administrator to mend; nothing of what was altered counts.
        return { ...unreadable, id: row.id, login: row.login, name: row.name };
      });
    },
    async account(id) {
      return checked(
        await db.selectFrom("account").where("site", "=", site).where("id", "=", id).selectAll().executeTakeFirst(),
      );
    },
    async resetOf(id) {
      const rows = db.selectFrom("ledger").where("site", "=", site).where("chain", "=", "register");
      const about = rows.where("action", "in", ["account/password", "account/enabled"]).where("subject", "=", id);
      const others = about.where("by", "!=", id).orderBy("seq", "desc").limit(1);
      const row = await others.select(["seq", "by", "wall_at"]).executeTakeFirst();
      if (row === undefined) return null;
      // By the link, then changed: what comes later says no more.
      const own = about.where("by", "=", id).where("seq", ">", row.seq).orderBy("seq").limit(2);
      const since = await own.select("data").execute();
      const changed = since.some(({ data }) => (JSON.parse(data) as { why?: unknown }).why === "changed");
      return { by: row.by, at: row.wall_at, changed };
    },
    async accountByLogin(login) {
      const found = db.selectFrom("account").where("site", "=", site).where("login_key", "=", login);
      return checked(await found.selectAll().executeTakeFirst());
    },
    async session(hash) {
      const row = await from("session").where("hash", "=", blob(hash)).selectAll().executeTakeFirst();
      return row === undefined ? null : toSession(row);
    },
    async sessionsOf(account) {
      const rows = await from("session").where("account", "=", account).orderBy("opened_at").selectAll().execute();
      return rows.map(toSession);
    },
    async deputies() {
      const rows = await db
        .selectFrom("deputy")
        .where("site", "=", site)
        .orderBy("from_at")
        .orderBy("id")
        .selectAll()
        .execute();
      if (rows.length === 0) return [];
      const told = await states(["deputy/added", "deputy/ended"]);
      return rows.map(toDeputy).filter((one) => told.get(one.id) === deputyState(one));
    },
    async token(hash) {
      const found = db.selectFrom("token").where("site", "=", site).where("hash", "=", blob(hash));
      const row = await found.selectAll().executeTakeFirst();
      return row === undefined ? null : toToken(row);
    },
    async tokensOf(account) {
      const all = db.selectFrom("token").where("site", "=", site);
      const found = account === null ? all : all.where("account", "=", account);
      return (await found.orderBy("created_at").orderBy("id").selectAll().execute()).map(toToken);
    },
    async link(hash): Promise<LinkRecord | null> {
      const found = db.selectFrom("link").where("site", "=", site).where("hash", "=", blob(hash));
      const row = await found.selectAll().executeTakeFirst();
      return row === undefined ? null : { hash, account: row.account, expiresAt: row.expires_at };
    },
    async knows(account, device) {
      const found = db.selectFrom("device").where("site", "=", site).where("account", "=", account);
      return (await found.where("hash", "=", blob(device)).select("seen_at").executeTakeFirst()) !== undefined;
    },
  };
}

export function peopleVerbs(trx: Database, site: string, recorder: Records): PeopleVerbs {
  const gone = (result: readonly { readonly numDeletedRows: bigint }[]) => Number(result[0]?.numDeletedRows ?? 0n);
  return {
    ...reading(trx, site),
    async putAccount(record, action, data) {
      const { id, login, name, unit, password } = record;
      const row = {
        login,
        login_key: normalLogin(login),
        name,
        unit,
        roles: JSON.stringify(record.roles),
        boards: record.boards === null ? null : JSON.stringify(record.boards),
        active: Number(record.active),
        must_change: Number(record.mustChange),
        password,
      };
      await trx
        .insertInto("account")
        .values({ site, id, ...row })
        .onConflict((conflict) => conflict.columns(["site", "id"]).doUpdateSet(row))
        .execute();
      const now = { login, name, unit, roles: record.roles, boards: record.boards };
      await recorder.record({ action, subject: id, data: { ...data, ...now, state: accountState(record) } });
    },
    async putSession({ hash, id, account, openedAt, seenAt, address, agent }) {
      const times = { opened_at: openedAt, seen_at: seenAt };
      await trx
        .insertInto("session")
        .values({ site, hash: blob(hash), id, account, ...times, address, agent })
        .execute();
    },
    async endSessions(of) {
      const all = trx.deleteFrom("session").where("site", "=", site);
      if ("account" in of) return gone(await all.where("account", "=", of.account).execute());
      if ("id" in of) return gone(await all.where("id", "=", of.id).execute());
      return gone(await all.where("hash", "=", blob(of.hash)).execute());
    },
    async dropSessions({ seenAt, openedAt }) {
      const old = trx.deleteFrom("session").where("site", "=", site);
      await old.where((row) => row.or([row("seen_at", "<", seenAt), row("opened_at", "<", openedAt)])).execute();
    },
    async knowDevice(account, device, at, most) {
      const hash = blob(device);
      await trx
        .insertInto("device")
        .values({ site, account, hash, seen_at: at })
        .onConflict((conflict) => conflict.columns(["site", "account", "hash"]).doUpdateSet({ seen_at: at }))
        .execute();
      const own = trx.selectFrom("device").where("site", "=", site).where("account", "=", account);
      const others = await own.where("hash", "!=", hash).orderBy("seen_at", "desc").select("hash").execute();
      const old = others.slice(most - 1).map((row) => row.hash);
      if (old.length === 0) return;
      await trx
        .deleteFrom("device")
        .where("site", "=", site)
        .where("account", "=", account)
        .where("hash", "in", old)
        .execute();
    },
    async forgetDevices(account) {
      await trx.deleteFrom("device").where("site", "=", site).where("account", "=", account).execute();
    },
    async putDeputy(deputy, names) {
      const { id, of, role, from, until } = deputy;
      const row = { site, id, account: of, deputy: deputy.deputy, role, from_at: from, until_at: until };
      await trx.insertInto("deputy").values(row).execute();
      const said: LedgerData = { of, deputy: deputy.deputy, role, from, until, state: deputyState(deputy) };
      await recorder.record({ action: "deputy/added", subject: id, data: { ...names, ...said } });
    },
    async endDeputy(id, names) {
      const ended = gone(await trx.deleteFrom("deputy").where("site", "=", site).where("id", "=", id).execute());
      if (ended > 0) await recorder.record({ action: "deputy/ended", subject: id, data: names });
      return ended > 0;
    },
    async putToken({ hash, id, account, name, scopes, createdAt, expiresAt }) {
      const times = { created_at: createdAt, expires_at: expiresAt };
      const row = { site, hash: blob(hash), id, account, name, scopes: JSON.stringify(scopes), ...times };
      await trx.insertInto("token").values(row).execute();
    },
    async dropTokens(account, id) {
      const all = trx.deleteFrom("token").where("site", "=", site).where("account", "=", account);
      return gone(await (id === undefined ? all : all.where("id", "=", id)).execute());
    },
    async putLink({ hash, account, expiresAt }) {
      const own = trx.deleteFrom("link").where("site", "=", site);
      await (account === null ? own.where("account", "is", null) : own.where("account", "=", account)).execute();
      await trx
        .insertInto("link")
        .values({ site, hash: blob(hash), account, expires_at: expiresAt })
        .execute();
    },
    async takeLink(hash) {
      return gone(await trx.deleteFrom("link").where("site", "=", site).where("hash", "=", blob(hash)).execute()) > 0;
    },
  };
}

const unreadable = { unit: "", roles: [], boards: [], active: false, mustChange: true, password: null } as const;

function toAccount(row: PeopleTables["account"]): AccountRecord | null {
  const { id, login, name, unit, password } = row;
  const roles = listIn(row.roles);
  const boards = row.boards === null ? null : listIn(row.boards);
  if (roles === null || (row.boards !== null && boards === null)) return null;
  if (![row.active, row.must_change].every((flag) => flag === 0 || flag === 1)) return null;
  // By it somebody signs in: another's would lock that one out.
  if (row.login_key !== normalLogin(login)) return null;
  const flags = { active: row.active === 1, mustChange: row.must_change === 1 };
  return { id, login, name, unit, roles: roles as readonly Role[], boards, ...flags, password };
}

function toSession(row: PeopleTables["session"]): SessionRecord {
  const { id, account, address, agent } = row;
  return { id, hash: hex(row.hash), account, openedAt: row.opened_at, seenAt: row.seen_at, address, agent };
}

function toToken(row: PeopleTables["token"]): TokenRecord {
  const { id, account, name } = row;
  const scopes = (listIn(row.scopes) ?? []) as readonly Scope[];
  return { id, hash: hex(row.hash), account, name, scopes, createdAt: row.created_at, expiresAt: row.expires_at };
}

function toDeputy(row: PeopleTables["deputy"]): Deputy {
  return {
    id: row.id,
    of: row.account,
    deputy: row.deputy,
    role: row.role as Role,
    from: row.from_at,
    until: row.until_at,
  };
}

function listIn(text: string): readonly string[] | null {
  const value = jsonIn(text);
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : null;
}

function stateIn(data: string): unknown {
  const value = jsonIn(data);
  return typeof value === "object" && value !== null && "state" in value ? value.state : null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
