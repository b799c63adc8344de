/**
 * Several questions in one write (SPEC §2.5): fewer round trips, and else nothing is different. Whatever is lost, damaged or
 * late, the panel ends as it does when it is asked one thing after the other, and nothing is said of it that is not so.
 */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { limits } from "../../src/limits.ts";
import { programmeId } from "../../src/message/index.ts";
import type { PlayEvent, Wanted } from "../../src/panels/contract.ts";
import { type Frame, FrameReader, replyLine } from "../../src/panels/reference/simulator/wire.ts";
import { advance, fakes, picture, sealed, Town, until, wantedOf } from "./town.ts";

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

const hour = 3_600_000;
const [red, blue, green] = [picture(0x0f), picture(0xf0), picture(0x3c)];
/** 6 KB: several frames. */
const long = picture(0x3c, 0, 1500);
const playing = (...messages: readonly (typeof red)[]) =>
  wantedOf([{ fromMs: 0, untilMs: hour, show: messages.map((message) => [`R${message.hash.slice(0, 4)}`, message]) }]);

const names = ["", "HELLO", "CLOCK", "HAVE", "PUT", "STAGE", "ACTIVATE", "STATUS", "BLANK"];
const framesIn = (bytes: Uint8Array): Frame[] => {
  const reader = new FrameReader();
  return [...bytes].flatMap((byte) => reader.feed(byte) ?? []);
};
const named = ({ verb, payload }: Frame) => (verb === 8 ? `BLANK${payload[0]}` : (names[verb] ?? "?"));

/** Each write of the daemon, as the verbs in it. */
function writesOf(town: Town): { readonly verbs: readonly string[]; readonly bytes: number }[] {
  const writes: { verbs: readonly string[]; bytes: number }[] = [];
  let spied: Town["near"] = null;
  let near = town.near;
  const spy = (stream: Town["near"]) => {
    if (!stream || stream === spied) return;
    spied = stream;
    const write = stream.write.bind(stream);
    stream.write = ((bytes: Uint8Array, ...more: []) => {
      writes.push({ verbs: framesIn(bytes).map(named), bytes: bytes.length });
      return write(bytes, ...more);
    }) as typeof stream.write;
  };
  // Each new connection as it is made, before the first word on it.
  Object.defineProperty(town, "near", {
    get: () => near,
    set(stream) {
      near = stream;
      spy(stream);
    },
  });
  spy(near);
  return writes;
}

const lit = (town: Town, wanted: Wanted) => () =>
  town.panel.snapshot().programme === programmeId(wanted.programme) &&
  town.loop.facts().confirmed?.message === town.panel.snapshot().message;

describe("an update", () => {
  test("is one write, and what follows it as well; what plays already is not sent again", async () => {
    const town = new Town();
    const writes = writesOf(town);
    const first = sealed(town.seals, playing(red));
    town.loop.want(first);
    await until(lit(town, first), town);
    const second = sealed(town.seals, playing(red, blue));
    town.loop.want(second);
    await until(lit(town, second), town, 0);
    expect(writes.map(({ verbs }) => verbs.join(" "))).toEqual([
      "HELLO",
      "CLOCK STATUS",
      "STAGE PUT ACTIVATE STATUS",
      "STAGE PUT ACTIVATE STATUS",
    ]);
    expect(town.loop.counters).toMatchObject({ exchanges: 11, activations: 2, timeouts: 0, noise: 0 });
    await town.stop();
  });

  test("that is long asks what is there, sends the rest in a few writes, more each time, and keeps within its bounds", async () => {
    const town = new Town();
    const writes = writesOf(town);
    const wanted = sealed(town.seals, playing(picture(1, 0, 15_000)));
    town.loop.want(wanted);
    await until(lit(town, wanted), town);
    const sizes = writes.map(({ bytes }) => bytes);
    expect(writes[2]?.verbs).toEqual(["STAGE", "HAVE"]);
    expect(writes.length).toBeLessThan(14);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(limits.aheadBytes);
    expect(Math.max(...sizes)).toBeGreaterThan(limits.aheadBytes / 2);
    expect(sizes.slice(0, 4).every((bytes) => bytes <= limits.aheadBytesLeast * 2)).toBe(true);
    await town.stop();
  });

  test("of messages that the panel should have kept and has not is refused by it, and given whole after a while", async () => {
    const town = new Town();
    const first = sealed(town.seals, playing(red, blue));
    town.loop.want(first);
    await until(lit(town, first), town);
    // It is not its turn: nothing is seen of it.
    (Reflect.get(town.panel, "messages") as Map<string, unknown>).delete(blue.hash);
    const second = sealed(town.seals, playing(green, blue));
    town.loop.want(second);
    await advance(100, town);
    expect(town.faultCodes()).toEqual(["wire/refused"]);
    expect(town.panel.snapshot().programme).toBe(programmeId(first.programme));
    await until(lit(town, second), town, 3000);
    await until(() => town.faultCodes().length === 0, town);
    await town.stop();
  });

  test("with one refused in the middle: that one is told of, those behind it say nothing, and the line goes on", async () => {
    const town = new Town({ ramBytes: red.bytes.length * 4 });
    const writes = writesOf(town);
    const handle = town.panel.handle.bind(town.panel);
    town.panel.handle = (frame) =>
      frame.verb === 4 ? replyLine(frame.seq, false, { code: "full", need: 999 }) : handle(frame);
    town.loop.want(sealed(town.seals, playing(red)));
    await advance(500, town);
    expect(writes.at(-1)?.verbs).toEqual(["STAGE", "PUT", "ACTIVATE", "STATUS"]);
    expect(town.loop.facts().faults.map(({ fault }) => fault)).toEqual([
      { code: "panel/full", board: "B1", needs: 999, has: red.bytes.length * 4 },
    ]);
    expect(town.loop.counters).toMatchObject({ connections: 1, activations: 0, timeouts: 0 });
    expect(town.loop.facts()).toMatchObject({ sent: null, confirmed: null });
    town.panel.handle = handle;
    await until(() => town.loop.facts().confirmed !== null, town, 5000);
    await town.stop();
  });
});

