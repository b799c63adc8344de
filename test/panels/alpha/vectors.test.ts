/** The public vectors both ways, and a reader that survives whatever it hears. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as alpha from "../../../src/panels/alpha/codec.ts";
import { mutations } from "../protocol-vectors.ts";
import { AlphaSign } from "../../../src/panels/alpha/simulator/sign.ts";
import { createReader } from "../../../src/panels/alpha/reader.ts";

/** For the long run alone, which is to end by its number. */
const longMs = 600_000;

interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly fields?: { readonly checksums?: readonly string[]; readonly pause100ms_before_offset?: readonly number[] };
}
const vectors = JSON.parse(readFileSync("fixtures/protocols/alpha.json", "utf8")) as readonly Vector[];
const all = { type: "Z", address: 0 };
const hold = { position: "middle", mode: "hold" } as const;

/** What each vector means, in our words; `bare`: without a checksum. */
const meant: Readonly<Record<string, { blocks: readonly alpha.Block[]; to?: alpha.Addressee; bare?: true }>> = {
  "alpha-text-A-hold-hello": { blocks: [alpha.textFile("A", "HELLO", hold)] },
  "alpha-prio": { blocks: [alpha.textFile(alpha.priorityLabel, "FIRE DRILL", { position: "middle", mode: "flash" })] },
  "alpha-cfg": {
    blocks: [
      alpha.memoryConfiguration([
        { label: "A", type: "text", size: 0x100, times: "FFFF" },
        { label: "B", type: "string", size: 0x40 },
        { label: "P", type: "dots", rows: 7, columns: 80, colours: "eight" },
      ]),
    ],
  },
  "alpha-date": { blocks: [alpha.special.date(2026, 11, 23)] },
  "alpha-tfmt": { blocks: [alpha.special.hours("24")] },
  "alpha-runseq": { blocks: [alpha.special.runSequence("T", "A")] },
  "alpha-string": { blocks: [alpha.stringFile("B", "22C")] },
  "alpha-addr": { blocks: [alpha.textFile("A", "HI", hold)], to: { type: "f", address: 0x0a } },
  "alpha-read-gen": { blocks: [alpha.readSpecial('"')] },
  "alpha-rb-alloc-text-A-256": {
    blocks: [alpha.memoryConfiguration([{ label: "A", type: "text", size: 256 }])],
    bare: true,
  },
  "alpha-rb-alloc-string-0-32": {
    blocks: [alpha.memoryConfiguration([{ label: "0", type: "string", size: 32, locked: true }])],
    bare: true,
  },
  "alpha-rb-nested-strings-6": {
    blocks: ["11045.28 ", "2.41 ", "19.92 ", "16.56 ", "3.37 ", "16.47 "].map((words, at) =>
      alpha.stringFile(String(at), words),
    ),
    bare: true,
  },
  "alpha-ms-date-set": { blocks: [alpha.special.date(2026, 11, 23)], bare: true },
  "alpha-ms-soft-reset": { blocks: [alpha.special.softReset()], bare: true },
  "alpha-ms-text-hold": { blocks: [alpha.textFile("A", "HELLO", hold)], bare: true },
};

const bytesOf = (parts: readonly alpha.Part[]): number => parts.reduce((sum, { bytes }) => sum + bytes.length, 0);

describe("vectors", () => {
  test.each(vectors.map((vector) => [vector.name, vector] as const))("%s", (name, { hex, fields }) => {
    const bytes = Buffer.from(hex, "hex");
    const decoded = alpha.decodePacket(bytes);
    expect(decoded?.blocks.map(({ checksum }) => checksum)).not.toContain("wrong");
    const { blocks, to = all, bare } = meant[name] ?? { blocks: [] };
    expect(Buffer.from(alpha.packetBytes(blocks, to, !bare)).toString("hex")).toBe(hex);
    expect(decoded).toMatchObject(to);
    expect(decoded?.blocks.map(({ command, data }) => command + data)).toEqual(
      blocks.map((block) => Buffer.from(block.bytes).toString("latin1")),
    );
    // Where the vector wants a pause, a part ends.
    const parts = alpha.packetParts(blocks, to, !bare);
    const ends = parts.map(({ pauseMs }, last) => [bytesOf(parts.slice(0, last + 1)), pauseMs] as const);
    for (const offset of fields?.pause100ms_before_offset ?? [])
      expect(ends.find(([end]) => end === offset)?.[1]).toBeGreaterThanOrEqual(100);
  });

  test("the document's worked checksum", () => {
    expect(alpha.checksumOf(Buffer.from('AA"HELLO"'.replaceAll('"', "")))).toBe("01FB");
  });
});

test("after the width of a picture there is a pause, and rows end in CR", () => {
  const parts = alpha.packetParts([alpha.smallDots("P", ["012", "300"])], all);
  expect(parts.map(({ bytes, pauseMs }) => [Buffer.from(bytes).toString("latin1"), pauseMs])).toEqual([
    ["\0\0\0\0\0\x01Z00\x02", 100],
    ["IP0203", 100],
    [`012\r300\r\x03${alpha.checksumOf(Buffer.from("IP0203012\r300\r"))}\x04`, 0],
  ]);
});

