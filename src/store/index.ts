/** Where it is kept. SQLite by default; PostgreSQL will be another folder here. */
export { openStore } from "./sqlite/index.ts";
export { holdFolder } from "./sqlite/lock.ts";
export type { Store, Verbs } from "./types.ts";
export {
  aboutBackup,
  BackupBroken,
  proveBackup,
  putSiteFile,
  restoreBackup,
  type Restored,
  writeBackup,
} from "./backup/index.ts";
