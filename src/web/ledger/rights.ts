/** Who is shown the register, its look-over and its sheets; the daemon decides all the same. */
import type { Role } from "../../people/types.ts";

const readers: readonly Role[] = ["auditor", "administrator", "signer", "reviewer", "maker"];

/** Whoever reads without an account (a visitor of practice) reads this too. */
export const readsRegister = (visitor: {
  readonly reads: boolean;
  readonly account: boolean;
  may(...roles: readonly Role[]): boolean;
}): boolean => (visitor.account ? visitor.may(...readers) : visitor.reads);
