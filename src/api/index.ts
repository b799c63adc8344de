/** HTTP: what is on the boards, for everyone to read. */
export { type ApiOptions, createApi } from "./create-api.ts";
export type { Doors } from "./doors.ts";
export type * from "./office.ts";
export { peopleRoutes } from "./people-routes.ts";
export { createDoors, keyDoors } from "./real-doors.ts";
export { doorkeeper } from "./visitors.ts";
