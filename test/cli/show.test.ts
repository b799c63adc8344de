/** `boardcast show`, without a network: what lies on the disk, whose clock counts, what the page is handed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HostClock } from "../../src/cli/show/host-clock.ts";
import { Keep } from "../../src/cli/show/keep.ts";
import { Relay } from "../../src/cli/show/relay.ts";
import { encodeProgramme, lookup, programmeId } from "../../src/message/index.ts";
import type { MessageHash } from "../../src/message/types.ts";
import type { Wanted } from "../../src/panels/contract.ts";
import type { ShowGuest, ShowOffer } from "../../src/preview/show-line.ts";
import type { ShowReport, ShowState } from "../../src/preview/show-types.ts";
import { base, picture, shape, wantedOf } from "../panels/town.ts";

const hour = 3_600_000;
const [red, blue] = [picture(0x0f), picture(0xf0)];
const showing = (message = red, untilMs = hour) => wantedOf([{ fromMs: 0, untilMs, show: [["R1", message]] }]);
const stateOf = (wanted: Wanted | null, change: Partial<ShowState> = {}): ShowState => ({
  ...{ v: 1, build: "b", clockId: "c", now: base, utcOffsetMin: 480, dark: false, awaySince: null, blind: false },
  board: { id: "B1", name: "大厅", shape, ledColour: null },
  programme: wanted && Buffer.from(encodeProgramme(wanted.programme)).toString("base64"),
  ...change,
});

let folder = "";
const time = { wall: 0, monotonic: 0 };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "boardcast-show-"));
  Object.assign(time, { wall: 1e12, monotonic: 1000 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const parts = { wall: () => time.wall, monotonic: () => time.monotonic };

/** The LCD's computer, started once; its daemon has `there`. */
async function start(there: readonly (typeof red)[] = [red, blue]) {
  const keep = new Keep(folder);
  await keep.open();
  const clock = new HostClock(parts, await keep.readClock());
  const fetched: MessageHash[] = [];
  const reports: ShowReport["report"][] = [];
  const failures: unknown[] = [];
  const relay = new Relay({
    ...{ board: "B1", keep, clock, report: (one) => void reports.push(one), failed: (one) => void failures.push(one) },
    async fetchMessage(hash) {
      fetched.push(hash);
      const found = there.find((one) => one.hash === hash);
      if (!found) throw new Error("404");
      return found.bytes;
    },
  });
  await relay.open();
  let offers: ShowOffer[] = [];
  const guest = relay.source.join({ id: "p", from: "127.0.0.1" }, () => look()) as ShowGuest;
  const look = () => {
    const next = guest.next();
    if (next) offers = [...offers, next];
  };
  look();
  const take = async (state: ShowState) => {
    relay.take(state);
    await relay.staged;
  };
  const hear = (now: number) => {
    clock.heard(now, time.monotonic - 4, time.monotonic);
    relay.heard(now);
  };
  /** What the page was told last of each thing. */
  const page = () => {
    const programme = offers.findLast((one) => one.programme !== null)?.programme ?? null;
    return { ...offers.at(-1), programme };
  };
  return { keep, clock, relay, fetched, reports, failures, guest, take, hear, page, look };
}
const bytesOf = ({ programme }: Wanted) => Buffer.from(encodeProgramme(programme));
const pass = (ms: number) => {
  time.wall += ms;
  time.monotonic += ms;
};
/** The power is gone and back: the monotonic clock begins anew. */
const reboot = (awayMs: number) => {
  time.wall += awayMs;
  time.monotonic = 10;
};

describe("with the daemon there", () => {
  test("the page is handed a programme when all of its messages are on the disk, and its messages from there", async () => {
    const host = await start();
    host.hear(base);
    expect(host.page().programme).toBeNull();
    await host.take(stateOf(showing()));
    expect(Buffer.from(host.page().programme ?? []).equals(bytesOf(showing()))).toBe(true);
    expect(host.page()).toMatchObject({ dark: false, awaySince: null, blind: false });
    expect(Buffer.from((await host.relay.message(red.hash)) ?? []).equals(Buffer.from(red.bytes))).toBe(true);
    expect(await host.relay.message(blue.hash)).toBeNull();
    expect(host.fetched).toEqual([red.hash]);
  });

  test("what cannot be had whole is not handed on, and what plays goes on", async () => {
    const host = await start([red]);
    host.hear(base);
    await host.take(stateOf(showing()));
    await host.take(stateOf(showing(blue)));
    expect(host.failures).toHaveLength(1);
    expect(Buffer.from(host.page().programme ?? []).equals(bytesOf(showing()))).toBe(true);
  });

  test("other bytes than the name says are refused", async () => {
    const host = await start([{ ...red, hash: blue.hash }]);
    host.hear(base);
    await host.take(stateOf(showing(blue)));
    expect([host.failures.length, host.page().programme]).toEqual([1, null]);
  });

  test("dark at once, before anything is fetched, and lit again", async () => {
    const host = await start([red]);
    host.hear(base);
    await host.take(stateOf(showing()));
    host.relay.take(stateOf(showing(blue), { dark: true }));
    expect(host.page().dark).toBe(true);
    await host.relay.staged;
    await host.take(stateOf(null, { dark: false }));
    expect(host.page().dark).toBe(false);
  });

  test("what the page reads back goes on to the daemon", async () => {
    const host = await start();
    const report = {
      ...{ at: base, sentAt: base, roundTripMs: 1, programme: programmeId(showing().programme), message: red.hash },
      ...{ why: "turn" as const, frameCrc: 7, hidden: false },
    } as const;
    host.guest.heard(report);
    expect(host.reports).toEqual([report]);
  });

  test("what nothing names any more is taken from the disk", async () => {
    const host = await start();
    host.hear(base);
    await host.take(stateOf(showing()));
    await host.take(stateOf(showing(blue)));
    expect(readdirSync(join(folder, "messages"))).toEqual([blue.hash]);
  });
});

