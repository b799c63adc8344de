/** 直接放上的文字: what stands on a board of one person's sign, put there and taken down by one request each. */
import { z } from "zod";
import { FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import type { BoardText } from "../notices/review/index.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { Office } from "./office.ts";
import { ProblemError } from "./problem.ts";
import { faultWords, withoutLine } from "./redact.ts";
import type { Review } from "./review.ts";
import { type Access, boardConfig, type Route, route } from "./route.ts";
import { boardId } from "./sheets.ts";
import { mistakesOf, statusOf } from "./status.ts";
import { isoOf } from "./views.ts";

const nothing = z.strictObject({});
const one = z.strictObject({ id: boardId });
const sentence = z.object({ zh: z.string(), en: z.string() });

const text = z
  .string()
  .min(1)
  .max(limits.boardTextChars)
  .refine((value) => value.trim() !== "", { error: "没有字 / has no characters" })
  .refine((value) => value.split(/\r\n?|\n/).length <= limits.boardTextLines, {
    error: `最多 ${limits.boardTextLines} 行 / has at most ${limits.boardTextLines} lines`,
  })
  .meta({ title: "文字 / text", description: "One line, or several with \\n between them", examples: ["HELLO"] });
const minutes = z
  .int()
  .min(1)
  .max(limits.boardTextMinutes)
  .optional()
  .meta({ title: "分钟 / minutes", description: "How long; left out: until it is taken down", examples: [10] });

export const boardTextSchema = z
  .object({
    board: z.string(),
    text: z.string().nullable().meta({ description: "null: nothing was put there" }),
    notice: z.string().nullable().meta({ description: "Its name in register and play log" }),
    from: z.string().nullable(),
    until: z.string().nullable().meta({ description: "ISO 8601, by the board clock; null: until it is taken down" }),
    sign: z
      .object({
        link: z.string().meta({ description: "As a board has it: connected, one-way, waiting ..." }),
        faults: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string(), remedy: sentence })),
      })
      .meta({ description: "Whether anybody reaches the sign at the moment, and what stands in the way" }),
  })
  .meta({ id: "BoardText" });

function shown(office: Office, board: string, found: BoardText | null) {
  const { link = "down", faults = [] } = office.boards().find(({ config }) => config.id === board)?.facts ?? {};
  return {
    board,
    text: found?.text ?? null,
    notice: found?.notice ?? null,
    from: found && isoOf(found.from),
    until: found?.until == null ? null : isoOf(found.until),
    sign: { link, faults: faults.filter(isOfSign).map(({ fault }) => faultWords(withoutLine(fault))) },
  };
}

/** What its schedule lacks is another matter; and a key for a text alone is told no addresses. */
const isOfSign = ({ fault }: BoardFacts["faults"][number]) => !fault.code.startsWith("board/");

/** Of one text there is nothing to submit: what is wrong with it is said itself, and once, for its title was made of it. */
async function asTyped(putting: Promise<BoardText>): Promise<BoardText> {
  try {
    return await putting;
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code !== "review/not-ready") throw error;
    const inText = error.fault.faults.filter((one) => !("part" in one) || one.part !== "title");
    const said = inText.length > 0 ? inText : error.fault.faults;
    const [first, ...others] = said.flatMap((one) => mistakesOf(one, "body text"));
    throw first ? new ProblemError(statusOf(error.fault), first, ...others) : error;
  }
}

const access: Access = ["maker"];

export function boardTextRoutes(
  office: Office,
  review: Pick<Review, "boardText" | "putBoardText" | "removeBoardText">,
): readonly Route[] {
  const path = "/api/v1/boards/{id}/text";
  const output = { type: "application/json", schema: boardTextSchema, description: "What stands there now" };
  const failures = [401, 403, 404, 409];
  return [
    route({
      path,
      access: "reader",
      summary: "The text that was put on a board, where nobody reviews (review: none)",
      params: one,
      query: nothing,
      output,
      failures,
      async answer({ id }, response) {
        boardConfig(office, id);
        response.json(shown(office, id, await review.boardText(id)));
      },
    }),
    route({
      method: "put",
      path,
      access,
      scope: "text",
      summary:
        "Puts a text on a board at once, in the place of the one before; only with review: none, from this computer or with a token for this board. The same again changes nothing",
      params: one,
      query: nothing,
      body: z.strictObject({ text, minutes }),
      output,
      failures: [...failures, 422],
      async answer({ id, text: given, minutes: length }, response, _request, caller) {
        boardConfig(office, id);
        response.json(shown(office, id, await asTyped(review.putBoardText(caller, id, given, length ?? null))));
      },
    }),
    route({
      method: "delete",
      path,
      access,
      scope: "text",
      summary: "Takes that text down at once; where none stands nothing is done",
      params: one,
      query: nothing,
      output,
      failures,
      async answer({ id }, response, _request, caller) {
        boardConfig(office, id);
        await review.removeBoardText(caller, id);
        response.json(shown(office, id, null));
      },
    }),
  ];
}
