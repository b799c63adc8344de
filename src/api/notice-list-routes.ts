/** 信息: all notices, found by words, state or board, a page at a time. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { NoticeView, Office } from "./office.ts";
import { seesUnsigned } from "./redact.ts";
import { type Route, route } from "./route.ts";
import { instantSchema, noticeSchema } from "./schemas.ts";
import { isoOf, noticeJson } from "./views.ts";

const states = ["showing", "coming", "over", "waiting", "withdrawn", "refused"] as const;
type State = (typeof states)[number];

/** What a notice is doing at an instant: where it may be shown, whether its time has come or is over. */
function stateOf({ state, from, until, displayable }: NoticeView, at: number): State {
  if (state === "withdrawn" || state === "refused") return state;
  if (state === "draft") return "waiting";
  if (from > at) return "coming";
  if (until <= at) return "over";
  return displayable ? "showing" : "refused";
}

export function noticeListRoutes(office: Office): readonly Route[] {
  const at = instantSchema(office.zone, "When, by the board clock; now when left out");
  const short = z.string().max(limits.queryChars).optional();
  return [
    route({
      path: "/api/v1/notices",
      access: "reader",
      summary: "All notices by id: their state, where and when they may play, and their deadline",
      params: z.strictObject({}),
      query: z.strictObject({
        at,
        after: short.meta({ title: "从这一条之后 / those behind this notice", examples: ["N01"] }),
        words: short.meta({
          title: "标题、编号、单位 / words",
          description: "In the title, the number, the unit that signs or the category; the newest numbers first",
          examples: ["停水"],
        }),
        state: z.enum(states).optional().meta({
          title: "状态 / state",
          description: "showing: its time is on; waiting: not signed; refused: may not be shown",
        }),
        board: short.meta({ title: "公开栏编号 / board id", examples: ["B1"] }),
        newest: z.stringbool().optional().meta({ title: "倒序 / the last numbers first" }),
        most: z.coerce
          .number()
          .int()
          .min(1)
          .max(limits.noticesPerList)
          .optional()
          .meta({ title: "每页条数 / notices a page", examples: [50] }),
      }),
      output: {
        type: "application/json",
        schema: z.array(noticeSchema),
        description: `As they stand at the instant, at most ${limits.noticesPerList}; where there are more, or ${limits.noticesSought} were looked through, a header Link with rel="next" has the address of what is behind them`,
      },
      failures: [],
      answer: async ({ at: instant = office.now(), after, words, state, board, newest, most }, response, _, caller) => {
        const views: NoticeView[] = [];
        const room = most ?? limits.noticesPerList;
        const further = (last: string) => {
          const next = new URLSearchParams({ at: isoOf(instant), after: last });
          const same = { words, state, board, newest: newest && "true", most };
          for (const [name, value] of Object.entries(same)) if (value) next.set(name, String(value));
          response.set("Link", `</api/v1/notices?${next}>; rel="next"`);
        };
        let [last, looked] = ["", 0];
        const find = { ...(newest && { newest }), ...(words && { words }) };
        for await (const view of office.notices(instant, after ?? null, find)) {
          // Of decades few may be what is asked for: who asks is told where to go on, instead of waiting for all.
          if (views.length === room || looked === limits.noticesSought) {
            further(last);
            break;
          }
          if (state !== undefined || board !== undefined) looked++;
          last = view.id;
          if (!view.displayable && !seesUnsigned(caller)) continue;
          if (state !== undefined && stateOf(view, instant) !== state) continue;
          if (board !== undefined && !view.boards.includes(board)) continue;
          views.push(view);
        }
        response.json(views.map(noticeJson));
      },
    }),
  ];
}
