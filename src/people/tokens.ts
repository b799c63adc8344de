/** API tokens: an account's own, for a purpose, for at most a year, shown once; and keys of screens, which are the office's. */
import { FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant } from "../time/clock.ts";
import { knownAccount, type PeopleParts, unknown } from "./parts.ts";
import { newSecret } from "./secrets.ts";
import type { AccountRecord, TokenRecord } from "./store.ts";
import type { AccountId, Scope } from "./types.ts";

export interface Tokens {
  of(account: AccountId): Promise<readonly TokenRecord[]>;
  /** Keys of screens that are not over, whoever gave them, the oldest first. */
  screens(): Promise<readonly TokenRecord[]>;
  /** Keys for texts that are not over, where one person works without accounts; nowhere else is there any. */
  texts(): Promise<readonly TokenRecord[]>;
  /**
   * `account` null: a key for screens or texts, given where one person works without accounts; FaultError `people/unknown`
   * anywhere else. For texts also `board/unknown`, and `board/text-signed` where somebody signs.
   */
  add(
    account: AccountId | null,
    wish: { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt: Instant },
  ): Promise<{ token: TokenRecord; secret: string }>;
  /** One of the account's own (null: of who works without one); `anyScreen`: or any screen's key. FaultError `people/unknown`. */
  revoke(account: AccountId | null, id: string, anyScreen?: boolean): Promise<void>;
  /** `account` null: a key for a screen, or for texts, which is nobody's. */
  find(secret: string): Promise<{ account: AccountRecord | null; token: TokenRecord } | null>;
}

/**
 * For a page on an LCD's computer, and for nothing else beside it. It belongs to the office: a screen does not go black
 * because whoever gave its key has left, or forgot a password.
 */
export const isShowKey = ({ scopes }: Pick<TokenRecord, "scopes">): boolean =>
  scopes.length > 0 && scopes.every((one) => one.startsWith("show:"));

/**
 * For a program on another computer that puts texts on a board where nobody reviews, and for nothing else: where there are
 * accounts it opens nothing.
 */
export const isTextKey = ({ scopes }: Pick<TokenRecord, "scopes">): boolean =>
  scopes.length > 0 && scopes.every((one) => one.startsWith("text:"));

/** Of a key that the one person of a place without accounts gave. No account is called so. */
const nobodys = "local";

/** Programs that look for secrets where they should not lie know it by this. */
export const tokenPrefix = "bct_";

export function createTokens(parts: PeopleParts): Tokens {
  const { store, change, wall, keeper } = parts;
  const nameOf = ({ hash, account, scopes, createdAt, expiresAt }: Omit<TokenRecord, "id">) =>
    keeper.nameOf("token", [hash, account, scopes, createdAt, expiresAt]);
  /** As it was given; else somebody has written over it, and it is nobody's. */
  const isWhole = (token: TokenRecord): boolean => token.id === nameOf(token);
  return {
    of: async (account) => (await store.tokensOf(account)).filter(isWhole),
    screens: async () =>
      (await store.tokensOf(null)).filter((one) => isWhole(one) && isShowKey(one) && wall.now() < one.expiresAt),
    texts: async () =>
      parts.mode === "alone"
        ? (await store.tokensOf(nobodys)).filter((one) => isWhole(one) && isTextKey(one) && wall.now() < one.expiresAt)
        : [],
    async add(giver, { name, scopes, expiresAt }) {
      for (const board of scopes.flatMap((one) => (one.startsWith("text:") ? [one.slice("text:".length)] : []))) {
        if (!parts.boards.includes(board)) throw new FaultError({ code: "board/unknown", board });
        // One beside other uses would be a key to neither.
        if (parts.mode !== "alone" || !isTextKey({ scopes }))
          throw new FaultError({ code: "board/text-signed", board });
      }
      const now = wall.now();
      const isAlones = parts.mode === "alone" && (isShowKey({ scopes }) || isTextKey({ scopes }));
      const account = giver ?? (isAlones ? nobodys : "");
      const longest = now + limits.tokenDays * 86_400_000;
      const until = Math.min(Math.max(expiresAt, now), longest);
      const secret = `${tokenPrefix}${newSecret()}`;
      const times = { createdAt: now, expiresAt: until };
      const bound = { hash: keeper.hashOf(secret), account, name, scopes: [...new Set(scopes)], ...times };
      const made = { id: nameOf(bound), ...bound };
      await change(account, async (tx) => {
        if (account !== nobodys) await knownAccount(tx.people, account);
        const own = await tx.people.tokensOf(account);
        // Those of screens outlive their givers: whoever gives the next one clears them away.
        for (const old of await tx.people.tokensOf(isShowKey(made) ? null : account))
          if (old.expiresAt <= now || !isWhole(old)) await tx.people.dropTokens(old.account, old.id);
        // A site may have more screens than a person has programs.
        const shows = isShowKey(made);
        const max = shows ? limits.showKeysPerAccount : limits.tokensPerAccount;
        if (own.filter((one) => isWhole(one) && one.expiresAt > now && isShowKey(one) === shows).length >= max)
          throw new FaultError({ code: "people/full", what: { zh: "令牌", en: "tokens" }, max });
        await tx.people.putToken(made);
        const data = { token: made.id, name, scopes: made.scopes, expiresAt: until };
        await tx.record({ action: "token/added", subject: account, data });
      });
      return { token: made, secret };
    },
    async revoke(owner, id, anyScreen = false) {
      const account = owner ?? (parts.mode === "alone" ? nobodys : "");
      await change(account, async (tx) => {
        const found = (await tx.people.tokensOf(anyScreen ? null : account)).find((one) => one.id === id);
        if (!found || (found.account !== account && !isShowKey(found))) throw unknown({ zh: "这个令牌", en: "token" });
        await tx.people.dropTokens(found.account, id);
        await tx.record({ action: "token/revoked", subject: found.account, data: { token: id } });
      });
      parts.ended();
    },
    async find(secret) {
      if (!secret.startsWith(tokenPrefix)) return null;
      const token = await store.token(keeper.hashOf(secret));
      if (token === null || !isWhole(token) || wall.now() >= token.expiresAt) return null;
      if (isShowKey(token) || (parts.mode === "alone" && isTextKey(token) && token.account === nobodys))
        return { account: null, token };
      const account = await store.account(token.account);
      return account?.active && !account.mustChange ? { account, token } : null;
    },
  };
}