/** What becomes of a command, or of its answer. `late`: of that answer, and of all behind it. */
type Fate = "well" | "unheard" | "lost" | "damaged" | "late" | "power";
const fates = fc.array(
  fc.oneof(
    { arbitrary: fc.constant<Fate>("well"), weight: 6 },
    { arbitrary: fc.constantFrom<Fate>("unheard", "lost", "damaged", "late", "power"), weight: 1 },
  ),
  { minLength: 4, maxLength: 40 },
);
const wishes = fc.array(fc.constantFrom("red", "blue", "both", "long", "dark"), { minLength: 1, maxLength: 4 });
const wantedBy: Record<string, () => Wanted> = {
  red: () => playing(red),
  blue: () => playing(blue),
  both: () => playing(red, blue, green),
  long: () => playing(long),
  dark: () => ({ ...playing(red), dark: true }),
};

/** Plays it through; what was claimed when it was not so, and how it ended. */
async function fated(backToBack: boolean, script: readonly Fate[], wanted: readonly string[], gapMs: number) {
  const untrue: string[] = [];
  vi.clearAllTimers();
  const town = new Town({
    backToBack,
    witness(event: PlayEvent) {
      const { programme, why } = town.panel.snapshot();
      // Between its answer and our hearing of it the power may have gone: that is no claim of ours.
      if (cut > 0) return;
      if (event.kind === "told" && event.programme !== programme) untrue.push(`told ${event.programme.slice(0, 8)}`);
      if (event.kind !== "confirmed") return;
      if (event.programme === null ? why !== "dark" : event.programme !== programme || why === "dark")
        untrue.push(`confirmed ${event.programme?.slice(0, 8)} while ${programme?.slice(0, 8)} ${why}`);
    },
  });
  const writes = writesOf(town);
  const handle = town.panel.handle.bind(town.panel);
  let step = 0;
  let cut = 0;
  let lateUntilMs = 0;
  const underWay: NodeJS.Timeout[] = [];
  town.panel.handle = (frame) => {
    const fate = script[step++] ?? "well";
    if (fate === "unheard") return null;
    const said = handle(frame);
    if (fate === "power") {
      town.panel.powerCycle();
      cut++;
    }
    if (fate === "lost" || said === null) return null;
    if (fate === "late") lateUntilMs = performance.now() + 1700;
    const line = fate === "damaged" ? said.replace("O", "0").replace("ERR", "ERk") : said;
    const leftMs = lateUntilMs - performance.now();
    if (leftMs <= 0) return line;
    const { far } = town;
    underWay.push(setTimeout(() => far?.write(line), leftMs));
    return null;
  };
  let last = "";
  for (const wish of wanted) {
    const next = wantedBy[wish]?.();
    if (next) town.loop.want(sealed(town.seals, next));
    last = wish;
    await advance(gapMs, town);
  }
  const end = wantedBy[last]?.() as Wanted;
  const isEnded = () => {
    const { programme, why } = town.panel.snapshot();
    const { confirmed, faults } = town.loop.facts();
    const right = end.dark ? why === "dark" : programme === programmeId(end.programme) && why === "turn";
    // What was refused is told of until it is taken, which waits for the light.
    return right && confirmed !== null && (end.dark || faults.length === 0);
  };
  await until(isEnded, town, 300_000);
  const { why, message } = town.panel.snapshot();
  const shown = why === "dark" ? "dark" : message === null ? why : end.programme.messages.join(" ");
  await town.stop();
  for (const timer of underWay) clearTimeout(timer);
  return { untrue, shown, writes, timers: vi.getTimerCount() };
}

