/**
 * Promise 5: the daemon killed (kill -9) at random moments. Its panels and the store outlive it; each restart puts things
 * right. BOARDCAST_LONG=1 takes 50 moments; an ordinary run takes 8, drawn anew each time.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, boardsOf, type DaemonProcess, getJson, kill, killAll, lit, run, until } from "./processes.ts";
import { allConfirmed, board, foundTown, messageOf, noticeFile, type Town } from "./town.ts";

/** Three lines as unlike as they come: fast and dialled, slow and dialled, dialling in. */
const boards = [
  { id: "T1", width: 64, height: 32, colour: "mono", line: "out" },
  { id: "T2", width: 96, height: 32, colour: "dual", line: "out", baud: 57_600 },
  { id: "T3", width: 96, height: 48, colour: "rgb", line: "in" },
] as const;
const ids = boards.map(({ id }) => id);

const isLong = process.env.BOARDCAST_LONG === "1";
/** How they are spread, half of each over a town of its own, side by side. */
const spread = isLong
  ? { start: 14, import: 12, upload: 12, activation: 12 }
  : { start: 2, import: 2, upload: 2, activation: 2 };
type Moment = keyof typeof spread;
const killsWanted = Object.values(spread).reduce((sum, some) => sum + some, 0);

// Which moments, in which order, is drawn anew each run; the number printed draws the same again.
const seed = Number(process.env.BOARDCAST_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let towns: readonly Town[] = [];
beforeAll(async () => {
  towns = await Promise.all([foundTown(boards), foundTown(boards)]);
});
afterAll(async () => {
  await killAll();
  for (const town of towns) await town.close();
});

/** Kills of an upload before its message was all there. */
let midway = 0;

/** One town's ordeal. */
function ordeal(town: Town, number: number) {
  let state = seed + number;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  /** Every notice that an import said it took. */
  const acknowledged = new Set<string>();
  let counter = 0;
  const stats = (id: string) => ask<{ bytesIn: number; activations: number }>(town.control(id), { do: "stats" });

  /** A new revision of what all boards show, so that there is something to upload to each. */
  async function showSomethingNew(repeatsLeast = 1): Promise<void> {
    counter++;
    const body = `第${counter}版 ${"停水通知请各户储水备用".repeat(repeatsLeast + Math.floor(random() * 3))}`;
    await town.withDesk(async (desk) => {
      const slip = { id: "K", title: `公告${counter}`, body, boards: ids };
      const { refused } = await desk.importText(noticeFile([slip]), "丙");
      expect(refused).toEqual([]);
      acknowledged.add("K");
    });
  }

  /** Many notices for later, by another process; resolves when it acknowledges them. */
  async function importMany(): Promise<void> {
    counter++;
    const from = Date.now() + 200 * 86_400_000;
    const slips = Array.from({ length: 25 }, (_, index) => ({
      id: `M${counter}-${index}`,
      title: `明年${index}`,
      boards: ids,
      from,
      until: from + 86_400_000,
    }));
    await town.withDesk(async (desk) => {
      const summary = await desk.importText(noticeFile(slips), "丙");
      expect([summary.added, summary.sealed, summary.refused]).toEqual([slips.length, slips.length, []]);
      for (const { id } of slips) acknowledged.add(id);
    });
  }

  /** Kills a running daemon at a random moment of this kind. */
  const strike: Record<Moment, (daemon: DaemonProcess) => Promise<void>> = {
    async start(daemon) {
      await kill(daemon.running.child);
      const { child } = run(town.program, "start", "--port", "0", "--config", town.config, "--data", town.data);
      await pause(random() * 700);
      await kill(child);
    },
    async import(daemon) {
      const importing = importMany();
      await pause(random() * 400);
      await kill(daemon.running.child);
      await importing;
    },
    async upload(daemon) {
      const before = await stats("T2");
      // Of several pages, so that most of the moments fall into the upload, and not behind it.
      await showSomethingNew(5);
      // The slow line is in the middle of it: so many bytes of the new message have come in; or all of a smaller one.
      const enough = before.bytesIn + 200 + random() * 1000;
      const now = await until(
        "an upload",
        () => stats("T2"),
        ({ bytesIn, activations }) => bytesIn >= enough || activations > before.activations,
      );
      await kill(daemon.running.child);
      if (now.activations === before.activations) midway++;
    },
    async activation(daemon) {
      const chosen = ids[Math.floor(random() * ids.length)] ?? "T1";
      const { activations } = await stats(chosen);
      await showSomethingNew();
      await until(
        "an activation",
        () => stats(chosen),
        (now) => now.activations > activations,
      );
      await kill(daemon.running.child);
    },
  };

  /** Every panel lights, and every fact says, what was worked out here; all that was acknowledged is there. */
  async function allIsWell(daemon: DaemonProcess, started: string): Promise<void> {
    const facts = await until(
      "all confirmed",
      () => boardsOf(daemon.url),
      (all) => allConfirmed(all, started),
    );
    const notices = await getJson<{ id: string; displayable: boolean }[]>(`${daemon.url}/api/v1/notices`);
    const there = new Set(notices.filter(({ displayable }) => displayable).map(({ id }) => id));
    expect([...acknowledged].filter((id) => !there.has(id))).toEqual([]);
    await town.withDesk(async (desk) => {
      for (const id of ids) {
        const { hash } = await messageOf(desk, "K", id);
        const { intended, confirmed, sent } = board(facts, id);
        expect([intended.message, sent?.message, confirmed?.message], id).toEqual([hash, hash, hash]);
        expect((await lit(town.control(id))).message, id).toBe(hash);
      }
    });
  }

  return async () => {
    await showSomethingNew();
    const moments = (Object.entries(spread) as [Moment, number][]).flatMap(([moment, times]) =>
      Array.from({ length: times / towns.length }, () => moment),
    );
    let kills = 0;
    for (;;) {
      const started = new Date().toISOString();
      const daemon = await town.start();
      await allIsWell(daemon, started);
      const [moment] = moments.splice(Math.floor(random() * moments.length), 1);
      if (moment === undefined) {
        expect(daemon.running.said.err).toBe("");
        return kills;
      }
      await strike[moment](daemon);
      kills++;
    }
  };
}

test(`kill -9 at ${killsWanted} random moments of start, import, upload and activation (seed ${seed})`, async () => {
  console.info(`kill: BOARDCAST_TEST_SEED=${seed}`);
  const kills = await Promise.all(towns.map((town, number) => ordeal(town, number)()));
  expect(kills.reduce((sum, some) => sum + some, 0)).toBe(killsWanted);
  expect(midway).toBeGreaterThan(0);
}, 600_000);
