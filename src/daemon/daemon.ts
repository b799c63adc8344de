/** Composes the stages and owns the order in which they start and stop. Nothing else coordinates. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FirstAccount } from "../api/founding.ts";
import type { Network } from "../api/network.ts";
import type { Site } from "../config/types.ts";
import type { Fault } from "../fault.ts";
import { newSecret } from "../people/index.ts";
import { holdFolder } from "../store/index.ts";
import { wallClock } from "../time/clock.ts";
import { type Desk, openDesk } from "./desk.ts";
import { openDoor } from "./door.ts";
import { type Again, createFounding, setUpFirst } from "./founding.ts";
import { recordInstalled } from "./installed.ts";
import { assertPracticeStaysHere } from "./mode.ts";
import { createNetwork } from "./network.ts";
import { listening, openPeople } from "./people.ts";
import { selfCommand } from "./self.ts";
import { openTls } from "./tls.ts";
import { type SimulatedPanels, startSimulatedPanels } from "./simulated-panels.ts";
import { Ends, report } from "./ends.ts";
import { run } from "./run.ts";

export interface DaemonOptions {
  readonly site: Site;
  /** Data folder; made if it is not there. */
  readonly folder: string;
  /** The installation file; null: none, as in practice. Without it there are no nightly backups. */
  readonly siteFile?: string | null;
  /** Starts the daemon anew, with what its installation file says then; null: whoever started it does. Absent: null. */
  readonly again?: Again | null;
  /** Where practice may put the installation file of an office that begins; absent, null: nowhere. */
  readonly newFile?: string | null;
  /** Whoever began this office, on the page of practice: set up as the first account. */
  readonly first?: FirstAccount | null;
  /** Practice only: move the practice clock here. */
  readonly startAt: number | null;
}

export interface Daemon {
  readonly url: string;
  /** Loopback ports of the simulated panels' control channels, by board. */
  readonly controlPorts: ReadonlyMap<string, number>;
  /** Where the first account is set up, while there is none; works once. */
  readonly setUpUrl: string | null;
  /** Only this computer is answered, though the installation file wants more: there are no accounts yet. */
  readonly held: boolean;
  readonly network: Network;
  /** Default pictures that the boards cannot show. */
  readonly unsigned: readonly Fault[];
  stop(): Promise<void>;
}

export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const ends = new Ends();
  try {
    return await compose(options, ends);
  } catch (error) {
    await ends.run();
    throw error;
  }
}

async function compose(options: DaemonOptions, ends: Ends): Promise<Daemon> {
  const { folder, siteFile = null, again = null, newFile = null, first = null } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const letGo = holdFolder(folder);
  if (letGo === null) throw folderInUse(folder);
  ends.add(letGo);
  // The port first: where it is taken, nothing else has begun.
  const { listen, held } = await listening(options.site, folder);
  const tlsFor = (at: Site["listen"]) =>
    openTls({ listen: at, folder, office: options.site.office, now: wallClock.now() });
  const tls = tlsFor(listen);
  const door = await openDoor(listen, tls);
  ends.add(door.close);

  const starting = options.site.practice
    ? startSimulatedPanels(options.site.boards, join(folder, "pty"), selfCommand(), report)
    : null;
  const [panels, opened] = await Promise.allSettled([starting, openDesk({ ...options, unread: true })]);
  if (opened.status === "fulfilled") ends.add(() => opened.value.close());
  if (panels.status === "fulfilled") ends.add(() => panels.value?.stop());
  for (const one of [panels, opened]) if (one.status === "rejected") throw one.reason;
  const desk = (opened as PromiseFulfilledResult<Desk>).value;
  const simulated = (panels as PromiseFulfilledResult<SimulatedPanels | null>).value;

  const boards = options.site.boards.map((board) => ({ ...board, link: simulated?.links.get(board.id) ?? board.link }));
  if (options.site.practice) assertPracticeStaysHere(boards, folder);
  const site = { ...options.site, boards };
  await recordInstalled(desk.store, options.site);
  const people = await openPeople({ site, folder, store: desk.store, clock: desk.clock });
  // Before anybody is answered: who began this office signs in with the first answer.
  const link = await people.passwords.setUpLink();
  if (link && first) await setUpFirst(people, link.path, first);
  const key = newSecret();
  const network = createNetwork({ listen, held, alone: site.review === "none", tls, tlsFor, url: door.url });
  const opening = { network, site, desk, simulated, door, ends, people, folder, siteFile, again };
  const founding = createFounding({ site, newFile, again });
  const running = await run({ ...opening, founding, consoleKey: key });
  const place = join(folder, "daemon.json");
  const controlPorts = simulated?.controlPorts ?? new Map<string, number>();
  const said = {
    url: door.here,
    pid: process.pid,
    clockId: desk.clockId,
    panels: Object.fromEntries(controlPorts),
    key,
  };
  writeFileSync(place, JSON.stringify(said), { mode: 0o600 });
  ends.add(() => rmSync(place, { force: true }));
  const setUpUrl = link && !first ? `${door.here}${link.path}` : null;
  return { url: running.url, controlPorts, setUpUrl, held, network, unsigned: desk.unsigned, stop: () => ends.run() };
}

function folderInUse(folder: string): Error {
  const what = `${folder}: 已有一个守护进程在用这个数据文件夹 / a daemon is using this data folder already`;
  return Object.assign(new Error(what), { code: "EALREADY" });
}