describe("whatever is lost, damaged, late, or without power for a moment", () => {
  test("it ends as one after the other does, claims nothing that is not so, and sends nothing behind what it depends on", async () => {
    await fc.assert(
      fc.asyncProperty(fates, wishes, fc.constantFrom(0, 100, 1600), async (script, wanted, gapMs) => {
        const [several, single] = [
          await fated(true, script, wanted, gapMs),
          await fated(false, script, wanted, gapMs),
        ] as const;
        expect([several.untrue, single.untrue]).toEqual([[], []]);
        expect(several.shown).toBe(single.shown);
        expect([several.timers, single.timers]).toEqual([0, 0]);
        expect(Math.max(...single.writes.map(({ verbs }) => verbs.length))).toBe(1);
        for (const { verbs, bytes } of several.writes) {
          expect(verbs.length).toBeLessThanOrEqual(limits.aheadQuestions);
          expect(bytes).toBeLessThanOrEqual(Math.max(limits.aheadBytes, 1040));
          for (const only of ["HELLO", "HAVE", "STATUS"]) expect(verbs.slice(0, -1)).not.toContain(only);
          for (const only of ["HELLO", "CLOCK", "BLANK0", "BLANK1"]) expect(verbs.slice(1)).not.toContain(only);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a reply that is lost among others: the others count at once, and it is one after the other from then on", async () => {
    const town = new Town();
    const writes = writesOf(town);
    const handle = town.panel.handle.bind(town.panel);
    let losing = true;
    town.panel.handle = (frame) => {
      const said = handle(frame);
      const lost = losing && frame.verb === 4;
      if (lost) losing = false;
      return lost ? null : said;
    };
    const first = sealed(town.seals, playing(red));
    town.loop.want(first);
    await until(lit(town, first), town, 0);
    expect(town.loop.counters).toMatchObject({ timeouts: 0, activations: 1 });
    const before = writes.length;
    const second = sealed(town.seals, playing(blue));
    town.loop.want(second);
    await until(lit(town, second), town, 0);
    expect(writes.slice(before).map(({ verbs }) => verbs.join(" "))).toEqual([
      ..."STAGE HAVE PUT ACTIVATE STATUS".split(" "),
    ]);
    // The next connection may be another way to it.
    town.near?.destroy();
    await until(() => town.loop.counters.connections === 2, town);
    await advance(100, town);
    expect(writes.slice(before + 5).map(({ verbs }) => verbs.join(" "))).toEqual(["HELLO", "CLOCK STATUS"]);
    // Nor do its numbers begin anew, whatever was said last.
    town.near?.destroy();
    await until(() => town.loop.counters.connections === 3, town);
    await advance(100, town);
    const seqs = town.heard.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
    await town.stop();
  });

  test("a panel that takes a few bytes at a time loses nothing, holds us up, and is dark soon when it must be", async () => {
    const town = new Town({ sips: { bytes: 160, eachMs: 100 } });
    const writes = writesOf(town);
    const wanted = sealed(town.seals, playing(long));
    town.loop.want(wanted);
    await until(lit(town, wanted), town);
    expect(town.loop.counters).toMatchObject({ connections: 1, timeouts: 0, noise: 0 });
    // Of 1,600 bytes a second: what leaves at once is longer under way than one reply is waited for, and yet no more than that.
    expect(Math.max(...writes.map(({ bytes }) => bytes))).toBeLessThanOrEqual(limits.aheadBytesLeast);
    const more = sealed(town.seals, playing(picture(9, 0, 3000)));
    town.loop.want(more);
    await advance(1500, town);
    town.loop.want({ ...more, dark: true });
    await until(() => town.panel.snapshot().why === "dark", town, 2000);
    await town.stop();
  });
});
