/** Messages, programmes and frames against firmware-protocol/vectors: our decoders, `frameAt`, and the reference player. */
import { describe, expect, test } from "vitest";
import {
  crc32,
  decodeMessage,
  decodeProgramme,
  encodeProgramme,
  frameAt,
  lookup,
  makeMessage,
  programmeId,
  type Message,
  type Transition,
} from "../../src/message/index.ts";
import { fromHex, toHex, vectors } from "../vectors.ts";
import { readMessage, readProgramme } from "./reference-bytes.ts";
import { referenceAt } from "./reference-player.ts";

interface MessageVector {
  readonly name: string;
  readonly shape: readonly [number, number, string];
  readonly pages: readonly {
    readonly step: number;
    readonly motion: string;
    readonly msPerPx: number;
    readonly holdMs: number;
    readonly window: readonly [number, number] | null;
    readonly entry?: Transition | null;
    readonly exit?: Transition | null;
    readonly format: string;
    readonly rows: readonly string[];
    readonly fields: readonly { readonly cells: readonly unknown[]; readonly ink: readonly number[] }[];
  }[];
  readonly durationMs: number;
  readonly hash: string;
  readonly hex: string;
}
interface ProgrammeVector {
  readonly name: string;
  readonly shape: readonly [number, number, string];
  readonly base: number;
  readonly endMs: number;
  readonly messages: readonly string[];
  readonly spans: readonly { readonly turns: readonly (readonly [number, number])[] }[];
  readonly id: string;
  readonly hex: string;
}
interface PlayVector {
  readonly name: string;
  readonly programme: string;
  readonly messages: readonly string[];
  readonly instants: readonly {
    readonly at: number;
    readonly message: string | null;
    readonly crc: string;
    readonly rows: readonly string[];
  }[];
}
interface Invalid {
  readonly name: string;
  readonly hex: string;
}

function mustDecode(hex: string): Message {
  const decoded = decodeMessage(fromHex(hex));
  if (!decoded.ok) throw new Error(decoded.what);
  return decoded.message;
}

describe("a message's bytes mean what the vector says", () => {
  test.each(vectors<MessageVector>("messages", "messages"))("$name", (vector) => {
    const message = mustDecode(vector.hex);
    const { width, height, colour } = message.shape;
    expect([width, height, colour]).toEqual(vector.shape);
    expect([message.hash, message.durationMs]).toEqual([vector.hash, vector.durationMs]);
    expect(
      message.pages.map(({ step, motion, msPerPx, holdMs, window, bitmap, fields, entry, exit }) => ({
        entry,
        exit,
        step,
        motion,
        msPerPx,
        holdMs,
        window: window && [window.from, window.until],
        format: bitmap.format,
        size: [bitmap.width, bitmap.height],
        fields: fields.map(({ cells, ink }) => ({ cells, ink })),
      })),
    ).toEqual(
      vector.pages.map(({ step, motion, msPerPx, holdMs, window, format, rows, fields, entry, exit }) => ({
        entry: entry ?? null,
        exit: exit ?? null,
        step,
        motion,
        msPerPx,
        holdMs,
        window,
        format,
        size: [rows[0]?.length, rows.length],
        fields: fields.map(({ cells, ink }) => ({ cells, ink })),
      })),
    );
    expect(toHex(makeMessage(message.shape, message.pages).bytes)).toBe(vector.hex);
  });
});

/** Messages as they were when there were three motions and no entries: signatures stand on these names. */
const pinned: Readonly<Record<string, string>> = {
  "one page that holds": "3d0de247809750e7",
  "two steps": "c65c950d1d6972a3",
  "scrolls left": "c74789d57d35dbc8",
  "scrolls left, as wide as the panel": "3a6989759ebe2b88",
  "scrolls up": "dffffa5eef583729",
  "day-windowed alternatives": "5b115202982d776a",
  "a clock and a date": "a6fca965f64c4932",
  "weekday, second, century": "557e80014d669414",
  "red and green": "9b04769e560e1d2d",
  "colours by index, 1 bit": "0f7fb93229d95376",
  "colours by index, 2 bits": "b4895f5544749fe9",
  "colours by index, 4 bits, strip": "a51c974540d2a514",
  "colours by index, 8 bits": "968ab607022aa0e3",
  "an index past the palette is black": "2548efe56081e72c",
  "24-bit colours, scrolling up, field over another page": "ae975ba306e26538",
  blank: "2a54efd5641fb629",
};

