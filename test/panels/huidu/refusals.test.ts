/** What a Huidu card refuses, does not answer or says of itself: told, tried again after a while, and the line stays quiet. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Shape } from "../../../src/message/index.ts";
import type { Cleared, Goal, Wanted } from "../../../src/panels/contract.ts";
import { huiduDriver } from "../../../src/panels/huidu/driver.ts";
import { encodeSearchXml, transportVersion } from "../../../src/panels/huidu/codec.ts";
import type { HuiduOptions } from "../../../src/panels/huidu/plan.ts";
import { HuiduCard } from "../../../src/panels/huidu/simulator/card.ts";
import { type CardTown, pass, picture, programmeOf, within } from "../card-town.ts";
import { base, fakes, sealed } from "../town.ts";
import { anHourOf, heard, hour, isBlack, open as openCard, options, plays, shape, shows, storeOurs } from "./town.ts";

const long = picture(shape, 3, 60_000);

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

const open = (change: Partial<HuiduOptions> = {}) => openCard({ brightness: 60, ...change });
const details = (town: CardTown) =>
  town.loop.facts().faults.map(({ fault }) => ("detail" in fault ? fault.detail : fault.code));

const methods = [
  "GetIFVersion",
  "GetDeviceInfo",
  "GetFiles",
  "SetLuminancePloy",
  "SetTimeInfo",
  "AddProgram",
  "OpenScreen",
  "8001",
];
test.each([...methods, "8001 AddProgram", "AddProgram OpenScreen 8001", methods.join(" ")])(
  "%s refused: few words in half a minute, and then the picture",
  async (all) => {
    const { town, card } = open();
    const names = all.split(" ");
    for (const name of names) card.refuses.set(name, name === "8001" ? "4" : "kDownloadingFile");
    plays(town, long);
    await pass(30_000, town);
    expect(town.loop.counters.exchanges).toBeLessThan(60);
    // Of what it can do without it is told when it happens; what stands in the way stays.
    const stays = !["GetDeviceInfo", "GetFiles", "SetLuminancePloy", "SetTimeInfo"].includes(names[0] ?? "");
    expect(details(town).join()).toMatch(stays ? /occupied/ : /^$/);
    // A screen that is open stays so.
    expect(shows(town, long)()).toBe(!stays || all === "OpenScreen");
    card.refuses.clear();
    await within(25_000, shows(town, long), town);
    await town.stop();
  },
);

test("where pictures end by the card's clock, one that cannot be set is told of again and again", async () => {
  const { town, card } = open({ expires: true });
  card.refuses.set("SetTimeInfo", "kUnsupportMethod");
  plays(town, long);
  const tries = () => heard(card, "SetTimeInfo");
  await pass(25_000, town);
  expect(tries()).toBe(3);
  card.refuses.clear();
  await within(12_000, shows(town, long), town);
  await pass(30_000, town);
  expect(tries()).toBe(4);
  await town.stop();
});

test("a version that is refused is told with what can be done", async () => {
  const { town, card } = open();
  card.versionStatus = 3;
  plays(town, long);
  await pass(12_000, town);
  expect(details(town)).toEqual(["3: 版本过低\uff0c请升级控制卡固件 / version too low: upgrade the card's firmware"]);
  expect(card.heardMethods).toEqual([]);
  card.versionStatus = 0;
  await within(12_000, shows(town, long), town);
  await town.stop();
});

test("one that will not be closed is dark all the same, and is asked again", async () => {
  const { town, card } = open();
  plays(town, long);
  await within(3000, shows(town, long), town);
  card.refuses.set("CloseScreen", "kUnsupportMethod");
  town.loop.want({ ...sealed(town.seals, anHourOf(long)), dark: true });
  await within(2000, isBlack(town), town);
  await pass(20_000, town);
  expect(isBlack(town)()).toBe(true);
  expect(heard(card, "CloseScreen")).toBe(3);
  expect(details(town).join()).toContain("not supported by this card");
  plays(town, long);
  await within(3000, shows(town, long), town);
  await town.stop();
});

test("one that does not answer when it is to be closed is dark all the same", async () => {
  const { town, card } = open();
  plays(town, long);
  await within(3000, shows(town, long), town);
  card.refuses.set("CloseScreen", "kUnsupportMethod");
  const hear = card.hear.bind(card);
  card.hear = (bytes, nowMs) => hear(bytes, nowMs).filter((answer) => !Buffer.from(answer).includes("CloseScreen"));
  town.loop.want({ ...sealed(town.seals, anHourOf(long)), dark: true });
  await within(6000, isBlack(town), town);
  await pass(60_000, town);
  expect(isBlack(town)()).toBe(true);
  card.refuses.clear();
  await within(20_000, () => !card.open, town);
  await town.stop();
});

test("an error answers the version, or a heartbeat, as well", async () => {
  const { town, card } = open();
  const hear = card.hear.bind(card);
  let occupied = true;
  card.hear = (bytes, nowMs) => (occupied ? [Buffer.from("060000200400", "hex")] : hear(bytes, nowMs));
  plays(town, long);
  await pass(15_000, town);
  expect(details(town).join()).toContain("device occupied: close other software");
  expect(town.loop.counters).toMatchObject({ timeouts: 0, connections: 1 });
  expect(town.loop.counters.exchanges).toBeLessThan(10);
  occupied = false;
  await within(15_000, shows(town, long), town);
  occupied = true;
  await pass(15_000, town);
  expect(town.loop.counters.exchanges).toBeLessThan(40);
  await town.stop();
});

test("a card that does not answer heartbeats is asked for its version beside, and is not taken for dead", async () => {
  const { town, card } = open();
  card.answersBeats = false;
  plays(town, long);
  await within(10_000, shows(town, long), town);
  await pass(50_000, town);
  expect(town.loop.counters).toMatchObject({ timeouts: 1, connections: 1 });
  expect(details(town)).toEqual([]);
  await town.stop();
});

test("to a card of another size nothing is sent, however often it is asked; turned on its side it is the same", async () => {
  const { town, card } = open();
  Object.assign(card, { width: 64 });
  plays(town, long);
  await pass(30_000, town);
  expect([...new Set(card.heardMethods)]).toEqual(["GetIFVersion", "GetDeviceInfo"]);
  expect(card.heardMethods.length).toBeLessThan(6);
  expect(card.fileWrites + card.programmeWrites).toBe(0);
  Object.assign(card, { width: 16, height: 32, rotation: 90 });
  await within(12_000, () => card.heardMethods.includes("GetFiles"), town);
  Object.assign(card, { width: 32, height: 16 });
  await within(12_000, shows(town, long), town);
  await town.stop();
});

test("where nothing is on, too many pictures are deleted all the same, and then it is quiet", async () => {
  const { town, card } = open();
  storeOurs(card, 130);
  town.loop.want(sealed(town.seals, programmeOf(shape, [])));
  await pass(20_000, town);
  expect(card.files.size).toBe(90);
  expect(heard(card, "DeleteFiles")).toBe(2);
  expect(isBlack(town)()).toBe(true);
  await town.stop();
});

test("what the card has whole is shown whatever the day has left; what it has in part is not sent then", () => {
  const driver = huiduDriver(options);
  const card = new HuiduCard(32, 16);
  const left = { some: 1, none: 0 };
  const talk = (seed: number, flashLeft: number) => {
    const wanted = anHourOf(picture(shape, seed, 60_000)) as Cleared<Wanted>;
    card.hangUp();
    let state = driver.connect({ board: "B1", shape, address: 1, where: "memory", bitsPerSecond: null }, 1);
    const reader = driver.createReader();
    let writes = 0;
    for (let step = 0; step < 30; step++) {
      const flash = { left: flashLeft - writes, holds: null };
      const next = driver.ask(state, { wanted, flash, dark: false, pollDue: false, now: base });
      if (!next) break;
      const { exchange } = next;
      const timing = { askedAt: base, heardAt: base };
      const [reply = new Uint8Array(0)] = card.hear(exchange.bytes, 0).flatMap((bytes) => reader.read(bytes));
      const outcome = exchange.unanswered
        ? (driver.sent?.(next.state, exchange, timing) ?? { state: next.state, faults: [] })
        : driver.reply(next.state, exchange, reply, timing);
      state = outcome.state;
      writes += "flashWrites" in outcome ? (outcome.flashWrites ?? 0) : 0;
    }
    return { writes, isLit: card.lit.some((byte) => byte > 0) };
  };
  expect(talk(1, left.some)).toEqual({ writes: 1, isLit: true });
  expect(talk(1, left.none)).toEqual({ writes: 0, isLit: true });
  expect(talk(2, left.none)).toEqual({ writes: 0, isLit: false });
  // Its list names one that was cut off.
  const [stored] = [...card.files.values()];
  if (!stored) throw new Error("no file");
  stored.data = stored.data.subarray(0, 100);
  expect(talk(1, left.none)).toEqual({ writes: 0, isLit: false });
  // Gone on with, it was counted when it was begun.
  expect(talk(1, left.some)).toEqual({ writes: 0, isLit: true });
});

test("summer time: the card's clock is set before the first picture that ends by it; a file waits while nothing may be shown", () => {
  const driver = huiduDriver({ ...options, expires: true });
  const card = new HuiduCard(256, 192);
  const large: Shape = { width: 256, height: 192, colour: "rgb" };
  let state = driver.connect({ board: "B1", shape: large, address: 1, where: "memory", bitsPerSecond: null }, 1);
  const reader = driver.createReader();
  const labels = (now: number, utcOffsetMin: number, seed: number | null, most = 40) => {
    const made = programmeOf(large, [{ fromMs: 0, untilMs: hour, show: [["R1", picture(large, seed ?? 1, hour)]] }]);
    const spans = made.programme.spans.map((span) => ({ ...span, utcOffsetMin }));
    const wanted =
      seed === null ? null : ({ ...made, programme: { ...made.programme, spans } } as unknown as Cleared<Wanted>);
    const said: string[] = [];
    for (let step = 0; step < most; step++) {
      const next = driver.ask(state, { wanted, dark: false, pollDue: false, now } as Goal);
      if (!next) break;
      const { exchange } = next;
      said.push(exchange.label.split(" ")[0] ?? "");
      const timing = { askedAt: now, heardAt: now };
      const [reply = new Uint8Array(0)] = card.hear(exchange.bytes, now - base).flatMap((bytes) => reader.read(bytes));
      state = exchange.unanswered
        ? (driver.sent?.(next.state, exchange, timing).state ?? state)
        : driver.reply(next.state, exchange, reply, timing).state;
    }
    return said;
  };
  const isLit = (now: number) => {
    card.tick(now - base);
    return card.lit.some((byte) => byte > 0);
  };
  const hello = ["2001", "GetIFVersion", "GetDeviceInfo", "GetFiles"];
  expect(labels(base, 480, 1, 7)).toEqual([...hello, "SetTimeInfo", "8001", "8003"]);
  expect(labels(base, 480, null)).toEqual([]);
  const rest = labels(base, 480, 1);
  expect([...new Set(rest)]).toEqual(["8003", "8005", "AddProgram", "OpenScreen", "005F"]);
  expect(labels(base + hour / 2, 540, 1)).toEqual(["SetTimeInfo", "AddProgram"]);
  // Its hour is over when it is, by whichever clock.
  expect([isLit(base + hour - 1000), isLit(base + hour)]).toEqual([true, false]);
});

test("a method to one card of a broadcast: version, command, fifteen characters, XML", () => {
  const bytes = Buffer.from(encodeSearchXml("C16L-D20-A1234", "<sdk/>", transportVersion));
  expect(bytes.toString("hex")).toBe("050000010320" + "4331364c2d4432302d413132333400" + "3c73646b2f3e");
});
