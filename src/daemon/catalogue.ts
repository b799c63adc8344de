/** The office's catalogue: its document in the settings, what of it is posted by the book, its list from the numbers given. */
import type { CatalogueOffice } from "../api/catalogue-routes.ts";
import { FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import {
  type Catalogue,
  catalogueDigest,
  catalogueOf,
  catalogueSchema,
  completeness,
  keepCatalogue,
  type Posted,
  shippedCatalogue,
  walk,
} from "../notices/catalogue.ts";
import {
  catalogueCsv,
  type CatalogueEntry,
  type CatalogueGap,
  catalogueHtml,
  catalogueJson,
  catalogueList,
} from "../notices/catalogue-export.ts";
import { voidedState } from "../notices/catalogue-register.ts";
import { goneAt } from "../notices/ended.ts";
import { indexText, placeOf, readIndex } from "../notices/index-number.ts";
import type { Caller } from "../people/types.ts";
import type { Instant } from "../time/clock.ts";
import type { Desk } from "./desk.ts";

export type CatalogueParts = Pick<Desk, "site" | "store" | "clock" | "book">;

/** `changed`: notices may have other numbers now. */
export function openCatalogue(
  { site, store, clock, book }: CatalogueParts,
  changed: () => Promise<void>,
): CatalogueOffice {
  return {
    schema: catalogueSchema,
    shipped: shippedCatalogue,
    catalogue: () => catalogueOf(store.settings),
    async change(caller, catalogue, reason) {
      await store.change(accountOf(caller), async (tx) => {
        const [old, before] = [await catalogueOf(tx.settings), await catalogueDigest(tx.settings)];
        await keepCatalogue(tx.settings, catalogue);
        const after = await catalogueDigest(tx.settings);
        const why = reason === "" ? {} : { reason };
        const data = { name: caller.name, before, after, ...told(old, catalogue), ...why };
        await tx.record({ action: "catalogue/changed", subject: "catalogue", data });
      });
    },
    completeness: async () => completeness(await catalogueOf(store.settings), postedNow(book, clock.now())),
    async export(format) {
      const numbers = await store.indices.list();
      const catalogue = await catalogueOf(store.settings);
      const list: { entries: CatalogueEntry[]; gaps: CatalogueGap[] } = { entries: [], gaps: [] };
      for (let first = 0; first < numbers.length; first += limits.noticesAtOnce) {
        const some = numbers.slice(first, first + limits.noticesAtOnce);
        const has = await book.of(some.map(({ notice }) => notice));
        const { entries, gaps } = catalogueList(some, (id) => has.record(id), catalogue, site.zone);
        list.entries.push(...entries);
        list.gaps.push(...gaps);
      }
      if (format === "csv") return inPieces(catalogueCsv(list));
      return inPieces(format === "json" ? catalogueJson(list) : catalogueHtml(list, site));
    },
    async voidIndex(caller, text, reason, again) {
      const asked = readIndex(text);
      const by = accountOf(caller);
      const given = await store.change(by, async (tx) => {
        const found = (await tx.indices.list()).find((one) => asked !== null && indexText(one) === text);
        if (!found) throw new FaultError({ code: "index/unknown", index: text });
        const voided = { by, name: caller.name, reason, at: clock.now() };
        if (!(await tx.indices.void(found, voided))) throw new FaultError({ code: "index/voided", index: text });
        const state = voidedState({ ...found, voided });
        const data = { notice: found.notice, name: caller.name, reason, state };
        await tx.record({ action: "index/voided", subject: text, data });
        const record = again ? await tx.notices.get(found.notice) : null;
        if (!record?.seal || goneAt(record) !== null) return null;
        const place = placeOf(await catalogueOf(tx.settings), record.content, clock.now(), site.zone);
        const next = place && (await tx.indices.give(found.notice, place));
        if (!next) return null;
        const index = indexText(next);
        await tx.record({ action: "index/given", subject: found.notice, data: { index, instead: text } });
        return index;
      });
      await changed();
      return { given };
    },
  };
}

const accountOf = ({ account, via }: Caller): string => account ?? via;

/** Signed, for everybody, and within its time on some board: hung, lit or on its way. */
export function postedNow(book: Pick<Desk["book"], "all" | "places">, now: Instant): readonly Posted[] {
  return book.all().flatMap(({ id, content, seal }) => {
    if (seal === null) return [];
    const hangs = book.places(id).some(({ candidate: { blocked, window, signedAt, withdrawnAt, supersededAt } }) => {
      const ends = Math.min(window.until, withdrawnAt ?? window.until, supersededAt ?? window.until);
      return blocked === null && Math.max(window.from, signedAt ?? window.until) <= now && now < ends;
    });
    return hangs ? [{ id, ...content }] : [];
  });
}

/** What came, what went, what has to be there: the document itself may be longer than a row. */
function told(before: Catalogue, after: Catalogue) {
  const lines = ({ unit, nodes, other }: Catalogue) => [
    `unit ${unit}`,
    ...[...walk(nodes), { ...other, mandatory: false }].map(
      ({ code, name, mandatory }) => `${code} ${name}${mandatory ? " *" : ""}`,
    ),
  ];
  const only = (one: readonly string[], other: readonly string[]) =>
    one.filter((line) => !other.includes(line)).slice(0, limits.catalogueChangesTold);
  return { removed: only(lines(before), lines(after)), added: only(lines(after), lines(before)) };
}

async function* inPieces(pieces: Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}
