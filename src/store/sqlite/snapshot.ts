import { closeSync, fsyncSync, openSync } from "node:fs";
import { DatabaseSync } from "@photostructure/sqlite";

/**
 * A copy of the database as it is at one moment, into `to`, which must not exist; the daemon goes on writing meanwhile.
 * Takes the thread for as long as the copy takes: for the command line, or a process of its own.
 */
export function snapshotDatabase(file: string, to: string): void {
  const connection = new DatabaseSync(file, { timeout: 5000, readOnly: true });
  try {
    connection.prepare("VACUUM INTO ?").run(to);
  } finally {
    connection.close();
  }
  const handle = openSync(to, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Whether its pages and indexes agree with each other; false for what is no database. */
export function isSound(file: string): boolean {
  try {
    const connection = new DatabaseSync(file, { readOnly: true });
    try {
      const found = connection.prepare("PRAGMA integrity_check").all() as { integrity_check?: unknown }[];
      return found.length === 1 && found[0]?.integrity_check === "ok";
    } finally {
      connection.close();
    }
  } catch {
    return false;
  }
}
