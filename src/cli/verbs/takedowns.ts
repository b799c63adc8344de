/** 撤下: off the boards, and board by board whether it has gone; clients of the API like the page. */
import { z } from "zod";
import { type ExitCode, type Output, Refusal } from "../say.ts";
import { type ActingOptions, acting, caseSchema, path } from "./acting.ts";

const sentence = z.object({ zh: z.string(), en: z.string() });
const takedownSchema = z.object({
  id: z.string(),
  notice: z.string().nullable(),
  title: z.string().nullable(),
  reason: z.string(),
  said: sentence,
  boards: z.array(
    z.object({ board: z.string(), name: z.string(), place: z.string(), custodian: z.string(), said: sentence }),
  ),
});

/** Null: it is not an order. One line, and one for each board. */
export function takedownLines(answered: unknown): string | null {
  const parsed = takedownSchema.safeParse(answered);
  if (!parsed.success) return null;
  const { id, notice, title, reason, said, boards } = parsed.data;
  const about = [notice, title, reason].filter((word) => word !== null && word !== "").join("  ");
  const rows = boards.map(
    ({ board, name, place, custodian, said: one }) =>
      `    ${board}  ${name}  ${place}  ${custodian}  ${one.zh} ${one.en}\n`,
  );
  return `${id}  ${about}\n  ${said.zh}\n  ${said.en}\n${rows.join("")}`;
}

/** A case by its number, or a notice. What was signed is a notice: its boards have to say that it has gone. */
export async function withdraw(
  id: string,
  options: ActingOptions & { readonly reason: string; readonly board?: readonly string[] },
  output: Output,
): Promise<ExitCode> {
  const { reason, board: boards } = options;
  return acting(
    options,
    output,
    async (api) => {
      const answer = await api.get(path("review", "cases", id)).catch((error: unknown) => {
        if (error instanceof Refusal) return null;
        throw error;
      });
      const found = answer && caseSchema.extend({ kind: z.string() }).parse(await answer.json());
      // A warning is lit while it waits.
      const lit = found?.state === "signed" || found?.kind === "warning";
      const waits = found !== null && !lit && boards === undefined;
      if (waits) return api.send("POST", path("review", "cases", id, "withdraw"), { reason });
      return api.send("POST", path("notices", found?.notice ?? id, "withdraw"), { reason, ...(boards && { boards }) });
    },
    takedownLines,
  );
}

export interface TakedownsOptions extends ActingOptions {
  readonly all?: boolean;
  readonly board?: string;
  readonly gone?: string;
}

/** Those that some board has still to confirm; one; or that somebody saw that it has gone. */
export async function takedowns(id: string | undefined, options: TakedownsOptions, output: Output): Promise<ExitCode> {
  const { all, board, gone } = options;
  if ((board === undefined) !== (gone === undefined) || (gone !== undefined && id === undefined))
    throw new Refusal(
      { zh: "现场确认要写编号、--board 和 --gone", en: "seen to be gone: needs the number, --board and --gone" },
      { zh: "例如 takedowns 3 --board B3 --gone 已断电", en: "For example: takedowns 3 --board B3 --gone 已断电" },
    );
  return acting(
    options,
    output,
    async (api) => {
      if (id !== undefined && board !== undefined)
        return api.send("POST", path("takedowns", id, "boards", board, "gone"), { words: gone });
      if (id !== undefined) return api.get(path("takedowns", id));
      return api.get(all ? path("takedowns") : `${path("takedowns")}?open=true`);
    },
    takedownLines,
    "没有还在等的 nothing is waited for\n",
  );
}
