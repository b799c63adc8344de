/** The catalogue's list for the website editor (R34): CSV, HTML, and JSON that reads back to the same set. Nothing of anybody's. */
import { z } from "zod";
import { byteOrderMark, csvLine } from "../ledger/reports/csv.ts";
import { html, sheetFoot, sheetHead } from "../ledger/reports/html.ts";
import { limits } from "../limits.ts";
import { dateAt } from "../time/zone.ts";
import { type Catalogue, walk } from "./catalogue.ts";
import { goneAt } from "./ended.ts";
import { type IndexNumber, indexText, readIndex } from "./index-number.ts";
import type { CivilDate, FiveOpen, NoticeRecord } from "./types.ts";

export interface CatalogueEntry {
  readonly index: string;
  /** 名称. */
  readonly title: string;
  /** The class's name as the catalogue has it now; "" where it has none any more. */
  readonly className: string;
  readonly category: string;
  /** 产生日期. */
  readonly formedOn: CivilDate | null;
  /** 发布机构. */
  readonly publisher: string;
  readonly openness: "主动公开";
  readonly fiveOpen: FiveOpen | null;
  /** Civil days, both included. */
  readonly from: CivilDate;
  readonly until: CivilDate;
}

/** A number that nothing in the list has, and why. */
export interface CatalogueGap {
  readonly index: string;
  readonly why: string;
}

export interface CatalogueList {
  readonly entries: readonly CatalogueEntry[];
  readonly gaps: readonly CatalogueGap[];
}

/** In place of a title that may name people: what hangs for some days is not put on a website for ever. */
const personalTitle = "含个人信息\uff0c名称从略";

/**
 * Every number given, in order: as an entry what is signed and still for everybody, else as a gap with its reason. `recordOf`:
 * the newest signed revision.
 */
export function catalogueList(
  numbers: readonly IndexNumber[],
  recordOf: (notice: string) => NoticeRecord | undefined,
  catalogue: Catalogue,
  zone: string,
): CatalogueList {
  const names = new Map([...walk(catalogue.nodes), catalogue.other].map(({ code, name }) => [code, name]));
  const entries: CatalogueEntry[] = [];
  const gaps: CatalogueGap[] = [];
  for (const number of numbers) {
    const index = indexText(number);
    if (number.voided !== null) {
      gaps.push({ index, why: `作废：${number.voided.reason}` });
      continue;
    }
    const record = recordOf(number.notice);
    if (!record?.seal || goneAt(record) !== null || record.content.openness !== "主动公开") {
      gaps.push({ index, why: "已撤下" });
      continue;
    }
    const { content, schedule } = record;
    entries.push({
      index,
      title: content.personal === true ? personalTitle : content.title,
      className: names.get(number.class) ?? "",
      category: content.category,
      formedOn: content.formedOn,
      publisher: content.signature.org,
      openness: "主动公开",
      fiveOpen: content.fiveOpen,
      from: dateAt(zone, schedule.from),
      until: dateAt(zone, schedule.until - 1),
    });
  }
  return { entries, gaps };
}

const columns: readonly (readonly [string, (entry: CatalogueEntry) => string | null])[] = [
  ["索引号", ({ index }) => index],
  ["名称", ({ title }) => title],
  ["目录", ({ className }) => className],
  ["类别", ({ category }) => category],
  ["产生日期", ({ formedOn }) => formedOn],
  ["发布机构", ({ publisher }) => publisher],
  ["公开属性", ({ openness }) => openness],
  ["五公开", ({ fiveOpen }) => fiveOpen],
  ["公开自", ({ from }) => from],
  ["公开至", ({ until }) => until],
];

/** Gaps follow with their reason where others have a title. */
export function* catalogueCsv({ entries, gaps }: CatalogueList): Generator<string> {
  yield byteOrderMark + csvLine(columns.map(([head]) => head));
  for (const entry of entries) yield csvLine(columns.map(([, cell]) => cell(entry)));
  for (const { index, why } of gaps) yield csvLine([index, why, ...columns.slice(2).map(() => null)]);
}

export function* catalogueHtml(
  { entries, gaps }: CatalogueList,
  { office, practice }: { readonly office: string; readonly practice: boolean },
): Generator<string> {
  const title = `${office}信息公开目录`;
  yield sheetHead({ title, paper: "landscape", practice });
  yield html`<h1>${title}</h1>
<table>
<thead><tr>${columns.map(([head]) => html`<th>${head}</th>`)}</tr></thead>
<tbody>
`.source;
  for (const entry of entries)
    yield html`<tr>${columns.map(([, cell]) => html`<td>${cell(entry)}</td>`)}</tr>\n`.source;
  for (const { index, why } of gaps) yield html`<tr><td>${index}</td><td colspan="9">${why}</td></tr>\n`.source;
  yield html`</tbody>
</table>
`.source;
  yield sheetFoot;
}

/** A line an entry or gap: a list of any length is written, and read, in portions. */
export function* catalogueJson({ entries, gaps }: CatalogueList): Generator<string> {
  const list = (items: readonly object[]) => items.map((item) => `\n${JSON.stringify(item)}`).join(",");
  yield `{"v":1,"entries":[${list(entries)}],\n"gaps":[${list(gaps)}]}\n`;
}

const index = z.string().refine((text) => readIndex(text) !== null);
const title = z.string().max(limits.titleChars);
const fileSchema = z.strictObject({
  v: z.literal(1),
  entries: z
    .strictObject({
      index,
      title,
      className: z.string().max(limits.catalogueNameChars),
      category: title,
      formedOn: z.iso.date().nullable(),
      publisher: title,
      openness: z.literal("主动公开"),
      fiveOpen: z.enum(["决策公开", "执行公开", "管理公开", "服务公开", "结果公开"]).nullable(),
      from: z.iso.date(),
      until: z.iso.date(),
    })
    .array(),
  gaps: z.strictObject({ index, why: z.string() }).array(),
});

/** What `catalogueJson` wrote; null: something else, or a number is there twice. */
export function readCatalogueJson(text: string): CatalogueList | null {
  let parsed: z.infer<typeof fileSchema>;
  try {
    parsed = fileSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
  const all = [...parsed.entries, ...parsed.gaps].map((one) => one.index);
  return new Set(all).size === all.length ? { entries: parsed.entries, gaps: parsed.gaps } : null;
}

export interface CatalogueDifference {
  readonly index: string;
  /** `gone`: only in the first; `new`: only in the second; `changed`: in both, and otherwise. */
  readonly what: "gone" | "new" | "changed";
}

/** What an editor has to do on a website that was made from the first list. In the order of the numbers. */
export function compareCatalogues(before: CatalogueList, after: CatalogueList): readonly CatalogueDifference[] {
  const texts = ({ entries }: CatalogueList) => new Map(entries.map((one) => [one.index, JSON.stringify(one)]));
  const [old, now] = [texts(before), texts(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((one) => {
    if (old.get(one) === now.get(one)) return [];
    return [{ index: one, what: !now.has(one) ? "gone" : old.has(one) ? "changed" : "new" } as const];
  });
}
