/** HTTP: what is on the boards, for everyone to read. */
export { type ApiOptions, createApi } from "./create-api.ts";
export type * from "./office.ts";
export { doorkeeper } from "./visitors.ts";
