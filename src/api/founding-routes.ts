/** 建立本单位的系统: from practice, by whoever sits at the daemon's own computer. */
import { z } from "zod";
import { firstCalendars, reviewKinds } from "../config/first-office.ts";
import { siteFileName } from "../config/site.ts";
import { FaultError, remedy, sentence } from "../fault.ts";
import type { Founding } from "./founding.ts";
import { login, password, personName } from "./people-schemas.ts";
import { ProblemError } from "./problem.ts";
import { type Route, route } from "./route.ts";
import { isHere } from "./visit.ts";

const fromAfar = { code: "installation/from-afar" } as const;
const nothing = z.strictObject({});
const wishSchema = z
  .strictObject({
    office: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .meta({ title: "单位 / office", examples: ["青石港街道办事处"] }),
    review: z.enum(reviewKinds).meta({ title: "谁来签发 / who signs", examples: ["two"] }),
    calendar: z.enum(firstCalendars).default("state-council").meta({ title: "工作日 / working days" }),
    zone: z
      .string()
      .max(60)
      .default("Asia/Shanghai")
      .meta({ title: "时区 / time zone", examples: ["Asia/Shanghai"] }),
    account: z
      .strictObject({ name: personName, login, password })
      .nullable()
      .meta({ title: "第一个系统管理员 / the first administrator", description: "null with review none" }),
  })
  .refine(({ review, account }) => (review === "none") === (account === null), {
    path: ["account"],
    message: "an account, and none where there is no review",
  });

export const foundedSchema = z
  .object({
    file: z.string().meta({ description: "What was written: the installation file, beside the program" }),
    effect: z.enum(["itself", "restart"]).meta({ description: "The daemon starts anew by itself, or somebody has to" }),
  })
  .meta({ id: "Founded" });

const sayable = z.object({ zh: z.string(), en: z.string() }).meta({ id: "Sentence" });
export const foundableSchema = z
  .object({
    hindrance: z
      .object({ code: z.string(), what: sayable, remedy: sayable })
      .nullable()
      .meta({ description: "What POST would be refused with, whatever it asks for; null: nothing" }),
  })
  .meta({ id: "Foundable" });

export function foundingRoutes(founding: Founding): readonly Route[] {
  return [
    route({
      path: "/api/v1/office/hindrance",
      access: "anyone",
      scope: null,
      summary: "What keeps an office of one's own from beginning here, for whoever asks: before a form is filled in",
      params: nothing,
      query: nothing,
      output: { type: "application/json", schema: foundableSchema, description: "As the page says it" },
      failures: [],
      answer: (_, response, request) => {
        const fault = isHere(request) ? founding.hindrance() : fromAfar;
        const said = fault && { code: fault.code, what: sentence(fault), remedy: remedy(fault) };
        response.json({ hindrance: said });
      },
    }),
    route({
      path: "/api/v1/office",
      method: "post",
      access: "anyone",
      scope: null,
      dear: true,
      summary: "Practice only, at this computer: begin an office of one's own; nothing of practice goes with it",
      params: nothing,
      query: nothing,
      body: wishSchema,
      output: { type: "application/json", schema: foundedSchema, description: "Answered here in some seconds" },
      failures: [403, 409, 422, 503],
      answer: (wish, response, request) => {
        if (!isHere(request)) throw new FaultError(fromAfar);
        const [first, ...others] = founding
          .found(wish)
          .map(({ what, remedy }) => ({ where: "body office", what, remedy }));
        if (first) throw new ProblemError(422, first, ...others);
        // The answer first: starting anew ends every connection.
        response.once("finish", () => founding.begin());
        response.status(201).json({ file: siteFileName, effect: founding.effect });
      },
    }),
  ];
}
