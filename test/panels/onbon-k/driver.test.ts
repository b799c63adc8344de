/** What is special to BX-K cards: pages in their time, dots that are no text, flash of others, families. On the simulated card. */
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cardCells, driverProblems, driverSchema, toDriver } from "../../../src/config/driver.ts";
import { readSite } from "../../../src/config/read.ts";
import { remedy } from "../../../src/fault.ts";
import { emptyFrame, type Message, makeMessage, type Shape } from "../../../src/message/index.ts";
import { driverOf } from "../../../src/panels/drivers.ts";
import { changeAreas, encodeFrame } from "../../../src/panels/onbon-k/codec.ts";
import { onbonKDriver } from "../../../src/panels/onbon-k/driver.ts";
import { cellDrawing } from "../../../src/typeset/index.ts";
import { pass, picture as noise, programmeOf, within } from "../card-town.ts";
import { base, fakes, sealed } from "../town.ts";
import { cardFaults, hour, messageOf, options, plays, rigOf, shape, shows, townOf } from "./rig.ts";

const isLong = process.env.BOARDCAST_LONG === "1";
beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

const black = emptyFrame(shape).pixels;
/** Of several pages, each in its time. */
const long = messageOf("关于停水检修的通知\uff0c请各位居民提前储水\uff0c互相转告\u3002");
/** With a dot more on its last page than any text has. */
const spoilt = (message: Message, page = message.pages.length - 1): Message => {
  const pages = message.pages.map((one, index) => {
    const pixels = one.bitmap.pixels.slice();
    if (index === page) pixels[5] = (pixels[5] ?? 0) ^ 0x10;
    return { ...one, bitmap: { ...one.bitmap, pixels } };
  });
  return makeMessage(message.shape, pages);
};

test("each page is lit in its time, by one command, and what is sent then is sent", async () => {
  const { town, card } = townOf();
  town.loop.want(plays(town, long));
  expect(long.pages.length).toBeGreaterThan(2);
  await within(3000, shows(town, long), town);
  let startMs = 0;
  for (const [index, { holdMs }] of long.pages.entries()) {
    // Between two polls, whose answer is waited for: a page is there within so little.
    await pass(startMs + 300 - (town.now() - base), town);
    expect(shows(town, long, index)()).toBe(true);
    startMs += holdMs;
    await pass(startMs - 100 - (town.now() - base), town);
    expect(shows(town, long, index)()).toBe(true);
  }
  expect(card.heard.filter((name) => name === "a306")).toHaveLength(long.pages.length);
  expect(town.loop.facts()).toMatchObject({ confirmed: null, sent: { message: long.hash }, faults: [] });
  await town.stop();
});

test("of dots that are no text nothing is lit, not a page; that is told with the place, and what was on before goes", async () => {
  const { town } = townOf();
  const [good, bad] = [messageOf("停水通知"), spoilt(long)];
  town.loop.want(plays(town, good));
  await within(3000, shows(town, good), town);
  town.loop.want(plays(town, bad, hour, "R2"));
  await within(3000, () => Buffer.compare(town.lit(), black) === 0, town);
  await pass(30_000, town);
  expect(town.lit()).toEqual(black);
  const [fault] = cardFaults(town);
  expect(fault?.what.en).toMatch(/^page \d, line 1, half cell 5 of what was signed is no character/);
  expect(fault?.what.zh).toContain(`第 ${long.pages.length} 页第 1 行、左起第 5 个半格`);
  expect(fault && remedy(fault).zh).toContain("重新提交、签发");
  expect(town.loop.facts().sent?.notice).not.toBe("R2");
  // The next one is lit, and then nothing is told any more.
  town.loop.want(plays(town, good, hour, "R3"));
  await within(3000, shows(town, good), town);
  expect(cardFaults(town)).toEqual([]);
  await town.stop();
});

test("pictures of any other kind are refused, and without our drawings everything is", async () => {
  const { town } = townOf();
  town.loop.want(plays(town, noise(shape, 7)));
  await within(3000, () => cardFaults(town).length === 1, town);
  expect(town.lit()).toEqual(black);
  await town.stop();
  const bare = townOf({ ...rigOf("6K", [shape]), driver: () => ({ asks: onbonKDriver(options, null) as never }) });
  bare.town.loop.want(plays(bare.town, messageOf("停水")));
  await within(3000, () => cardFaults(bare.town).length === 1, bare.town);
  expect(bare.town.lit()).toEqual(black);
  await bare.town.stop();
});

