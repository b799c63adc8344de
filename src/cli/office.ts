/** An API to ask: the running daemon's where there is one, else one of this process over the data folder, else over the fixtures. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Site } from "../config/types.ts";
import type { Desk } from "../daemon/index.ts";
import { type ApiClient, connectTo, instantOption, runningDaemon } from "./client.ts";
import { findPlace, type Place, type PlaceOptions } from "./place.ts";
import { Refusal } from "./say.ts";

/** What a verb asks of one board. */
export interface AboutBoard {
  readonly board: string;
  readonly at?: string | undefined;
}

/**
 * Hands `use` a client and takes down afterwards whatever was put up for it. `about`: a slip in it is told before an office
 * is opened for it, and of practice no more is made than it needs.
 */
export async function withApi<T>(
  options: PlaceOptions,
  use: (client: ApiClient) => Promise<T>,
  about?: AboutBoard,
): Promise<T> {
  const place = await findPlace(options);
  const running = await runningDaemon(place.folder);
  if (running !== null) return use(running);
  if (about !== undefined) await refuseSlips(about, place.site);
  return withDesk(
    place,
    async (desk) => {
      const [api, daemon] = await Promise.all([import("../api/index.ts"), import("../daemon/index.ts")]);
      const { calendarRoutes, createApi, keyDoors, ledgerRoutes, outlookRoutes, publicityRoutes } = api;
      const { catalogueRoutes, issueRoutes } = api;
      const { calendarOf, deskOffice, ledgerOf, openCatalogue, openIssues, outlookOffice, Publicity } = daemon;
      // Nobody else of this computer is answered meanwhile.
      const key = randomBytes(32).toString("base64url");
      const doors = keyDoors(key);
      const office = deskOffice(desk);
      const routes = [
        ...ledgerRoutes(office, ledgerOf(desk)),
        ...calendarRoutes(calendarOf(desk)),
        ...publicityRoutes(new Publicity(desk)),
        ...catalogueRoutes(openCatalogue(desk, () => desk.book.reload())),
        ...issueRoutes(openIssues(desk)),
        ...outlookRoutes(office, outlookOffice({ ...desk, run: () => null })),
      ];
      const server = createServer(createApi(office, { webFolder: null, metrics: async () => "", doors, routes }));
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(0, "127.0.0.1", resolve);
      });
      try {
        const client = await connectTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, key);
        if (client === null) throw new Error("this process does not answer itself");
        return await use(client);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    },
    about?.board,
  );
}

/** In the words that the API has for them. */
async function refuseSlips({ board, at }: AboutBoard, { boards, zone }: Site): Promise<void> {
  instantOption(at, zone, 0);
  if (boards.some(({ id }) => id === board)) return;
  const { noBoard } = await import("../api/route.ts");
  const known = boards.map(({ id }) => id);
  for (const { what, remedy } of noBoard(board, known).mistakes) throw new Refusal(what, remedy);
}

/**
 * The office's data without a daemon: its folder if it has one, else a passing folder that reading leaves no trace in.
 * `board`: the only one that is asked about.
 */
export async function withDesk<T>(place: Place, use: (desk: Desk) => Promise<T>, board?: string): Promise<T> {
  // Loaded here, not above: the daemon is most of the program, and asking a running one needs none of it.
  const { openDesk } = await import("../daemon/index.ts");
  const passing = existsSync(join(place.folder, "boardcast.db")) ? null : await mkdtemp(join(tmpdir(), "boardcast-"));
  try {
    const only = passing !== null && place.site.practice ? board : undefined;
    const desk = await openDesk({
      site: place.site,
      folder: passing ?? place.folder,
      startAt: null,
      ...(only !== undefined && { only }),
    });
    try {
      return await use(desk);
    } finally {
      await desk.close();
    }
  } finally {
    if (passing !== null) await rm(passing, { recursive: true, force: true });
  }
}
