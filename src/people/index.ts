/** Accounts, roles, sign-in: who may do what. */
export { nobody } from "./types.ts";
export type * from "./types.ts";
