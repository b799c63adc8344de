/** What `catalogue-routes.ts` answers, as the page reads it. */
import { z } from "zod";
import type { Catalogue } from "../notices/catalogue-types.ts";

export const completenessSchema = z.array(
  z.object({
    code: z.string(),
    name: z.string(),
    state: z.enum(["present", "missing"]),
    notices: z.array(z.string()),
  }),
);

export type CompletenessJson = z.infer<typeof completenessSchema>[number];

/** The document itself is as `Catalogue` has it: a tree has no type of its own in a schema that is written out. */
export interface CatalogueJson {
  readonly catalogue: Catalogue;
  readonly shipped: Catalogue;
}

/** A number that is in no entry of the list, and why. */
export interface CatalogueListJson {
  readonly entries: readonly { readonly index: string; readonly title: string; readonly className: string }[];
  readonly gaps: readonly { readonly index: string; readonly why: string }[];
}
