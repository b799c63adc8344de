/** Accounts, roles, sign-in: who may do what. */
export type { Accounts, AccountWish, SeenAccount } from "./accounts.ts";
export { alone, atConsole, callerFor, firstVisitor, practiceVisitor } from "./callers.ts";
export type { Mode } from "./parts.ts";
export { allRoles } from "./parts.ts";
export { assertPassword } from "./own-password.ts";
export { isLoopback, networkOf, plainAddress } from "./network.ts";
export { createPasswords, type Passwords } from "./passwords.ts";
export { createPeople, type People } from "./people.ts";
export { addPracticePeople, practicePeople } from "./practice.ts";
export { newSecret, sameSecret } from "./secrets.ts";
export type { Opened, Visit } from "./sessions.ts";
export type { PeopleStore, PeopleVerbs } from "./store.ts";
export { Buckets } from "./throttle.ts";
export { isTextKey } from "./tokens.ts";
export { nobody } from "./types.ts";
export type * from "./types.ts";
