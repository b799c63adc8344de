/** The screening's rules of this office: kept in the settings, each change on record. */
import type { Screening, TriedHit } from "../api/screening-routes.ts";
import type { Site } from "../config/types.ts";
import { limits } from "../limits.ts";
import {
  defaultRules,
  type Hit,
  hitKey,
  type ScreeningRules,
  screeningRulesSchema,
  screenNotice,
  watchList,
} from "../notices/screening/index.ts";
import type { Content } from "../notices/types.ts";
import type { Store } from "../store/index.ts";
import { Pieces } from "../time/pieces.ts";
import type { Desk } from "./desk.ts";

const key = "screening.rules";

/** Those of the program until an office has its own. */
export async function rulesOf({ settings }: Pick<Store, "settings">): Promise<ScreeningRules> {
  const kept = await settings.get(key);
  return kept === null ? defaultRules : screeningRulesSchema.parse(JSON.parse(kept));
}

export type ScreeningParts = Pick<Desk, "book" | "calendar"> & {
  readonly store: Pick<Store, "settings" | "change">;
  readonly site: Pick<Site, "zone">;
};

export function openScreening({ store, book, calendar, site }: ScreeningParts): Screening {
  return {
    schema: screeningRulesSchema,
    shipped: watchList,
    rules: () => rulesOf(store),
    async change(caller, rules, reason) {
      await store.change(caller.account ?? caller.via, async (tx) => {
        const before = await rulesOf({ settings: tx.settings });
        await tx.settings.set(key, JSON.stringify(rules));
        await tx.record({
          action: "rules/changed",
          subject: "screening",
          data: told(caller.name, before, rules, reason),
        });
      });
    },
    async tried(rules) {
      const before = await rulesOf(store);
      const pieces = new Pieces();
      const [added, gone]: [TriedHit[], TriedHit[]] = [[], []];
      let looked = 0;
      for await (const some of book.portions(null, true))
        for (const { id, content } of some.all().toReversed()) {
          if (looked === limits.screeningTried) return { looked, more: true, added, gone };
          looked++;
          const found = (of: ScreeningRules) => {
            const hits = screenNotice(content, { rules: of, zone: site.zone, calendar });
            return new Map(hits.map((hit) => [hitKey(hit), hit]));
          };
          const [then, now] = [found(before), found(rules)];
          const tell = (list: TriedHit[], hits: ReadonlyMap<string, Hit>, others: ReadonlyMap<string, Hit>) => {
            for (const [key, hit] of hits)
              if (!others.has(key) && list.length < limits.screeningTriedHits) list.push(triedHit(id, content, hit));
          };
          tell(added, now, then);
          tell(gone, then, now);
          await pieces.rest();
        }
      return { looked, more: false, added, gone };
    },
  };
}

const triedHit = (notice: string, { title, personal }: Content, { rule, found, why }: Hit): TriedHit => ({
  ...{ notice, title: personal === true ? "\u2026" : title, rule, why },
  found: rule === "term" ? found : null,
});

/** What came, what went; the lists themselves may be longer than a row. */
function told(name: string, before: ScreeningRules, after: ScreeningRules, reason: string) {
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
    ...(reason !== "" && { reason }),
  };
}

const termsTold = 100;