describe("without the daemon", () => {
  async function playedUntilCut(change: Partial<ShowState> = {}) {
    const host = await start();
    host.hear(base);
    await host.take(stateOf(showing(), change));
    const kept = host.clock.keep();
    if (kept) await host.keep.writeClock(kept);
  }

  test("it goes on from its disk after a power cut, by its own clock, and says since when", async () => {
    await playedUntilCut();
    reboot(20 * 60_000);
    const host = await start([]);
    expect(Buffer.from(host.page().programme ?? []).equals(bytesOf(showing()))).toBe(true);
    expect(host.page()).toMatchObject({ awaySince: base, blind: false });
    const { now } = host.relay.clock();
    expect(Math.abs(now - base - 20 * 60_000)).toBeLessThan(10);
    expect(lookup(showing().programme, now).message).toBe(red.hash);
    pass(hour);
    // The very programme that the page has is over by the host's clock.
    expect(lookup(showing().programme, host.relay.clock().now).message).toBeNull();
  });

  test("by a clock that went back nothing is shown, until the daemon is heard", async () => {
    await playedUntilCut();
    reboot(-1000);
    const host = await start([]);
    expect(host.page().blind).toBe(true);
    host.hear(base + hour / 2);
    host.look();
    expect(host.page().blind).toBe(false);
  });

  test("dark it stays dark over a power cut", async () => {
    await playedUntilCut({ dark: true });
    reboot(60_000);
    expect((await start([])).page().dark).toBe(true);
  });

  test("a message that fell ill on the disk is as if it were not there, and is fetched anew when it can be", async () => {
    await playedUntilCut();
    const file = join(folder, "messages", red.hash);
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await (await start([])).relay.message(red.hash)).toBeNull();
    expect(readdirSync(join(folder, "messages"))).toEqual([]);
    expect(Buffer.from((await (await start()).relay.message(red.hash)) ?? []).equals(Buffer.from(red.bytes))).toBe(
      true,
    );
  });

  test("a file that is torn or altered anywhere is none: black, not half of something", async () => {
    await playedUntilCut();
    const file = join(folder, "programme.json");
    const whole = readFileSync(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.boolean(), async (at, torn) => {
        writeFileSync(file, whole);
        if (torn) truncateSync(file, at);
        else
          writeFileSync(
            file,
            whole.map((byte, index) => (index === at ? byte ^ 0x20 : byte)),
          );
        expect(await new Keep(folder).readProgramme()).toBeNull();
      }),
      { numRuns: 60 },
    );
    writeFileSync(file, whole);
    writeFileSync(`${file}.part`, "half");
    expect(await new Keep(folder).readProgramme()).not.toBeNull();
  });

  test("another board's folder is not this board's programme", async () => {
    await playedUntilCut({ board: { id: "B9", name: "", shape, ledColour: null } });
    expect((await start([])).page().programme).toBeNull();
  });
});

describe("the clock", () => {
  test("while it runs, no change of the computer's own clock moves it back; sleep is counted", () => {
    const clock = new HostClock(parts, null);
    expect(clock.now()).toBeNull();
    clock.heard(base, time.monotonic, time.monotonic);
    time.wall -= 86_400_000;
    pass(5000);
    expect(clock.now()).toBe(base + 5000);
    clock.heard(base + 5000, time.monotonic, time.monotonic);
    time.wall += hour;
    expect(clock.now()).toBe(base + 5000 + hour);
    // Back from there it cannot be believed: what is over would be lit again.
    time.wall -= hour;
    expect(clock.now()).toBeNull();
  });

  test("it never goes back by itself, whatever happens to the computer's own", () => {
    const step = fc.record({ passMs: fc.nat(100_000), jumpMs: fc.integer({ min: -1e6, max: 1e6 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const clock = new HostClock(parts, { board: base, wall: time.wall });
        let last = clock.now() ?? 0;
        for (const { passMs, jumpMs } of steps) {
          pass(passMs);
          time.wall += jumpMs;
          const now = clock.now();
          if (now === null) continue;
          expect(now).toBeGreaterThanOrEqual(last - 2000);
          last = Math.max(last, now);
        }
      }),
    );
  });
});
