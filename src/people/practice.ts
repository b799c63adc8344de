/** 演练人员: the sample people as accounts without passwords, in which a click signs in. For practice data only. */
import { z } from "zod";
import type { PeopleParts } from "./parts.ts";
import { allRoles } from "./parts.ts";
import type { AccountRecord } from "./store.ts";
import type { Role } from "./types.ts";

const file = z.object({
  people: z.array(
    z.object({ id: z.string(), name: z.string(), roles: z.array(z.enum(allRoles as [Role, ...Role[]])) }),
  ),
});

/** The samples' own hold the steps of a notice; these keep the accounts, and hand drafts in. */
const others = [
  { id: "P06", name: "系统管理员己(虚构)", unit: "", roles: ["administrator"] },
  { id: "P07", name: "报送人庚(虚构)", unit: "民政办(虚构)", roles: ["contributor"] },
] as const;

/** `fixture`: `sample-notices.json`, parsed. Throws a ZodError if it is not such a file. */
export function practicePeople(fixture: unknown): readonly AccountRecord[] {
  const rest = { boards: null, active: true, mustChange: false, password: null };
  return [...file.parse(fixture).people.map((one) => ({ ...one, unit: "" })), ...others].map((one) => ({
    ...rest,
    ...one,
    login: one.id,
  }));
}

/** Adds those that are not there yet; whatever was practised on them stays. */
export async function addPracticePeople(
  { store, change }: Pick<PeopleParts, "store" | "change">,
  people: readonly AccountRecord[],
): Promise<void> {
  const there = new Set((await store.accounts()).map(({ id }) => id));
  const missing = people.filter(({ id }) => !there.has(id));
  if (missing.length === 0) return;
  await change("system", async (tx) => {
    for (const account of missing) await tx.people.putAccount(account, "account/added", { why: "practice" });
  });
}
