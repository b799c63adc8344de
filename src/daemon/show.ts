/** Between delivery and the pages that play LCD boards: offers as bytes, addresses, the build that is served. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { addressOf, type Doors, doorkeeper, type Shows, showDoor } from "../api/index.ts";
import type { Site } from "../config/types.ts";
import { encodeProgramme } from "../message/index.ts";
import type { Delivery } from "../panels/delivery/index.ts";
import type { People } from "../people/index.ts";
import type { ShowSource } from "../preview/show-line.ts";
import { attachShow, type Show } from "../preview/show-server.ts";
import type { Store } from "../store/index.ts";
import type { ShowKeys } from "./show-keys.ts";
import type { Clock } from "../time/clock.ts";
import { utcOffsetMin } from "../time/zone.ts";

const deflateAsync = promisify(deflate);

export interface ShowParts {
  readonly site: Site;
  readonly clock: Clock;
  readonly clockId: string;
  readonly store: Pick<Store, "messages">;
  readonly delivery: Pick<Delivery, "pages">;
  readonly keys: ShowKeys;
}

export function showsOf({ store, delivery }: Pick<ShowParts, "store" | "delivery">): Shows {
  return {
    house: (board) => delivery.pages(board),
    // No store has test pictures.
    deflated: async ({ hash, bytes }) => (await store.messages.getDeflated(hash)) ?? deflateAsync(bytes),
  };
}

export function openShow(
  server: Server,
  { site, clock, clockId, delivery, keys }: ShowParts,
  asked: {
    readonly names: readonly string[];
    readonly doors: Doors;
    readonly people: People;
    readonly webFolder: string | null;
  },
): Show {
  const turned = doorkeeper(asked.names);
  const admits = showDoor(asked.doors, asked.people.mode);
  const show = attachShow(server, {
    turned: ({ headers }) => turned(headers),
    build: buildOf(asked.webFolder),
    async admits(request, board, key) {
      const wrong = await admits(request, board, key);
      if (wrong === null && key !== null) await keys.used(board, key);
      return wrong;
    },
    addressOf,
    clock: () => {
      const now = clock.now();
      return { now, clockId, utcOffsetMin: utcOffsetMin(site.zone, now) };
    },
    source: (id) => sourceOf(site, delivery, clock, id),
  });
  const forget = asked.people.onEnded(() => show.lookAgain());
  return {
    ...show,
    close() {
      forget();
      return show.close();
    },
  };
}

function sourceOf(site: Site, delivery: Pick<Delivery, "pages">, clock: Clock, id: string): ShowSource | null {
  const config = site.boards.find((board) => board.id === id);
  const house = delivery.pages(id);
  if (!config || !house) return null;
  const { name, shape, ledColour } = config;
  return {
    board: { id, name, shape, ledColour },
    join(visit, look) {
      const guest = house.join(visit, look);
      return (
        guest && {
          next() {
            const offer = guest.next();
            if (offer === null) return null;
            const { programme, dark } = offer;
            // `guest.next` has cleared it in this moment, and nothing waits between here and the line.
            return { dark, programme: programme && encodeProgramme(programme.wanted.programme) };
          },
          heard(report) {
            const heardAt = clock.now();
            guest.heard(report, { askedAt: report.sentAt, heardAt });
          },
          leave: () => guest.leave(),
        }
      );
    },
  };
}

/** Names the page that is served: its scripts have hashes in their names. "": none was built. */
export function buildOf(webFolder: string | null): string {
  if (webFolder === null) return "";
  try {
    return createHash("sha256")
      .update(readFileSync(join(webFolder, "show.html")))
      .digest("hex")
      .slice(0, 12);
  } catch {
    return "";
  }
}
