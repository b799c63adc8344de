/** Panels, lines and the daemon itself failing one by one: what each does alone, and that the others do not notice. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ask, boardsOf, type DaemonProcess, getJson, kill, killAll, type Lit, lit, until } from "./processes.ts";
import { allConfirmed, board, foundTown, messageOf, noticeFile, type Town } from "./town.ts";

// Many processes on few cores: patience, not a measure.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const boards = [
  { id: "L1", width: 64, height: 32, colour: "mono", line: "out" },
  { id: "L2", width: 64, height: 32, colour: "dual", line: "in" },
  { id: "L3", width: 64, height: 32, colour: "mono", line: "out", baud: 57_600 },
  { id: "L4", width: 64, height: 32, colour: "mono", line: "dead" },
] as const;
const alive = ["L1", "L2", "L3"];

let town: Town;
let daemon: DaemonProcess;
let counter = 0;
beforeAll(async () => {
  town = await foundTown(boards);
  daemon = await town.start();
});
afterAll(async () => {
  await killAll();
  await town.close();
});

const living = async () => (await boardsOf(daemon.url)).filter(({ id }) => alive.includes(id));
const now = () => new Date().toISOString();

/** Signed for all boards, and more urgent than what they showed before. */
async function show(id: string, more: { readonly until?: number } = {}): Promise<void> {
  counter++;
  await town.withDesk(async (desk) => {
    const slip = {
      id,
      title: `标题${counter}`,
      body: `第${counter}条${"公告".repeat(20)}`,
      boards: ["L1", "L2", "L3", "L4"],
    };
    const { refused, sealed } = await desk.importText(noticeFile([{ ...slip, priority: 9 - counter, ...more }]), "丙");
    expect([refused, sealed]).toEqual([[], 1]);
  });
}

async function confirmed(notice: string): Promise<void> {
  await until(`${notice} confirmed`, living, (all) =>
    all.every((one) => one.confirmed?.notice === notice && one.confirmed.message === one.intended.message),
  );
}

/** Prometheus counters of one board. */
async function counters(id: string): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`${daemon.url}/metrics`)).text();
  const found = [...text.matchAll(/^boardcast_link_(\w+)_total\{board="(\w+)"\} (\S+)$/gm)];
  return Object.fromEntries(
    found.filter(([, , of]) => of === id).map(([, name = "", , value]) => [name, Number(value)]),
  );
}

beforeEach(async () => {
  await until("all well", living, (all) => allConfirmed(all, ""));
});

test("a dead panel (accepts, never answers) delays no other, and says what it is", async () => {
  const before = await counters("L1");
  await show("A");
  await confirmed("A");
  // Whoever waits for it in vain says so after a second; the others may be done before that.
  const facts = await until(
    "no answer",
    async () => board(await boardsOf(daemon.url), "L4"),
    ({ faults }) => faults.some(({ code }) => code === "link/no-answer"),
  );
  expect([facts.sent, facts.confirmed]).toEqual([null, null]);
  expect(facts.intended.notice).toBe("A");
  const after = await counters("L1");
  expect(after.timeouts).toBe(before.timeouts);
  expect(after.activations).toBe((before.activations ?? 0) + 1);
});

test("a power-cycled panel is bare, is found bare, and gets its content back", async () => {
  await show("B");
  await confirmed("B");
  const others = await counters("L2");
  const before = await lit(town.control("L1"));
  expect(before.why).toBe("turn");
  await ask(town.control("L1"), { do: "power-cycle" });
  const bare = await lit(town.control("L1"));
  expect(bare.bootId).not.toBe(before.bootId);
  const again = await until(
    "content",
    () => lit(town.control("L1")),
    (light) => light.why === "turn",
  );
  expect([again.message, again.bootId]).toEqual([before.message, bare.bootId]);
  const since = now();
  await until("confirmed again", living, (all) => allConfirmed(all, since));
  expect((await counters("L2")).activations).toBe(others.activations);
});

test.each(["L1", "L2"])("a panel process killed and started again (%s) gets its content back", async (id) => {
  const before = await lit(town.control(id));
  await town.restartPanel(id);
  const since = now();
  const again = await until(
    "content",
    () => lit(town.control(id)),
    (light) => light.why === "turn",
  );
  expect(again.message).toBe(before.message);
  expect(again.bootId).not.toBe(before.bootId);
  await until("confirmed again", living, (all) => allConfirmed(all, since));
});

