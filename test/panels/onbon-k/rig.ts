/**
 * A BX-K card of the conformance suite. Its font is read from the file of GNU Unifont by the packing that
 * `data/pack-unifont.ts` describes, and put into cells here: nothing of it goes through the fonts of the typesetter.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type Message, makeMessage, type Shape } from "../../../src/message/index.ts";
import type { Wanted } from "../../../src/panels/contract.ts";
import { devices } from "../../../src/panels/onbon-k/codec.ts";
import { onbonKDriver, type OnbonKOptions } from "../../../src/panels/onbon-k/driver.ts";
import type { FontCard } from "../../../src/panels/onbon-k/simulator/card.ts";
import { type Simulated, simulatedOnbonK } from "../../../src/panels/simulated/cards.ts";
import { cellDrawing, contentOf, typeset } from "../../../src/typeset/index.ts";
import { CardTown, programmeOf, type Rig, type Unfit } from "../card-town.ts";
import { sealed } from "../town.ts";

const file = gunzipSync(readFileSync(new URL("../../../src/typeset/data/unifont-15.0.01.bin.gz", import.meta.url)));

/** Code point → where its rows begin, and how many bytes each has. */
const places = new Map<number, readonly [at: number, bytes: number]>();
{
  const count = file.readUInt32LE(0);
  let at = 4 + count * 3;
  for (let index = 0; index < count; index++) {
    const bytes = file.readUInt8(4 + count * 2 + index) / 8;
    places.set(file.readUInt16LE(4 + index * 2), [at, bytes]);
    at += bytes * 16;
  }
}

/** A card's glyph by its code: letters of ASCII in 8 dots, all others in 16, narrow drawings in the middle or drawn out. */
export function glyphOf(code: number): readonly number[] | null {
  const bytes = code > 0xff ? [code >> 8, code & 0xff] : [code];
  const [character = ""] = new TextDecoder("gbk").decode(Uint8Array.from(bytes));
  const point = character.codePointAt(0) ?? 0;
  const place = places.get(point);
  if (!place) return null;
  const [at, wide] = place;
  return Array.from({ length: 16 }, (_, row) => {
    if (wide === 2) return file.readUInt16BE(at + row * 2);
    const byte = file.readUInt8(at + row);
    if (code <= 0xff) return byte << 8;
    const drawnOut = "\u2014\u2015".includes(character) || (point >= 0x2500 && point <= 0x257f);
    if (!drawnOut) return byte << 4;
    const bits = byte.toString(2).padStart(8, "0");
    return Number.parseInt([...bits].map((bit) => bit + bit).join(""), 2);
  });
}

/** A BX-5K counts across in bytes of eight dots. */
export const fontCard = (of: Shape, family: OnbonKOptions["family"], flash: Uint8Array | null = null) =>
  simulatedOnbonK(of, { unit: family === "5K" ? 8 : 1, glyph: glyphOf, flash });

export const options: OnbonKOptions = { family: "6K", glyphs: "GB2312", font: null, brightness: null };
export const shape: Shape = { width: 128, height: 32, colour: "mono" };
export const hour = 3_600_000;

/** What a notice is on such a card; it must fit. */
export function messageOf(body: string, of: Shape = shape, glyphs: OnbonKOptions["glyphs"] = "GB2312"): Message {
  const result = typeset({
    ...{ notice: "N1", content: contentOf({ title: "通知", body }), shape: of, zone: "Asia/Shanghai" },
    ...{ window: { from: 0, until: 1 }, cells: { glyphs, sizePx: 16 } },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.message;
}

const words = ["停水通知", "欢迎Welcome 3月", "值班12345", "请勿停车\uff0c谢谢。"];

/** The first page of a text, another for each seed. */
function picture(of: Shape, seed: number, holdMs = 4000): Message {
  const [page] = messageOf(words[seed % words.length] ?? "", of).pages;
  if (!page) throw new Error("no page");
  return makeMessage(of, [{ ...page, holdMs }]);
}

const unfitFor = (name: string, change: (card: FontCard) => void): Unfit => ({
  ...{ name, fault: "panel/card" },
  change: (far) => change((far as Simulated<FontCard>).card),
});

export function rigOf(
  name: string,
  shapes: readonly Shape[],
  change: Partial<OnbonKOptions> & { readonly bitsPerSecond?: number; readonly flash?: Uint8Array } = {},
): Rig {
  const { bitsPerSecond, flash, ...changed } = change;
  const written = { ...options, ...changed };
  return {
    ...{ name, datagrams: false, shapes, picture, settlesMs: 4000 },
    ...(bitsPerSecond !== undefined && { bitsPerSecond }),
    unfit: [
      unfitFor("of the other family", (card) => {
        card.type = devices[written.family === "5K" ? "6K1" : "5K1"].type;
      }),
      unfitFor("that will not say whether it is there", (card) => void card.refuses.set("a200", 1)),
    ],
    driver: () => ({ asks: onbonKDriver(written, cellDrawing) as never }),
    far: (of) => fontCard(of, written.family, flash),
  };
}

/** A town, and its card. */
export function townOf(rig: Rig = rigOf("6K", [shape])) {
  const town = new CardTown(rig, rig.shapes[0] ?? shape);
  return { town, card: (town.far as Simulated<FontCard>).card };
}

export const plays = (town: CardTown, message: Message, untilMs = hour, notice = "R1"): Wanted =>
  sealed(town.seals, programmeOf(message.shape, [{ fromMs: 0, untilMs, show: [[notice, message]] }]));
export const shows =
  (town: CardTown, message: Message, page = 0) =>
  () =>
    Buffer.compare(town.lit(), message.pages[page]?.bitmap.pixels ?? new Uint8Array(0)) === 0;
export const cardFaults = (town: CardTown) =>
  town.loop.facts().faults.flatMap(({ fault }) => (fault.code === "panel/card" ? [fault] : []));
