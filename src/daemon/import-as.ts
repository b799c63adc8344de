/** An import into a data folder that no daemon runs on, where notices are reviewed: by a maker, who says who they are. */
import type { Site } from "../config/types.ts";
import { FaultError } from "../fault.ts";
import type { ImportSummary } from "../notices/importer.ts";
import type { ReadBeside } from "../notices/pictures.ts";
import { openDesk } from "./desk.ts";
import { openPeople } from "./people.ts";
import { openReview } from "./review.ts";

export interface ImportBy {
  readonly login: string;
  readonly password: string;
}

/** FaultErrors `people/sign-in`, `people/must-change`, `people/altered`, `review/role`. */
export async function importAs(
  { site, folder }: { readonly site: Site; readonly folder: string },
  { login, password }: ImportBy,
  text: string,
  readBeside: ReadBeside,
): Promise<ImportSummary> {
  const desk = await openDesk({ site, folder, startAt: null });
  try {
    const people = await openPeople({ site, folder, store: desk.store, clock: desk.clock });
    const given = login.normalize("NFKC").trim().toLowerCase();
    const found = (await people.accounts.list()).find((one) => one.login.toLowerCase() === given);
    const right = found !== undefined && (await people.passwords.confirm(found.id, password, "127.0.0.1"));
    // As the register has it: an account that was altered is nobody's.
    const account = right ? await people.store.account(found.id) : null;
    if (!account?.active) throw new FaultError({ code: "people/sign-in" });
    if (account.mustChange) throw new FaultError({ code: "people/must-change" });
    const review = openReview({ site, desk, people, changed: async () => {} });
    return await review.importText(await people.callerOf(account), text, readBeside);
  } finally {
    await desk.close();
  }
}