test("a panel process cut off in the middle of an upload goes on by itself", async () => {
  const { activations } = await counters("L1");
  const { connections } = await counters("L3");
  await ask(town.control("L3"), { do: "cut-after", bytes: 700 });
  await show("C");
  await confirmed("C");
  expect((await counters("L3")).connections).toBe((connections ?? 0) + 1);
  expect((await counters("L1")).activations).toBe((activations ?? 0) + 1);
});

test("withdrawn: gone from every panel, the past unchanged", async () => {
  await show("D");
  await confirmed("D");
  const at = Date.now();
  const past = async () => (await fetch(`${daemon.url}/api/v1/boards/L1/frame.txt?at=${at}`)).text();
  const before = await past();
  expect(before).toMatch("@");
  await town.withDesk((desk) => desk.store.notices.withdraw("D", desk.clock.now()));
  await until(
    "withdrawn",
    () => Promise.all(alive.map((id) => lit(town.control(id)))),
    (lights) => lights.every((light) => light.why === "turn"),
  );
  await until("its successor", living, (all) => all.every((one) => one.confirmed?.notice !== "D"));
  for (const id of alive) {
    const hash = await town.withDesk(async (desk) => (await messageOf(desk, "D", id)).hash);
    expect((await lit(town.control(id))).message).not.toBe(hash);
  }
  expect(await past()).toBe(before);
  const notices = await getJson<{ id: string; state: string }[]>(`${daemon.url}/api/v1/notices`);
  expect(notices.find(({ id }) => id === "D")?.state).toBe("withdrawn");
});

test("SIGTERM ends the daemon and leaves the panels their programme", async () => {
  const before = await lit(town.control("L1"));
  daemon.running.child.kill("SIGTERM");
  expect(await daemon.running.ended).toBe(0);
  expect((await lit(town.control("L1"))).programme).toBe(before.programme);
  daemon = await town.start();
});

describe("the daemon killed for good", () => {
  /** Moves the panel's own clock to shortly before an instant and watches it pass: frames before it, and from it on. */
  async function watch(id: string, at: number): Promise<{ before: Lit[]; after: Lit[] }> {
    const { panelTime } = await lit(town.control(id));
    await ask(town.control(id), { do: "skew", ms: at - 300 - panelTime });
    const seen: Lit[] = [];
    await until(
      "the instant",
      async () => {
        const light = await lit(town.control(id));
        seen.push(light);
        return light.panelTime;
      },
      (time) => time > at + 200,
    );
    return {
      before: seen.filter((light) => light.panelTime < at),
      after: seen.filter((light) => light.panelTime >= at),
    };
  }

  test("a panel plays on, drops what expires at the second, and is dark from its horizon on", async () => {
    // Whole minutes, as import files have them; within the hold.
    const expires = Math.ceil(Date.now() / 60_000) * 60_000 + 30 * 60_000;
    await show("E", { until: expires });
    await confirmed("E");
    const e = await town.withDesk(async (desk) => (await messageOf(desk, "E", "L1")).hash);
    await kill(daemon.running.child);
    const alone = await lit(town.control("L1"));
    expect(alone.message).toBe(e);

    const expiry = await watch("L1", expires);
    expect(new Set(expiry.before.map(({ message }) => message))).toEqual(new Set([e]));
    for (const { message, why } of expiry.after) expect([message, why]).not.toContain(e);
    expect(expiry.after.every(({ why }) => why === "turn")).toBe(true);

    // The programme was made for two hours from some moment of the last minute.
    const latest = Date.now() + 2 * 3_600_000;
    const dark = Buffer.alloc((64 * 32) / 8).toString("base64");
    await ask(town.control("L1"), { do: "skew", ms: latest - 90_000 - (await lit(town.control("L1"))).panelTime });
    expect((await lit(town.control("L1"))).why).toBe("turn");
    await ask(town.control("L1"), { do: "skew", ms: 90_000 });
    const ended = await lit(town.control("L1"));
    expect([ended.why, ended.message, ended.pixels]).toEqual(["blank", null, dark]);
  });
});
