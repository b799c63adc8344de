/** What `issue-routes.ts` answers, as the page reads it. */
import { z } from "zod";
import { iso } from "./schemas.ts";

const item = z.object({
  notice: z.string(),
  number: z.int(),
  title: z.string(),
  track: z.string(),
  index: z.string().nullable(),
  from: iso,
  until: iso,
  signedBy: z.string(),
  signedAt: iso,
  message: z.string(),
  pages: z.int(),
  picture: z.enum(["kept", "withheld", "erased", "missing"]),
});

export const issueSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    year: z.int(),
    number: z.int(),
    closedAt: iso,
    by: z.string(),
    note: z.string(),
    boards: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        place: z.string(),
        cover: z.object({ title: z.string(), body: z.string() }),
        items: z.array(item),
      }),
    ),
  })
  .meta({ id: "Issue" });

export const listSchema = z.object({
  year: z.int(),
  issues: z.int(),
  notices: z.int().meta({ description: "Named in its issues, each once; screen services are not counted" }),
  between: z.int().meta({ description: "Posted that year and named in none of them" }),
  closed: z.array(z.object({ id: z.string(), title: z.string(), closedAt: iso, by: z.string(), boards: z.int() })),
});

export type IssueJson = z.infer<typeof issueSchema>;

export type IssueItemJson = z.infer<typeof item>;

export type IssueListJson = z.infer<typeof listSchema>;
