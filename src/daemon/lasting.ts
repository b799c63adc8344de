/**
 * A daemon that starts anew, within this process, when a board was added, changed or retired from the page. Panels play on by
 * themselves meanwhile, pages connect again; what was done is in the store and in the file, as at any other start.
 */
import type { FirstAccount } from "../api/founding.ts";
import type { Site } from "../config/types.ts";
import { type Daemon, type DaemonOptions, startDaemon } from "./daemon.ts";
import { report } from "./ends.ts";

export interface Lasting extends Daemon {
  /** Rejects when it could not be started anew: whoever runs this process starts it again. */
  readonly lost: Promise<never>;
}

export type LastingOptions = Omit<DaemonOptions, "again" | "first"> & {
  /** What a start would find now: practice may have become an office meanwhile. */
  readonly placeNow: () => Promise<Place>;
  /** It has started anew. */
  readonly renewed?: (daemon: Daemon, site: Site) => void;
};
type Place = Pick<DaemonOptions, "site" | "folder"> & { readonly siteFile: string | null };

/** As `startDaemon` otherwise. */
export async function startLasting(options: LastingOptions): Promise<Lasting> {
  const { siteFile = null, placeNow: _, renewed, ...rest } = options;
  let place: Place = { site: options.site, folder: options.folder, siteFile };
  let lose: (error: unknown) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    lose = reject;
  });
  lost.catch(() => {});
  let isOver = false;
  let renewing: Promise<void> = Promise.resolve();
  const again = (first: FirstAccount | null = null) => {
    renewing = renewing.then(() => renew(first)).catch(lose);
  };
  const start = (startAt: number | null, first: FirstAccount | null = null) =>
    startDaemon({ ...rest, ...place, startAt, again, first });
  const first = await start(options.startAt);
  let current = first;
  // Any free port was asked for: the page that waits comes back to this one.
  const port = Number(new URL(first.url).port);

  const atPort = (one: Place): Place => {
    const { listen } = one.site;
    return listen.port === 0 ? { ...one, site: { ...one.site, listen: { ...listen, port } } } : one;
  };

  async function renew(first: FirstAccount | null): Promise<void> {
    if (isOver) return;
    const before = place;
    const now = await options.placeNow().catch(report);
    // Somebody wrote on the file at that moment: what runs goes on, and the next start says what is wrong.
    if (!now) return;
    await current.stop();
    place = atPort(now);
    try {
      current = await start(null, first);
      renewed?.(current, place.site);
    } catch (error) {
      // A port that somebody wrote into the file meanwhile may be taken: better with the boards of before than with none.
      report(error);
      place = atPort(before);
      current = await start(null);
    }
  }

  return {
    ...first,
    lost,
    async stop() {
      isOver = true;
      await renewing;
      await current.stop();
    },
  };
}
