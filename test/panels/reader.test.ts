/** Bytes from a panel into reply lines: in any pieces, within bounds, at most one line lost to anything (SPEC §3.3). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../../src/limits.ts";
import type { Reply } from "../../src/panels/reference/reply.ts";
import { createReader, LineReader } from "../../src/panels/reference/reader.ts";
import { replyLine } from "../../src/panels/reference/simulator/wire.ts";

/** What comes out when these pieces go in. */
function repliesTo(pieces: readonly Uint8Array[]): Reply[] {
  const reader = createReader();
  return pieces.flatMap((piece) => {
    // Lent, as a line lends them: nothing of them may be kept.
    const lent = Uint8Array.from(piece);
    const replies = reader.read(lent);
    lent.fill(0x0a);
    return replies;
  });
}

/** Cuts at any places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
}

const reply = (seq: number) => replyLine(seq, true, { time: 1509928190000 + seq, why: "turn" });
const seqs = (replies: readonly Reply[]) => replies.flatMap(({ whole, seq }) => (whole ? [seq] : []));

describe("the reader", () => {
  test("gives the same lines however the bytes come", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 20 }), (places) => {
        const bytes = Buffer.from([1, 2, 3, 4].map(reply).join(""));
        expect(seqs(repliesTo(cut(bytes, places)))).toEqual([1, 2, 3, 4]);
      }),
      { numRuns: 60 },
    );
  });

  test("takes LF alone for a line's end, and skips empty lines", () => {
    const bytes = Buffer.from(`\r\n\n${reply(1).replace("\r", "")}\n${reply(2)}`);
    expect(repliesTo([bytes]).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test("loses at most the one line that was damaged, whatever the damage", () => {
    const damage = fc.record({
      place: fc.nat(),
      remove: fc.integer({ min: 0, max: 6 }),
      insert: fc.uint8Array({ maxLength: 40 }),
    });
    fc.assert(
      fc.property(damage, fc.array(fc.nat(), { maxLength: 4 }), ({ place, remove, insert }, places) => {
        const lines = [1, 2, 3, 4, 5].map(reply);
        const which = place % 5;
        const line = Buffer.from(lines[which] ?? "");
        // Within one line; its LF may be among what is lost, and then two lines are one.
        const at = place % (line.length - 1);
        const end = Math.min(line.length - 1, at + remove);
        const torn = Buffer.concat([line.subarray(0, at), insert, line.subarray(end)]);
        const bytes = Buffer.concat(lines.map((text, index) => (index === which ? torn : Buffer.from(text))));
        const heard = seqs(repliesTo(cut(bytes, places)));
        expect([1, 2, 3, 4, 5].filter((seq) => !heard.includes(seq) && seq !== which + 1)).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  test("keeps no more than a line's length of a flood without an end, and hears what comes after it", () => {
    const reader = new LineReader();
    const flood = Buffer.alloc(1000, "x");
    for (let round = 0; round < 1000; round++) {
      expect(reader.read(flood)).toEqual([]);
      expect(reader.kept).toBeLessThanOrEqual(limits.replyLineBytes);
    }
    const pieces = [...Array.from({ length: 50 }, () => flood), Buffer.from("\n"), Buffer.from(reply(7))];
    const replies = repliesTo(pieces);
    expect(seqs(replies)).toEqual([7]);
    expect(Math.max(...replies.map(({ length }) => length))).toBeLessThanOrEqual(limits.replyLineBytes);
  });

  test("a line of exactly the longest length passes, one longer does not", () => {
    const ofLength = (bytes: number) => {
      const line = (pad: number) => replyLine(9, true, { say: "x".repeat(pad) }).replace("\r", "");
      return Buffer.from(line(1 + bytes - line(1).length));
    };
    expect(ofLength(512).length).toBe(limits.replyLineBytes);
    expect(seqs(repliesTo([ofLength(512), Buffer.from(reply(1))]))).toEqual([9, 1]);
    expect(seqs(repliesTo([ofLength(513), Buffer.from(reply(1))]))).toEqual([1]);
    // Nor what would be one if its rest were not there, however it comes.
    const long = Buffer.concat([ofLength(512).subarray(0, -1), Buffer.from("and more\r\n")]);
    const ended = Buffer.concat([ofLength(512).subarray(0, -1), Buffer.from("\r\n")]);
    const beyond = Buffer.concat([ended.subarray(0, -1), Buffer.from("and more\n")]);
    for (const bytes of [long, ended, beyond])
      for (const cuts of [[], [100], [511], [512], [513], [512, 515], [300, 512], bytes.map((_, at) => at)])
        expect(seqs(repliesTo([...cut(bytes, [...cuts]), Buffer.from(reply(1))]))).toEqual([1]);
  });

  test("no bytes whatever make it throw or stop", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 8 }), (pieces) => {
        const last = repliesTo([...pieces, Buffer.from("\n"), Buffer.from(reply(3))]).at(-1);
        expect(last).toMatchObject({ whole: true, seq: 3 });
      }),
      { numRuns: 100 },
    );
  });
});