test("an address with a wildcard is written and read as it is", () => {
  for (const address of ["0?", "?A", "??"] as const) {
    const bytes = alpha.packetBytes([alpha.block("A", "A")], { type: "!", address });
    expect(Buffer.from(bytes).toString("latin1")).toContain(`\x01!${address}\x02AA\x03`);
    expect(alpha.decodePacket(bytes)).toMatchObject({ type: "!", address });
  }
  expect(() => alpha.packetBytes([alpha.block("A", "A")], { type: "!", address: "?" })).toThrow(RangeError);
});

test("the simulated sign takes one block with ETX only with its checksum, and several with or without", () => {
  const heard = (tail: string) => {
    const sign = new AlphaSign();
    const parts = `\0\0\0\0\0\x01Z00\x02|AA\x1b bHI${tail}`.split("|");
    for (const [at, part] of parts.entries()) sign.hear(Buffer.from(part, "latin1"), at * 100);
    return sign.playing;
  };
  for (const right of ["\x04", "\x0301B5\x04", "\x03\x02|G1x\x04", "\x03\x02|G1x\x03\x04"])
    expect(heard(right)).toBe("\x1b bHI");
  for (const wrong of ["\x03\x04", "\x0301B4\x04", "\x030\x04"]) expect(heard(wrong)).toBe("");
});

test("what a packet cannot hold is refused in words, not sent", () => {
  expect(() => alpha.textFile("A", "a\x04b")).toThrow(RangeError);
  expect(() => alpha.textFile("A", "\u4f4e\u4fdd")).toThrow(RangeError);
  expect(() => alpha.smallDots("P", Array(32).fill("0"))).toThrow(RangeError);
  expect(() => alpha.smallDots("P", ["0".repeat(256)])).toThrow(RangeError);
  expect(() => alpha.smallDots("P", ["01", "0"])).toThrow(RangeError);
});

test("the simulated sign takes what public clients say, at the pace that they keep", () => {
  const sign = new AlphaSign({ type: "f", address: "0A" });
  let now = 0;
  const say = (name: string): readonly Uint8Array[] => {
    const { hex = "", fields } = vectors.find((vector) => vector.name === name) ?? {};
    const bytes = Buffer.from(hex, "hex");
    // Clients without the list of pauses make one after each STX, too.
    const ends = fields?.pause100ms_before_offset ?? [...bytes.keys()].filter((at) => bytes[at - 1] === 2);
    const answers = [...ends, bytes.length].map((end, index, all) => {
      now += 120;
      return sign.hear(bytes.subarray(index === 0 ? 0 : all[index - 1], end), now);
    });
    return answers.flat();
  };
  say("alpha-cfg");
  say("alpha-text-A-hold-hello");
  expect(sign.playing).toBe("\x1b bHELLO");
  say("alpha-prio");
  expect(sign.playing).toBe("\x1b cFIRE DRILL");
  say("alpha-string");
  say("alpha-date");
  say("alpha-tfmt");
  say("alpha-runseq");
  say("alpha-ms-soft-reset");
  expect(sign.strings.get("B")).toBe("22C");
  expect(sign.clock).toMatchObject({ date: "112326", hours: "M" });
  expect([sign.runSequence, sign.resets]).toEqual(["TUA", 1]);
  say("alpha-addr");
  expect(sign.texts.get("A")).toBe("\x1b bHI");
  const [answer] = say("alpha-read-gen");
  expect(alpha.decodePacket(answer ?? new Uint8Array(0))).toMatchObject({
    type: "0",
    address: 0,
    blocks: [{ command: "E", checksum: "right", data: expect.stringMatching(/^"/) }],
  });
  // Of files that no memory was set aside for, six, the register tells.
  say("alpha-rb-alloc-text-A-256");
  say("alpha-rb-nested-strings-6");
  expect(sign.strings.size).toBe(0);
  const register = alpha
    .packetParts([alpha.readSpecial("*")], all)
    .flatMap(({ bytes }, index) => sign.hear(bytes, now + 120 * (1 + index)));
  expect(alpha.decodePacket(register[0] ?? new Uint8Array(0))?.blocks[0]?.data).toBe("*\x60");
});

const answer = Buffer.concat([
  Buffer.alloc(20),
  alpha.packetBytes([alpha.block("E", "*@")], { type: "0", address: 0 }),
]);

/** What the reader makes of bytes in these pieces. */
function heard(pieces: readonly Uint8Array[]): Uint8Array[] {
  const reader = createReader();
  return pieces.flatMap((piece) => reader.read(piece));
}

test("whatever comes before it, an answer is found again; nothing throws, nothing grows", { timeout: longMs }, () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 50 }), (noise) => {
      const found = heard([...noise, answer]);
      expect(found.map((bytes) => Buffer.from(bytes).toString("hex"))).toContain(
        answer.subarray(answer.indexOf(1)).toString("hex"),
      );
      for (const bytes of found) alpha.decodePacket(bytes);
    }),
    { numRuns: Math.ceil(mutations / 10) },
  );
});

test("a damaged packet is never read as a right one that says something else", { timeout: longMs }, () => {
  const words = "E$PDU07281000";
  const packet = alpha.packetBytes([alpha.block(words.charAt(0), words.slice(1))], all);
  fc.assert(
    fc.property(fc.nat(packet.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const bytes = packet.map((byte, index) => (index === at ? byte ^ mask : byte));
      const [first] = alpha.decodePacket(bytes)?.blocks ?? [];
      if (first?.checksum === "right") expect(first.command + first.data).toBe(words);
    }),
    { numRuns: mutations },
  );
});
