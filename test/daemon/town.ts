/** A small town on real sockets: an installation file, panels that outlive the daemon, and notices signed for now. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Desk, openDesk } from "../../src/daemon/index.ts";
import { loadSite } from "../../src/config/read.ts";
import type { Site } from "../../src/config/types.ts";
import type { Message } from "../../src/message/index.ts";
import { createTypesetter } from "../../src/typeset/index.ts";
import { typeset } from "../../src/typeset/typeset.ts";
import { builtProgram } from "../built.ts";
import {
  type BoardJson,
  boardsOf,
  type DaemonProcess,
  kill,
  type PanelProcess,
  startDaemonProcess,
  startPanel,
} from "./processes.ts";

export interface TownBoard {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly colour: "mono" | "dual" | "rgb";
  /** `in`: the panel dials us. `dead`: somebody accepts, and never answers. */
  readonly line: "out" | "in" | "dead";
  /** Paced like a wire of this speed. */
  readonly baud?: number;
}

export interface Town {
  readonly program: string;
  readonly folder: string;
  readonly config: string;
  readonly data: string;
  readonly site: Site;
  readonly panels: ReadonlyMap<string, PanelProcess>;
  control(board: string): number;
  /** Starts the panel of a board where it was, as after a power cut that took its process. */
  restartPanel(board: string): Promise<void>;
  start(): Promise<DaemonProcess>;
  /** The office's data, opened by this process: another one than the daemon's. */
  withDesk<T>(use: (desk: Desk) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Of all desks that a test opens: each by itself would begin a thread, and read all fonts, for one notice. */
const typesetter = createTypesetter();

export async function foundTown(boards: readonly TownBoard[], hold = "2h"): Promise<Town> {
  const program = await builtProgram();
  const folder = await mkdtemp(join(tmpdir(), "boardcast-town-"));
  const panels = new Map<string, PanelProcess>();
  const ports = new Map<string, number>();
  const dead = createServer((socket) => void socket.on("error", () => {}).resume());
  await new Promise<void>((resolve) => dead.listen(0, "127.0.0.1", resolve));
  const start = async (board: TownBoard) => {
    if (board.line === "dead") {
      ports.set(board.id, (dead.address() as AddressInfo).port);
      return;
    }
    const known = ports.get(board.id);
    const port = known ?? (board.line === "in" ? await freePort() : 0);
    const where = board.line === "in" ? ["--connect", `tcp:127.0.0.1:${port}`] : ["--listen", `tcp:${port}`];
    const pace = board.baud === undefined ? [] : ["--baud", `${board.baud}`];
    const size = `${board.width}x${board.height}:${board.colour}`;
    const panel = await startPanel(program, ...where, "--size", size, "--id", board.id, ...pace);
    panels.set(board.id, panel);
    ports.set(board.id, board.line === "in" ? port : panel.port);
  };
  await Promise.all(boards.map(start));
  const config = join(folder, "boardcast.yaml");
  await writeFile(config, installation(boards, ports, hold));
  const data = join(folder, "data");
  await mkdir(data, { mode: 0o700 });
  const site = await loadSite(config);
  return {
    program,
    folder,
    config,
    data,
    site,
    panels,
    control: (board) => panels.get(board)?.control ?? 0,
    async restartPanel(id) {
      const board = boards.find((one) => one.id === id);
      const panel = panels.get(id);
      if (panel) await kill(panel.running.child);
      if (board) await start(board);
    },
    start: () => startDaemonProcess(program, "--config", config, "--data", data),
    async withDesk(use) {
      const desk = await openDesk({ site, folder: data, startAt: null, typesetter });
      try {
        return await use(desk);
      } finally {
        await desk.close();
      }
    },
    async close() {
      for (const panel of panels.values()) await kill(panel.running.child);
      await new Promise((resolve) => {
        dead.close(resolve);
        dead.unref();
      });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function installation(boards: readonly TownBoard[], ports: ReadonlyMap<string, number>, hold: string): string {
  const entries = boards.map(({ id, width, height, colour, line }) => {
    const port = ports.get(id);
    const link =
      line === "in" ? `{ kind: tcp-in, port: ${port} }` : `{ kind: tcp-out, host: 127.0.0.1, port: ${port} }`;
    return `  - id: ${id}
    name: ${id}
    place: p
    device: led
    panel: { width: ${width}, height: ${height}, colour: ${colour} }
    link: ${link}
    default: [待机${id}]`;
  });
  return `office: 小镇\nreview: none\nhold: ${hold}\ncalendar: { kind: none }\nboards:\n${entries.join("\n")}\n`;
}

export interface Slip {
  readonly id: string;
  readonly title: string;
  readonly boards: readonly string[];
  /** Milliseconds since 1970; default: from a minute ago for a day. */
  readonly from?: number;
  readonly until?: number;
  readonly priority?: number;
  readonly body?: string;
}

/** An import file of slogans that play all the time while they last. */
export function noticeFile(slips: readonly Slip[]): string {
  const civil = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
  const notices = slips.map(({ id, title, boards, from, until, priority, body }) => ({
    id,
    title,
    category: "宣传标语",
    openness: "主动公开",
    fiveOpen: null,
    displayKind: "slogan",
    formedOn: "2017-01-03",
    body: body ?? title,
    from: civil(from ?? Date.now() - 60_000),
    until: civil(until ?? Date.now() + 86_400_000),
    rotation: { cron: "* * * * *", slotMinutes: 1, calendar: "everyday", tz: "Asia/Shanghai" },
    boards,
    priority: priority ?? 5,
    signature: { org: "小镇", date: "2017-01-03" },
    review: { state: "approved", secrecyFormNo: "1", makerId: "P01", signerId: "P03", signedAt: "2017-01-03T10:30" },
    track: "屏幕服务",
  }));
  return JSON.stringify({ meta: { timezone: "Asia/Shanghai" }, notices });
}

/** What a board must light for a notice, worked out here and not asked of the daemon. */
export async function messageOf(desk: Desk, notice: string, board: string): Promise<Message> {
  const record = (await desk.store.notices.get(notice)) ?? null;
  const shape = desk.site.boards.find((one) => one.id === board)?.shape;
  if (!record || !shape) throw new Error(`no ${notice} on ${board}`);
  const { from, until } = record.schedule;
  const set = typeset({ notice, content: record.content, shape, zone: desk.site.zone, window: { from, until } });
  if (!set.ok) throw new Error(JSON.stringify(set.faults));
  return set.message;
}

export function board(boards: readonly BoardJson[], id: string): BoardJson {
  const found = boards.find((one) => one.id === id);
  if (!found) throw new Error(`no board ${id}`);
  return found;
}

/** Every board's panel has been read back with what is intended for it now, since `after`. */
export function allConfirmed(boards: readonly BoardJson[], after: string): boolean {
  return boards.every(
    ({ confirmed, intended }) => confirmed !== null && confirmed.at > after && confirmed.message === intended.message,
  );
}

export { boardsOf };

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
