/** Composes the stages and owns the order in which they start and stop. Nothing else coordinates. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createTask } from "node-cron";
import { createApi } from "../api/index.ts";
import { assetFolder } from "../config/assets.ts";
import type { Site } from "../config/types.ts";
import { createDelivery } from "../panels/delivery/index.ts";
import { attachPreview } from "../preview/server.ts";
import { type Desk, openDesk } from "./desk.ts";
import { createMetrics } from "./metrics.ts";
import { createOffice } from "./office.ts";
import { createPlanner } from "./planner.ts";
import { selfCommand } from "./self.ts";
import { type SimulatedPanels, startSimulatedPanels } from "./simulated-panels.ts";

export interface DaemonOptions {
  readonly site: Site;
  /** Data folder; made if it is not there. */
  readonly folder: string;
  /** Practice only: move the practice clock here. */
  readonly startAt: number | null;
}

export interface Daemon {
  readonly url: string;
  /** Loopback ports of the simulated panels' control channels, by board. */
  readonly controlPorts: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** How often the store is asked whether another process (an `import`) has written to it. */
const lookEveryMs = 1000;

export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { folder } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [simulated, desk] = await Promise.all([
    options.site.practice ? startSimulatedPanels(options.site.boards, join(folder, "pty"), selfCommand()) : null,
    openDesk(options),
  ]);
  try {
    return await serve(options, desk, simulated);
  } catch (error) {
    simulated?.stop();
    await desk.close();
    throw error;
  }
}

async function serve(options: DaemonOptions, desk: Desk, simulated: SimulatedPanels | null): Promise<Daemon> {
  const { clock, book, programmes } = desk;
  const boards = options.site.boards.map((board) => ({ ...board, link: simulated?.links.get(board.id) ?? board.link }));
  const site = { ...options.site, boards };
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const seals = { verdict: (notice: string) => book.verdict(notice) };
  const delivery = createDelivery({ boards, seals, clock, listenHost: site.listen.host, changed });
  const planner = createPlanner(site, clock, programmes, (wanted) => delivery.want(wanted), changed);
  const office = createOffice({
    ...desk,
    site,
    messages: desk.store.messages,
    linkNotes: simulated?.notes ?? new Map(),
    playing: (board) => planner.playing(board),
    facts: (board) => delivery.facts(board),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  await planner.look(true);

  const api = createApi(office, {
    webFolder: assetFolder("web"),
    metrics: createMetrics(office, delivery),
    onError: (error) => console.error(error),
  });
  const server = createServer(api);
  const preview = attachPreview(server, office);
  const url = await listen(server, site.listen);
  const stopHeart = startHeart(
    desk,
    () => planner.look(),
    () => planner.look(true),
  );
  const place = join(options.folder, "daemon.json");
  const panels = Object.fromEntries(simulated?.controlPorts ?? []);
  writeFileSync(place, JSON.stringify({ url, pid: process.pid, panels }), { mode: 0o600 });

  return {
    url,
    controlPorts: simulated?.controlPorts ?? new Map(),
    async stop() {
      stopHeart();
      rmSync(place, { force: true });
      await preview.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await delivery.stop();
      simulated?.stop();
      await desk.close();
    },
  };
}

/** One heartbeat a minute decides from state what is due; a look each second finds what other processes have written. */
function startHeart(desk: Desk, look: () => Promise<void>, lookAtAll: () => Promise<void>): () => void {
  const failed = (error: unknown) => console.error(error);
  const heartbeat = createTask("* * * * *", () => look().catch(failed));
  void heartbeat.start();
  let seen: number | null = null;
  const timer = setInterval(async () => {
    try {
      const version = await desk.store.version();
      if (seen !== null && version !== seen) {
        await desk.book.reload();
        await lookAtAll();
      }
      seen = version;
    } catch (error) {
      failed(error);
    }
  }, lookEveryMs);
  return () => {
    clearInterval(timer);
    void heartbeat.destroy();
  };
}

function listen(server: Server, { host, port }: Site["listen"]): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo;
      resolve(`http://${host.includes(":") ? `[${host}]` : host}:${taken}/`);
    });
  });
}
