/**
 * An office of its own begins on the page of practice: its installation file is put where the next start looks for it, and
 * the daemon starts anew. Practice keeps its folder; nothing of it goes along (`mode.ts`).
 */
import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import type { FirstAccount, Founding } from "../api/founding.ts";
import { firstOffice } from "../config/first-office.ts";
import type { Site } from "../config/types.ts";
import { FaultError } from "../fault.ts";
import { assertPassword, type People } from "../people/index.ts";
import { draftBeside, unwritable } from "./site-file.ts";

/** Starts the daemon anew; `first`: the account that is made then, where there is none. */
export type Again = (first?: FirstAccount | null) => void;

export interface FoundingParts {
  readonly site: Pick<Site, "practice">;
  /** Where an installation file would be found at the next start; null: nowhere, as folder or mode were chosen by hand. */
  readonly newFile: string | null;
  readonly again: Again | null;
}

export function createFounding({ site, newFile, again }: FoundingParts): Founding {
  let begun: { readonly first: FirstAccount | null } | null = null;
  /** Where the file goes. Throws what keeps it from going there. */
  const place = (): string => {
    if (!site.practice) throw new FaultError({ code: "installation/stands" });
    if (newFile === null) throw new FaultError({ code: "installation/chosen" });
    if (existsSync(newFile)) throw new FaultError({ code: "installation/stands" });
    try {
      accessSync(dirname(newFile), constants.W_OK | constants.X_OK);
    } catch (error) {
      throw unwritable(newFile, error);
    }
    return newFile;
  };
  return {
    effect: again === null ? "restart" : "itself",
    hindrance() {
      try {
        place();
        return null;
      } catch (error) {
        if (error instanceof FaultError) return error.fault;
        throw error;
      }
    },
    found({ account, ...wish }) {
      const file = place();
      if (account !== null) assertPassword(account.password, account.login);
      const made = firstOffice(wish);
      if (!made.ok) return made.faults;
      try {
        draftBeside(file, made.text).put();
      } catch (error) {
        throw unwritable(file, error);
      }
      begun = { first: account };
      return [];
    },
    begin() {
      if (begun) again?.(begun.first);
    },
  };
}

/** By the same link as somebody who reads it from the terminal: with the same rules, and the same rows in the register. */
export async function setUpFirst(people: People, path: string, { login, name, password }: FirstAccount): Promise<void> {
  const secret = path.slice(path.lastIndexOf("/") + 1);
  await people.passwords.setUp(secret, login, name, password, "127.0.0.1");
}
