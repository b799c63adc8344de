import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";

/** SQLite's result code for "somebody else holds it". */
const busy = 5;

/**
 * Held by the one daemon of a data folder; null if another has it. The operating system lets go of it however that daemon
 * ends, so a kill or a power cut leaves nothing to clear away (a file with a process number would).
 */
export function holdFolder(folder: string): (() => void) | null {
  const connection = new DatabaseSync(join(folder, "daemon.lock"), { timeout: 0 });
  try {
    connection.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    connection.close();
    if ((error as { errcode?: number }).errcode === busy) return null;
    throw error;
  }
  return () => connection.close();
}
