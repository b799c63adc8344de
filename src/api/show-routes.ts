/** What LCD pages ask, and who gives them their link. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { People } from "../people/index.ts";
import type { Office } from "./office.ts";
import { isoOf } from "./people-schemas.ts";
import { ProblemError } from "./problem.ts";
import { seesLines } from "./redact.ts";
import { boardConfig, type Route, route } from "./route.ts";
import { otherBoard, type Shows } from "./show.ts";
import { pageSchema, showLinkSchema } from "./show-schemas.ts";

const nothing = z.strictObject({});
const boardId = z
  .string()
  .max(limits.queryChars)
  .meta({ title: "公开栏 / board", examples: ["B4"] });
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ title: "版面 / message", examples: ["0".repeat(64)] });
const days = z
  .int()
  .min(1)
  .max(limits.tokenDays)
  .default(limits.tokenDays)
  .meta({ title: "有效天数 / days", examples: [limits.tokenDays] });

export function showRoutes(office: Office, shows: Shows, { tokens, wall }: People): readonly Route[] {
  const house = (board: string) => {
    boardConfig(office, board);
    const found = shows.house(board);
    if (found === null) throw notForPages(board);
    return found;
  };
  return [
    route({
      path: "/api/v1/show/{board}/messages/{hash}",
      access: "reader",
      scope: "show",
      summary: "A message for the page that plays a board: only of what it has been offered, and may be lit now",
      params: z.strictObject({ board: boardId, hash }),
      query: nothing,
      output: { type: "application/octet-stream", schema: z.string(), description: "Canonical bytes, deflated" },
      failures: [401, 403, 404],
      answer: async ({ board, hash: name }, response, _, caller) => {
        const refused = otherBoard(caller, board);
        if (refused !== null) throw refused;
        const message = house(board).message(name);
        if (message === null) throw notOffered(board);
        const bytes = Buffer.from(await shows.deflated(message));
        response.set("Content-Encoding", "deflate").type("application/octet-stream").send(bytes);
      },
    }),
    route({
      path: "/api/v1/boards/{id}/pages",
      access: "reader",
      summary: "The pages that play a board, each with what it was last found to light",
      params: z.strictObject({ id: boardId }),
      query: nothing,
      output: { type: "application/json", schema: z.array(pageSchema), description: "In the order of their coming" },
      failures: [401, 404],
      answer: ({ id }, response, _, caller) => {
        const lines = seesLines(caller);
        const pages = house(id).pages();
        response.json(
          pages.map(({ from, since, seenAt, state }) => {
            const times = { since: isoOf(since), seenAt: seenAt === null ? null : isoOf(seenAt) };
            return { from: lines ? from : "…", ...times, state };
          }),
        );
      },
    }),
    route({
      path: "/api/v1/boards/{id}/show-link",
      method: "post",
      access: ["administrator"],
      scope: null,
      summary: "A link with a key of its own, for the computer of the board's LCD; shown this once",
      params: z.strictObject({ id: boardId }),
      query: nothing,
      body: z.strictObject({ days }),
      output: { type: "application/json", schema: showLinkSchema, description: "To be opened there" },
      failures: [401, 404, 409],
      answer: async ({ id, days: wanted }, response, _, { account }) => {
        house(id);
        const expiresAt = wall.now() + wanted * 86_400_000;
        const wish = { name: `LCD ${id}`, scopes: [`show:${id}`] as const, expiresAt };
        const { token, secret } = await tokens.add(account, wish);
        const path = `/show/${encodeURIComponent(id)}#key=${secret}`;
        response.set("Cache-Control", "no-store").json({ path, id: token.id, expiresAt: isoOf(token.expiresAt) });
      },
    }),
  ];
}

function notForPages(board: string): ProblemError {
  return new ProblemError(404, {
    where: "path",
    what: { zh: `公开栏 ${board} 不由浏览器播放`, en: `the board ${board} is not played by pages` },
    remedy: {
      zh: "安装文件里 link 写 kind: browser 才是。",
      en: "It is with link: { kind: browser } in the installation file.",
    },
  });
}

function notOffered(board: string): ProblemError {
  return new ProblemError(404, {
    where: "path hash",
    what: { zh: "没有这个版面可给这块屏", en: "there is no such message for this board now" },
    remedy: {
      zh: `打开 /show/${board}\uff0c由页面自己来取。`,
      en: `Open /show/${board}: the page asks for what it needs.`,
    },
  });
}
