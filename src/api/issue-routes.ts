/** 期 (R25): closed under a number of the year, listed, and looked at page by page as it was then. */
import { z } from "zod";
import { issueSchema, listSchema } from "./issue-schemas.ts";
import { limits } from "../limits.ts";
import type { Bitmap, Instant } from "../message/index.ts";
import type { IssueYear } from "../notices/issues.ts";
import type { Caller } from "../people/types.ts";
import type { PictureRefusal } from "./ledger.ts";
import { largestScale, pngOf } from "./picture.ts";
import { ProblemError } from "./problem.ts";
import { type Route, route } from "./route.ts";
import { scale } from "./schemas.ts";
import { boardId, noPicture } from "./sheets.ts";
import { isoOf } from "./views.ts";

export interface IssueItemView {
  readonly notice: string;
  readonly number: number;
  /** "…" where its past is not for the caller. */
  readonly title: string;
  readonly track: string;
  readonly index: string | null;
  readonly from: Instant;
  readonly until: Instant;
  readonly signedBy: string;
  readonly signedAt: Instant;
  readonly message: string;
  readonly pages: number;
  /** `withheld`: for auditors and signers; `erased`: its time had come (personal information); `missing`: lost or altered. */
  readonly picture: "kept" | "withheld" | "erased" | "missing";
}

export interface IssueView {
  readonly id: string;
  /** 2017年第4期. */
  readonly title: string;
  readonly year: number;
  readonly number: number;
  readonly closedAt: Instant;
  readonly by: string;
  readonly note: string;
  readonly boards: readonly {
    readonly id: string;
    readonly name: string;
    readonly place: string;
    /** The text of a cover, for a draft. */
    readonly cover: { readonly title: string; readonly body: string };
    readonly items: readonly IssueItemView[];
  }[];
}

export interface IssueList extends IssueYear {
  readonly closed: readonly {
    readonly id: string;
    readonly title: string;
    readonly closedAt: Instant;
    readonly by: string;
    readonly boards: number;
  }[];
}

export interface IssueOffice {
  /**
   * `boards` null: all; a board's notices absent: all that are on it. FaultError `board/unknown`, `board/others`,
   * `issue/not-on`, `issue/empty`, `issue/too-long`.
   */
  close(
    caller: Caller,
    boards: readonly { readonly board: string; readonly notices?: readonly string[] | undefined }[] | null,
    note: string,
  ): Promise<IssueView>;
  /** null: this year. */
  list(year: number | null): Promise<IssueList>;
  /** FaultError `issue/unknown`. */
  issue(caller: Caller, id: string): Promise<IssueView>;
  /** null: there is no such page. */
  page(
    caller: Caller,
    id: string,
    at: { readonly board: string; readonly notice: string; readonly page: number },
  ): Promise<{ readonly bitmap: Bitmap; readonly ledColour: string | null } | PictureRefusal | null>;
}

const nothing = z.strictObject({});
const id = z
  .string()
  .max(limits.queryChars)
  .meta({ title: "期次 / issue", examples: ["2017-4"] });

export function issueRoutes(office: IssueOffice): readonly Route[] {
  const one = { type: "application/json", schema: issueSchema, description: "As it was when it was closed" };
  return [
    route({
      path: "/api/v1/issues",
      access: "reader",
      summary: "The issues of a year, and what was posted between them",
      params: nothing,
      query: z.strictObject({ year: z.coerce.number().int().min(1970).max(2200).optional() }),
      output: {
        type: "application/json",
        schema: listSchema,
        description: "In order; without a year, this one's",
      },
      failures: [401],
      answer: async ({ year }, response) => {
        const list = await office.list(year ?? null);
        response.json({ ...list, closed: list.closed.map((each) => ({ ...each, closedAt: isoOf(each.closedAt) })) });
      },
    }),
    route({
      path: "/api/v1/issues",
      method: "post",
      access: ["maker", "operator", "signer"],
      summary: "Close an issue: what boards show now, under the year's next number",
      params: nothing,
      query: nothing,
      body: z.strictObject({
        boards: z
          .array(
            z.strictObject({
              board: boardId,
              notices: z.string().max(limits.queryChars).array().max(limits.noticesPerIssueBoard).optional(),
            }),
          )
          .min(1)
          .max(limits.noticesPerIssueBoard)
          .optional()
          .meta({ description: "Absent: all boards; without notices, all that are on the board" }),
        note: z.string().trim().max(limits.issueNoteChars).default(""),
      }),
      output: one,
      failures: [401, 403, 404, 409, 422],
      answer: async ({ boards, note }, response, _, caller) =>
        void response.json(issueJson(await office.close(caller, boards ?? null, note))),
    }),
    route({
      path: "/api/v1/issues/{id}",
      access: "reader",
      summary: "One issue: its boards, their notices, who signed them",
      params: z.strictObject({ id }),
      query: nothing,
      output: one,
      failures: [401, 404],
      answer: async (asked, response, _, caller) => void response.json(issueJson(await office.issue(caller, asked.id))),
    }),
    route({
      path: "/api/v1/issues/{id}/boards/{board}/notices/{notice}/pages/{page}",
      access: "reader",
      summary: "A page of it as a picture (PNG), dot for dot as it was then",
      params: z.strictObject({
        id,
        board: boardId,
        notice: z.string().max(limits.queryChars),
        page: z.coerce.number().int().min(0),
      }),
      query: z.strictObject({ scale }),
      output: { type: "image/png", schema: z.string(), description: `At most ${limits.framePicturePx} pixels` },
      failures: [401, 403, 404, 410],
      answer: async ({ scale: times, ...at }, response, _, caller) => {
        const found = await office.page(caller, at.id, at);
        if (found === null) throw noPage(`${at.id}/${at.board}/${at.notice}/${at.page}`);
        if ("why" in found) throw noPicture(found.status, found.why, "path");
        const fits = Math.max(1, Math.min(times, largestScale(found.bitmap, limits.framePicturePx)));
        response.type("image/png").send(Buffer.from(await pngOf(found.bitmap, found.ledColour, fits)));
      },
    }),
  ];
}

const issueJson = ({ boards, closedAt, ...rest }: IssueView) => ({
  ...rest,
  closedAt: isoOf(closedAt),
  boards: boards.map(({ items, ...board }) => ({
    ...board,
    items: items.map(({ from, until, signedAt, ...one }) => ({
      ...one,
      from: isoOf(from),
      until: isoOf(until),
      signedAt: isoOf(signedAt),
    })),
  })),
});

function noPage(name: string): ProblemError {
  return new ProblemError(404, {
    where: "path",
    what: { zh: `没有画面 ${name}`, en: `there is no picture ${name}` },
    remedy: { zh: "GET /api/v1/issues/{id} 列出全部。", en: "GET /api/v1/issues/{id} lists them." },
  });
}
