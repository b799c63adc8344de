/** BX-K font cards: every published frame, words in the card's own letters and cells, and the simulated card that reads them. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FrameCutter } from "../../../src/panels/onbon/reader.ts";
import * as codec from "../../../src/panels/onbon-k/codec.ts";
import { FontCard } from "../../../src/panels/onbon-k/simulator/card.ts";
import { charactersOf, encodeText, unknownTo } from "../../../src/panels/onbon-k/text.ts";

const isLong = process.env.BOARDCAST_LONG === "1";
const longMs = isLong ? 3_600_000 : 20_000;

interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly fields: { readonly payload_unescaped: string; readonly respReq: number };
}
const vectors = JSON.parse(readFileSync("fixtures/protocols/onbon-bxk.json", "utf8")) as readonly Vector[];
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const frameOf = (bytes: Uint8Array): codec.Frame | null => {
  const cutter = new FrameCutter(80_000);
  const payload = [...bytes].map((byte) => cutter.feed(byte)).find((one) => one !== null);
  return payload ? codec.decodePayload(payload) : null;
};
const head = { to: 1, from: codec.ourAddress, deviceType: codec.anyDevice, displayMode: 0 };

test.each(vectors.map((vector) => [vector.name, vector] as const))(
  "%s is read, and written again to the byte",
  (_name, { hex: text, fields }) => {
    const frame = frameOf(Buffer.from(text, "hex"));
    if (!frame) throw new Error("not read");
    expect(hex(codec.encodeFrame(frame))).toBe(text);
    const card = new FontCard();
    const answers = card.hear(Buffer.from(text, "hex"), 0);
    expect(card.dropped).toBe(0);
    // It answers those who want an answer, and with yes.
    expect(answers.map((answer) => codec.parseAnswer(frameOf(answer) as codec.Frame))).toEqual(
      fields.respReq === 1 ? [{ group: 0xa0, command: 0, error: 0, rest: Uint8Array.of(0, 0) }] : [],
    );
  },
);

const text = (words: string) => Buffer.from(words, "latin1");
const plain: codec.TextArea = {
  ...{ id: 0, x: 0, y: 0, width: 8, height: 16, lineSpace: 0, runMode: 0, timeoutS: 5, align: 0, singleLine: true },
  ...{ wraps: false, displayMode: 2, exit: 0, speed: 0, hold: 8, text: text("\xa5Z\xa6[A") },
};
const station: codec.TextArea = {
  ...{
    ...plain,
    id: 1,
    width: 64,
    height: 12,
    lineSpace: 10,
    runMode: 1,
    timeoutS: 2,
    displayMode: 1,
    speed: 23,
    hold: 2,
  },
};

describe("made from their inputs", () => {
  const of = (areas: readonly codec.TextArea[], change: Partial<codec.AreaChange> = {}) =>
    codec.changeAreas({ anew: false, deleted: [], areas, answered: true, ...change });
  const made: readonly (readonly [string, Uint8Array])[] = [
    ["bxk-turn-off", codec.switchScreen(false)],
    ["bxk-clear-screen", codec.clearScreen()],
    ["bxk-clock-2026-11-23T083456", codec.setClock(Date.UTC(2026, 10, 23, 0, 34, 56), 480)],
    ["bxk-ping", codec.ping()],
    ["bxk-query-status", codec.readStatus()],
    ["bxk-clear-addr1", codec.clearScreen()],
    [
      "bxk-dyn-text-del01-init-5K-addr1-type61",
      of([{ ...plain, singleLine: false, text: text("\\C1HELLO") }], { anew: true, deleted: [0, 1] }),
    ],
    ["bxk-dyn-escape-5K", of([{ ...plain, singleLine: false }])],
    ["bxk-dyn-escape-6K", of([{ ...plain, singleLine: false, width: 64 }])],
    ["bxk-station-hum", of([{ ...station, y: 24, text: text("\\FO000HUM:66%RH") }], { answered: false })],
    ["bxk-station-blank", of([{ ...station, y: 36, text: text("\\FO000  ") }], { answered: false })],
  ];
  test("all of them", () => expect(made.map(([name]) => name).sort()).toEqual(vectors.map(({ name }) => name).sort()));
  test.each(made)("%s", (name, data) => {
    const published = frameOf(Buffer.from(vectors.find((one) => one.name === name)?.hex ?? "", "hex"));
    expect(hex(data)).toBe(hex(published?.data ?? new Uint8Array(0)));
  });
});

test(
  "a frame that is spoilt anywhere is not read, and whatever is read throws nothing",
  () => {
    const good = codec.encodeFrame({
      ...head,
      data: codec.changeAreas({ anew: false, deleted: "all", areas: [plain], answered: true }),
    });
    fc.assert(
      fc.property(fc.nat(good.length - 10), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const spoilt = good.map((byte, index) => (index === at + 8 ? byte ^ change : byte));
        const frame = frameOf(spoilt);
        // A check may be switched off in the header, and a byte that ends a frame makes it short.
        expect(frame === null || at === 8 || hex(codec.encodeFrame(frame)) === hex(good)).toBe(true);
      }),
      { numRuns: isLong ? 1_000_000 : 500 },
    );
  },
  longMs,
);

describe("by the note's layout alone", () => {
  const payloadOf = (bytes: Uint8Array) => {
    const cutter = new FrameCutter(80_000);
    return [...bytes].map((byte) => cutter.feed(byte)).find((one) => one !== null) as Uint8Array;
  };

  test("a check is CRC16, or the sum of all bytes, or none", () => {
    const data = codec.changeAreas({ anew: false, deleted: "all", areas: [plain], answered: true });
    const frame = { ...head, checkMode: codec.checkModes.sum, data };
    const payload = payloadOf(codec.encodeFrame(frame));
    const sum = payload.subarray(0, -2).reduce((total, byte) => total + byte, 0);
    expect(sum).toBeGreaterThan(0xff);
    expect([...payload.subarray(-2)]).toEqual([sum & 0xff, sum >> 8]);
    expect(codec.decodePayload(payload)).toEqual(frame);
    expect(codec.decodePayload(payload.map((byte, at) => (at === 20 ? byte ^ 1 : byte)))).toBe(null);
    const none = { ...head, checkMode: codec.checkModes.none, data };
    expect(codec.decodePayload(payloadOf(codec.encodeFrame(none)))).toEqual(none);
    expect(codec.decodePayload(payload.map((byte, at) => (at === 8 ? 3 : byte)))).toBe(null);
  });

  test("what a card with a voice says stands between the time-out and the text", () => {
    const said = (sound?: codec.Sound) => {
      const areas = [{ ...plain, text: text("A"), ...(sound && { sound }) }];
      return hex(codec.changeAreas({ anew: false, deleted: [], areas, answered: true }).subarray(9 + 14));
    };
    const looks = "000001010200000801000000" + "41";
    expect(said()).toBe(`00${looks}`);
    expect(said({ person: 3, volume: 10, speed: 5 })).toBe(`01030a05${looks}`);
    expect(said({ person: 3, volume: 10, speed: 5, text: text("BC") })).toBe(`02030a05020000004243${looks}`);
  });

  test("brightness: 1 to 16, and 48 of them after it; numbers that a byte has other meanings for are none", () => {
    expect(hex(codec.setBrightness(16))).toBe("a302010000" + "0110");
    expect(hex(codec.setBrightness(1, new Array<number>(48).fill(9)))).toBe(`a302010000${"0101"}${"09".repeat(48)}`);
    for (const level of [0, 17, 1.5, Number.NaN]) expect(() => codec.setBrightness(level)).toThrow(RangeError);
    expect(() => codec.setBrightness(1, [1])).toThrow(RangeError);
    const change = (deleted: number, areas: number) =>
      codec.changeAreas({
        ...{ anew: false, answered: true, deleted: new Array<number>(deleted).fill(1) },
        areas: new Array<codec.TextArea>(areas).fill(plain),
      });
    expect(change(254, 255)[5]).toBe(254);
    expect(() => change(255, 0)).toThrow(RangeError);
    expect(() => change(0, 256)).toThrow(RangeError);
  });
});

test("words are in the card's letters, and what it has not is told before anything is sent", () => {
  expect(hex(encodeText("公开A", "GB2312"))).toBe("b9abbfaa41");
  expect(hex(encodeText("一\n二", "GB2312"))).toBe("d2bb5c6eb6fe");
  // GBK has 喆 (86B4), GB2312 has not; neither has 𠮷, and a backslash is the card's own mark.
  expect(hex(encodeText("喆", "GBK"))).toBe("86b4");
  expect(unknownTo("喆𠮷\\公", "GB2312")).toEqual(["喆", "𠮷", "\\"]);
  expect(unknownTo("喆𠮷\\公", "GBK")).toEqual(["𠮷", "\\"]);
  expect(() => encodeText("𠮷", "GBK")).toThrow(RangeError);
});

test("of a set it has what its law says: GB2312 7,445 characters, GBK 21,791 of them, and ASCII but for its own mark", () => {
  // GB 2312-80; of GBK/1 to GBK/5 the WHATWG table has some more symbols, and none that anybody made for himself.
  expect(charactersOf("GB2312").filter((one) => one > "\x7f").length).toBe(7445);
  expect(charactersOf("GBK").filter((one) => one > "\x7f").length).toBeGreaterThanOrEqual(21_791);
  expect(
    charactersOf("GBK")
      .filter((one) => one < "\x7f")
      .join(""),
  ).toMatch(/^ !.{91}~$/);
  expect(charactersOf("GBK").filter((one) => /\p{Co}/u.test(one))).toEqual([]);
});

test("what is encoded is decoded to the same words", () => {
  const letters = fc
    .array(fc.constantFrom(..."公开栏发布系统ABC0123，。（）喆"), { maxLength: 40 })
    .map((all) => all.join(""));
  fc.assert(
    fc.property(letters, (words) => {
      expect(new TextDecoder("gbk").decode(encodeText(words, "GBK"))).toBe(words);
    }),
  );
});

test("the simulated card shows an area until its time-out, and nothing while it is off, or after its power was away", () => {
  const card = new FontCard();
  const say = (data: Uint8Array, nowMs: number) => card.hear(codec.encodeFrame({ ...head, data }), nowMs);
  const area = { ...plain, runMode: codec.runModes.loopUntilTimeout, text: encodeText("停水", "GB2312") };
  const words = (nowMs: number) => card.shown(nowMs).map((one) => new TextDecoder("gbk").decode(one.text));
  say(
    codec.changeAreas({ anew: false, deleted: [], areas: [area, { ...area, id: 1, runMode: 0 }], answered: true }),
    1000,
  );
  expect(words(5999)).toEqual(["停水", "停水"]);
  expect(words(6000)).toEqual(["停水"]);
  say(codec.switchScreen(false), 6000);
  expect(words(6000)).toEqual([]);
  say(codec.switchScreen(true), 6000);
  say(codec.changeAreas({ anew: false, deleted: [1], areas: [], answered: true }), 6000);
  expect(words(6000)).toEqual([]);
  say(codec.setBrightness(4), 6000);
  expect(card.level).toBe(4);
  say(codec.changeAreas({ anew: false, deleted: [], areas: [area], answered: true }), 6000);
  card.powerCycle();
  expect(words(6000)).toEqual([]);
  card.refuses.set("a306", 4);
  const [no] = say(codec.clearScreen(), 0);
  expect(no && codec.parseAnswer(frameOf(no) as codec.Frame)).toMatchObject({ command: 0 });
  const [refusal] = say(codec.changeAreas({ anew: false, deleted: [], areas: [area], answered: true }), 0);
  expect(refusal && codec.parseAnswer(frameOf(refusal) as codec.Frame)).toMatchObject({
    group: 0xa0,
    command: 1,
    error: 4,
  });
});
