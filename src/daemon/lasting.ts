/**
 * A daemon that starts anew, within this process, when a board was added, changed or retired from the page. Panels play on by
 * themselves meanwhile, pages connect again; what was done is in the store and in the file, as at any other start.
 */
import type { Site } from "../config/types.ts";
import { type Daemon, type DaemonOptions, startDaemon } from "./daemon.ts";
import { report } from "./ends.ts";

export interface Lasting extends Daemon {
  /** Rejects when it could not be started anew: whoever runs this process starts it again. */
  readonly lost: Promise<never>;
}

/** `siteNow`: what the installation file says, read again. As `startDaemon` otherwise. */
export async function startLasting(
  options: Omit<DaemonOptions, "again"> & { readonly siteNow: () => Promise<Site> },
): Promise<Lasting> {
  let { site } = options;
  let lose: (error: unknown) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    lose = reject;
  });
  lost.catch(() => {});
  let isOver = false;
  let renewing: Promise<void> = Promise.resolve();
  const again = () => {
    renewing = renewing.then(renew).catch(lose);
  };
  const start = (startAt: number | null) => startDaemon({ ...options, site, startAt, again });
  const first = await start(options.startAt);
  let current = first;
  // Any free port was asked for: the page that waits comes back to this one.
  const port = Number(new URL(first.url).port);

  async function renew(): Promise<void> {
    if (isOver) return;
    const before = site;
    const now = await options.siteNow().catch(report);
    // Somebody wrote on the file at that moment: what runs goes on, and the next start says what is wrong.
    if (!now) return;
    await current.stop();
    site = now.listen.port === 0 ? { ...now, listen: { ...now.listen, port } } : now;
    try {
      current = await start(null);
    } catch (error) {
      // A port that somebody wrote into the file meanwhile may be taken: better with the boards of before than with none.
      report(error);
      site = before.listen.port === 0 ? { ...before, listen: { ...before.listen, port } } : before;
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
