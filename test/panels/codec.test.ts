/** The daemon's side of the wire: frames out, reply lines in (SPEC §2, §3). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32 } from "../../src/message/index.ts";
import { type Command, cobs, encodeFrame } from "../../src/panels/reference/codec.ts";
import { crc16 } from "../../src/panels/reference/reply.ts";
import { parseReply } from "./hand.ts";
import { fromHex, toHex, vectors } from "../vectors.ts";

interface CommandVector {
  readonly name: string;
  readonly seq: number;
  readonly address: number;
  readonly command: Record<string, unknown> & { readonly data?: string };
  readonly hex: string;
}
interface ReplyVector {
  readonly name: string;
  readonly seq: number;
  readonly ok: boolean;
  readonly fields: Readonly<Record<string, string>>;
  readonly hex: string;
}

const commandOf = ({ command: { data, ...rest } }: CommandVector) =>
  ({ ...rest, ...(data !== undefined && { data: fromHex(data) }) }) as unknown as Command;

describe("frames to the panel", () => {
  test.each(vectors<CommandVector>("commands", "commands"))("$name", (vector) => {
    expect(toHex(encodeFrame(commandOf(vector), vector.seq, vector.address))).toBe(vector.hex);
  });

  test.each(vectors<{ name: string; plain: string; stuffed: string }>("commands", "stuffing"))(
    "stuffing: $name",
    ({ plain, stuffed }) => {
      expect(toHex(cobs(fromHex(plain)))).toBe(stuffed);
    },
  );

  test("no stuffed byte is zero, and the overhead is bounded (SPEC §2.6)", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 1200 }),
      fc.uint8Array({ min: 1, minLength: 250, maxLength: 1200 }),
      fc.uint8Array({ max: 1, maxLength: 600 }),
    );
    fc.assert(
      fc.property(bytes, (plain) => {
        const stuffed = cobs(plain);
        expect(stuffed.includes(0)).toBe(false);
        expect(stuffed.length).toBeLessThanOrEqual(Math.max(1, plain.length + Math.ceil(plain.length / 254)));
      }),
    );
  });

  test("the longest frame has 1,040 bytes; a longer payload is refused", () => {
    const put = (data: Uint8Array): Command => ({ verb: "put", hash: "11".repeat(32), total: 9e6, offset: 0, data });
    expect(encodeFrame(put(new Uint8Array(984).fill(7)), 1, 1).length).toBeLessThanOrEqual(1040);
    expect(() => encodeFrame(put(new Uint8Array(985)), 1, 1)).toThrow(RangeError);
  });
});

describe("reply lines", () => {
  const text = (hex: string) => Buffer.from(hex, "hex").toString("latin1").replace(/\r\n$/, "");

  test("the sums agree with their published check values", () => {
    expect(crc16(Buffer.from("123456789"))).toBe(0x29b1);
    expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926);
  });

  test.each(vectors<ReplyVector>("replies", "replies"))("$name", ({ seq, ok, fields, hex }) => {
    const reply = parseReply(text(hex));
    expect(reply).toMatchObject({ seq, ok, fields });
    for (const [key, value] of Object.entries(fields)) {
      expect(reply?.text(key)).toBe(value);
      expect(reply?.is(key, value)).toBe(true);
      expect(reply?.is(key, value.slice(0, -1))).toBe(false);
      expect(reply?.decimal(key, Number.MAX_SAFE_INTEGER)).toBe(/^\d{1,16}$/.test(value) ? Number(value) : null);
      expect(reply?.hex8(key)).toBe(/^[0-9a-f]{8}$/.test(value) ? Number.parseInt(value, 16) : null);
    }
    expect(reply?.text("none")).toBeUndefined();
  });

  test.each(vectors<{ name: string; line: string }>("replies", "damaged"))("is no reply: $name", ({ line }) => {
    expect(parseReply(line)).toBeNull();
  });

  test("a key that stands twice makes it no reply (SPEC §3.1), and keys that are alike do not", () => {
    const line = (fields: string) => {
      const said = `0001 OK ${fields}`;
      return `${said} *${crc16(Buffer.from(said)).toString(16).padStart(4, "0")}`;
    };
    for (const [fields, is] of [
      ["dark=0 dark=1", false],
      ["a=1 b=2 c=a=1 a=1", false],
      ["a=1 b=a=1 aa=1 a1=1", true],
      ["prog=- msg=- crc=00000000 dark=0 why=bare boot=00000001 time=1", true],
    ] as const)
      expect([fields, parseReply(line(fields)) !== null]).toEqual([fields, is]);
    const keys = [..."abcdefghijklmnopqrstuvwxyz"].flatMap((key) => [key, `${key}1`]);
    const all = keys.map((key) => `${key}=1`).join(" ");
    expect(Object.keys(parseReply(line(all))?.fields ?? {})).toEqual(keys);
    fc.assert(
      fc.property(fc.constantFrom(...keys), (key) => {
        expect(parseReply(line(`${all} ${key}=2`))).toBeNull();
      }),
      { numRuns: 52 },
    );
  });

  test("no text whatever makes it throw, and one changed character is noticed", () => {
    const good = vectors<ReplyVector>("replies", "replies").map(({ hex }) => text(hex));
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 600 }), (line) => void parseReply(line)));
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.nat(), fc.integer({ min: 1, max: 127 }), (line, where, flip) => {
        const at = where % line.length;
        const changed = line.slice(0, at) + String.fromCharCode(line.charCodeAt(at) ^ flip) + line.slice(at + 1);
        expect(parseReply(changed)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});
