/** The page of one board as `boardcast show` serves it, on the LCD's own computer, from its own disk. */
import express, { type Express } from "express";
import type { MessageHash } from "../message/index.ts";
import { secured } from "./headers.ts";
import { doorkeeper } from "./visitors.ts";

export interface ShowHostOptions {
  readonly board: string;
  /** Where the built page is. */
  readonly webFolder: string;
  /** Canonical bytes; null: no such message. */
  message(hash: MessageHash): Promise<Uint8Array | null>;
}

export function createShowHost({ board, webFolder, message }: ShowHostOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.use(...secured());
  const turned = doorkeeper([]);
  // The messages are a board's, for its page: not for other sites' pages in the same browser.
  app.use(({ headers }, response, next) => {
    const status = turned(headers);
    if (status === null) next();
    else response.status(status).end();
  });
  const own = encodeURIComponent(board);
  app.get("/", (_, response) => response.redirect(302, `/show/${own}`));
  app.get(`/show/:board`, (request, response, next) => {
    if (request.params.board !== board) return next();
    response
      .set("Cache-Control", "no-cache")
      .sendFile("show.html", { root: webFolder }, (error) => error && next(error));
  });
  app.get("/api/v1/show/:board/messages/:hash", async (request, response, next) => {
    const { board: asked, hash } = request.params;
    const bytes = asked === board && /^[0-9a-f]{64}$/.test(hash) ? await message(hash) : null;
    if (bytes === null) return next();
    response.set("Cache-Control", "no-store").type("application/octet-stream").send(Buffer.from(bytes));
  });
  app.use("/assets", express.static(`${webFolder}/assets`, { immutable: true, maxAge: "365d", index: false }));
  app.get("/icon.svg", (_, response, next) =>
    response.sendFile("icon.svg", { root: webFolder }, (error) => error && next()),
  );
  app.use((_, response) => void response.status(404).end());
  return app;
}
