/** One-time links: a secret in an address after its #, which browsers send to nobody. A new one makes the earlier one void. */
import { FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant } from "../time/clock.ts";
import type { PeopleParts, Tx } from "./parts.ts";
import type { AccountId } from "./types.ts";

export interface OneTimeLink {
  /** Behind the page's address: "#/password/…". */
  readonly path: string;
  readonly expiresAt: Instant;
}

export type LinkParts = Pick<PeopleParts, "keeper" | "wall">;

/** `account` null: sets the first administrator up. Its caller records it. */
export async function makeLink({ keeper, wall }: LinkParts, tx: Tx, account: AccountId | null): Promise<OneTimeLink> {
  const expiresAt = wall.now() + limits.linkMs;
  const secret = keeper.boundSecret([account, expiresAt]);
  await tx.people.putLink({ hash: keeper.hashOf(secret), account, expiresAt });
  return { path: `#/${account === null ? "setup" : "password"}/${secret}`, expiresAt };
}

/** Uses it up, or throws `people/link`. Returns whose password it sets. */
export async function useLink({ keeper, wall }: LinkParts, tx: Tx, secret: string): Promise<AccountId | null> {
  const account = await readLink({ keeper, wall }, tx.people, secret);
  await tx.people.takeLink(keeper.hashOf(secret));
  return account;
}

/** As above, without using it up. */
export async function readLink(
  { keeper, wall }: LinkParts,
  store: Pick<Tx["people"], "link">,
  secret: string,
): Promise<AccountId | null> {
  const found = await store.link(keeper.hashOf(secret));
  const isWhole = found !== null && keeper.isBound(secret, [found.account, found.expiresAt]);
  if (!isWhole || wall.now() >= found.expiresAt) throw new FaultError({ code: "people/link" });
  return found.account;
}
