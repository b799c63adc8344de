/** Sessions: opened at sign-in with a new secret each time, ended by sign-out, time, or a change of what the person may do. */
import { FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import { networkOf } from "./network.ts";
import { type PeopleParts, type Tx, unknown } from "./parts.ts";
import { normalLogin } from "./password-rules.ts";
import { type Keeper, newSecret } from "./secrets.ts";
import type { AccountRecord, SessionRecord } from "./store.ts";
import { Failing } from "./throttle.ts";
import type { AccountId } from "./types.ts";

/** Who stands at the door. */
export interface Visit {
  readonly address: string;
  readonly agent: string;
  /** What it brought: cookies. */
  readonly session: string | null;
  readonly device: string | null;
}

export interface Opened {
  readonly account: AccountRecord;
  readonly session: SessionRecord;
  /** For the cookies; kept nowhere. */
  readonly secret: string;
  readonly device: string;
}

export interface Sessions {
  /** FaultError `people/sign-in`, `people/wait`, `people/busy`. */
  signIn(login: string, password: string, visit: Visit): Promise<Opened>;
  /** Practice only, by account: else `people/practice-only`. */
  signInPractice(id: AccountId, visit: Visit): Promise<Opened>;
  /** Who it is, if it still holds. `quietly`: looking alone keeps no session open. */
  find(secret: string, quietly: boolean): Promise<{ account: AccountRecord; session: SessionRecord } | null>;
  of(account: AccountId): Promise<readonly SessionRecord[]>;
  /** Of the account's own; `id`: as listed. */
  end(account: AccountId, id: string): Promise<void>;
}

/** A session's time in the store is moved on at most this often: each time is a write to disk. */
const noticedMs = 60_000;
/** Failures that cost nothing: somebody who mistypes; an office behind one address. */
const freePerPair = 5;
const freePerAddress = 20;

export function createSessions(parts: PeopleParts): Sessions {
  const { store, change, wall, keeper } = parts;
  const pairs = new Failing(wall, freePerPair);
  const addresses = new Failing(wall, freePerAddress);

  const holds = (session: SessionRecord): boolean => {
    const { seenAt, openedAt } = session;
    if (session.id !== sessionName(keeper, session)) return false;
    const now = wall.now();
    // A clock set back would lend a session time: more than a few minutes back, it has none.
    if (now < seenAt - 5 * noticedMs) return false;
    return now - seenAt < limits.sessionIdleMs && now - openedAt < limits.sessionMs;
  };

  return {
    async signIn(login, password, visit) {
      const key = normalLogin(login);
      const network = networkOf(visit.address);
      const found = await quietAccount(parts, key);
      const device = visit.device === null ? null : keeper.hashOf(visit.device);
      const known = device !== null && (await store.knows(found?.id ?? "", device));
      const pair = known ? `device ${device} ${key}` : `${network} ${key}`;
      const waitMs = Math.max(pairs.waitMs(pair), known ? 0 : addresses.waitMs(network));
      if (waitMs > 0) throw new FaultError({ code: "people/wait", seconds: Math.ceil(waitMs / 1000) });
      const failures = pairs.count(pair);
      if (!known) addresses.count(network);
      const takeBack = () => {
        pairs.forgive(pair);
        if (!known) addresses.forgive(network);
      };
      const kept = found?.active ? found.password : null;
      const right = await parts.passwords
        .verify(kept, password, known ? `${network} known` : network, known)
        .catch((error: unknown) => {
          takeBack();
          throw error;
        });
      if (!right || found === null) {
        if (failures === freePerPair) await tellOfGuessing(parts, found, visit.address, failures);
        throw new FaultError({ code: "people/sign-in" });
      }
      pairs.forget(pair);
      if (!known) addresses.forgive(network);
      return change(found.id, async (tx) => {
        const now = await tx.people.account(found.id);
        // While the password was looked at, it or the account may have been taken away.
        if (now === null || !now.active || now.password !== found.password)
          throw new FaultError({ code: "people/sign-in" });
        return openSession(parts, tx, now, visit, "password");
      });
    },
    async signInPractice(id, visit) {
      if (parts.mode !== "practice") throw new FaultError({ code: "people/practice-only" });
      return change(id, async (tx) => {
        const account = await tx.people.account(id);
        if (account === null || !account.active || account.password !== null)
          throw unknown({ zh: "这位演练人员", en: "practice person" });
        return openSession(parts, tx, account, visit, "practice");
      });
    },
    async find(secret, quietly) {
      const session = await store.session(keeper.hashOf(secret));
      if (session === null || !holds(session)) return null;
      const account = await store.account(session.account);
      if (account === null || !account.active) return null;
      const now = wall.now();
      if (!quietly && Math.abs(now - session.seenAt) >= noticedMs) await store.seen(session.hash, now);
      return { account, session };
    },
    of: async (account) => (await store.sessionsOf(account)).filter(holds),
    async end(account, id) {
      await change(account, async (tx) => {
        const own = await tx.people.sessionsOf(account);
        if (!own.some((one) => one.id === id)) throw unknown({ zh: "这次登录", en: "session" });
        await tx.people.endSessions({ id });
        await tx.record({ action: "session/ended", subject: account, data: { session: id } });
      });
      parts.ended();
    },
  };
}

/** `seenAt` moves on; the rest is as it was opened, or nobody's. */
const sessionName = (keeper: Keeper, { hash, account, openedAt }: Omit<SessionRecord, "id" | "address" | "agent">) =>
  keeper.nameOf("session", [hash, account, openedAt]);

/** In the change of who signs in; its row is the register's. */
export async function openSession(
  parts: PeopleParts,
  tx: Tx,
  account: AccountRecord,
  visit: Visit,
  how: "password" | "practice" | "changed",
): Promise<Opened> {
  const { wall, keeper } = parts;
  const now = wall.now();
  await tx.people.dropSessions({ seenAt: now - limits.sessionIdleMs, openedAt: now - limits.sessionMs });
  // Whoever sat here before is signed out: one browser, one session.
  if (visit.session !== null) await tx.people.endSessions({ hash: keeper.hashOf(visit.session) });
  const own = await tx.people.sessionsOf(account.id);
  for (const { id } of own.slice(0, Math.max(0, own.length + 1 - limits.sessionsPerAccount)))
    await tx.people.endSessions({ id });
  const secret = newSecret();
  const device = visit.device ?? newSecret();
  const agent = visit.agent.slice(0, 200);
  const times = { openedAt: now, seenAt: now };
  const bound = { hash: keeper.hashOf(secret), account: account.id, ...times };
  const session = { id: sessionName(keeper, bound), ...bound, address: visit.address, agent };
  await tx.people.putSession(session);
  await tx.people.knowDevice(account.id, keeper.hashOf(device), now, limits.devicesPerAccount);
  const data = { name: account.name, session: session.id, address: visit.address, how };
  await tx.record({ action: "session/opened", subject: account.id, data });
  return { account, session, secret, device };
}

/** One that was altered is nobody: which that is, an outsider does not learn here. */
async function quietAccount({ store }: PeopleParts, login: string): Promise<AccountRecord | null> {
  try {
    return await store.accountByLogin(login);
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === "people/altered") return null;
    throw error;
  }
}

/**
 * Once each time that somebody begins to be held up, so that guessing can be seen and cannot fill the register. What was
 * typed for a login is not told: it is now and then a password.
 */
async function tellOfGuessing(
  { change }: PeopleParts,
  account: AccountRecord | null,
  address: string,
  failures: number,
): Promise<void> {
  const data = { address, failures, ...(account && { name: account.name }) };
  await change("system", (tx) => tx.record({ action: "session/refused", subject: account?.id ?? "office", data }));
}