test("messages made before there were entries and exits keep their names", () => {
  const now = vectors<MessageVector>("messages", "messages").map(({ name, hex }) => {
    const { shape, pages } = mustDecode(hex);
    // As their makers wrote them: without a word of entries and exits.
    const plain = pages.map(({ entry: _entry, exit: _exit, ...page }) => page);
    return [name, name in pinned ? makeMessage(shape, plain).hash.slice(0, 16) : ""];
  });
  expect(Object.fromEntries(now.filter(([, hash]) => hash !== ""))).toEqual(pinned);
});

describe("is no message", () => {
  test.each(vectors<Invalid>("messages", "invalid"))("$name", ({ hex }) => {
    expect(decodeMessage(fromHex(hex))).toMatchObject({ ok: false, what: expect.stringMatching(/./) });
  });
});

describe("a programme's bytes mean what the vector says", () => {
  test.each(vectors<ProgrammeVector>("programmes", "programmes"))("$name", (vector) => {
    const decoded = decodeProgramme(fromHex(vector.hex));
    if (!decoded.ok) throw new Error(decoded.what);
    const { programme } = decoded;
    const { width, height, colour } = programme.shape;
    expect([width, height, colour]).toEqual(vector.shape);
    expect([programme.base, programme.endMs, programme.messages]).toEqual([vector.base, vector.endMs, vector.messages]);
    const turns = (span: (typeof programme.spans)[number]) => span.turns.map((turn) => [turn.message, turn.endMs]);
    expect(programme.spans.map((span) => ({ ...span, turns: turns(span) }))).toEqual(vector.spans);
    expect(programmeId(programme)).toBe(vector.id);
    expect(toHex(encodeProgramme(programme))).toBe(vector.hex);
  });
});

describe("is no programme", () => {
  test.each(vectors<Invalid>("programmes", "invalid"))("$name", ({ hex }) => {
    expect(decodeProgramme(fromHex(hex))).toMatchObject({ ok: false, what: expect.stringMatching(/./) });
  });
});

/** Rows as vectors have them: `.` black, `@` lit, r g y on dual, r g b y m c w on rgb. */
function drawn(width: number, height: number, colour: string, pixels: Uint8Array): string[] {
  const stride = Math.ceil(width / 8);
  const bit = (plane: number, x: number, y: number) =>
    ((pixels[(plane * height + y) * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
  const letter = (x: number, y: number) => {
    if (colour === "mono") return ".@"[bit(0, x, y)];
    if (colour === "dual") return ".rgy"[bit(0, x, y) + 2 * bit(1, x, y)];
    const at = (y * width + x) * 3;
    return ".rgybmcw"[[0, 1, 2].reduce((sum, channel) => sum + ((pixels[at + channel] ?? 0) >> 7) * 2 ** channel, 0)];
  };
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => letter(x, y)).join(""));
}

describe("what is lit", () => {
  test.each(vectors<PlayVector>("frames", "plays"))("$name", (play) => {
    const decoded = decodeProgramme(fromHex(play.programme));
    if (!decoded.ok) throw new Error(decoded.what);
    const { programme } = decoded;
    const messages = new Map(play.messages.map(mustDecode).map((message) => [message.hash, message]));
    const { width, height, colour } = programme.shape;
    for (const { at, message, crc, rows } of play.instants) {
      const frame = frameAt(programme, (hash) => messages.get(hash), at);
      const here = `${at - programme.base} ms in`;
      expect(drawn(width, height, colour, frame.pixels), here).toEqual(rows);
      expect(crc32(frame.pixels).toString(16).padStart(8, "0"), here).toBe(crc);
      expect(lookup(programme, at).message, here).toBe(message);
    }
  });

  test.each(vectors<PlayVector>("frames", "plays"))("the reference player agrees: $name", (play) => {
    const programme = readProgramme(fromHex(play.programme));
    const messages = play.messages.map((hex) => readMessage(fromHex(hex)));
    for (const { at, message, crc } of play.instants) {
      const found = referenceAt(programme, messages, at);
      expect(found.message === null ? null : programme.hashes[found.message]).toBe(message);
      expect(crc32(found.frame).toString(16).padStart(8, "0")).toBe(crc);
    }
  });
});
