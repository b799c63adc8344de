/** What stands above the schedules, over a real store; boards, clock and delivery are the test's. */
import type { BoardConfig } from "../../src/config/types.ts";
import { createDark, type Dark } from "../../src/daemon/dark.ts";
import { createMaintenance, type Maintenance, writeEnd } from "../../src/daemon/maintenance.ts";
import { Switchboard, systemDoer } from "../../src/daemon/switchboard.ts";
import type { BoardFacts, Wanted } from "../../src/panels/contract.ts";
import type { Caller, Role } from "../../src/people/index.ts";
import type { Store } from "../../src/store/index.ts";
import { type Office, openOffice } from "../ledger/chain.ts";
import { base, picture, wantedOf } from "../panels/town.ts";

export const minute = 60_000;

export function boardOf(id: string, change: Partial<BoardConfig> = {}): BoardConfig {
  return {
    id,
    name: `${id}屏`,
    place: `${id}门口`,
    model: "P10",
    device: "led",
    shape: { width: 32, height: 8, colour: "mono" },
    ledColour: "#ff0000",
    link: { kind: "tcp-out", host: "127.0.0.1", port: 9, address: 1 },
    hours: { fromMinute: 0, untilMinute: 1440, days: "everyday" },
    defaultLines: [id],
    custodian: "老周",
    ...change,
  };
}

export function callerOf(roles: readonly Role[], change: Partial<Caller> = {}): Caller {
  return {
    account: roles.join("+"),
    name: "张三",
    roles: new Set(roles),
    deputyOf: [],
    boards: null,
    via: "session",
    reads: true,
    ...change,
  };
}

/** One run of the daemon's part over the store; `again` is the next one. */
export class Running {
  readonly delivered: Wanted[] = [];
  readonly dark: Dark;
  readonly maintenance: Maintenance;
  readonly switchboard: Switchboard;
  /** Changes that were put on record because something ended. */
  ending: Promise<void> = Promise.resolve();
  /** Each time that orders were opened or closed: how each board of those that are open is done, by then. */
  readonly ordered: Promise<unknown>[] = [];
  readonly warnings = new Set<string>();
  readonly boards: readonly BoardConfig[];
  readonly time: { now: number; monotonicMs: number };

  constructor(
    store: Store,
    boards: readonly BoardConfig[],
    time: { now: number; monotonicMs: number },
    facts: (board: string) => BoardFacts,
  ) {
    this.boards = boards;
    this.time = time;
    const clock = { now: () => time.now };
    this.switchboard = new Switchboard({
      boards,
      clock,
      store: store.boards,
      deliver: (wanted) => void this.delivered.push(wanted),
      isWarning: (notice) => this.warnings.has(notice),
      ended: ({ board }, why, at) => {
        this.ending = this.ending.then(() => writeEnd(store, board, systemDoer, why, at));
      },
      changed: () => {},
    });
    const parts = {
      site: { boards, holdMs: 120 * minute, zone: "Asia/Shanghai" },
      store,
      clock,
      switchboard: this.switchboard,
    };
    const hows = async () => (await store.takedowns.open()).map(({ boards }) => boards.map(({ how }) => how));
    const quiet = { changed: () => {}, ordered: () => void this.ordered.push(hows()) };
    this.dark = createDark({ ...parts, facts, monotonicMs: () => time.monotonicMs, ...quiet });
    this.maintenance = createMaintenance(parts);
  }

  /** The newest that a board was given. */
  last(board = "B1"): Wanted | undefined {
    return this.delivered.filter((wanted) => wanted.board === board).at(-1);
  }
}

const fact: BoardFacts = {
  intended: { message: "", notice: null, at: base },
  sent: null,
  confirmed: null,
  faults: [],
  link: "connected",
};

export interface AboveOffice {
  readonly office: Office;
  readonly store: Store;
  readonly time: { now: number; monotonicMs: number };
  /** Read back as dark, by board. */
  readonly readBack: Map<string, number>;
  run(): Promise<Running>;
  /** Actions of the register about a board, oldest first, with who did them. */
  told(board: string): Promise<readonly string[]>;
}

const open: Office[] = [];
const runs: Running[] = [];
/** For `afterEach` of each file that opens some. */
export async function closeOffices(): Promise<void> {
  for (const { switchboard, ending, ordered } of runs.splice(0)) {
    switchboard.stop();
    await ending;
    await Promise.all(ordered);
  }
  for (const office of open.splice(0)) await office.close();
}

export async function aboveOffice(
  boards: readonly BoardConfig[] = [boardOf("B1"), boardOf("B2")],
): Promise<AboveOffice> {
  const office = await openOffice();
  open.push(office);
  const { store } = office;
  const time = { now: base, monotonicMs: 1000 };
  const readBack = new Map<string, number>();
  return {
    office,
    store,
    time,
    readBack,
    async run() {
      // Of a board for pages there is none.
      const pageless = new Set(boards.filter(({ link }) => link.kind === "browser").map(({ id }) => id));
      const facts = (board: string): BoardFacts => {
        const link = pageless.has(board) ? "waiting" : "connected";
        return { ...fact, link, dark: readBack.get(board) ?? null };
      };
      const running = new Running(store, boards, time, facts);
      runs.push(running);
      await running.switchboard.read();
      return running;
    },
    async told(board) {
      return (await store.ledger.about("register", board)).map(({ action, by }) => `${action} ${by}`);
    },
  };
}

export const plan = (board = "B1", notice = "N1") =>
  wantedOf([{ fromMs: 0, untilMs: 120 * minute, show: [[notice, picture(0x0f)]] }], { board });
