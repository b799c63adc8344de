/** What waits for whom: the office's list, for the page, `reminders` and whoever asks each morning. */
import { z } from "zod";
import type { Office } from "./office.ts";
import type { Postings, PostingView } from "./postings.ts";
import type { Review } from "./review.ts";
import { type Route, route } from "./route.ts";
import { isoOf } from "./views.ts";

const waitingSchema = z
  .object({
    what: z.enum(["office-review", "signature", "countersignature", "decision", "handed-in", "posting", "taking-down"]),
    notice: z.string(),
    case: z.string().nullable(),
    title: z.string(),
    since: z.string(),
    until: z.string().nullable().meta({ description: "By when; a warning not countersigned by then is taken down" }),
    role: z.string(),
    people: z.array(z.string()).meta({ description: "Names of those whose own step it may be" }),
    late: z.boolean(),
  })
  .meta({ id: "Waiting" });

export function waitingRoutes(
  office: Office,
  review: Pick<Review, "waiting">,
  postings?: Pick<Postings, "waiting">,
): readonly Route[] {
  return [
    route({
      path: "/api/v1/waiting",
      access: ["maker", "reviewer", "signer", "operator", "auditor", "administrator"],
      summary: "What waits for whom, since when, and what has waited too long; warnings to be countersigned first",
      params: z.strictObject({}),
      query: z.strictObject({}),
      output: { type: "application/json", schema: z.array(waitingSchema), description: "Times are the board clock's" },
      failures: [401, 403],
      answer: async (_, response) => {
        const all = await review.waiting(office.now());
        const cases = all.map(({ holders: _, ...one }) => one);
        response.json(
          [...cases, ...(postings?.waiting() ?? []).map(paperWaiting)].map(({ since, until, ...one }) => ({
            ...one,
            since: isoOf(since),
            until: until === null ? null : isoOf(until),
          })),
        );
      },
    }),
  ];
}

/** Whoever may operate the board may say so; its custodian is who goes there. */
function paperWaiting({ notice, title, since, until, posted, custodian, late }: PostingView) {
  const isUp = posted !== null;
  return {
    what: isUp ? ("taking-down" as const) : ("posting" as const),
    ...{ notice, case: null, title, since: since ?? until, until: isUp ? null : until },
    ...{ role: "operator", people: custodian === "" ? [] : [custodian], late },
  };
}
