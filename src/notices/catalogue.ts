/** 信息公开目录 (R34): a tree of classes, what each takes, what has to be there (R28) and how long it is posted. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { limits } from "../limits.ts";
import { shippedCatalogue } from "./catalogue-shipped.ts";
import type { Catalogue, CatalogueNode } from "./catalogue-types.ts";
import type { SettingStore } from "./store.ts";
import type { Content, NoticeId } from "./types.ts";

export type { Catalogue, CatalogueNode } from "./catalogue-types.ts";

const code = z.string().regex(/^[A-Z0-9]{1,18}$/);
const name = z.string().trim().min(1).max(limits.catalogueNameChars);
const leaf = z.strictObject({
  code,
  name,
  mandatory: z.boolean().optional(),
  posting: z.strictObject({ days: z.int().min(1).max(3660), unit: z.enum(["workday", "day"]) }).optional(),
  categories: name.array().min(1).max(limits.catalogueNodes).optional(),
  titled: name.array().min(1).max(limits.catalogueNodes).optional(),
});
const over = (below: z.ZodType) => leaf.extend({ children: below.array().max(limits.catalogueNodes).optional() });
/** Four levels, written out: what may be nested for ever has no document (`api/openapi.ts`), and no paper list. */
const node = over(over(over(leaf))) as unknown as z.ZodType<CatalogueNode>;

/** Codes are unique, or two classes would share one row of serials. */
export const catalogueSchema = z
  .strictObject({
    unit: code.meta({ title: "单位代码 / the office's code", examples: ["01"] }),
    nodes: node.array().min(1).max(limits.catalogueNodes),
    other: z.strictObject({ code, name }),
  })
  .superRefine(({ nodes, other }, context) => {
    const all = [...walk(nodes)];
    if (all.length > limits.catalogueNodes)
      context.addIssue({ code: "custom", path: ["nodes"], message: `at most ${limits.catalogueNodes} classes` });
    const seen = new Set([other.code]);
    for (const { code: one } of all) {
      if (seen.has(one)) context.addIssue({ code: "custom", path: ["nodes"], message: `code ${one} is there twice` });
      seen.add(one);
    }
  });

export { shippedCatalogue };

/** Parents before their children, in the order of the document. */
export function* walk(
  nodes: readonly CatalogueNode[],
  depth = 0,
): Generator<CatalogueNode & { readonly depth: number }> {
  for (const one of nodes) {
    yield { ...one, depth };
    yield* walk(one.children ?? [], depth + 1);
  }
}

/** Where a notice belongs: what asks for words in its title goes before what does not, the deeper before the higher. */
export function classOf(catalogue: Catalogue, { category, title }: Pick<Content, "category" | "title">): string {
  let best: { readonly code: string; readonly worth: number } | null = null;
  for (const one of walk(catalogue.nodes)) {
    if (!one.categories?.includes(category)) continue;
    if (one.titled && !one.titled.some((word) => title.includes(word))) continue;
    const worth = (one.titled ? limits.catalogueNodes : 0) + one.depth;
    if (best === null || worth > best.worth) best = { code: one.code, worth };
  }
  return best?.code ?? catalogue.other.code;
}

const key = "catalogue";

/** The program's own until an office has one. */
export async function catalogueOf(settings: Pick<SettingStore, "get">): Promise<Catalogue> {
  const kept = await settings.get(key);
  return kept === null ? shippedCatalogue : catalogueSchema.parse(JSON.parse(kept));
}

/** What the register has of the document, old and new: its SHA-256; null: the program's own. */
export async function catalogueDigest(settings: Pick<SettingStore, "get">): Promise<string | null> {
  const kept = await settings.get(key);
  return kept === null ? null : createHash("sha256").update(kept).digest("hex");
}

export async function keepCatalogue(settings: SettingStore, catalogue: Catalogue): Promise<void> {
  await settings.set(key, JSON.stringify(catalogue));
}

/** Something that hangs now: signed, for everybody, within its time on some board. */
export type Posted = Pick<Content, "title" | "category" | "track"> & { readonly id: NoticeId };

export interface Completeness {
  readonly code: string;
  readonly name: string;
  /** `missing` is red. */
  readonly state: "present" | "missing";
  readonly notices: readonly NoticeId[];
}

/** R28: every mandatory class, in the order of the document. */
export function completeness(catalogue: Catalogue, posted: readonly Posted[]): readonly Completeness[] {
  const byClass = new Map<string, NoticeId[]>();
  for (const one of posted) {
    if (one.track !== "政府信息") continue;
    const its = classOf(catalogue, one);
    byClass.set(its, [...(byClass.get(its) ?? []), one.id]);
  }
  return [...walk(catalogue.nodes)]
    .filter(({ mandatory }) => mandatory === true)
    .map((one) => {
      const notices = [...walk([one])].flatMap((each) => byClass.get(each.code) ?? []);
      return { code: one.code, name: one.name, state: notices.length > 0 ? "present" : "missing", notices };
    });
}
