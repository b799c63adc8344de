/** HTTP: all that can be asked of an office. */
export { type Services, serviceRoutes } from "./all-routes.ts";
export { calendarRoutes } from "./calendar-routes.ts";
export { catalogueRoutes } from "./catalogue-routes.ts";
export { issueRoutes } from "./issue-routes.ts";
export { type ApiOptions, createApi } from "./create-api.ts";
export type { Doors } from "./doors.ts";
export type * from "./ledger.ts";
export { ledgerRoutes } from "./ledger-routes.ts";
export type * from "./office.ts";
export type * from "./outlook.ts";
export { outlookRoutes } from "./outlook-routes.ts";
export { publicityRoutes } from "./publicity-routes.ts";
export { type Shows, showDoor } from "./show.ts";
export { createRates } from "./rates.ts";
export { createDoors, keyDoors, previewDoor, previewSeesLines } from "./real-doors.ts";
export { addressOf } from "./visit.ts";
export { doorkeeper } from "./visitors.ts";
