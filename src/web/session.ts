/** Who sits before the page, as the daemon knows them. Made once, in `main.ts`. */
import { type ComputedRef, computed, type InjectionKey, inject, type Ref, ref, type ShallowRef, shallowRef } from "vue";
import type { Role } from "../people/types.ts";
import { askOfSession, Refusal, setAsking } from "./ask.ts";
import { betweenSessions } from "./between.ts";

export interface ColleagueJson {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly Role[];
}

export interface AccountJson extends ColleagueJson {
  readonly login: string;
  readonly boards: readonly string[] | null;
  readonly active: boolean;
  readonly mustChange: boolean;
  readonly hasPassword: boolean;
}

export interface DeputyJson {
  readonly id: string;
  readonly of: string;
  readonly deputy: string;
  readonly role: Role;
  /** ISO 8601. */
  readonly from: string;
  readonly until: string;
}

export interface SessionJson {
  readonly mode: "real" | "practice" | "alone";
  /** There is no account yet. */
  readonly setUp: boolean;
  readonly via: "session" | "token" | "console" | "visitor" | "local";
  readonly account: AccountJson | null;
  readonly roles: readonly Role[];
  readonly boards: readonly string[] | null;
  readonly deputyOf: readonly DeputyJson[];
  /** Who took my password away lately, and when (ISO 8601). */
  readonly reset?: { readonly by: string; readonly at: string } | null;
  readonly reads: boolean;
  readonly csrf: string | null;
  readonly practice: readonly ColleagueJson[];
}

export interface Session {
  /** null: not told yet. */
  readonly who: ShallowRef<SessionJson | null>;
  /** Somebody was signed in here, and is no longer, without having asked for it. */
  readonly over: Ref<boolean>;
  readonly account: ComputedRef<AccountJson | null>;
  /** Has the person any of these roles, as their own or as a deputy? Alone, one has all. */
  may(...roles: readonly Role[]): boolean;
  /** Signing out, or in as another: whatever the session keeps open is closed before it ends. */
  readonly leaving: Ref<boolean>;
  /** Asks again until it is told. */
  load(): Promise<void>;
  signIn(login: string, password: string): Promise<void>;
  signInAs(account: string): Promise<void>;
  signOut(): Promise<void>;
  changePassword(current: string, password: string): Promise<void>;
}

const key: InjectionKey<Session> = Symbol("session");
export { key as sessionKey };

export function useSession(): Session {
  const session = inject(key);
  if (!session) throw new Error("outside of the page");
  return session;
}

const path = "/api/v1/session";
const retryMs = 3000;

export function createSession(): Session {
  const who = shallowRef<SessionJson | null>(null);
  const over = ref(false);
  const leaving = ref(false);
  const set = (next: SessionJson) => {
    who.value = next;
    if (next.account !== null) over.value = false;
  };
  const load = async (): Promise<void> => {
    const before = who.value?.account ?? null;
    try {
      const next = await askOfSession<SessionJson>("GET", path);
      set(next);
      if (before !== null && next.account === null) over.value = true;
    } catch (error) {
      if (!(error instanceof Refusal) || who.value !== null) return;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      await load();
    }
  };
  /** The session that there was ends with it. */
  const become = async (method: "POST" | "PUT", at: string, given: object): Promise<void> => {
    leaving.value = true;
    try {
      await betweenSessions(async () => set(await askOfSession<SessionJson>(method, at, given)));
    } finally {
      leaving.value = false;
    }
  };
  setAsking({
    csrf: () => who.value?.csrf ?? null,
    due: () => who.value?.account?.mustChange ?? false,
    onSignedOut: () => void load(),
  });
  return {
    who,
    over,
    leaving,
    account: computed(() => who.value?.account ?? null),
    may: (...roles) => who.value?.via === "local" || roles.some((role) => who.value?.roles.includes(role)),
    load,
    signIn: (login, password) => become("POST", path, { login, password }),
    signInAs: (account) => become("POST", `${path}/practice`, { account }),
    async signOut() {
      leaving.value = true;
      try {
        await betweenSessions(() => askOfSession("DELETE", path));
      } finally {
        await load();
        over.value = false;
        leaving.value = false;
      }
    },
    changePassword: (current, password) => become("PUT", "/api/v1/password", { current, password }),
  };
}
