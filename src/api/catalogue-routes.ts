/** 信息公开目录 (R34, R28): the tree, what is missing in it, the list for the website, and numbers that are voided. */
import { z } from "zod";
import { completenessSchema } from "./catalogue-schemas.ts";
import { limits } from "../limits.ts";
import type { Catalogue, Completeness } from "../notices/catalogue.ts";
import type { Caller } from "../people/types.ts";
import type { Pieces } from "./ledger.ts";
import { type Route, route } from "./route.ts";
import { changeReason } from "./schemas.ts";
import { send, text } from "./sheets.ts";

export interface CatalogueOffice {
  /** What the document may be. */
  readonly schema: z.ZodObject;
  /** The one that comes with the program. */
  readonly shipped: Catalogue;
  catalogue(): Promise<Catalogue>;
  /** From now on; on record. Numbers that were given stay. */
  change(caller: Caller, catalogue: Catalogue, reason: string): Promise<void>;
  /** Of every mandatory class, whether something of it is posted now. */
  completeness(): Promise<readonly Completeness[]>;
  /** Every number that was ever given, as an entry or as a gap with its reason. */
  export(format: "csv" | "json" | "html"): Promise<Pieces>;
  /** FaultError `index/unknown`, `index/voided`. `again`: its notice gets the next number of where it belongs now. */
  voidIndex(caller: Caller, index: string, reason: string, again: boolean): Promise<{ readonly given: string | null }>;
}

const nothing = z.strictObject({});

export function catalogueRoutes(office: CatalogueOffice): readonly Route[] {
  const document = {
    type: "application/json",
    schema: z.object({ catalogue: z.object({}).loose(), shipped: z.object({}).loose() }),
    description: "The office's catalogue, and the one that comes with the program",
  };
  const answer = async () => ({ catalogue: await office.catalogue(), shipped: office.shipped });
  return [
    route({
      path: "/api/v1/catalogue",
      access: "reader",
      summary: "The catalogue: a tree of classes, what has to be there, how long it is posted",
      params: nothing,
      query: nothing,
      output: document,
      failures: [401],
      answer: async (_, response) => void response.json(await answer()),
    }),
    route({
      path: "/api/v1/catalogue",
      method: "put",
      access: ["administrator"],
      summary: "Change it; index numbers that were given stay as they are",
      params: nothing,
      query: nothing,
      body: office.schema.safeExtend({ reason: changeReason }),
      output: document,
      failures: [401, 403],
      answer: async ({ reason, ...wanted }, response, _, caller) => {
        await office.change(caller, wanted as unknown as Catalogue, String(reason));
        response.json(await answer());
      },
    }),
    route({
      path: "/api/v1/catalogue/completeness",
      access: "reader",
      summary: "Every mandatory class, and what of it is posted now; missing: nothing is",
      params: nothing,
      query: nothing,
      output: {
        type: "application/json",
        schema: completenessSchema,
        description: "In the order of the catalogue",
      },
      failures: [401],
      answer: async (_, response) => void response.json(await office.completeness()),
    }),
    ...(["csv", "json", "html"] as const).map((format) =>
      route({
        path: `/api/v1/catalogue/export.${format}`,
        access: "reader",
        dear: true,
        summary: `The list for the website editor as ${format.toUpperCase()}; numbers that are not in it stand as gaps, with why`,
        params: nothing,
        query: nothing,
        output: text(format === "json" ? "application/json" : `text/${format}`, "By year, class and serial"),
        failures: [401],
        answer: async (_, response) => send(response, format, `catalogue.${format}`, await office.export(format)),
      }),
    ),
    route({
      path: "/api/v1/catalogue/numbers/{index}/void",
      method: "post",
      access: ["signer", "administrator"],
      summary: "Void an index number: a gap with a reason, never given again",
      params: z.strictObject({ index: z.string().max(limits.queryChars) }),
      query: nothing,
      body: z.strictObject({
        reason: z
          .string()
          .trim()
          .min(1)
          .max(limits.catalogueReasonChars)
          .meta({ title: "作废原因 / why", examples: ["类别错误"] }),
        again: z.boolean().default(false).meta({ description: "Give its notice a new number where it belongs now" }),
      }),
      output: {
        type: "application/json",
        schema: z.object({ given: z.string().nullable() }),
        description: "The new number, if one was asked for and is due",
      },
      failures: [401, 403, 404, 409],
      answer: async ({ index, reason, again }, response, _, caller) =>
        void response.json(await office.voidIndex(caller, index, reason, again)),
    }),
  ];
}
