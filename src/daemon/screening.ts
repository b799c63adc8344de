/** The screening's rules of this office: kept in the settings, each change on record. */
import type { Screening } from "../api/screening-routes.ts";
import { defaultRules, type ScreeningRules, screeningRulesSchema, watchList } from "../notices/screening/index.ts";
import type { Store } from "../store/index.ts";

const key = "screening.rules";

/** Those of the program until an office has its own. */
export async function rulesOf({ settings }: Pick<Store, "settings">): Promise<ScreeningRules> {
  const kept = await settings.get(key);
  return kept === null ? defaultRules : screeningRulesSchema.parse(JSON.parse(kept));
}

export function openScreening(store: Pick<Store, "settings" | "change">): Screening {
  return {
    schema: screeningRulesSchema,
    shipped: watchList,
    rules: () => rulesOf(store),
    async change(caller, rules) {
      await store.change(caller.account ?? caller.via, async (tx) => {
        const before = await rulesOf({ settings: tx.settings });
        await tx.settings.set(key, JSON.stringify(rules));
        await tx.record({ action: "rules/changed", subject: "screening", data: told(caller.name, before, rules) });
      });
    },
  };
}

/** What came, what went; the lists themselves may be longer than a row. */
function told(name: string, before: ScreeningRules, after: ScreeningRules) {
  const wrong = ({ watch }: ScreeningRules) => watch.map((entry) => entry.wrong);
  const only = (one: readonly string[], other: readonly string[]) =>
    one.filter((term) => !other.includes(term)).slice(0, termsTold);
  return {
    name,
    added: only(wrong(after), wrong(before)),
    removed: only(wrong(before), wrong(after)),
    off: only(after.watchOff, before.watchOff),
    on: only(before.watchOff, after.watchOff),
    names: { ...after.names },
    consultationDays: after.consultationDays,
  };
}

const termsTold = 100;
