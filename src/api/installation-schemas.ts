/** What `installation-routes.ts` answers, as the page reads it. */
import { z } from "zod";
import { capabilitiesSchema } from "./capability-schema.ts";

const words = z.object({ zh: z.string(), en: z.string() });

const driverFormSchema = z
  .object({
    kind: z.string(),
    links: z.array(z.string()),
    port: z.int().nullable(),
    baud: z.int().nullable(),
    options: z.array(
      z.object({
        ...{ key: z.string(), title: words, description: words },
        type: z
          .enum(["yes", "number", "text", "choice", "levels"])
          .meta({ description: "levels: one for always, or `count` of them for equal parts of a day from midnight" }),
        count: z.int().optional(),
        ...{ min: z.number().optional(), max: z.number().optional(), pattern: z.string().optional() },
        choices: z.array(z.union([z.string(), z.number()])).optional(),
      }),
    ),
    capabilities: capabilitiesSchema.meta({ description: "What such a card can promise, its options left out" }),
  })
  .meta({ id: "DriverForm" });
export type DriverFormJson = z.infer<typeof driverFormSchema>;

export const installationSchema = z
  .object({
    kind: z.enum(["file", "practice", "none"]),
    file: z.string().nullable(),
    effect: z.enum(["itself", "restart"]).meta({
      description: "itself: the daemon starts anew in some seconds; restart: somebody has to start it anew",
    }),
    pending: z.boolean(),
    boards: z.array(z.record(z.string(), z.unknown())).meta({ description: "As the file has them" }),
    serialPorts: z.array(z.string()),
    drivers: z.array(driverFormSchema).meta({ description: "Of other makers' cards; our own protocol has no driver" }),
  })
  .meta({ id: "Installation" });
export type InstallationJson = z.infer<typeof installationSchema>;

export const targetsSchema = z.object({
  notices: z.array(
    z.object({ notice: z.string(), title: z.string(), until: z.string(), alone: z.boolean() }).meta({
      description: "alone: on no other board",
    }),
  ),
});
export type TargetsJson = z.infer<typeof targetsSchema>;

export const triedSchema = z.object({
  found: z
    .object({
      ...{ id: z.string(), width: z.int(), height: z.int(), firmware: z.string() },
      colour: z.enum(["mono", "dual", "rgb"]),
    })
    .nullable(),
  ok: z.boolean().meta({ description: "Somebody answered, and as it should be" }),
  says: z.object({ zh: z.string(), en: z.string() }),
});
export type TriedJson = z.infer<typeof triedSchema>;