test("a turn's time-out is what is left of it, and a page of it has no more", async () => {
  const { town, card } = townOf();
  town.loop.want(plays(town, long, 20_500));
  await within(3000, shows(town, long), town);
  await pass(9000 - (town.now() - base), town);
  const [area] = card.shown(performance.now());
  expect(area).toMatchObject({ id: 0, x: 0, y: 0, width: 128, height: 32, runMode: 2 });
  const turnMs = Math.min(20_500, long.durationMs);
  const sentAt = long.pages.reduce((sum, { holdMs }) => (sum + holdMs <= 9000 ? sum + holdMs : sum), 0);
  expect(area?.timeoutS).toBe(Math.ceil((turnMs - sentAt) / 1000));
  town.faults.unplugged = true;
  town.cut();
  await pass(turnMs + 1000 - (town.now() - base), town);
  expect(town.lit()).toEqual(black);
  await town.stop();
});

test("what others left in its flash or in its RAM is not lit beside ours, nor where nothing is on", async () => {
  const { town, card } = townOf(rigOf("6K", [shape], { flash: new Uint8Array(black.length).fill(0xff) }));
  expect(town.lit()).not.toEqual(black);
  // An area of another program's, which lies there until somebody deletes it.
  const theirs = { id: 5, x: 0, y: 16, width: 64, height: 16, lineSpace: 0, runMode: 0, timeoutS: 0, align: 0 };
  const looks = { singleLine: true, wraps: false, displayMode: 1, exit: 0, speed: 0, hold: 8, text: Buffer.from("AD") };
  const data = changeAreas({ anew: false, deleted: [], areas: [{ ...theirs, ...looks }], answered: true });
  card.hear(encodeFrame({ to: 1, from: 0x8000, deviceType: 0xfe, displayMode: 0, data }), performance.now());
  expect(card.shown(performance.now())).toHaveLength(1);
  town.loop.want(sealed(town.seals, programmeOf(shape, [])));
  await within(3000, () => Buffer.compare(town.lit(), black) === 0, town);
  const good = messageOf("停水");
  town.loop.want(plays(town, good));
  await within(3000, shows(town, good), town);
  expect(card.shown(performance.now())).toHaveLength(1);
  await town.stop();
});

test("a card that does not answer once may have lost its power: it is given its page again on the same line", async () => {
  const rig = rigOf("6K", [shape]);
  const { town, card } = townOf(rig);
  const lasting = rig.picture?.(shape, 3, 600_000) ?? long;
  town.loop.want(plays(town, lasting));
  await within(3000, shows(town, lasting), town);
  town.faults.mute = true;
  card.powerCycle();
  await within(8000, () => town.loop.counters.timeouts > 0, town);
  expect(town.lit()).toEqual(black);
  town.faults.mute = false;
  await within(3000, shows(town, lasting), town);
  expect(town.loop.counters.connections).toBe(1);
  await town.stop();
});

test("it is never told anything but these, and its brightness and clock only where that is wanted", async () => {
  const { town, card } = townOf(rigOf("6K", [shape], { brightness: 9 }));
  town.loop.want(plays(town, long));
  await pass(20_000, town);
  town.loop.want({ ...plays(town, long), dark: true });
  await pass(6000, town);
  expect([...new Set(card.heard)].sort()).toEqual(["a200", "a203", "a300", "a302", "a306"]);
  expect(card.level).toBe(9);
  // 2017-11-06 08:30, a Monday, by the office's clock.
  expect(card.clock?.slice(0, 6)).toEqual([17, 20, 11, 6, 8, 30]);
  await town.stop();
});

test("a card that says it is of the other family is told of, and sent nothing", async () => {
  const { town, card } = townOf();
  card.type = 0x51;
  town.loop.want(plays(town, messageOf("停水")));
  await pass(8000, town);
  const [fault] = cardFaults(town);
  expect(fault?.what.en).toBe("it is a BX-5K1, and 6K is written");
  expect(fault && remedy(fault).en).toBe("Write the driver's family: 5K.");
  expect([...new Set(card.heard)]).toEqual(["a200"]);
  card.type = 0x62;
  await within(10_000, shows(town, messageOf("停水")), town);
  await town.stop();
});

test("what it refuses is told with its meaning, and tried again after a while", async () => {
  const { town, card } = townOf();
  const good = messageOf("停水");
  card.refuses.set("a306", 25);
  town.loop.want(plays(town, good));
  await within(3000, () => cardFaults(town).length === 1, town);
  const [refusal] = cardFaults(town);
  expect(refusal && remedy(refusal).en).toContain("family, glyphs and font");
  card.refuses.clear();
  await within(6000, shows(town, good), town);
  expect(cardFaults(town)).toEqual([]);
  await town.stop();
});

