/** 交接 (R52): somebody leaves, somebody goes on; one step that forgets nothing. */
import { z } from "zod";
import { handoverSchema } from "./handover-schemas.ts";
import type { Sentence } from "../fault.ts";
import type { HandoverBoard } from "../ledger/reports/index.ts";
import type { Caller } from "../people/index.ts";
import { accountId } from "./people-schemas.ts";
import { type Route, route } from "./route.ts";

/** What there is to hand over, or was handed over. */
export interface HandoverView {
  readonly leaver: { readonly id: string; readonly login: string; readonly name: string; readonly active: boolean };
  /** null: not said yet. */
  readonly successor: { readonly id: string; readonly name: string } | null;
  /** Drafts that were the leaver's: the successor's now. */
  readonly drafts: readonly { readonly notice: string; readonly title: string }[];
  /** Cases that wait for somebody, and what the leaver had to do with them. */
  readonly cases: readonly {
    readonly id: string;
    readonly title: string;
    readonly state: string;
    readonly since: number;
    /** The leaver wrote it, or took a step: so the successor may still review or sign it. */
    readonly own: boolean;
  }[];
  readonly boards: readonly HandoverBoard[];
  /** Passwords and keys that the leaver may know, each with where it is changed. */
  readonly secrets: readonly Sentence[];
  /** How the day's work is done, for whoever comes new. */
  readonly howTo: readonly Sentence[];
}

export interface Handovers {
  /** What would be handed over. FaultError `people/unknown`. */
  look(leaver: string): Promise<HandoverView>;
  /**
   * Shuts the leaver's account, ends sessions, gives their drafts to the successor, asks everybody for a new password.
   * May be done again: what is done already is done.
   */
  handOver(caller: Caller, leaver: string, successor: string): Promise<HandoverView>;
  /** The same to be printed: HTML. */
  sheet(leaver: string): Promise<string>;
}

const handoverJson = (view: HandoverView) => ({
  ...view,
  cases: view.cases.map((one) => ({ ...one, since: new Date(one.since).toISOString() })),
});

export function handoverRoutes(handovers: Handovers): readonly Route[] {
  const one = { params: z.strictObject({ id: accountId }), query: z.strictObject({}) } as const;
  const output = { type: "application/json", schema: handoverSchema, description: "What is handed over" };
  return [
    route({
      ...one,
      path: "/api/v1/people/{id}/handover",
      access: ["administrator", "auditor"],
      summary: "What somebody who leaves has to hand over",
      output,
      failures: [401, 404],
      answer: async ({ id }, response) => void response.json(handoverJson(await handovers.look(id))),
    }),
    route({
      ...one,
      path: "/api/v1/people/{id}/handover",
      method: "post",
      access: ["administrator"],
      summary: "Hand over: shuts the account, gives its drafts away, asks everybody for a new password",
      body: z.strictObject({ to: accountId }),
      output,
      failures: [401, 404, 409, 422],
      answer: async ({ id, to }, response, _, caller) => {
        response.json(handoverJson(await handovers.handOver(caller, id, to)));
      },
    }),
    route({
      ...one,
      path: "/api/v1/people/{id}/handover.html",
      access: ["administrator", "auditor"],
      summary: "The handover sheet, to be printed and signed by both",
      output: { type: "text/html", schema: z.string(), description: "A4" },
      failures: [401, 404],
      answer: async ({ id }, response) => void response.type("html").send(await handovers.sheet(id)),
    }),
  ];
}