test("colours are marked where they change, a font at the beginning; 5K counts across in bytes", () => {
  const dual: Shape = { width: 64, height: 32, colour: "dual" };
  const said = (family: "5K" | "6K", font: number | null) => {
    const driver = onbonKDriver({ ...options, family, font }, cellDrawing);
    const panel = { board: "B1", shape: dual, address: 1, where: "memory", bitsPerSecond: null };
    const wanted = programmeOf(dual, [{ fromMs: 0, untilMs: hour, show: [["R1", messageOf("停水", dual)]] }]);
    const goal = { wanted: wanted as never, dark: false, pollDue: false, now: base };
    const step = driver.ask({ ...driver.connect(panel, 1), known: true }, goal);
    return Buffer.from(step?.exchange.bytes ?? []).toString("hex");
  };
  // Area 00, x, y, width, height; after 27 bytes of it the text: title red and in the middle, body yellow.
  const title = `${Buffer.from("  \\C1").toString("hex")}cda8d6aa`;
  expect(said("6K", null)).toContain(`0000000000400020000000`);
  expect(said("5K", null)).toContain(`0000000000080020000000`);
  expect(said("6K", null)).toContain(title);
  expect(said("6K", 3)).toContain(Buffer.from("\\FO003").toString("hex") + title);
  expect(said("6K", null)).toContain(`${Buffer.from("\\n\\C3").toString("hex")}cda3cbae`);
});

test("on a line that others are on, only its own answers count; and no bytes at all make it throw", () => {
  const driver = onbonKDriver(options, cellDrawing);
  const panel = { board: "B1", shape, address: 1, where: "memory", bitsPerSecond: 9600, shared: true } as const;
  const goal = { wanted: null, dark: false, pollDue: false, now: base };
  const asked = driver.ask(driver.connect(panel, 1), goal);
  if (!asked) throw new Error("nothing asked");
  const answer = (from: number, group: number, to = 0x8000, command = 0) => {
    const data = Uint8Array.of(group, command, 0, 0, 0);
    const bytes = encodeFrame({ to, from, deviceType: 0xfe, displayMode: 0, data });
    const [reply = new Uint8Array(0)] = driver.createReader().read(bytes);
    const kind = driver.accepts(asked.state, asked.exchange, reply);
    if (kind === "yes") {
      const { state, limits } = driver.reply(asked.state, asked.exchange, reply, { askedAt: base, heardAt: base });
      expect([state.known, limits?.messages]).toEqual([true, Infinity]);
    }
    return kind;
  };
  expect([answer(1, 0xa0), answer(2, 0xa0), answer(1, 0xa1)]).toEqual(["yes", "other", "other"]);
  // A word of the ping's own group is one; our own question, come back, is none.
  expect([answer(1, 0xa2), answer(1, 0xa2, 0x8000, 0x80), answer(2, 0xa2), answer(0x8000, 0xa2, 1)]).toEqual([
    "yes",
    "yes",
    "other",
    "other",
  ]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (inside) => {
      const reader = driver.createReader();
      for (const reply of reader.read(Uint8Array.of(0xa5, ...inside, 0x5a))) {
        driver.accepts(asked.state, asked.exchange, reply);
        driver.reply(asked.state, asked.exchange, reply, { askedAt: base, heardAt: base });
      }
    }),
    { numRuns: isLong ? 1_000_000 : 500 },
  );
}, 3_600_000);

test("kind: onbon-k is all that has to be written; the board is one of cells then, and of the card's characters", () => {
  const driver = toDriver(driverSchema.parse({ kind: "onbon-k" }));
  expect(driver).toEqual({ kind: "onbon-k", ...options });
  expect(cardCells(driver)).toEqual({ glyphs: "GB2312", sizePx: 16 });
  expect(cardCells({ kind: "onbon" } as never)).toBe(null);
  const made = driverOf({ driver, shape, ledColour: null });
  expect("asks" in made && made.asks.capabilities).toEqual({
    ...{ kind: "message", readBack: false, authenticated: false, ends: "by-timeout", motion: "pages", glyphs: "own" },
  });
  const panel = "{ width: 128, height: 32, colour: mono }";
  const read = readSite(
    `office: o\nboards:\n  - { id: B1, panel: ${panel}, driver: { kind: onbon-k, glyphs: GBK }, link: { kind: tcp-out, host: h } }\n`,
    "f",
  );
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  expect(read.site.boards[0]).toMatchObject({
    glyphs: "GBK",
    cells: { glyphs: "GBK", sizePx: 16 },
    link: { port: 5005 },
  });
});

test("panels that are no grid of cells, that have full colour, or more text than it takes at once", () => {
  const driver = driverSchema.parse({ kind: "onbon-k" });
  const wrong = (width: number, height: number, colour = "mono") =>
    driverProblems(driver, { width, height, colour } as never, { kind: "tcp-out", host: "h" } as never).map(
      ({ at, what }) => `${at.join(".")}: ${what[1]}`,
    );
  expect(wrong(128, 32)).toEqual([]);
  expect(wrong(128, 40, "dual")).toEqual([]);
  expect(wrong(128, 32, "rgb")).toEqual(["panel.colour: a font card has no full colour"]);
  expect(wrong(100, 32)).toEqual(["panel: a font card shows text in cells of 16 dots, this panel is 100x32"]);
  expect(wrong(128, 12)).toHaveLength(1);
  expect(wrong(1024, 128)).toEqual(["panel: a page of text needs 1040 bytes, and a font card takes 1000 at once"]);
});
